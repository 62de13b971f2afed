"""Ending a plan, and taking that back (D23, S8)."""

from datetime import timedelta
from typing import Any

from app.kit import mail
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.kit.outbox.models import OutboxRow
from app.modules.billing.gateways.client import ask
from app.modules.billing.models import SubscriptionChange
from app.modules.core.models.audit_entry import AuditEntry
from tests.integration.billing.money.world import BILLING, World


def paying(world: World, tier: str = "essential") -> None:
    """Let the shop pay for a tier, its trial over."""
    world.subscribe(tier)
    world.advance(timedelta(days=31))
    assert world.row().status == "active"


def plan(world: World) -> dict[str, Any]:
    """What the plan's page says."""
    found: dict[str, Any] = world.owner.get(f"{BILLING}/subscription").json()
    return found


def test_a_plan_ends_with_its_paid_period(world: World) -> None:
    paying(world)
    period_end = plan(world)["period_end"]
    answer = world.owner.post(f"{BILLING}/cancel", {"reason": "Too expensive"})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["ends_at"], told["dropped_change"]) == (period_end, None)
    assert told["subscription"]["cancel_at"] == period_end
    assert (told["subscription"]["status"], told["subscription"]["access"]) == ("active", "full")
    assert world.stripe()["cancellation_details"]["comment"] == "Too expensive"
    world.advance(timedelta(days=31))
    assert (plan(world)["status"], plan(world)["access"]) == ("cancelled", "restricted")


def test_a_plan_ends_at_once_where_that_is_asked_and_nothing_is_paid_back(world: World) -> None:
    paying(world)
    answer = world.owner.post(f"{BILLING}/cancel", {"immediately": True}).json()
    assert answer["subscription"]["status"] == "cancelled"
    assert world.stripe()["status"] == "canceled"
    assert world.listed("refunds") == []
    assert {one["status"] for one in world.listed("invoices")} == {"paid"}


def test_a_cancellation_drops_a_scheduled_change_and_says_so(world: World) -> None:
    paying(world, "business")
    body = {"tier_code": "essential", "is_annual": False}
    world.owner.post(f"{BILLING}/change-tier", body)
    pending = plan(world)["pending_change"]
    answer = world.owner.post(f"{BILLING}/cancel", {}).json()
    assert answer["dropped_change"] == pending
    assert answer["subscription"]["pending_change"] is None
    assert world.stripe()["schedule"] is None


def test_cancelling_twice_is_cancelling_once(world: World) -> None:
    paying(world)
    first = world.owner.post(f"{BILLING}/cancel", {}).json()
    assert world.owner.post(f"{BILLING}/cancel", {}).json() == first


def test_a_scheduled_end_is_taken_back(world: World) -> None:
    paying(world)
    world.owner.post(f"{BILLING}/cancel", {})
    answer = world.owner.post(f"{BILLING}/reactivate")
    assert (answer.status_code, answer.json()["cancel_at"]) == (200, None)
    world.advance(timedelta(days=31))
    assert plan(world)["status"] == "active"


def test_an_end_that_was_scheduled_as_an_instant_is_taken_back_too(world: World) -> None:
    paying(world)
    stripe = world.stripe()
    at = stripe["items"]["data"][0]["current_period_end"]
    update: Any = {"cancel_at": at}
    ask(lambda client: client.v1.subscriptions.update(stripe["id"], update))
    world.sync()
    assert plan(world)["cancel_at"] is not None
    world.owner.post(f"{BILLING}/reactivate")
    assert plan(world)["cancel_at"] is None
    assert world.stripe()["cancel_at"] is None


def test_cancels_again_after_it_was_taken_back(world: World) -> None:
    paying(world)
    for _ in range(2):
        world.owner.post(f"{BILLING}/cancel", {})
        assert plan(world)["cancel_at"] is not None
        world.owner.post(f"{BILLING}/reactivate")
        assert plan(world)["cancel_at"] is None


def test_there_is_nothing_to_take_back_while_the_plan_goes_on(world: World) -> None:
    paying(world)
    answer = world.owner.post(f"{BILLING}/reactivate")
    assert (answer.status_code, answer.json()["error_code"]) == (400, "subscription_not_cancelled")


def test_an_ended_plan_is_neither_cancelled_nor_resumed(world: World) -> None:
    paying(world)
    world.owner.post(f"{BILLING}/cancel", {"immediately": True})
    for path in ("cancel", "reactivate"):
        answer = world.owner.post(f"{BILLING}/{path}", {})
        assert (answer.status_code, answer.json()["error_code"]) == (400, "no_active_subscription")


def notices() -> list[str]:
    """What its owner was told by mail, the oldest first."""
    with unit_of_work(read_only=True) as work:
        rows = work.session.query(OutboxRow).filter_by(kind=mail.KIND).order_by(OutboxRow.id)
        return [row.payload["context"]["notice"] for row in rows]


def test_tells_the_owner_of_every_turn_of_a_local_trial(world: World) -> None:
    for path in ("cancel", "reactivate", "cancel"):
        world.owner.post(f"{BILLING}/{path}", {})
    world.owner.post(f"{BILLING}/cancel", {"immediately": True})
    assert notices() == ["trial_cancelled", "trial_kept", "trial_cancelled", "subscription_ended"]


def test_a_local_trial_runs_to_its_end_or_ends_at_once(world: World) -> None:
    ends_at = plan(world)["trial_ends_at"]
    told = world.owner.post(f"{BILLING}/cancel", {}).json()
    assert (told["ends_at"], told["subscription"]["access"]) == (ends_at, "full")
    assert world.owner.post(f"{BILLING}/reactivate").json()["cancel_at"] is None
    again = world.owner.post(f"{BILLING}/reactivate")
    assert again.json()["error_code"] == "subscription_not_cancelled"
    told = world.owner.post(f"{BILLING}/cancel", {"immediately": True}).json()
    assert told["subscription"]["status"] == "cancelled"
    assert told["subscription"]["access"] == "restricted"
    assert world.row().cancelled_at == business_now()
    assert world.listed("customers") == []


def test_leaves_a_trail_of_who_wanted_what(world: World) -> None:
    paying(world)
    world.owner.post(f"{BILLING}/cancel", {"reason": "Moving on"})
    world.owner.post(f"{BILLING}/reactivate")
    with unit_of_work(read_only=True) as work:
        entries = (
            work.session.query(AuditEntry)
            .filter_by(actor=f"user:{world.shop.owner_id}")
            .order_by(AuditEntry.id)
            .all()
        )
    assert [one.action for one in entries] == [
        "subscription.checkout_started",
        "subscription.cancel_requested",
        "subscription.reactivation_requested",
    ]
    assert entries[1].after == {"immediately": False, "reason": "Moving on"}
    assert entries[1].merchant_id == world.shop.merchant_id


def test_an_end_at_once_is_remembered_as_a_change(world: World) -> None:
    paying(world)
    world.owner.post(f"{BILLING}/cancel", {"immediately": True})
    with unit_of_work(read_only=True) as work:
        last = work.session.query(SubscriptionChange).order_by(SubscriptionChange.id.desc()).first()
    assert last is not None
    assert last.before is not None
    assert (last.before["status"], last.after["status"]) == ("active", "cancelled")
    assert (last.arr_cents_before, last.arr_cents_after) == (58800, 0)
