"""Answers that list subscriptions and tell what they add up to."""

from app.modules.billing.models import SubscriptionStatus
from app.modules.billing.schemas.platforms import PlatformBrief
from app.modules.billing.schemas.subscriptions import (
    MerchantName,
    StatisticsOut,
    SubscriptionOut,
    TierCounts,
    TierName,
)
from app.modules.billing.services.decline import decline_text
from app.modules.billing.services.figures import statistics as figures
from app.modules.billing.services.list_subscriptions import ListedSubscription
from app.modules.billing.services.offers import localized
from app.modules.billing.services.read_statistics import Statistics

_AS_THEY_ARE = (
    "id",
    "status",
    "billing_source",
    "is_annual",
    "period_start",
    "period_end",
    "trial_ends_at",
    "cancel_at",
    "past_due_since",
    "payment_retry_count",
    "unit_amount_cents",
    "currency",
)


def subscription_out(listed: ListedSubscription) -> SubscriptionOut:
    """Return the answer for a row."""
    one, tier = listed.subscription, listed.tier
    return SubscriptionOut(
        merchant=MerchantName(
            id=one.merchant_id, name=listed.merchant_name, contact_email=listed.contact_email
        ),
        platform=PlatformBrief.model_validate(listed.platform),
        tier=TierName(code=tier.code, name=localized(tier.name_i18n, tier.code)),
        mrr_cents=listed.mrr_cents,
        owed_cents=listed.owed_cents,
        next_attempt_at=listed.next_attempt_at,
        grace_ends_at=listed.grace_ends_at,
        last_payment_error=decline_text(one.last_payment_error),
        feature_codes=list(listed.feature_codes),
        overrides_count=listed.overrides,
        **{name: getattr(one, name) for name in _AS_THEY_ARE},
    )


def statistics_out(found: Statistics) -> StatisticsOut:
    """Return the answer for the figures of a scope."""
    totals = found.totals
    return StatisticsOut(
        total=totals.total,
        by_status={status: totals.by_status[status] for status in SubscriptionStatus},
        tier_distribution=found.tier_distribution,
        mrr_cents=figures.mrr_cents(totals),
        arr_cents=totals.arr_cents,
        currency=figures.CURRENCY,
        trials=figures.trials(totals),
        trial_conversion_rate=figures.trial_conversion_rate(totals),
        churn_rate_30d=figures.churn_rate(totals),
        arpu_cents=figures.arpu_cents(totals),
        ltv_cents=figures.lifetime_value_cents(totals),
        tiers=TierCounts(total=found.tiers, active=found.active_tiers, public=found.public_tiers),
    )
