"""What an invoice comes to: lines, discounts, taxes, credit balance."""

from sandbox.engine.discounting import reduce
from sandbox.engine.discounts import reductions
from sandbox.engine.tax_rates import automatic_rate, manual_rate
from sandbox.engine.taxing import Rate, tax_of
from sandbox.store.json_values import HIDDEN, Json
from sandbox.store.transaction import Transaction


def total_up(work: Transaction, invoice: Json) -> None:
    """Fill in discounts, taxes and all sums of an invoice from its lines."""
    lines = invoice["lines"]["data"]
    _discount_lines(work, invoice, lines)
    for line in lines:
        _tax_line(work, invoice, line)
    subtotal = sum(line["amount"] for line in lines)
    discount = sum(part["amount"] for line in lines for part in line["discount_amounts"])
    taxes = [tax for line in lines for tax in line["taxes"]]
    added = sum(tax["amount"] for tax in taxes if tax["tax_behavior"] == "exclusive")
    included = sum(tax["amount"] for tax in taxes if tax["tax_behavior"] == "inclusive")
    total = subtotal - discount + added
    invoice |= {
        "subtotal": subtotal,
        "subtotal_excluding_tax": subtotal - included,
        "total": total,
        "total_excluding_tax": total - added - included,
        "total_discount_amounts": _by_discount(lines),
        "total_taxes": _by_rate(taxes),
    }
    _amount_due(work, invoice)


def _discount_lines(work: Transaction, invoice: Json, lines: list[Json]) -> None:
    taking = reductions(work, invoice["discounts"], currency=invoice["currency"])
    amounts = [line["amount"] if line["discountable"] else 0 for line in lines]
    for line, taken in zip(lines, reduce(amounts, taking), strict=True):
        line["discount_amounts"] = [
            {"amount": amount, "discount": discount}
            for discount, amount in taken.items()
            if line["discountable"] and line["amount"] > 0
        ]


def net_of(line: Json) -> int:
    """A line's amount after its discounts, before exclusive tax."""
    taken: int = sum(part["amount"] for part in line["discount_amounts"])
    return int(line["amount"]) - taken


def _tax_line(work: Transaction, invoice: Json, line: Json) -> None:
    line["taxes"] = [
        {
            "amount": tax.amount,
            "tax_behavior": "inclusive" if tax.rate.inclusive else "exclusive",
            "tax_rate_details": {"tax_rate": tax.rate.tax_rate},
            "taxability_reason": tax.rate.reason,
            "taxable_amount": tax.taxable,
            "type": "tax_rate_details",
        }
        for tax in (tax_of(net_of(line), rate) for rate in _rates(work, invoice, line))
    ]


def _rates(work: Transaction, invoice: Json, line: Json) -> list[Rate]:
    by_hand = line[HIDDEN]["tax_rates"] or invoice["default_tax_rates"]
    if by_hand:
        return [manual_rate(rate, exempt=invoice["customer_tax_exempt"]) for rate in by_hand]
    if not invoice["automatic_tax"]["enabled"]:
        return []
    price = line[HIDDEN]["price"]
    inclusive = price is not None and price["tax_behavior"] == "inclusive"
    rate = automatic_rate(work, invoice, inclusive=inclusive)
    return [] if rate is None else [rate]


def _by_discount(lines: list[Json]) -> list[Json]:
    sums: dict[str, int] = {}
    for line in lines:
        for part in line["discount_amounts"]:
            sums[part["discount"]] = sums.get(part["discount"], 0) + part["amount"]
    return [{"amount": amount, "discount": discount} for discount, amount in sums.items()]


def _by_rate(taxes: list[Json]) -> list[Json]:
    sums: dict[str, Json] = {}
    for tax in taxes:
        rate = tax["tax_rate_details"]["tax_rate"]
        if rate not in sums:
            sums[rate] = {**tax, "tax_rate_details": {"tax_rate": rate}}
        else:
            sums[rate]["amount"] += tax["amount"]
            sums[rate]["taxable_amount"] += tax["taxable_amount"]
    return list(sums.values())


def _amount_due(work: Transaction, invoice: Json) -> None:
    customer = work.find(invoice["customer"])
    balance = customer["balance"] if customer else 0
    invoice["starting_balance"] = balance
    due = max(0, invoice["total"] + balance) if invoice["total"] > 0 else 0
    invoice |= {
        "amount_due": due,
        "amount_remaining": due - invoice["amount_paid"],
        "ending_balance": None,
    }
    invoice[HIDDEN]["ending_balance"] = balance + invoice["total"] - due
