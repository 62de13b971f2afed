"""From rows to entitlements: what a merchant may do at an instant."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.contracts.features import Access
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.modules.billing.models import (
    REFUSE,
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
)
from app.modules.billing.repositories import entitlement_rows as rows
from app.modules.billing.services.access import AccessSpan, SubscriptionState, access_at
from app.modules.billing.services.entitlements import (
    Entitlements,
    OverrideEntry,
    Plan,
    entitle,
)
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.limits import Entry, Grant, Limit
from app.modules.billing.services.windows import EPOCH, WindowRules
from app.modules.billing.settings import billing_settings
from app.modules.tenancy.public import platform_timezone


@dataclass(frozen=True)
class Loaded:
    """A merchant's entitlements with the version they were read at and how long they hold.

    `until` is business time: the instant at which our own clock alone changes them.
    """

    entitlements: Entitlements
    stamp: int
    until: datetime | None
    windows: WindowRules
    refuses_inbound: bool


def load_entitlements(session: Session, owner: Owner) -> Loaded:
    """Read and merge what a merchant has; seven queries whatever the plan.

    The version is read first: what changes while the rest is read makes it look older than it is,
    which costs one more reading and never an outdated answer.
    """
    stamp = rows.read_stamp(session, owner)
    settings = rows.find_settings(session, owner.platform_id)
    subscription = rows.find_subscription(session, owner)
    now = business_now()
    tier_id = subscription.tier_id if subscription is not None else None
    free_tier_id = settings.free_tier_id if settings is not None else None
    tiers = _tiers(session, [one for one in (tier_id, free_tier_id) if one is not None])
    code, entries = tiers.get(tier_id, (None, {}))
    entitlements, until = entitle(
        list(registry().declarations.values()),
        access_at(
            None if subscription is None else state_of(subscription),
            now,
            grace=billing_settings().billing_grace,
        ),
        plan=Plan(code, entries, _overrides(session, owner), _grants(session, owner)),
        free_plan=Plan(*tiers[free_tier_id]) if free_tier_id is not None else None,
        now=now,
    )
    return Loaded(
        entitlements,
        stamp,
        until,
        WindowRules(
            EPOCH if subscription is None else subscription.usage_anchor,
            platform_timezone(session, owner.platform_id),
        ),
        settings is not None and settings.inbound_after_expiry == REFUSE,
    )


def limits_with_tier(session: Session, owner: Owner, tier_id: int) -> Mapping[str, Limit]:
    """Return the limits that a merchant would have with another tier, its exceptions kept."""
    code, entries = _tiers(session, [tier_id]).get(tier_id, (None, {}))
    entitlements, _until = entitle(
        list(registry().declarations.values()),
        AccessSpan(Access.FULL),
        plan=Plan(code, entries, _overrides(session, owner), _grants(session, owner)),
        free_plan=None,
        now=business_now(),
    )
    return entitlements.limits


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


def _tiers(
    session: Session, tier_ids: list[int]
) -> dict[int | None, tuple[str | None, dict[str, Entry]]]:
    tiers: dict[int | None, tuple[str | None, dict[str, Entry]]] = {}
    for tier_id, code, feature_code, value, enabled in rows.tier_entries(session, tier_ids):
        _, entries = tiers.setdefault(tier_id, (code, {}))
        if feature_code is not None:
            entries[feature_code] = Entry(value, bool(enabled))
    return tiers


def _overrides(session: Session, owner: Owner) -> dict[str, OverrideEntry]:
    return {
        row.feature_code: OverrideEntry(Entry(row.limit_value, row.is_enabled), row.expires_at)
        for row in rows.overrides_of(session, owner)
    }


def _grants(session: Session, owner: Owner) -> dict[str, list[Grant]]:
    grants: dict[str, list[Grant]] = defaultdict(list)
    for code, granted, period_end, cancelled_at in rows.running_addons(session, owner):
        ends_at = period_end if cancelled_at is not None else None
        for feature_code, amount in granted.items():
            grants[feature_code].append(Grant(code, amount, ends_at))
    return dict(grants)
