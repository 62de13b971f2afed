"""Owners hear of the end of a trial seven, three and one days ahead (D40)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.repositories import lifecycle_rows
from app.modules.billing.services.notices import Note, Notice, notify_all
from app.modules.billing.services.webhooks_out.tell import TrialEnd, tell_of_trial_ends

DAYS_AHEAD = (7, 3, 1)
BY_STRIPE = 3  # of what is tried at Stripe, its own event tells three days ahead (S13)


def days_to_tell(
    starts_at: datetime, ends_at: datetime, now: datetime, *, at_stripe: bool
) -> int | None:
    """Return the nearest notice whose time has come; pure.

    After a standstill only that one is told; a trial shorter than a notice's days has none of it.
    """
    due = [days for days in DAYS_AHEAD if ends_at - timedelta(days=days) <= now < ends_at]
    if not due or starts_at > ends_at - timedelta(days=due[-1]):
        return None
    return None if at_stripe and due[-1] == BY_STRIPE else due[-1]


def tell_trial_ends(work: UnitOfWork, *, after: int, limit: int) -> Sequence[MerchantSubscription]:
    """Tell the next owners, by subscription, once for each notice; whose trials were looked at."""
    now = business_now()
    ending = lifecycle_rows.trials_ending(
        work.session,
        after=after,
        since=now,
        until=now + timedelta(days=DAYS_AHEAD[0]),
        limit=limit,
    )
    due = [end for one in ending if (end := _due(one, now)) is not None]
    notify_all(work, [_note(end) for end in due])
    tell_of_trial_ends(work, due)
    return ending


def _due(subscription: MerchantSubscription, now: datetime) -> TrialEnd | None:
    ends_at = subscription.trial_ends_at
    assert ends_at is not None
    at_stripe = subscription.stripe_subscription_id is not None
    days = days_to_tell(subscription.period_start, ends_at, now, at_stripe=at_stripe)
    if days is None:
        return None
    return TrialEnd(subscription, ends_at, key=f"{ends_at.isoformat()}:{days}")


def _note(end: TrialEnd) -> Note:
    return Note(end.subscription, Notice.TRIAL_ENDING, end.key, {"trial_ends_at": end.ends_at})
