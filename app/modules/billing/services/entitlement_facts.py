"""What the rows say of a merchant's plan, before anything is decided by it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.modules.billing.models import (
    REFUSE,
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
)
from app.modules.billing.repositories import entitlement_rows as rows
from app.modules.billing.services.access import SubscriptionState
from app.modules.billing.services.entitlements import OverrideEntry, Plan
from app.modules.billing.services.limits import Entry, Grant
from app.modules.billing.services.windows import EPOCH, WindowRules
from app.modules.tenancy.public import platform_timezone


@dataclass(frozen=True)
class Facts:
    """One version of a merchant's plan as it stands in the database.

    Nothing here depends on the time, on settings or on which features are declared: what follows
    from it is decided by whoever asks, when they ask.
    """

    subscription: SubscriptionState | None
    plan: Plan
    free_plan: Plan | None
    windows: WindowRules
    refuses_inbound: bool


def read_facts(session: Session, owner: Owner) -> Facts:
    """Read them; six queries whatever the plan."""
    settings = rows.find_settings(session, owner.platform_id)
    subscription = rows.find_subscription(session, owner)
    tier_id = subscription.tier_id if subscription is not None else None
    free_tier_id = settings.free_tier_id if settings is not None else None
    tiers = _tiers(session, {one for one in (tier_id, free_tier_id) if one is not None})
    return Facts(
        subscription=None if subscription is None else state_of(subscription),
        plan=_with_exceptions(session, owner, tiers.get(tier_id, Plan())),
        free_plan=None if free_tier_id is None else tiers[free_tier_id],
        windows=WindowRules(
            EPOCH if subscription is None else subscription.usage_anchor,
            platform_timezone(session, owner.platform_id),
        ),
        refuses_inbound=settings is not None and settings.inbound_after_expiry == REFUSE,
    )


def plan_with_tier(session: Session, owner: Owner, tier_id: int) -> Plan:
    """Return the plan that a merchant would have with another tier, its exceptions kept."""
    return _with_exceptions(session, owner, _tiers(session, {tier_id}).get(tier_id, Plan()))


def state_of(subscription: MerchantSubscription) -> SubscriptionState:
    """Return the columns that access depends on."""
    return SubscriptionState(
        status=SubscriptionStatus(subscription.status),
        billing_source=BillingSource(subscription.billing_source),
        is_at_stripe=subscription.stripe_subscription_id is not None,
        trial_ends_at=subscription.trial_ends_at,
        cancel_at=subscription.cancel_at,
        past_due_since=subscription.past_due_since,
        grace_until=subscription.grace_until,
    )


def _tiers(session: Session, tier_ids: Collection[int]) -> Mapping[int | None, Plan]:
    """Return what tiers give by themselves."""
    codes: dict[int, str] = {}
    entries: dict[int, dict[str, Entry]] = defaultdict(dict)
    for tier_id, code, feature_code, value, enabled in rows.tier_entries(session, tier_ids):
        codes[tier_id] = code
        if feature_code is not None:
            entries[tier_id][feature_code] = Entry(value, bool(enabled))
    return {tier_id: Plan(code, entries[tier_id]) for tier_id, code in codes.items()}


def _with_exceptions(session: Session, owner: Owner, tier: Plan) -> Plan:
    return replace(tier, overrides=_overrides(session, owner), grants=_grants(session, owner))


def _overrides(session: Session, owner: Owner) -> Mapping[str, OverrideEntry]:
    return {
        row.feature_code: OverrideEntry(Entry(row.limit_value, row.is_enabled), row.expires_at)
        for row in rows.overrides_of(session, owner)
    }


def _grants(session: Session, owner: Owner) -> Mapping[str, list[Grant]]:
    grants: dict[str, list[Grant]] = defaultdict(list)
    for code, granted, period_end, cancelled_at in rows.running_addons(session, owner):
        ends_at = period_end if cancelled_at is not None else None
        for feature_code, amount in granted.items():
            grants[feature_code].append(Grant(code, amount, ends_at))
    return dict(grants)
