"""Time: test clocks and the account's own clock."""

from datetime import UTC, datetime

import pytest
import stripe

from sandbox.engine.clocks import make_clock, start_advance
from sandbox.server import Sandbox, Settings
from tests.integration.sandbox.world import DAY, NOW, World


def account(world: World) -> dict[str, object]:
    found: dict[str, object] = world.http.get("/v1/sandbox/clock").json()
    return found


def test_account_time_is_system_time_until_it_is_moved(world: World) -> None:
    assert account(world) == {
        "object": "sandbox.clock",
        "now": NOW,
        "offset": 0,
        "status": "ready",
        "target": None,
        "undelivered": 0,
    }


def test_moving_account_time_makes_everything_due_happen(world: World) -> None:
    subscription = world.subscribed()
    answer = world.http.post("/v1/sandbox/clock", data={"frozen_time": NOW + 40 * DAY})
    assert answer.status_code == 200
    world.settle()
    after = account(world)
    assert (after["now"], after["offset"], after["status"]) == (NOW + 40 * DAY, 40 * DAY, "ready")
    paid = world.v1.invoices.list({"subscription": subscription.id, "status": "paid"}).data
    assert [invoice.billing_reason for invoice in paid] == [
        "subscription_cycle",
        "subscription_create",
    ]
    assert world.v1.customers.create({}).created == NOW + 40 * DAY


def test_account_time_outlives_the_process(tmp_path: object) -> None:
    settings = Settings(path=f"{tmp_path}/sandbox.db", system=lambda: float(NOW))
    first = Sandbox(settings)
    first.clocks.advance_account(NOW + 3 * DAY)
    first.stop()
    second = Sandbox(settings)
    assert second.clocks.now() == NOW + 3 * DAY
    second.stop()


def test_a_move_that_was_cut_short_goes_on_at_the_next_start(tmp_path: object) -> None:
    settings = Settings(path=f"{tmp_path}/sandbox.db", system=lambda: float(NOW))
    first = Sandbox(settings)
    with first.work() as work:
        clock = make_clock(work, frozen_time=NOW, name=None)
        start_advance(work, clock, NOW + 9 * DAY)
    first.database.remember("target", NOW + 5 * DAY)
    first.stop()
    second = Sandbox(settings).start()
    second.settle()
    with second.work() as work:
        moved = work.get("test_helpers.test_clock", clock["id"])
    assert (moved["status"], moved["frozen_time"]) == ("ready", NOW + 9 * DAY)
    assert second.clocks.now() == NOW + 5 * DAY
    second.stop()


def test_a_test_clock_moves_only_its_own_customers(world: World) -> None:
    clock = world.clock()
    theirs, others = world.subscribed(clock=clock), world.subscribed()
    world.advance(clock, NOW + 40 * DAY)
    ends = [
        world.v1.subscriptions.retrieve(each.id)["items"].data[0].current_period_start
        for each in (theirs, others)
    ]
    assert ends[0] > NOW
    assert ends[1] == NOW


def test_a_test_clock_says_where_it_goes(world: World) -> None:
    clock = world.clock()
    moving = world.v1.test_helpers.test_clocks.advance(clock, {"frozen_time": NOW + DAY})
    assert moving.status == "advancing"
    assert moving.status_details.advancing.target_frozen_time == NOW + DAY
    world.settle()
    there = world.v1.test_helpers.test_clocks.retrieve(clock)
    assert (there.status, there.frozen_time) == ("ready", NOW + DAY)
    assert world.receiver.types()[-2:] == [
        "test_helpers.test_clock.advancing",
        "test_helpers.test_clock.ready",
    ]


def test_a_deleted_clock_takes_its_customers_along(world: World) -> None:
    clock = world.clock()
    subscription = world.subscribed(clock=clock)
    world.v1.test_helpers.test_clocks.delete(clock)
    for gone in (world.v1.customers, world.v1.subscriptions):
        name = subscription.customer if gone is world.v1.customers else subscription.id
        with pytest.raises(stripe.InvalidRequestError, match="No such"):
            gone.retrieve(name)


def test_an_anchor_on_the_last_day_of_a_month_is_kept(world: World) -> None:
    clock = world.clock(1_801_353_600)  # 31 January 2027
    subscription = world.subscribed(clock=clock)
    world.advance(clock, 1_801_353_600 + 120 * DAY)
    paid = world.v1.invoices.list({"subscription": subscription.id, "limit": 10}).data
    days = [stamp_day(invoice.lines.data[0].period.start) for invoice in paid]
    assert days == ["2027-05-31", "2027-04-30", "2027-03-31", "2027-02-28", "2027-01-31"]


def stamp_day(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")
