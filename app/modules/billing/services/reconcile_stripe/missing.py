"""Subscriptions that Stripe does not have: nobody loses access for it (S16)."""

from collections.abc import Sequence

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.repositories import reconciliations
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.sync import sync_now


def mark_all_missing(stripe_ids: Sequence[str], *, is_mass: bool) -> None:
    """Mark them and tell an operator: of each, or once where so many can only be a mistake.

    A wrong key, a restored backup and an empty account look like that.
    """
    if not is_mass:
        for stripe_id in stripe_ids:
            sync_now(stripe_id)
        return
    now = business_now()
    with unit_of_work() as work:
        reconciliations.mark_plans_missing(work.session, stripe_ids, at=now)
        alert(work, "many_missing_at_stripe", key=now.date().isoformat(), missing=len(stripe_ids))
