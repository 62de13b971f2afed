"""What other modules may use of billing."""

from app.modules.billing.exceptions import (
    FeatureLimitReached,
    FeatureNotAvailable,
    FeatureRefused,
    PaymentSystemNotConfiguredError,
    SubscriptionInactive,
    UsageUnavailable,
)
from app.modules.billing.models import EventStatus as WebhookStatus
from app.modules.billing.repositories.admin_subscriptions import SubscriptionFilters
from app.modules.billing.services.capacity.capture import Captured
from app.modules.billing.services.capacity.expected import ExpectedValues, expected_values
from app.modules.billing.services.capacity.history import CapacityMetric
from app.modules.billing.services.capacity.infrastructure import InfrastructureTier
from app.modules.billing.services.capacity.infrastructure import (
    tier_name as infrastructure_tier_name,
)
from app.modules.billing.services.capacity.limit_outlook import (
    LimitOutlook,
    LimitOutlooks,
    limit_outlooks,
)
from app.modules.billing.services.capacity.machinery import Machinery
from app.modules.billing.services.capacity.machinery import machinery as billing_machinery
from app.modules.billing.services.capacity.outlook import Outlook
from app.modules.billing.services.capacity.recommendations import Recommendation
from app.modules.billing.services.capacity.scenario import (
    Growth,
    LimitChange,
    Move,
    PlannedFeature,
    Scenario,
)
from app.modules.billing.services.capacity.standing import Standing
from app.modules.billing.services.capacity.standing import standing as capacity_standing
from app.modules.billing.services.capacity.subscription_capacity import (
    SubscriptionCapacity,
    subscription_capacity,
)
from app.modules.billing.services.capacity.trends import GrowthTrends
from app.modules.billing.services.capacity.what_if import WhatIf, tier_names
from app.modules.billing.services.capacity_forecast_service import capacity_forecast_service
from app.modules.billing.services.checkout import require_payments
from app.modules.billing.services.demo_clock.existence import has_demo_clock
from app.modules.billing.services.export_invoices import export_invoices
from app.modules.billing.services.forecasting.forecast import Accuracy
from app.modules.billing.services.list_subscriptions import export_subscriptions
from app.modules.billing.services.plans_as_code.apply import (
    TierImpact,
    apply_plans,
    present_plans,
)
from app.modules.billing.services.plans_as_code.apply import differences as plan_differences
from app.modules.billing.services.plans_as_code.apply import impact as plan_impact
from app.modules.billing.services.plans_as_code.compare import TierDifference
from app.modules.billing.services.plans_as_code.document import PlanFile
from app.modules.billing.services.plans_as_code.nodes import WrongPlanFile
from app.modules.billing.services.plans_as_code.read import read_plans
from app.modules.billing.services.plans_as_code.write import said as said_feature
from app.modules.billing.services.plans_as_code.write import write_plans
from app.modules.billing.services.reconcile import Drift, reconcile
from app.modules.billing.services.reconcile_stripe.report import Report as StripeReport
from app.modules.billing.services.reconcile_stripe.run import reconcile_stripe
from app.modules.billing.services.ship import ship_to_platform
from app.modules.billing.services.stripe_account import read_own_account
from app.modules.billing.services.stripe_setup.setup import set_up_stripe
from app.modules.billing.services.stripe_setup.steps import SetupReport
from app.modules.billing.services.sync import sync_now
from app.modules.billing.services.tier_limits import LimitEntry
from app.modules.billing.services.usage_service import UsageService
from app.modules.billing.services.webhooks.newest import newest_webhooks
from app.modules.billing.services.webhooks.replay import replay_now as replay_webhook

__all__ = [
    "Accuracy",
    "CapacityMetric",
    "Captured",
    "Drift",
    "ExpectedValues",
    "FeatureLimitReached",
    "FeatureNotAvailable",
    "FeatureRefused",
    "Growth",
    "GrowthTrends",
    "InfrastructureTier",
    "LimitChange",
    "LimitEntry",
    "LimitOutlook",
    "LimitOutlooks",
    "Machinery",
    "Move",
    "Outlook",
    "PaymentSystemNotConfiguredError",
    "PlanFile",
    "PlannedFeature",
    "Recommendation",
    "Scenario",
    "SetupReport",
    "Standing",
    "StripeReport",
    "SubscriptionCapacity",
    "SubscriptionFilters",
    "SubscriptionInactive",
    "TierDifference",
    "TierImpact",
    "UsageService",
    "UsageUnavailable",
    "WebhookStatus",
    "WhatIf",
    "WrongPlanFile",
    "apply_plans",
    "billing_machinery",
    "capacity_forecast_service",
    "capacity_standing",
    "expected_values",
    "export_invoices",
    "export_subscriptions",
    "has_demo_clock",
    "infrastructure_tier_name",
    "limit_outlooks",
    "newest_webhooks",
    "plan_differences",
    "plan_impact",
    "present_plans",
    "read_own_account",
    "read_plans",
    "reconcile",
    "reconcile_stripe",
    "replay_webhook",
    "require_payments",
    "said_feature",
    "set_up_stripe",
    "ship_to_platform",
    "subscription_capacity",
    "sync_now",
    "tier_names",
    "write_plans",
]
