"""Comparing ourselves with Stripe: drift, repair, brake, missing subscriptions (S16)."""

from datetime import timedelta

import pytest

from app.contracts.features import gate
from app.kit.db import unit_of_work
from app.modules.billing.exceptions import OtherStripeAccount
from app.modules.billing.gateways.client import ask
from app.modules.billing.models import (
    MerchantSubscription,
    OperatorAlert,
    StripeAccount,
    StripeReconciliation,
    StripeWebhookEvent,
)
from app.modules.billing.services.reconcile_stripe import run
from app.modules.billing.services.reconcile_stripe.run import reconcile_stripe
from tests.factories.tenancy import a_super_admin
from tests.integration.billing.money.world import NOW, World


@pytest.fixture
def paying(world: World) -> World:
    """A shop that subscribes at Stripe, in step with it."""
    world.subscribe("professional")
    return world


def test_finds_nothing_where_all_is_in_step(paying: World) -> None:
    report = reconcile_stripe(repair=False)
    assert report.counts == {
        "checked": 1,
        "drifted": 0,
        "repaired": 0,
        "missing": 0,
        "failed": 0,
    }


def test_tells_and_repairs_what_a_lost_webhook_left_behind(paying: World) -> None:
    _cancel_at_stripe(paying)
    told = reconcile_stripe(repair=False)
    [drift] = told.drifts
    assert set(drift.fields) == {"cancel_at", "cancellation_reason"}
    assert paying.row().cancel_at is None
    repaired = reconcile_stripe(repair=True)
    assert repaired.counts["repaired"] == 1
    assert paying.row().cancel_at is not None
    assert reconcile_stripe(repair=False).drifts == []


def test_shows_operators_what_differed(paying: World) -> None:
    _cancel_at_stripe(paying)
    reconcile_stripe(repair=True)
    root = paying.visitor().sign_in(a_super_admin())
    [shown] = root.get("/api/v1/admin/subscriptions/drift").json()["items"]
    assert (shown["drifted"], shown["repaired"], shown["stopped"]) == (1, 1, False)
    [drift] = shown["drift"]
    assert drift["merchant_id"] == paying.shop.merchant_id
    assert drift["fields"]["cancel_at"]["ours"] is None


def test_takes_events_whose_webhook_never_came(paying: World) -> None:
    reconcile_stripe(repair=True)
    with unit_of_work(read_only=True) as work:
        types = {row.event_type for row in work.session.query(StripeWebhookEvent)}
    assert {"checkout.session.completed", "customer.subscription.created"} <= types
    before = _count(StripeWebhookEvent)
    reconcile_stripe(repair=True)
    assert _count(StripeWebhookEvent) == before


def test_stops_before_too_many_would_lose_access(
    paying: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FEW", 0)
    _end_at_stripe(paying)
    report = reconcile_stripe(repair=True)
    assert (report.stopped, report.repaired) == (True, 0)
    assert paying.row().status == "trial"
    assert _alerts() == {"reconcile_stopped"}
    forced = reconcile_stripe(repair=True, force=True)
    assert (forced.stopped, forced.repaired) == (False, 1)
    assert paying.row().status == "cancelled"


def test_never_cancels_what_is_missing_at_stripe(paying: World) -> None:
    _rename_locally(paying, "sub_gone")
    report = reconcile_stripe(repair=True)
    assert report.missing == 1
    row = paying.row()
    assert (row.status, row.missing_at_stripe_at is not None) == ("trial", True)
    assert gate().check(paying.shop.owner, "bulk_import").allowed
    assert "missing_at_stripe" in _alerts()


def test_tells_once_where_nothing_is_found_at_all(
    paying: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FEW", 0)
    _rename_locally(paying, "sub_gone")
    reconcile_stripe(repair=True)
    assert paying.row().missing_at_stripe_at is not None
    assert "many_missing_at_stripe" in _alerts()
    assert "missing_at_stripe" not in _alerts()
    assert gate().check(paying.shop.owner, "bulk_import").allowed


def test_refuses_the_key_of_another_account_and_tells(paying: World) -> None:
    with unit_of_work() as work:
        work.session.add(
            StripeAccount(id=1, account_id="acct_another", livemode=False, set_up_at=NOW)
        )
    _end_at_stripe(paying)
    with pytest.raises(OtherStripeAccount):
        reconcile_stripe(repair=True)
    assert paying.row().status == "trial"
    assert _alerts() == {"other_stripe_account"}


def test_keeps_every_run(paying: World) -> None:
    reconcile_stripe(repair=True)
    paying.advance(timedelta(hours=1))
    reconcile_stripe(repair=True)
    assert _count(StripeReconciliation) == 2


def _cancel_at_stripe(world: World) -> None:
    stripe_id = world.row().stripe_subscription_id or ""
    ask(lambda client: client.v1.subscriptions.update(stripe_id, {"cancel_at_period_end": True}))


def _end_at_stripe(world: World) -> None:
    stripe_id = world.row().stripe_subscription_id or ""
    ask(lambda client: client.v1.subscriptions.cancel(stripe_id))


def _rename_locally(world: World, stripe_id: str) -> None:
    """As after another account's key or a restored backup: Stripe does not know the id."""
    row_id = world.row().id
    with unit_of_work() as work:
        row = work.session.get_one(MerchantSubscription, row_id)
        row.stripe_subscription_id = stripe_id


def _alerts() -> set[str]:
    with unit_of_work(read_only=True) as work:
        return {row.kind for row in work.session.query(OperatorAlert)}


def _count(model: type[StripeWebhookEvent | StripeReconciliation]) -> int:
    with unit_of_work(read_only=True) as work:
        return work.session.query(model).count()
