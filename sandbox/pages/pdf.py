"""An invoice as a PDF of one or more A4 pages."""

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sandbox.pages.locale import Speech
from sandbox.store.json_values import Json

if TYPE_CHECKING:
    from fpdf import FPDF

ACCENT = (106, 59, 208)
MUTED = (95, 88, 112)
INK = (27, 23, 36)
LINE = (229, 226, 236)
TEXT_WIDTH, NUMBER_WIDTH = 120, 50


def invoice_pdf(invoice: Json, speech: Speech) -> bytes:
    """The file; the same invoice in the same language gives the same bytes."""
    from fpdf import FPDF  # noqa: PLC0415 - its fonts take longer to load than all the rest

    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime.fromtimestamp(invoice["created"], UTC))
    pdf.set_title(printable(f"{speech.say('invoice')} {invoice['number'] or ''}"))
    pdf.set_lang(speech.language)
    pdf.set_margin(20)
    pdf.add_page()
    _head(pdf, invoice, speech)
    _lines(pdf, invoice, speech)
    _sums(pdf, invoice, speech)
    _text(pdf, invoice["footer"] or "", size=9, color=MUTED, above=12)
    _text(pdf, speech.say("test_mode_text"), size=8, color=MUTED, above=8)
    return bytes(pdf.output())


def _head(pdf: "FPDF", invoice: Json, speech: Speech) -> None:
    _text(pdf, speech.say("invoice"), size=20, bold=True)
    status = speech.say(f"invoice_{invoice['status']}")
    _text(pdf, f"{invoice['number'] or ''}  ·  {status}", size=10, color=ACCENT)
    _text(pdf, invoice["account_name"], size=10, bold=True, above=8)
    _text(pdf, speech.say("billed_to"), size=9, color=MUTED, above=6)
    address = invoice["customer_address"] or {}
    place = " ".join(part for part in (address.get("postal_code"), address.get("city")) if part)
    country = speech.country(address["country"]) if address.get("country") else None
    who = [invoice["customer_name"], address.get("line1"), address.get("line2"), place, country]
    who += [invoice["customer_email"]]
    who += [tax_id["value"] for tax_id in invoice["customer_tax_ids"] or []]
    for part in who:
        if part:
            _text(pdf, part, size=10)
    made = invoice["status_transitions"]["finalized_at"] or invoice["created"]
    _text(pdf, f"{speech.say('date')}: {speech.day(made)}", size=10, above=6)
    if invoice["due_date"]:
        _text(pdf, f"{speech.say('due')}: {speech.day(invoice['due_date'])}", size=10)
    pdf.ln(6)


def _lines(pdf: "FPDF", invoice: Json, speech: Speech) -> None:
    _row(pdf, speech.say("description"), speech.say("amount"), color=MUTED)
    for line in invoice["lines"]["data"]:
        amount = speech.money_by_code(line["amount"], line["currency"])
        _row(pdf, line["description"] or "", amount)
        period = line["period"]
        if period["end"] > period["start"]:
            span = f"{speech.day(period['start'])} - {speech.day(period['end'])}"
            _text(pdf, span, size=8, color=MUTED)


def _sums(pdf: "FPDF", invoice: Json, speech: Speech) -> None:
    currency = invoice["currency"]
    pdf.ln(4)
    rows = [("subtotal", invoice["subtotal"])]
    rows += [("discount", -part["amount"]) for part in invoice["total_discount_amounts"]]
    rows += [("tax", part["amount"]) for part in invoice["total_taxes"]]
    rows += [("total", invoice["total"])]
    applied = invoice["amount_due"] - invoice["total"]
    if applied:
        rows += [("balance_applied", applied)]
    rows += [("amount_paid", invoice["amount_paid"]), ("amount_due", invoice["amount_remaining"])]
    for key, amount in rows:
        bold = key in ("total", "amount_due")
        _row(pdf, speech.say(key), speech.money_by_code(amount, currency), bold=bold)


def _row(
    pdf: "FPDF", left: str, right: str, *, bold: bool = False, color: tuple[int, int, int] = INK
) -> None:
    pdf.set_font("Helvetica", style="B" if bold else "", size=10)
    pdf.set_text_color(*color)
    pdf.set_draw_color(*LINE)
    top = pdf.get_y()
    pdf.multi_cell(TEXT_WIDTH, 6, printable(left), border=0, new_x="RIGHT", new_y="TOP")
    height = max(6.0, pdf.get_y() - top)
    pdf.cell(NUMBER_WIDTH, 6, printable(right), align="R", new_x="LMARGIN", new_y="NEXT")
    pdf.set_y(max(pdf.get_y(), top + height))


def _text(
    pdf: "FPDF",
    text: str,
    *,
    size: int,
    bold: bool = False,
    color: tuple[int, int, int] = INK,
    above: int = 0,
) -> None:
    if not text:
        return
    pdf.ln(above)
    pdf.set_font("Helvetica", style="B" if bold else "", size=size)
    pdf.set_text_color(*color)
    pdf.multi_cell(0, size * 0.5, printable(text), new_x="LMARGIN", new_y="NEXT")


def printable(text: str) -> str:
    """The text in the letters that the font has: others lose their accents, or become a “?”."""
    plain = text.replace("\u202f", " ").replace("\u00a0", " ").replace("€", "EUR")
    letters = []
    for letter in plain:
        if letter.encode("latin-1", "ignore"):
            letters.append(letter)
        else:
            bare = unicodedata.normalize("NFKD", letter).encode("latin-1", "ignore").decode()
            letters.append(bare or "?")
    return "".join(letters)
