"""Wishing for a fetch of a subscription; wishes that come together cost one fetch (S12)."""

from collections import Counter
from collections.abc import Iterable

from app.kit import jobs
from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.modules.billing.repositories import syncs

SYNC_TURN = "stripe-sync"


def request_sync(work: UnitOfWork, stripe_subscription_id: str) -> None:
    """Wish for a fetch in the caller's transaction; it begins after the commit.

    A subscription whose last fetch failed is tried again at once.
    """
    request_syncs(work, [stripe_subscription_id])


def request_syncs(work: UnitOfWork, stripe_subscription_ids: Iterable[str]) -> None:
    """Wish for several fetches; last in a transaction, as the leases stay locked until commit."""
    wishes = Counter(stripe_subscription_ids)
    if wishes:
        syncs.wish(work.session, wishes, at=system_now())
        work.after_commit(lambda: jobs.wake(SYNC_TURN))


def syncs_wait(work: UnitOfWork) -> bool:
    """Whether a fetch is under way or due; those that wait for their next try do not count."""
    return syncs.any_due(work.session, system_now())
