"""Why a payment failed, in the reader's words."""

from app.kit.i18n import translate

# What the bank does not want told, such as a card reported stolen, is among all others (Stripe).
_TOLD = frozenset(
    {
        "authentication_required",
        "card_not_supported",
        "expired_card",
        "incorrect_cvc",
        "insufficient_funds",
        "processing_error",
    }
)


def decline_text(code: str | None) -> str | None:
    """Return the sentence for Stripe's code of a failed payment; None where none failed."""
    if code is None:
        return None
    return translate(f"billing.declined.{code if code in _TOLD else 'unsaid'}")
