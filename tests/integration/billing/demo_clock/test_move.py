"""What happens on the way: webhooks first, then our time, then the jobs; and what goes wrong."""

from datetime import timedelta

import pytest

from app.kit.clocks import business_now, clocks
from app.kit.db import unit_of_work
from app.modules.billing.models import EventStatus, StripeWebhookEvent
from app.modules.billing.repositories import clock_rows
from app.modules.billing.services.demo_clock import step
from app.modules.billing.services.demo_clock.move import LEASE, move_clock
from app.modules.billing.services.demo_clock.start import start_clock
from tests.integration.billing.demo_clock.world import DAY, NOW, World, iso, point_at
from tests.integration.sandbox.world import SECRET, Receiver, sdk


def test_the_jobs_of_each_day_run_when_that_day_has_come(world: World) -> None:
    world.move(to=iso(NOW + timedelta(days=2, hours=5)))
    world.arrive()
    assert world.slots_run == [NOW + DAY, NOW + 2 * DAY, NOW + timedelta(days=2, hours=5)]


def test_webhooks_of_a_step_arrive_before_our_time_moves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = Receiver()
    world.running.sandbox.add_webhook(receiver.url, secret=SECRET)
    subscribe_with_trial(world, days=2)
    world.running.sandbox.settle()
    ended: list[tuple[int, bool]] = []
    write = clock_rows.raise_offset

    def noting(session: object, offset: timedelta) -> None:
        ended.append((offset.days, "customer.subscription.updated" in receiver.types()))
        write(session, offset)  # type: ignore[arg-type]

    monkeypatch.setattr(clock_rows, "raise_offset", noting)
    world.move(advance_days=3)
    world.arrive()
    receiver.close()
    assert ended == [(1, False), (2, True), (3, True)]


def subscribe_with_trial(world: World, *, days: int) -> None:
    with sdk(world.running.url) as v1:
        product = v1.products.create({"name": "Plan"})
        recurring = {"interval": "month"}
        price = {"product": product.id, "currency": "eur", "unit_amount": 900}
        made = v1.prices.create({**price, "recurring": recurring})
        card = "pm_card_visa"
        settings = {"default_payment_method": card}
        customer = v1.customers.create({"payment_method": card, "invoice_settings": settings})
        items = [{"price": made.id}]
        given = {"customer": customer.id, "items": items, "trial_period_days": days}
        v1.subscriptions.create(given)


def test_it_waits_for_the_inbox_but_not_for_ever(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step, "SETTLED_WITHIN_S", 1.0)
    an_event("evt_stuck", EventStatus.RECEIVED)
    looks = count_looks(monkeypatch)
    world.move(advance_days=1)
    world.arrive()
    assert looks == [False] * len(looks)
    assert len(looks) > 1
    assert world.read()["now"] == iso(NOW + DAY)


def test_it_does_not_wait_for_what_is_dead(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    an_event("evt_dead", EventStatus.DEAD)
    looks = count_looks(monkeypatch)
    world.move(advance_days=1)
    world.arrive()
    assert looks == [True]


def count_looks(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What each look at sandbox and inbox found."""
    looks: list[bool] = []
    look = step._everything_arrived

    def noting() -> bool:
        looks.append(look())
        return looks[-1]

    monkeypatch.setattr(step, "_everything_arrived", noting)
    return looks


def an_event(event_id: str, status: EventStatus) -> None:
    with unit_of_work() as work:
        event = StripeWebhookEvent(
            event_id=event_id,
            event_type="invoice.paid",
            stripe_created_at=NOW,
            status=status,
            received_at=NOW,
            payload={},
        )
        work.session.add(event)


def test_a_sandbox_that_is_gone_ends_the_move_and_is_told(world: World) -> None:
    world.move(advance_days=2)
    assert move_clock()
    world.running.stop()
    world.arrive()
    state = world.read()
    assert (state["now"], state["moving"]) == (iso(NOW + DAY), False)
    assert state["error"]["error_code"] == "sandbox_unavailable"
    assert state["error"]["detail"].startswith("The Stripe sandbox did not answer.")


def test_the_next_move_forgets_the_error_of_the_last(world: World) -> None:
    with unit_of_work() as work:
        clock_rows.lock_move(work.session).error = "sandbox_unavailable"
    assert world.move(advance_days=1).json()["error"] is None
    assert world.read()["error"] is None


def test_a_move_is_left_to_whoever_has_claimed_it(world: World) -> None:
    world.move(advance_days=1)
    with unit_of_work() as work:
        move = clock_rows.lock_move(work.session)
        move.claim, move.claimed_until = 7, NOW + LEASE
    assert not move_clock()
    assert world.sandbox_now() == NOW


def test_a_move_of_a_process_that_is_gone_is_taken_over(world: World) -> None:
    world.move(advance_days=1)
    world.running.sandbox.clocks.advance_account(int((NOW + DAY).timestamp()))
    with unit_of_work() as work:
        move = clock_rows.lock_move(work.session)
        move.claim, move.claimed_until = 7, NOW
    world.arrive()
    assert (world.read()["now"], world.read()["moving"]) == (iso(NOW + DAY), False)


def test_who_lost_the_claim_ends_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.move(advance_days=1)
    following = step.follow_sandbox

    def lose_the_claim() -> None:
        following()
        with unit_of_work() as work:
            clock_rows.lock_move(work.session).claim += 1

    monkeypatch.setattr(step, "follow_sandbox", lose_the_claim)
    assert not move_clock()
    assert world.read()["moving"] is True


def test_nothing_is_done_while_nobody_wants_a_move(world: World) -> None:
    assert not move_clock()
    assert world.slots_run == []


def test_a_start_takes_over_the_offset_of_the_sandbox(world: World) -> None:
    world.running.sandbox.clocks.advance_account(int((NOW + 40 * DAY).timestamp()))
    world.running.sandbox.clocks.wait()
    start_clock()
    assert clocks().read_offset() == 40 * DAY
    assert business_now() == NOW + 40 * DAY
    assert world.read()["moving"] is False


def test_a_sandbox_that_lost_its_file_is_moved_along(world: World) -> None:
    with unit_of_work() as work:
        clock_rows.raise_offset(work.session, 3 * DAY)
    start_clock()
    assert clocks().read_offset() == 3 * DAY
    assert world.read()["target"] == iso(NOW + 3 * DAY)
    world.arrive()
    assert world.sandbox_now() == NOW + 3 * DAY
    assert clocks().read_offset() == 3 * DAY


def test_a_start_without_a_reachable_sandbox_keeps_the_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit_of_work() as work:
        clock_rows.raise_offset(work.session, 3 * DAY)
    point_at("http://127.0.0.1:9", monkeypatch)
    start_clock()
    assert clocks().read_offset() == 3 * DAY
