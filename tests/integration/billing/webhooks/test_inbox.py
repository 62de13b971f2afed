"""What Stripe, or whoever says so, may send (S11)."""

import json
import time
from typing import Any

import pytest

from app.kit.db import unit_of_work
from app.modules.billing.models import (
    BillingHistory,
    MerchantSubscription,
    OperatorAlert,
    StripeAccount,
)
from app.modules.billing.settings import billing_settings
from sandbox.webhooks.signature import signature
from tests.factories.tenancy import a_super_admin
from tests.integration.billing.money.world import NOW
from tests.integration.billing.webhooks.stage import (
    SECRET,
    Stage,
    created,
    drain,
    stored_events,
)


def an_event(kind: str = "product.created", **changes: Any) -> dict[str, Any]:
    """An event of Stripe about something that is not ours."""
    made = {
        "id": "evt_test",
        "object": "event",
        "type": kind,
        "created": 1_790_000_000,
        "livemode": False,
        "api_version": "2026-10-28.endive",
        "data": {"object": {"id": "prod_1", "object": "product"}},
    }
    return made | changes


def signed(body: bytes, *, age_s: int = 0) -> str:
    """A signature of the right secret, made some seconds ago."""
    return signature(body, secret=SECRET, timestamp=int(time.time()) - age_s)


def alerts() -> list[str]:
    """The kinds of alerts, in order."""
    with unit_of_work(read_only=True) as work:
        return [one.kind for one in work.session.query(OperatorAlert).order_by(OperatorAlert.id)]


def rows_of(customer_id: str) -> list[tuple[str, str | None]]:
    """Status and subscription of whoever has this customer."""
    with unit_of_work(read_only=True) as work:
        found = work.session.query(MerchantSubscription).filter_by(stripe_customer_id=customer_id)
        return [(row.status, row.stripe_subscription_id) for row in found]


def test_stores_an_event_once_and_answers_before_it_works(stage: Stage) -> None:
    assert stage.post(an_event()).json() == {"status": "received"}
    assert stage.post(an_event()).json() == {"status": "duplicate"}
    [event] = stored_events()
    assert (event.event_id, event.status, event.attempts) == ("evt_test", "received", 0)
    drain()
    [event] = stored_events()
    assert (event.status, event.attempts) == ("ignored", 1)
    assert event.error_message == "no_handler"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "An event of this type changes nothing here."),
        ("de", "Ein Ereignis dieser Art ändert hier nichts."),
    ],
)
def test_tells_operators_in_their_language_why_an_event_was_ignored(
    stage: Stage, language: str, sentence: str
) -> None:
    stage.post(an_event())
    drain()
    admin = stage.world.visitor().sign_in(a_super_admin())
    admin.patch("/api/v1/auth/me", {"locale": language})
    [listed] = admin.get("/api/v1/admin/subscriptions/webhook-events").json()["items"]
    assert (listed["status"], listed["error_message"]) == ("ignored", sentence)


@pytest.mark.parametrize("secret", ["whsec_old_one", "whsec_new_one"])
def test_takes_every_secret_while_they_are_rotated(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", "whsec_old_one, whsec_new_one")
    billing_settings.cache_clear()
    assert stage.post(an_event(), secret=secret).status_code == 200
    assert stage.post(an_event(), secret=SECRET).status_code == 400


@pytest.mark.parametrize(
    "signature",
    [None, "", "t=1,v1=00", "nonsense", signed(b"{}"), f"t={int(time.time())},v1={'0' * 64}"],
    ids=["missing", "empty", "old", "nonsense", "of another body", "wrong"],
)
def test_refuses_what_stripe_has_not_signed(stage: Stage, signature: str | None) -> None:
    answer = stage.post_raw(json.dumps(an_event()).encode(), signature)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "bad_webhook_signature")
    assert stored_events() == []


def test_refuses_a_signature_of_more_than_five_minutes_ago(stage: Stage) -> None:
    body = json.dumps(an_event()).encode()
    assert stage.post_raw(body, signed(body, age_s=310)).status_code == 400
    assert stage.post_raw(body, signed(body, age_s=200)).status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b"null", b'{"id": "evt_1"}', b'{"id": 1, "type": 2}', b"\xff\xfe"],
)
def test_refuses_a_signed_body_that_is_no_event(stage: Stage, body: bytes) -> None:
    answer = stage.post_raw(body, signed(body))
    assert answer.status_code == 400
    assert stored_events() == []


def test_refuses_more_than_a_megabyte(stage: Stage) -> None:
    body = json.dumps(an_event(padding="x" * 1_000_000)).encode()
    answer = stage.post_raw(body, signed(body))
    assert answer.status_code == 413
    assert stored_events() == []


def test_says_that_no_secret_is_set(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STRIPE_WEBHOOK_SECRET")
    billing_settings.cache_clear()
    answer = stage.post(an_event())
    assert answer.status_code == 503
    assert answer.json()["error_code"] == "payment_system_not_configured"


def test_keeps_what_the_other_mode_sent_and_leaves_it_at_that(stage: Stage) -> None:
    assert stage.post(an_event(livemode=True)).json() == {"status": "ignored"}
    [event] = stored_events()
    assert (event.status, event.attempts) == ("ignored", 0)
    assert event.error_message == "other_mode"


@pytest.mark.parametrize(("account", "status"), [("acct_own", "received"), ("acct_2", "ignored")])
def test_works_for_the_pinned_account_alone(stage: Stage, account: str, status: str) -> None:
    with unit_of_work() as work:
        pinned = StripeAccount(id=1, account_id="acct_own", livemode=False, set_up_at=NOW)
        work.session.add(pinned)
    assert stage.post(an_event(account=account)).json() == {"status": status}


def test_ignores_a_customer_of_somebody_else(stage: Stage) -> None:
    stranger = created("customers", {"name": "Stranger"})
    stage.settle()
    [event] = [one for one in stored_events() if one.event_type == "customer.created"]
    assert event.status == "ignored"
    update = an_event("customer.updated", data={"object": stranger})
    stage.post(update)
    drain()
    assert stored_events()[-1].error_message == "of_nobody"


def test_ignores_metadata_of_a_merchant_that_does_not_exist(stage: Stage) -> None:
    metadata = {"tierline_merchant": "987654", "tierline_platform": str(stage.platform_id)}
    card = "pm_card_visa"
    paying = {"payment_method": card, "invoice_settings": {"default_payment_method": card}}
    customer = created("customers", paying)
    product = created("products", {"name": "Other"})
    price = {
        "currency": "eur",
        "unit_amount": 100,
        "recurring": {"interval": "month"},
        "product": product["id"],
    }
    given = {
        "customer": customer["id"],
        "items": [{"price": created("prices", price)["id"]}],
        "metadata": metadata,
    }
    created("subscriptions", given)
    stage.settle()
    of_subscription = [one for one in stored_events() if "subscription" in one.event_type]
    assert {one.status for one in of_subscription} == {"ignored"}
    with unit_of_work(read_only=True) as work:
        assert work.session.query(BillingHistory).count() == 0


def test_keeps_the_tier_and_alerts_where_a_price_is_unknown(stage: Stage) -> None:
    shop, customer_id, _ = stage.a_customer()
    product = created("products", {"name": "Made by hand"})
    price = {
        "currency": "eur",
        "unit_amount": 700,
        "recurring": {"interval": "month"},
        "product": product["id"],
    }
    price_id = created("prices", price)["id"]
    made = created("subscriptions", {"customer": customer_id, "items": [{"price": price_id}]})
    stage.settle()
    assert rows_of(customer_id) == [("active", made["id"])]
    assert alerts() == ["unknown_price"]
    with unit_of_work(read_only=True) as work:
        row = work.session.query(MerchantSubscription).filter_by(merchant_id=shop.merchant_id)
        assert row.one().unit_amount_cents == 700
