"""What Stripe says of a plan is its merchant's row to follow, or not (S12)."""

from dataclasses import replace

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.gateways.snapshots import ScheduleSnapshot, SubscriptionSnapshot
from app.modules.billing.repositories import stripe_links
from app.modules.billing.repositories.foreseen import tiers_of_prices
from app.modules.billing.services.sync.fetched import Fetched
from app.modules.billing.services.sync.merge_plan import (
    STATUSES,
    PricedTier,
    Prices,
    Verdict,
    judge,
    merged,
)
from app.modules.billing.services.sync.plan_alerts import (
    alert_duplicate,
    alert_other_customer,
    alert_unknown,
    alert_without_tier,
)
from app.modules.billing.services.sync.plan_row import lock_or_begin
from app.modules.billing.services.sync.plan_state import ENDED, PlanState, read_state
from app.modules.billing.services.sync.write_plan import PlanNews

YEAR = "year"


class RivalFound(Exception):
    """The row follows another subscription, which ran when we last looked at it."""

    def __init__(self, stripe_subscription_id: str) -> None:
        super().__init__(stripe_subscription_id)
        self.stripe_subscription_id = stripe_subscription_id


def news_of_plan(
    work: UnitOfWork, owner: Owner, fetched: Fetched, *, rivals_are_fresh: bool
) -> PlanNews | None:
    """Return what the merchant's row is to say, or None and tell an operator why not.

    Raises RivalFound where the row's own subscription has to be looked at first.
    """
    snapshot = fetched.subscription
    prices = prices_for(work, owner, snapshot, fetched.schedule)
    found = lock_or_begin(work, owner, snapshot, prices=prices)
    if found is None:
        alert_without_tier(work, owner, snapshot)
        return None
    row, is_new = found
    held = read_state(row)
    verdict = judge(held, snapshot)
    if verdict is Verdict.RIVAL:
        _meet_rival(work, owner, held, snapshot, rivals_are_fresh=rivals_are_fresh)
    elif verdict is Verdict.TAKE and _is_paid_by(work, owner, snapshot):
        alert_unknown(work, owner, snapshot, prices)
        state = merged(held, snapshot, fetched.schedule, prices=prices)
        state = replace(state, last_payment_error=fetched.payment_error)
        return PlanNews(row, held, state, is_new)
    return None


def _meet_rival(
    work: UnitOfWork,
    owner: Owner,
    held: PlanState,
    snapshot: SubscriptionSnapshot,
    *,
    rivals_are_fresh: bool,
) -> None:
    own_id = held.stripe_subscription_id
    assert own_id is not None
    if not rivals_are_fresh:
        raise RivalFound(own_id)
    if STATUSES[snapshot.status] not in ENDED:
        alert_duplicate(work, owner, snapshot, other=own_id)


def _is_paid_by(work: UnitOfWork, owner: Owner, snapshot: SubscriptionSnapshot) -> bool:
    """Whether the customer is the merchant's own, or nobody's yet."""
    holder = stripe_links.plan_owner(
        work.session, subscription_id=None, customer_id=snapshot.customer_id
    )
    is_own = holder in {None, owner}
    if not is_own:
        alert_other_customer(work, owner, snapshot)
    return is_own


def prices_for(
    work: UnitOfWork,
    owner: Owner,
    snapshot: SubscriptionSnapshot,
    schedule: ScheduleSnapshot | None,
) -> Prices:
    """Return what the prices of a subscription and its schedule stand for here (D25)."""
    asked = {snapshot.price_id}
    if schedule is not None:
        asked |= {phase.price_id for phase in schedule.phases}
    rows = tiers_of_prices(work.session, owner.platform_id, asked)
    return {price: PricedTier(tier_id, interval == YEAR) for price, tier_id, interval in rows}
