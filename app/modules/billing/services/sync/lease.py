"""The lease of a subscription: whoever holds it fetches, and nobody else (S12). System time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.modules.billing.repositories import syncs
from app.modules.billing.services.alerts import alert

LEASE = timedelta(seconds=60)  # longer than all that may be asked of Stripe for one subscription
RETRY_AFTER = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
)
ALERT_AFTER = 8


class LeaseLost(Exception):
    """Another process has taken the subscription over; nothing may be written for it."""


@dataclass(frozen=True, slots=True)
class Flight:
    """The right to fetch a subscription; it answers the `wanted` wishes there were."""

    stripe_subscription_id: str
    claim: int
    wanted: int


def take_off(work: UnitOfWork, stripe_subscription_id: str) -> Flight | None:
    """Claim a subscription that somebody wishes for and nobody is fetching."""
    now = system_now()
    lease = syncs.lock(work.session, stripe_subscription_id)
    if lease is None or lease.wanted <= lease.done:
        return None
    if lease.claimed_until is not None and lease.claimed_until > now:
        return None
    lease.claim += 1
    lease.claimed_until = now + LEASE
    return Flight(lease.stripe_subscription_id, lease.claim, lease.wanted)


def take_off_due(work: UnitOfWork, *, limit: int) -> list[Flight]:
    """Claim the subscriptions that have waited longest."""
    now = system_now()
    leased = syncs.lease_due(work.session, now, limit=limit, until=now + LEASE)
    return [Flight(*one) for one in leased]


def land(work: UnitOfWork, flights: Sequence[Flight]) -> None:
    """Give leases back in the transaction that wrote what was fetched. Raises LeaseLost."""
    landed = [(one.stripe_subscription_id, one.claim, one.wanted) for one in flights]
    work.session.flush()  # leases come last, as whoever wishes for a fetch locks them last
    if not syncs.land(work.session, landed):
        raise LeaseLost


def turn_back(work: UnitOfWork, flight: Flight, error: str) -> None:
    """Let the subscription wait for its next try; an operator is told when many have failed."""
    lease = syncs.lock(work.session, flight.stripe_subscription_id)
    if lease is None or lease.claim != flight.claim:
        return
    wait = RETRY_AFTER[min(lease.attempts, len(RETRY_AFTER) - 1)]
    lease.attempts += 1
    lease.claimed_until, lease.last_error = None, error
    lease.available_at = system_now() + wait
    if lease.attempts == ALERT_AFTER:
        alert(
            work,
            "sync_fails",
            key=f"{flight.stripe_subscription_id}:{flight.claim}",
            stripe_subscription=flight.stripe_subscription_id,
            error=error,
        )
