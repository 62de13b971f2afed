"""Stripe's test cards: what each does when it is saved and when it is charged.

Numbers and tokens are the published ones (Stripe: testing).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decline:
    """Why a card refuses: Stripe's codes and the sentence for the customer."""

    code: str
    decline_code: str | None
    message: str


DECLINED = Decline("card_declined", "generic_decline", "Your card was declined.")
NO_FUNDS = Decline("card_declined", "insufficient_funds", "Your card has insufficient funds.")
EXPIRED = Decline("expired_card", None, "Your card has expired.")
WRONG_CVC = Decline("incorrect_cvc", None, "Your card's security code is incorrect.")
PROCESSING = Decline(
    "processing_error",
    None,
    "An error occurred while processing your card. Try again in a little bit.",
)
NEEDS_CUSTOMER = Decline(
    "authentication_required",
    "authentication_required",
    "Your card was declined. This transaction requires authentication.",
)


@dataclass(frozen=True)
class Card:
    """A test card. `authenticates`: never, when it is first used (`setup`), or `always`."""

    number: str
    brand: str = "visa"
    on_saving: Decline | None = None
    on_charging: Decline | None = None
    authenticates: str = "never"

    @property
    def last4(self) -> str:
        """The last four digits."""
        return self.number[-4:]


CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242"),
        Card("4000056655665556"),
        Card("5555555555554444", brand="mastercard"),
        Card("378282246310005", brand="amex"),
        Card("4000000000000341", on_charging=DECLINED),
        Card("4000000000000002", on_saving=DECLINED, on_charging=DECLINED),
        Card("4000000000009995", on_saving=NO_FUNDS, on_charging=NO_FUNDS),
        Card("4000000000000069", on_saving=EXPIRED, on_charging=EXPIRED),
        Card("4000000000000127", on_saving=WRONG_CVC, on_charging=WRONG_CVC),
        Card("4000000000000119", on_saving=PROCESSING, on_charging=PROCESSING),
        Card("4000002500003155", authenticates="setup"),
        Card("4000002760003184", authenticates="always"),
    )
}

TOKENS = {
    "visa": "4242424242424242",
    "visa_debit": "4000056655665556",
    "mastercard": "5555555555554444",
    "amex": "378282246310005",
    "chargeCustomerFail": "4000000000000341",
    "chargeDeclined": "4000000000000002",
    "visa_chargeDeclined": "4000000000000002",
    "chargeDeclinedInsufficientFunds": "4000000000009995",
    "visa_chargeDeclinedInsufficientFunds": "4000000000009995",
    "chargeDeclinedExpiredCard": "4000000000000069",
    "chargeDeclinedIncorrectCvc": "4000000000000127",
    "chargeDeclinedProcessingError": "4000000000000119",
    "authenticationRequiredOnSetup": "4000002500003155",
    "authenticationRequired": "4000002760003184",
}


def card_of_token(token: str) -> Card | None:
    """The card of a `tok_…` or `pm_card_…`, or None."""
    for prefix in ("tok_", "pm_card_"):
        if token.startswith(prefix):
            number = TOKENS.get(token.removeprefix(prefix))
            return CARDS[number] if number else None
    return None


def card_of_number(number: str) -> Card | None:
    """The test card of a number (spaces are ignored), or None: no real number is taken."""
    return CARDS.get("".join(number.split()))
