"""A fetched subscription is a plan's, an add-on's or a stranger's."""

from collections.abc import Sequence

import structlog

from app.kit.db import UnitOfWork
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot
from app.modules.billing.models import Purpose
from app.modules.billing.repositories import stripe_links
from app.modules.billing.repositories.foreseen import foresee_plans, foreseen, lock_plans
from app.modules.billing.services.addons.apply import apply_addon
from app.modules.billing.services.sync.apply_plan import apply_plan
from app.modules.billing.services.sync.arrears import write_addon_arrears
from app.modules.billing.services.sync.fetched import Fetched
from app.modules.billing.services.sync.ownership import find_belonging

_log = structlog.get_logger(__name__)


def foresee(work: UnitOfWork, snapshots: Sequence[SubscriptionSnapshot]) -> None:
    """Look up and lock at once what the states of several subscriptions will be written into."""
    foresee_plans(
        work.session,
        subscriptions=[one.id for one in snapshots],
        customers=[one.customer_id for one in snapshots],
    )
    known = foreseen(work.session).subscriptions
    lock_plans(work.session, [known[one.id] for one in snapshots if one.id in known])


def apply(work: UnitOfWork, fetched: Fetched, *, rivals_are_fresh: bool) -> None:
    """Write the whole state of a subscription; a stranger's is logged. Raises RivalFound."""
    snapshot = fetched.subscription
    belonging = find_belonging(
        work,
        subscription_id=snapshot.id,
        customer_id=snapshot.customer_id,
        metadata=snapshot.metadata,
    )
    if belonging is None:
        _log.warning("stripe_subscription_of_nobody", stripe_subscription=snapshot.id)
    elif belonging.purpose is Purpose.ADDON:
        apply_addon(work, snapshot, fetched.schedule)
        work.session.flush()
        addon = stripe_links.addon_by_subscription(work.session, snapshot.id)
        if addon is not None:
            write_addon_arrears(work, addon, payment_error=fetched.payment_error)
    else:
        apply_plan(work, belonging.owner, fetched, rivals_are_fresh=rivals_are_fresh)
