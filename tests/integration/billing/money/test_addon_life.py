"""What becomes of an add-on: other packs, failed payments, its end, the plan's end (D24, D31)."""

from collections.abc import Iterator
from contextvars import copy_context
from datetime import timedelta

import pytest

from app.contracts.features import gate
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.kit.outbox import OutboxDelivery
from app.modules.billing.models import CheckoutIntent, OperatorAlert
from app.modules.billing.services.addons.follow_plan import follow_plan
from app.modules.billing.services.addons.with_plan import FOLLOW_PLAN
from app.modules.billing.services.sync import sync_now
from tests.factories.tenancy import a_super_admin
from tests.integration.billing.money.addons import (
    ADDONS,
    Registry,
    a_registry,
    buy,
    change_card,
    newest_row,
    sell_addons,
)
from tests.integration.billing.money.world import BILLING, World

MONTH = timedelta(days=31)


@pytest.fixture
def registry(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """The shop's platform sells add-ons, and names can be looked up."""
    with a_registry(monkeypatch) as opened:
        sell_addons(world.shop.platform_id)
        yield opened


def test_changes_to_a_larger_pack_at_once_for_what_the_preview_said(
    world: World, registry: Registry
) -> None:
    addon = buy(world, "email_5")
    world.advance(timedelta(days=10))
    wish = {"addon_code": "email_25"}
    preview = world.owner.post(f"{ADDONS}/{addon.id}/change/preview", wish).json()
    assert preview["kind"] == "upgrade"
    assert preview["next_amount_cents"] == 1900
    world.advance(timedelta(minutes=20))
    confirmed = wish | {"proration_date": preview["proration_date"]}
    changed = world.owner.post(f"{ADDONS}/{addon.id}/change", confirmed)
    assert changed.status_code == 200, changed.text
    assert changed.json()["status"] == "applied"
    assert changed.json()["amount_due_cents"] == preview["amount_due_cents"] > 0
    newest = world.listed("invoices")[0]
    assert newest["amount_paid"] == preview["amount_due_cents"]
    row = newest_row(world)
    assert (row.id, row.unit_amount_cents, row.arr_cents) == (addon.id, 1900, 1900 * 12)
    assert _limit(world) == 25
    root = world.visitor().sign_in(a_super_admin())
    revenue = root.get("/api/v1/admin/subscriptions/analytics").json()
    assert sum(month["expansion_arr_cents"] for month in revenue["months"]) == 1900 * 12
    assert revenue["months"][-1]["closing_arr_cents"] == revenue["arr_cents"]


def test_delivers_another_pack_anew(world: World, registry: Registry) -> None:
    addon = buy(world, "email_5")
    root = world.visitor().sign_in(a_super_admin())
    assert root.post(f"/api/v1/admin/fulfilment/{addon.id}/done").json()["fulfilment"] == "done"
    world.owner.post(f"{ADDONS}/{addon.id}/change", {"addon_code": "email_10"})
    assert newest_row(world).fulfilment == "waiting"


def test_changes_to_a_smaller_pack_with_the_next_period(world: World, registry: Registry) -> None:
    addon = buy(world, "email_25")
    wish = {"addon_code": "email_5"}
    preview = world.owner.post(f"{ADDONS}/{addon.id}/change/preview", wish).json()
    assert (preview["kind"], preview["amount_due_cents"]) == ("downgrade", 0)
    changed = world.owner.post(f"{ADDONS}/{addon.id}/change", wish).json()
    assert changed["status"] == "scheduled"
    [shown] = world.owner.get(f"{BILLING}/my-addons").json()
    assert shown["code"] == "email_25"
    assert shown["pending_change"]["code"] == "email_5"
    assert shown["pending_change"]["effective_at"] == shown["period_end"]
    assert _limit(world) == 25
    _advance(world, MONTH)
    assert _limit(world) == 5
    row = newest_row(world)
    assert (row.unit_amount_cents, row.pending_product_id) == (500, None)


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        ("email_5", 400, "addon_not_changeable"),
        ("ssl_premium", 400, "addon_not_changeable"),
        ("nothing", 404, "addon_not_found"),
    ],
)
def test_refuses_what_is_no_other_pack(
    world: World, registry: Registry, code: str, status: int, error: str
) -> None:
    addon = buy(world, "email_5")
    refused = world.owner.post(f"{ADDONS}/{addon.id}/change", {"addon_code": code})
    assert (refused.status_code, refused.json()["error_code"]) == (status, error)


def test_ends_a_cancelled_addon_with_its_period(world: World, registry: Registry) -> None:
    addon = buy(world, "email_5")
    answer = world.owner.delete(f"{ADDONS}/{addon.id}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["cancel_at"] == answer.json()["period_end"]
    assert _limit(world) == 5
    again = world.owner.delete(f"{ADDONS}/{addon.id}")
    assert (again.status_code, again.json()["error_code"]) == (400, "addon_already_cancelled")
    _advance(world, MONTH)
    assert newest_row(world).status == "cancelled"
    assert newest_row(world).arr_cents == 0
    assert not gate().check(world.shop.owner, "max_email_addresses").enabled


def test_renews_again_what_its_owner_had_cancelled(world: World, registry: Registry) -> None:
    addon = buy(world, "email_5")
    path = f"{ADDONS}/{addon.id}/reactivate"
    refused = world.owner.post(path)
    assert (refused.status_code, refused.json()["error_code"]) == (400, "addon_not_cancelled")
    world.owner.delete(f"{ADDONS}/{addon.id}")
    answer = world.owner.post(path)
    assert (answer.status_code, answer.json()["cancel_at"]) == (200, None)
    _advance(world, MONTH)
    assert newest_row(world).status == "active"
    assert _limit(world) == 5


def test_cannot_outlive_a_plan_that_is_about_to_end(world: World, registry: Registry) -> None:
    addon = buy(world, "email_5")
    world.owner.delete(f"{ADDONS}/{addon.id}")
    world.owner.post(f"{BILLING}/cancel", {})
    refused = world.owner.post(f"{ADDONS}/{addon.id}/reactivate")
    assert (refused.status_code, refused.json()["error_code"]) == (409, "addon_ends_with_plan")
    assert newest_row(world).cancel_at is not None


def test_is_over_when_its_period_is_over(world: World, registry: Registry) -> None:
    addon = buy(world, "email_5")
    world.owner.delete(f"{ADDONS}/{addon.id}")
    _advance(world, MONTH)
    refused = world.owner.post(f"{ADDONS}/{addon.id}/reactivate")
    assert (refused.status_code, refused.json()["error_code"]) == (400, "addon_not_cancelled")


def test_drops_a_scheduled_pack_when_it_is_cancelled(world: World, registry: Registry) -> None:
    addon = buy(world, "email_25")
    world.owner.post(f"{ADDONS}/{addon.id}/change", {"addon_code": "email_5"})
    answer = world.owner.delete(f"{ADDONS}/{addon.id}").json()
    assert answer["pending_change"] is None
    assert answer["cancel_at"] == answer["period_end"]


def test_lets_a_failed_addon_leave_the_plan_alone(world: World, registry: Registry) -> None:
    world.subscribe("professional")
    world.advance(timedelta(days=31))
    addon = buy(world, "email_5")
    change_card(addon, "pm_card_chargeCustomerFail")
    _advance(world, MONTH + timedelta(hours=2))
    assert newest_row(world).status == "past_due"
    assert _limit(world) == 5
    refused = world.owner.post(f"{ADDONS}/{addon.id}/change", {"addon_code": "email_10"})
    assert (refused.status_code, refused.json()["error_code"]) == (409, "pay_first")
    assert refused.json()["params"]["payment_url"].startswith("http")


def test_stops_renewing_with_the_plan_and_goes_on_with_it(world: World, registry: Registry) -> None:
    world.subscribe("professional")
    _end_trial(world)
    addon = buy(world, "email_5")
    world.owner.post(f"{BILLING}/cancel", {})
    _follow()
    stopped = newest_row(world)
    assert stopped.stopped_with_plan
    assert stopped.cancel_at is not None
    plan_end = world.row().cancel_at
    assert plan_end is not None
    assert stopped.cancel_at >= plan_end
    world.owner.post(f"{BILLING}/reactivate")
    _follow()
    renewed = newest_row(world)
    assert (renewed.id, renewed.cancel_at, renewed.stopped_with_plan) == (addon.id, None, False)


def test_follows_a_trial_of_ours_and_the_plan_bought_after_it(
    world: World, registry: Registry
) -> None:
    addon = buy(world, "email_5")
    world.owner.post(f"{BILLING}/cancel", {"immediately": True})
    _follow()
    stopped = newest_row(world)
    assert (stopped.cancel_at, stopped.stopped_with_plan) == (stopped.period_end, True)
    world.subscribe("professional")
    _follow()
    renewed = newest_row(world)
    assert (renewed.id, renewed.cancel_at, renewed.stopped_with_plan) == (addon.id, None, False)


def test_restores_nothing_that_its_owner_cancelled(world: World, registry: Registry) -> None:
    world.subscribe("professional")
    _end_trial(world)
    addon = buy(world, "email_5")
    world.owner.delete(f"{ADDONS}/{addon.id}")
    world.owner.post(f"{BILLING}/cancel", {})
    _follow()
    world.owner.post(f"{BILLING}/reactivate")
    _follow()
    row = newest_row(world)
    assert (row.cancel_at, row.stopped_with_plan) == (row.period_end, False)


def test_stays_to_its_own_paid_end_when_the_plan_is_over(world: World, registry: Registry) -> None:
    world.subscribe("professional")
    _end_trial(world)
    buy(world, "domain", "anna.lu")
    world.owner.post(f"{BILLING}/cancel", {"immediately": True})
    _follow()
    row = newest_row(world)
    assert (row.status, row.cancel_at, row.stopped_with_plan) == ("active", row.period_end, True)
    answer = gate().check(world.shop.owner, "custom_domain")
    assert (answer.allowed, answer.reason) == (False, "subscription_inactive")


def test_fails_where_the_name_went_to_somebody_else(world: World, registry: Registry) -> None:
    body = {"addon_code": "domain", "domain_name": "anna.lu"}
    session_id = world.owner.post(f"{ADDONS}/purchase", body).json()["session_id"]
    with unit_of_work() as work:
        work.session.query(CheckoutIntent).one().status = "expired"
    buy(world, "domain", "anna.lu")
    world.pay(session_id)
    world.owner.get(f"{BILLING}/checkout/{session_id}?sync=true")
    row = newest_row(world)
    assert (row.domain_name, row.status, row.fulfilment) == ("anna.lu", "active", "failed")
    with unit_of_work(read_only=True) as work:
        [kind] = work.session.query(OperatorAlert.kind).all()
    assert kind == ("addon_undelivered",)


def test_gives_the_money_back_for_what_cannot_be_delivered(
    world: World, registry: Registry
) -> None:
    addon = buy(world, "domain", "anna.lu")
    root = world.visitor().sign_in(a_super_admin())
    [listed] = root.get("/api/v1/admin/fulfilment").json()["items"]
    assert (listed["id"], listed["domain_name"], listed["code"]) == (addon.id, "anna.lu", "domain")
    assert listed["store"]["id"] == world.shop.store_id
    failed = root.post(f"/api/v1/admin/fulfilment/{addon.id}/failed")
    assert failed.json()["fulfilment"] == "failed"
    waiting = root.post(f"/api/v1/admin/fulfilment/{addon.id}/waiting")
    assert waiting.json()["fulfilment"] == "waiting"
    refunded = root.post(f"/api/v1/admin/fulfilment/{addon.id}/refund")
    assert refunded.status_code == 200, refunded.text
    assert refunded.json()["status"] == "cancelled"
    [refund] = world.listed("refunds")
    assert refund["amount"] == 1500
    again = root.post(f"/api/v1/admin/fulfilment/{addon.id}/refund")
    assert (again.status_code, again.json()["error_code"]) == (400, "addon_already_cancelled")
    assert len(world.listed("refunds")) == 1
    assert buy(world, "domain", "anna.lu").fulfilment == "waiting"


def _limit(world: World) -> int | None:
    return gate().check(world.shop.owner, "max_email_addresses").limit


def _advance(world: World, step: timedelta) -> None:
    """Move time, and take over what became of the add-on."""
    world.advance(step)
    stripe_id = newest_row(world).stripe_subscription_id
    assert stripe_id is not None
    assert sync_now(stripe_id)


def _end_trial(world: World) -> None:
    ends_at = world.row().trial_ends_at
    assert ends_at is not None
    world.advance(ends_at - business_now() + timedelta(hours=2))
    assert world.row().status == "active"


def _follow() -> None:
    """Deliver what the transaction left in the outbox for the add-ons, as its own thread does."""
    delivery = OutboxDelivery({FOLLOW_PLAN: follow_plan})
    assert copy_context().run(delivery.deliver_due) > 0
