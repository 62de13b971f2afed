"""One fetch at a time for each subscription, whoever asks (S12)."""

import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from functools import cache, partial

import structlog

from app.kit.clocks import clocks, pin_business_time, system_now
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.kit.error_text import error_text
from app.modules.billing.gateways.errors import MissingAtStripe
from app.modules.billing.repositories import syncs
from app.modules.billing.services.sync.apply import apply_all
from app.modules.billing.services.sync.apply_plan import RivalFound
from app.modules.billing.services.sync.fetched import Fetched, fetch
from app.modules.billing.services.sync.lease import (
    Flight,
    LeaseLost,
    land,
    take_off,
    take_off_due,
    turn_back,
)
from app.modules.billing.services.sync.missing import mark_missing
from app.modules.billing.services.sync.requests import request_sync

PATIENCE_S = 5.0
LOOK_EVERY_S = 0.05
BATCH = 60  # their leases last while an answer takes four seconds
GATHER_S = 0.2
AT_ONCE = 4  # answers take Stripe some tenths of a second; its limits are guarded by the client

Answer = Fetched | Exception

_log = structlog.get_logger(__name__)


def sync_now(stripe_subscription_id: str) -> bool:
    """Bring local state to Stripe's; whether it is.

    Where another process is at it already, it is waited for. False where Stripe cannot be
    reached or the other takes too long: the wish stays and is served later. No unit of work may
    be open (S2).
    """
    wished = rerun_on_conflict(partial(_wish, stripe_subscription_id))
    ends = time.monotonic() + PATIENCE_S
    while True:
        flight = rerun_on_conflict(partial(_take_off, stripe_subscription_id))
        if flight is not None:
            return _land_after_rival(*_ask(flight))
        if _is_answered(stripe_subscription_id, wished):
            return True
        if time.monotonic() > ends:
            return False
        time.sleep(LOOK_EVERY_S)


def sync_due() -> bool:
    """Fetch what was wished for and is due, some at a time; whether there was anything.

    Several are asked for at once, and written together.
    """
    pin_business_time(clocks().read_offset())
    with unit_of_work(read_only=True) as work:
        if not syncs.any_free(work.session, system_now()):
            return False
    flights = rerun_on_conflict(_take_off_due)
    asked = {_threads().submit(copy_context().run, _ask, one) for one in flights}
    rivals: list[tuple[Flight, Answer]] = []
    while asked:  # one slow answer does not hold up the others
        answered, asked = wait(asked, timeout=GATHER_S)
        rivals += _land_all([one.result() for one in answered])
    for flight, answer in rivals:
        _land_after_rival(flight, answer)
    return bool(flights)


@cache
def _threads() -> ThreadPoolExecutor:
    """Threads that stay, and their connections to Stripe with them."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="stripe-sync")


def _ask(flight: Flight) -> tuple[Flight, Answer]:
    try:
        return flight, fetch(flight.stripe_subscription_id)
    except Exception as error:  # noqa: BLE001 - told when the flight lands
        return flight, error


def _land_all(answers: list[tuple[Flight, Answer]]) -> list[tuple[Flight, Answer]]:
    """Write what was fetched in one transaction; where that fails, each by itself.

    Returns those that may land only after another one, which may be among these.
    """
    fetched = [(flight, one) for flight, one in answers if isinstance(one, Fetched)]
    left = [answer for answer in answers if not isinstance(answer[1], Fetched)]
    try:
        rerun_on_conflict(partial(_write, fetched, rivals_are_fresh=False))
    except Exception:  # noqa: BLE001 - told for the subscription whose fault it is, just below
        _log.info("syncs_written_apart", subscriptions=len(fetched), exc_info=True)
        left = answers
    rivals = []
    for flight, answer in left:
        try:
            _land(flight, answer, rivals_are_fresh=False)
        except RivalFound:
            rivals.append((flight, answer))
    return rivals


def _land_after_rival(flight: Flight, answer: Answer) -> bool:
    """Land, after whatever the row follows was looked at; whether the state is Stripe's."""
    try:
        return _land(flight, answer, rivals_are_fresh=False)
    except RivalFound as rival:
        if sync_now(rival.stripe_subscription_id):
            return _land(flight, answer, rivals_are_fresh=True)
        rerun_on_conflict(partial(_turn_back, flight, error_text(rival)))
        return False


def _land(flight: Flight, answer: Answer, *, rivals_are_fresh: bool) -> bool:
    """Write what was fetched; what fails is kept with the lease and tried again later.

    Raises RivalFound.
    """
    try:
        _bring_home(flight, answer, rivals_are_fresh=rivals_are_fresh)
    except RivalFound:
        raise
    except LeaseLost:
        _log.warning("sync_lease_lost", stripe_subscription=flight.stripe_subscription_id)
        return False
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the wish must not be lost
        _log.exception("sync_failed", stripe_subscription=flight.stripe_subscription_id)
        rerun_on_conflict(partial(_turn_back, flight, error_text(error)))
        return False
    return True


def _bring_home(flight: Flight, answer: Answer, *, rivals_are_fresh: bool) -> None:
    if isinstance(answer, MissingAtStripe):
        rerun_on_conflict(partial(_note_missing, flight))
    elif isinstance(answer, Exception):
        raise answer
    else:
        rerun_on_conflict(partial(_write, [(flight, answer)], rivals_are_fresh=rivals_are_fresh))


def _write(answers: list[tuple[Flight, Fetched]], *, rivals_are_fresh: bool) -> None:
    if answers:
        with unit_of_work() as work:
            fetched = [one for _, one in answers]
            apply_all(work, fetched, rivals_are_fresh=rivals_are_fresh)
            land(work, [flight for flight, _ in answers])


def _note_missing(flight: Flight) -> None:
    with unit_of_work() as work:
        mark_missing(work, flight.stripe_subscription_id)
        land(work, [flight])


def _wish(stripe_subscription_id: str) -> int:
    with unit_of_work() as work:
        request_sync(work, stripe_subscription_id)
        return _wanted(work, stripe_subscription_id)


def _wanted(work: UnitOfWork, stripe_subscription_id: str) -> int:
    lease = syncs.lock(work.session, stripe_subscription_id)
    assert lease is not None
    return lease.wanted


def _take_off_due() -> list[Flight]:
    with unit_of_work() as work:
        return take_off_due(work, limit=BATCH)


def _take_off(stripe_subscription_id: str) -> Flight | None:
    with unit_of_work() as work:
        return take_off(work, stripe_subscription_id)


def _turn_back(flight: Flight, error: str) -> None:
    with unit_of_work() as work:
        turn_back(work, flight, error)


def _is_answered(stripe_subscription_id: str, wished: int) -> bool:
    with unit_of_work(read_only=True) as work:
        return syncs.done(work.session, stripe_subscription_id) >= wished
