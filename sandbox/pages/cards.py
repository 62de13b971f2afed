"""The card form: what was typed, whether it can be a card, and what went wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.engine.cards import Card, card_of_number
from sandbox.wire.errors import StripeError

EXPIRY = re.compile(r"^\s*(\d{1,2})\s*/?\s*(\d{2}|20\d{2})\s*$")
TEST_CARDS = (
    ("4242 4242 4242 4242", "card_pays"),
    ("4000 0000 0000 0341", "card_fails_later"),
    ("4000 0000 0000 0002", "card_declined_hint"),
    ("4000 0025 0000 3155", "card_authenticates"),
)
DECLINES = {
    "generic_decline": "declined",
    "insufficient_funds": "no_funds",
    "expired_card": "expired",
    "incorrect_cvc": "wrong_cvc",
    "processing_error": "processing_problem",
    "authentication_required": "not_authenticated",
    "promotion_code_invalid": "code_invalid",
    "coupon_expired": "code_invalid",
    "tax_id_invalid": "tax_id_wrong",
    "customer_tax_location_invalid": "country_missing",
}


@dataclass(frozen=True)
class CardEntry:
    """What was typed into a card form, and the errors by field (keys of texts)."""

    card: Card | None = None
    exp_month: int = 0
    exp_year: int = 0
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Whether the bank wants to see the customer before the card is used."""
        return self.card is not None and self.card.authenticates != "never"


def read_card(form: Mapping[str, str], *, now: int) -> CardEntry:
    """Check number, expiry and security code; only Stripe's test numbers exist here."""
    errors: dict[str, str] = {}
    card = card_of_number(form.get("card_number", ""))
    if card is None:
        errors["card_number"] = "number_wrong"
    month, year = _expiry(form.get("card_expiry", ""))
    today = datetime.fromtimestamp(now, UTC)
    if not 1 <= month <= 12:
        errors["card_expiry"] = "expiry_wrong"
    elif (year, month) < (today.year, today.month):
        errors["card_expiry"] = "expiry_past"
    if not re.fullmatch(r"\d{3,4}", form.get("card_cvc", "").strip()):
        errors["card_cvc"] = "cvc_wrong"
    return CardEntry(card, month, year, errors)


def _expiry(text: str) -> tuple[int, int]:
    found = EXPIRY.match(text)
    if found is None:
        return 0, 0
    year = int(found[2])
    return int(found[1]), year if year > 99 else 2000 + year


def message_of(error: StripeError) -> str:
    """The key of the text that explains an error to the customer."""
    code = error.error.get("decline_code") or error.code or ""
    return DECLINES.get(code, "something_wrong")
