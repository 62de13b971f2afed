"""What other modules may use of billing."""

from app.modules.billing.exceptions import (
    FeatureLimitReached,
    FeatureNotAvailable,
    FeatureRefused,
    SubscriptionInactive,
    UsageUnavailable,
)

__all__ = [
    "FeatureLimitReached",
    "FeatureNotAvailable",
    "FeatureRefused",
    "SubscriptionInactive",
    "UsageUnavailable",
]
