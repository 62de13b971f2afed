"""Why a payment failed, as it is told."""

from app.kit.i18n import translate
from app.modules.billing.services.decline import decline_text


def test_tells_nothing_where_nothing_failed() -> None:
    assert decline_text(None) is None


def test_tells_what_the_buyer_can_mend() -> None:
    assert decline_text("expired_card") == translate("billing.declined.expired_card")
    assert decline_text("insufficient_funds") == translate("billing.declined.insufficient_funds")


def test_keeps_to_itself_what_the_bank_does_not_want_told() -> None:
    plain = translate("billing.declined.unsaid")
    assert [decline_text(code) for code in ("stolen_card", "fraudulent", "never_seen")] == [
        plain
    ] * 3
