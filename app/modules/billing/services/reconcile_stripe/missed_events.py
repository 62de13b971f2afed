"""Events whose webhook never arrived, read where Stripe keeps them (S16)."""

from datetime import datetime, timedelta

from app.kit.db import unit_of_work
from app.modules.billing.gateways.stripe_events import events_since
from app.modules.billing.repositories import reconciliations
from app.modules.billing.services.webhooks.inbox import Receipt, receive
from app.modules.billing.services.webhooks.registry import HANDLERS

OVERLAP = timedelta(hours=1)
FIRST_LOOK_BACK = timedelta(days=1)
STRIPE_KEEPS = timedelta(days=30)


def take_missed_events(now: datetime) -> int:
    """Put what the inbox lacks into it, from a while before the last run on; how many.

    Raises as `gateways.client.ask`.
    """
    with unit_of_work(read_only=True) as work:
        last = reconciliations.last_finished(work.session)
    since = now - FIRST_LOOK_BACK if last is None else last.started_at - OVERLAP
    events = events_since(max(since, now - STRIPE_KEEPS))
    taken = 0
    for event in events:
        if event["type"] in HANDLERS:
            with unit_of_work() as work:
                taken += receive(work, event) is Receipt.RECEIVED
    return taken
