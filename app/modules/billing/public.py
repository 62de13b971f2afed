"""What other modules may use of billing."""

from app.modules.billing.exceptions import (
    FeatureLimitReached,
    FeatureNotAvailable,
    FeatureRefused,
    SubscriptionInactive,
    UsageUnavailable,
)
from app.modules.billing.services.reconcile import Drift, reconcile
from app.modules.billing.services.ship import ship_to_platform
from app.modules.billing.services.usage_service import UsageService

__all__ = [
    "Drift",
    "FeatureLimitReached",
    "FeatureNotAvailable",
    "FeatureRefused",
    "SubscriptionInactive",
    "UsageService",
    "UsageUnavailable",
    "reconcile",
    "ship_to_platform",
]
