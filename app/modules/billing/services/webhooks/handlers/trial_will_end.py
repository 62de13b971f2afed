"""A trial at Stripe ends in three days: the owner is told once for each end (S13)."""

from app.kit.db import UnitOfWork
from app.modules.billing.gateways.shapes import subscription_snapshot
from app.modules.billing.repositories import stripe_links
from app.modules.billing.services.notices import Notice, notify
from app.modules.billing.services.webhooks.handlers.belonging import owner_of_subscription
from app.modules.billing.services.webhooks.outcome import (
    Event,
    Handler,
    Outcome,
    each,
    ignored,
    processed,
)
from app.modules.billing.services.webhooks_out.tell import TrialEnd, tell_of_trial_ends


def _apply(work: UnitOfWork, event: Event) -> Outcome:
    owner = owner_of_subscription(work, event.object)
    if owner is None:
        return ignored()
    snapshot = subscription_snapshot(event.object)
    row = stripe_links.lock_plan(work.session, owner)
    if row is not None and row.stripe_subscription_id == snapshot.id and snapshot.trial_end:
        key = f"{snapshot.id}:{snapshot.trial_end.isoformat()}"
        notify(work, row, Notice.TRIAL_ENDING, key=key, trial_ends_at=snapshot.trial_end)
        tell_of_trial_ends(work, [TrialEnd(row, snapshot.trial_end, key)])
    return processed(owner, snapshot.id)


HANDLER = Handler(each(_apply))
