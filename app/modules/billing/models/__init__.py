"""Tables of this module."""

from app.modules.billing.models.addon_change import AddOnChange
from app.modules.billing.models.addon_product import AddOnProduct
from app.modules.billing.models.billing_history import BillingHistory
from app.modules.billing.models.capacity_forecast import CapacityForecast
from app.modules.billing.models.capacity_snapshot import CapacitySnapshot, scope_name
from app.modules.billing.models.checkout_intent import CheckoutIntent, IntentStatus, Purpose
from app.modules.billing.models.clock_move import ClockMove
from app.modules.billing.models.entitlement_epoch import WHOLE_PLATFORM, EntitlementEpoch
from app.modules.billing.models.merchant_feature_override import (
    GRANDFATHERED,
    MerchantFeatureOverride,
)
from app.modules.billing.models.merchant_subscription import (
    CUSTOMER,
    EARNING,
    PAID_FOR,
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
)
from app.modules.billing.models.operator_alert import OperatorAlert
from app.modules.billing.models.platform_billing import ACCEPT, REFUSE, PlatformBilling
from app.modules.billing.models.shipped_item import ShippedItem
from app.modules.billing.models.store_addon import (
    HELD,
    RUNNING,
    AddOnStatus,
    Fulfilment,
    StoreAddOn,
)
from app.modules.billing.models.stripe_account import StripeAccount
from app.modules.billing.models.stripe_reconciliation import StripeReconciliation
from app.modules.billing.models.stripe_sync import StripeSync
from app.modules.billing.models.stripe_webhook_event import (
    EventStatus,
    IgnoredBecause,
    StripeWebhookEvent,
)
from app.modules.billing.models.subscription_change import SubscriptionChange
from app.modules.billing.models.subscription_tally import Figure, SubscriptionTally
from app.modules.billing.models.subscription_tier import SubscriptionTier
from app.modules.billing.models.tier_feature_limit import TierFeatureLimit
from app.modules.billing.models.tier_price import TierPrice
from app.modules.billing.models.usage_alert import UsageAlert
from app.modules.billing.models.usage_counter import UsageCounter
from app.modules.billing.models.webhook_delivery import DeliveryStatus, WebhookDelivery
from app.modules.billing.models.webhook_endpoint import OutboundEvent, WebhookEndpoint

__all__ = [
    "ACCEPT",
    "CUSTOMER",
    "EARNING",
    "GRANDFATHERED",
    "HELD",
    "PAID_FOR",
    "REFUSE",
    "RUNNING",
    "WHOLE_PLATFORM",
    "AddOnChange",
    "AddOnProduct",
    "AddOnStatus",
    "BillingHistory",
    "BillingSource",
    "CapacityForecast",
    "CapacitySnapshot",
    "CheckoutIntent",
    "ClockMove",
    "DeliveryStatus",
    "EntitlementEpoch",
    "EventStatus",
    "Figure",
    "Fulfilment",
    "IgnoredBecause",
    "IntentStatus",
    "MerchantFeatureOverride",
    "MerchantSubscription",
    "OperatorAlert",
    "OutboundEvent",
    "PlatformBilling",
    "Purpose",
    "ShippedItem",
    "StoreAddOn",
    "StripeAccount",
    "StripeReconciliation",
    "StripeSync",
    "StripeWebhookEvent",
    "SubscriptionChange",
    "SubscriptionStatus",
    "SubscriptionTally",
    "SubscriptionTier",
    "TierFeatureLimit",
    "TierPrice",
    "UsageAlert",
    "UsageCounter",
    "WebhookDelivery",
    "WebhookEndpoint",
    "scope_name",
]
