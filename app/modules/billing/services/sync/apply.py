"""Fetched subscriptions are plans', add-ons' or strangers'; their whole state is written (S12)."""

from collections.abc import Sequence

import structlog

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot
from app.modules.billing.models import Purpose
from app.modules.billing.repositories import stripe_links
from app.modules.billing.repositories.foreseen import foresee_plans, foreseen, lock_plans
from app.modules.billing.services.addons.apply import apply_addon
from app.modules.billing.services.sync.apply_plan import news_of_plan
from app.modules.billing.services.sync.arrears import write_addon_arrears
from app.modules.billing.services.sync.fetched import Fetched
from app.modules.billing.services.sync.ownership import find_belonging
from app.modules.billing.services.sync.write_plan import PlanNews, write_plans

_log = structlog.get_logger(__name__)


def apply_all(work: UnitOfWork, answers: Sequence[Fetched], *, rivals_are_fresh: bool) -> None:
    """Write the whole states of subscriptions; a stranger's is logged.

    Raises RivalFound and TwoStatesOfOnePlan, after which each has to come by itself.
    """
    _foresee(work, [one.subscription for one in answers])
    found = [_apply(work, one, rivals_are_fresh=rivals_are_fresh) for one in answers]
    news = [one for one in found if one is not None]
    write_plans(work, news)
    stripe_links.note_in_step(work.session, [one.row.id for one in news], at=system_now())


def _foresee(work: UnitOfWork, snapshots: Sequence[SubscriptionSnapshot]) -> None:
    """Look up and lock at once what will be written into."""
    foresee_plans(
        work.session,
        subscriptions=[one.id for one in snapshots],
        customers=[one.customer_id for one in snapshots],
    )
    known = foreseen(work.session).subscriptions
    lock_plans(work.session, [known[one.id] for one in snapshots if one.id in known])


def _apply(work: UnitOfWork, fetched: Fetched, *, rivals_are_fresh: bool) -> PlanNews | None:
    """Write an add-on's state at once; return a plan's, to be written with others'."""
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
        return news_of_plan(work, belonging.owner, fetched, rivals_are_fresh=rivals_are_fresh)
    return None
