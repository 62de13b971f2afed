"""Business time over HTTP: who may move it, where to, and what is refused (S21)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.tenancy.models import MemberRole
from tests.factories.billing import a_subscription
from tests.factories.tenancy import a_member
from tests.integration.billing.demo_clock.world import CLOCK, DAY, NOW, World, forget_settings, iso
from tests.integration.browser import Visitor

HOURS_2 = timedelta(hours=2)


def test_it_stands_at_system_time_before_anybody_moves_it(world: World) -> None:
    assert world.read() == {"now": iso(NOW), "moving": False, "target": None, "error": None}


def test_it_says_where_it_goes_and_then_is_there(world: World) -> None:
    answer = world.move(advance_days=3)
    moving = {"now": iso(NOW), "moving": True, "target": iso(NOW + 3 * DAY), "error": None}
    assert (answer.status_code, answer.json()) == (202, moving)
    assert world.read() == moving
    assert world.arrive() == 3
    arrived = {"now": iso(NOW + 3 * DAY), "moving": False, "target": None, "error": None}
    assert world.read() == arrived
    assert world.sandbox_now() == NOW + 3 * DAY


def test_it_goes_to_the_very_second(world: World) -> None:
    target = NOW + timedelta(days=1, hours=3, seconds=7)
    assert world.move(to=iso(target - timedelta(microseconds=1))).json()["target"] == iso(target)
    assert world.arrive() == 2
    assert world.read()["now"] == iso(target)


def test_a_second_mover_is_refused_and_the_first_goes_on(world: World) -> None:
    world.move(advance_days=2)
    refused = world.move(advance_days=9)
    assert (refused.status_code, refused.json()["error_code"]) == (409, "clock_moving")
    world.arrive()
    assert world.read()["now"] == iso(NOW + 2 * DAY)


@pytest.mark.parametrize("back", [timedelta(), timedelta(seconds=1), 400 * DAY])
def test_it_never_goes_back(world: World, back: timedelta) -> None:
    refused = world.move(to=iso(NOW - back))
    assert (refused.status_code, refused.json()["error_code"]) == (400, "clock_only_forward")
    assert world.read()["moving"] is False


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"advance_days": 1, "until": "trial_end"},
        {"advance_days": 0},
        {"advance_days": -1},
        {"advance_days": 1.5},
        {"advance_days": "1"},
        {"advance_days": 1831},
        {"to": "2026-12-24T12:00:00"},
        {"to": "tomorrow"},
        {"to": "2040-01-01T00:00:00Z"},
        {"until": "doomsday"},
        {"days": 1},
    ],
)
def test_what_is_no_single_moment_ahead_is_refused(world: World, body: dict[str, object]) -> None:
    assert world.move(**body).status_code == 422
    assert world.read()["moving"] is False


def test_it_goes_past_the_earliest_trial_end_of_all(world: World) -> None:
    for shop, days in ((world.shop, 9), (world.other, 4)):
        a_subscription(
            shop.owner,
            status=SubscriptionStatus.TRIAL,
            source=BillingSource.TRIAL,
            trial_ends_at=NOW + days * DAY,
        )
    assert world.move(until="trial_end").json()["target"] == iso(NOW + 4 * DAY + HOURS_2)


def test_it_goes_past_the_trial_end_of_one_store(world: World) -> None:
    for shop, days in ((world.shop, 9), (world.other, 4)):
        a_subscription(
            shop.owner,
            status=SubscriptionStatus.TRIAL,
            source=BillingSource.TRIAL,
            trial_ends_at=NOW + days * DAY,
        )
    moved = world.move(until="trial_end", store_code=world.shop.store_code)
    assert moved.json()["target"] == iso(NOW + 9 * DAY + HOURS_2)


def test_it_goes_past_the_next_renewal_of_whoever_pays(world: World) -> None:
    a_subscription(world.shop.owner, source=BillingSource.MANUAL)
    a_subscription(world.other.owner, source=BillingSource.COMP)
    assert world.move(until="next_renewal").json()["target"] == iso(NOW + 30 * DAY + HOURS_2)


@pytest.mark.parametrize("moment", ["trial_end", "next_renewal"])
def test_it_says_when_there_is_no_such_moment(world: World, moment: str) -> None:
    a_subscription(world.shop.owner, status=SubscriptionStatus.CANCELLED)
    refused = world.move(until=moment)
    assert (refused.status_code, refused.json()["error_code"]) == (400, "nothing_ahead")


def test_a_foreign_store_is_not_revealed(world: World) -> None:
    a_subscription(world.other.owner)
    for code in (world.other.store_code, "unknown"):
        refused = world.move(until="next_renewal", store_code=code)
        assert (refused.status_code, refused.json()["error_code"]) == (404, "store_not_found")


def test_everybody_who_is_signed_in_may_move_it(
    world: World, visitor: Callable[[], Visitor]
) -> None:
    assert visitor().get(CLOCK).status_code == 401
    staff = visitor().sign_in(a_member(world.shop, MemberRole.STAFF))
    assert staff.post(CLOCK, {"advance_days": 1}).status_code == 202


def test_there_is_no_such_clock_without_a_sandbox(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STRIPE_API_BASE")
    forget_settings()
    assert world.owner.get(CLOCK).status_code == 404
    assert world.move(advance_days=1).status_code == 404
