"""One fetch at a time for each subscription, whoever asks (S12)."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial

import structlog

from app.kit.clocks import clocks, pin_business_time, system_now
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.kit.error_text import error_text
from app.modules.billing.gateways.errors import MissingAtStripe
from app.modules.billing.repositories import syncs
from app.modules.billing.services.sync.apply import apply
from app.modules.billing.services.sync.apply_plan import RivalFound
from app.modules.billing.services.sync.fetched import Fetched, fetch
from app.modules.billing.services.sync.lease import Flight, LeaseLost, land, take_off, turn_back
from app.modules.billing.services.sync.missing import mark_missing
from app.modules.billing.services.sync.requests import request_sync

PATIENCE_S = 5.0
LOOK_EVERY_S = 0.05
BATCH = 20
AT_ONCE = 4  # answers take Stripe some tenths of a second; its limits are guarded by the client

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
            return _fly(flight)
        if _is_answered(stripe_subscription_id, wished):
            return True
        if time.monotonic() > ends:
            return False
        time.sleep(LOOK_EVERY_S)


def sync_due() -> bool:
    """Fetch what was wished for and is due, some at a time; whether there was anything."""
    pin_business_time(clocks().read_offset())
    with unit_of_work(read_only=True) as work:
        due = syncs.due(work.session, system_now(), limit=BATCH)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="stripe-sync") as pool:
        flights = [pool.submit(copy_context().run, _fly_if_free, one) for one in due]
    for flight in flights:
        flight.result()
    return bool(due)


def _fly_if_free(stripe_subscription_id: str) -> None:
    flight = rerun_on_conflict(partial(_take_off, stripe_subscription_id))
    if flight is not None:
        _fly(flight)


def _fly(flight: Flight) -> bool:
    """Fetch and write; what fails is kept with the lease and tried again later."""
    try:
        _bring_home(flight)
    except LeaseLost:
        _log.warning("sync_lease_lost", stripe_subscription=flight.stripe_subscription_id)
        return False
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the wish must not be lost
        _log.exception("sync_failed", stripe_subscription=flight.stripe_subscription_id)
        rerun_on_conflict(partial(_turn_back, flight, error_text(error)))
        return False
    return True


def _bring_home(flight: Flight) -> None:
    try:
        fetched = fetch(flight.stripe_subscription_id)
    except MissingAtStripe:
        rerun_on_conflict(partial(_note_missing, flight))
        return
    try:
        rerun_on_conflict(partial(_write, flight, fetched, rivals_are_fresh=False))
    except RivalFound as rival:
        if not sync_now(rival.stripe_subscription_id):
            raise
        rerun_on_conflict(partial(_write, flight, fetched, rivals_are_fresh=True))


def _write(flight: Flight, fetched: Fetched, *, rivals_are_fresh: bool) -> None:
    with unit_of_work() as work:
        apply(work, fetched, rivals_are_fresh=rivals_are_fresh)
        land(work, flight)  # last, as whoever wishes for a fetch locks the lease last


def _note_missing(flight: Flight) -> None:
    with unit_of_work() as work:
        mark_missing(work, flight.stripe_subscription_id)
        land(work, flight)


def _wish(stripe_subscription_id: str) -> int:
    with unit_of_work() as work:
        request_sync(work, stripe_subscription_id)
        return _wanted(work, stripe_subscription_id)


def _wanted(work: UnitOfWork, stripe_subscription_id: str) -> int:
    lease = syncs.lock(work.session, stripe_subscription_id)
    assert lease is not None
    return lease.wanted


def _take_off(stripe_subscription_id: str) -> Flight | None:
    with unit_of_work() as work:
        return take_off(work, stripe_subscription_id)


def _turn_back(flight: Flight, error: str) -> None:
    with unit_of_work() as work:
        turn_back(work, flight, error)


def _is_answered(stripe_subscription_id: str, wished: int) -> bool:
    with unit_of_work(read_only=True) as work:
        return syncs.done(work.session, stripe_subscription_id) >= wished
