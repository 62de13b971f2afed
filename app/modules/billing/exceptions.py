"""What can go wrong with plans, limits and payments."""

from app.contracts.features import UpgradeOffer
from app.kit.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    PaymentRequired,
    TooManyRequests,
    Unavailable,
    Upstream,
)


class PaymentSystemNotConfiguredError(Unavailable):
    """Stripe is not configured; everything but paying works (S3)."""

    code = "payment_system_not_configured"


class PaymentSystemUnavailable(Upstream):
    """Stripe cannot be reached, or does not answer as it should (S4)."""

    code = "payment_system_unavailable"


class PaymentSystemBusy(Unavailable):
    """Stripe takes no more calls for some seconds (S4)."""

    code = "payment_system_busy"


class PaymentDeclined(PaymentRequired):
    """The bank declined; `message` is what Stripe says to the buyer (S4)."""

    code = "payment_declined"


class TierNotFoundError(NotFound):
    """No such tier on this platform."""

    code = "tier_not_found"


class StripePriceNotConfiguredError(BadRequest):
    """The tier has no price at Stripe for this interval."""

    code = "stripe_price_not_configured"


class NoActiveSubscriptionError(BadRequest):
    """The operation needs a subscription that runs."""

    code = "no_active_subscription"


class SubscriptionNotCancelledError(BadRequest):
    """There is no cancellation to take back."""

    code = "subscription_not_cancelled"


class FeatureRefused(Forbidden):
    """A limit or gate says no (D17); `upgrade_to` is the cheapest public tier that would help."""

    def __init__(
        self,
        feature_code: str,
        *,
        current: int,
        limit: int | None,
        upgrade_to: UpgradeOffer | None,
    ) -> None:
        self.upgrade_to = upgrade_to
        offer = upgrade_to and {
            "code": upgrade_to.code,
            "name": upgrade_to.name,
            "price_monthly_cents": upgrade_to.price_monthly_cents,
        }
        super().__init__(feature_code=feature_code, current=current, limit=limit, upgrade_to=offer)


class FeatureLimitReached(FeatureRefused):
    """The limit is used up."""

    code = "feature_limit_reached"


class ApiQuotaReached(TooManyRequests):
    """The day's API requests are used up; params as of `FeatureRefused` and `TooManyRequests`."""

    code = "api_quota_reached"


class FeatureNotAvailable(FeatureRefused):
    """The plan does not hold the feature, or it was switched off for this merchant."""

    code = "feature_not_available"


class SubscriptionInactive(FeatureRefused):
    """No subscription runs, so nothing new can be created (D11)."""

    code = "subscription_inactive"


class UsageUnavailable(Unavailable):
    """The usage cannot be told right now, and a limit is never passed unseen (D5)."""

    code = "usage_unavailable"


class FeatureNotFound(NotFound):
    """No enabled module declares the feature."""

    code = "feature_not_found"


class UnknownFeatureCode(BadRequest):
    """A written limit or override names a feature that no enabled module declares."""

    code = "unknown_feature_code"


class TierCodeTaken(Conflict):
    """The platform has a tier with this code."""

    code = "tier_code_taken"


class TierInUse(Conflict):
    """Merchants subscribe to the tier; deactivate it instead (D26)."""

    code = "tier_in_use"


class TierIsPlatformChoice(Conflict):
    """The platform starts trials with the tier, or falls back to it (D3, D11)."""

    code = "tier_is_platform_choice"


class StripePriceTaken(Conflict):
    """The price at Stripe belongs to another tier, interval or amount (D25)."""

    code = "stripe_price_taken"


class AmbiguousTierCode(Conflict):
    """Several platforms have a tier with this code; `platform_id` must be named (D25)."""

    code = "ambiguous_tier_code"


class AmbiguousPlatform(Conflict):
    """The merchant subscribes on several platforms; `platform_id` must be named."""

    code = "ambiguous_platform"


class SubscriptionNotFound(NotFound):
    """The merchant has no subscription on this platform."""

    code = "subscription_not_found"


class OwnerSubscribes(Conflict):
    """A merchant of the person has a running subscription, so somebody must answer for it."""

    code = "owner_subscribes"


class AlreadySubscribed(Conflict):
    """A subscription runs at Stripe; it is changed, not bought again (S5)."""

    code = "already_subscribed"


class ManagedByOperator(Conflict):
    """The operator bills this subscription himself, so its owner cannot change it (D19)."""

    code = "managed_by_operator"


class PayFirst(Conflict):
    """Something is unpaid; `payment_url` leads to it, None where Stripe has no page (D21)."""

    code = "pay_first"


class AlreadyOnThisPlan(BadRequest):
    """The subscription has this tier and interval."""

    code = "already_on_this_plan"


class CancellationScheduled(Conflict):
    """The subscription is about to end; the cancellation is taken back first (D23)."""

    code = "cancellation_scheduled"


class PreviewOutdated(Conflict):
    """The preview that was confirmed is too old for its amounts to hold (S7)."""

    code = "preview_outdated"


class NoPendingChange(BadRequest):
    """There is no scheduled change to withdraw."""

    code = "no_pending_change"


class NothingUpcoming(BadRequest):
    """No further bill will come."""

    code = "nothing_upcoming"


class InvoiceNotFound(NotFound):
    """The merchant has no such invoice, or it has no document."""

    code = "invoice_not_found"


class CheckoutNotFound(NotFound):
    """The merchant never began this checkout."""

    code = "checkout_not_found"


class CheckoutBusy(Conflict):
    """Several checkouts were begun at the same moment; one of them has to wait."""

    code = "checkout_busy"


class DomainNameTaken(Conflict):
    """Somebody has the domain name, or is about to buy it (D30)."""

    code = "domain_name_taken"


class OtherStripeAccount(Conflict):
    """The key belongs to another account, or mode, than the one that was set up (S3)."""

    code = "other_stripe_account"


class AddOnNotFound(NotFound):
    """The platform sells no such add-on, or the store has none of this id."""

    code = "addon_not_found"


class AddOnAlreadyOwned(Conflict):
    """The store has this add-on, and one of its kind is all it can use (D31)."""

    code = "addon_already_owned"


class AddOnChangeInstead(Conflict):
    """The store has another pack of this kind; it is changed, not bought again (D31)."""

    code = "addon_change_instead"


class AddOnAlreadyCancelled(BadRequest):
    """The add-on has ended, or its end is scheduled."""

    code = "addon_already_cancelled"


class AddOnNotCancelled(BadRequest):
    """The add-on goes on, or has ended; there is no cancellation to take back."""

    code = "addon_not_cancelled"


class AddOnEndsWithPlan(Conflict):
    """The plan ends or has ended, and its add-ons with it (D24)."""

    code = "addon_ends_with_plan"


class AddOnNotChangeable(BadRequest):
    """The other add-on is no other pack of the same kind (D31)."""

    code = "addon_not_changeable"


class AddOnCodeTaken(Conflict):
    """The platform has an add-on with this code."""

    code = "addon_code_taken"


class ClockMoving(Conflict):
    """Business time is being moved; one move at a time (S21)."""

    code = "clock_moving"


class ClockOnlyForward(BadRequest):
    """Business time was asked to go back, or to stay (S21)."""

    code = "clock_only_forward"


class NothingAhead(BadRequest):
    """No trial ends and nothing renews ahead, so there is no such moment to go to (S21)."""

    code = "nothing_ahead"


class SandboxUnavailable(Upstream):
    """The Stripe sandbox did not answer, or not in time."""

    code = "sandbox_unavailable"


class WebhookEventNotFound(NotFound):
    """No such event among those that may be seen."""

    code = "webhook_event_not_found"


class WebhookBodyGone(Conflict):
    """The body of the event was emptied after 90 days; nothing is left to work on (D28)."""

    code = "webhook_body_gone"


class ManagedByStripe(Conflict):
    """Status and periods of this subscription come from Stripe alone (D11)."""

    code = "managed_by_stripe"


class NotBilledByOperator(Conflict):
    """Only what the operator bills can be marked as paid (D19)."""

    code = "not_billed_by_operator"


class NotPastDue(Conflict):
    """Nothing is overdue, so there is no grace to extend (D11)."""

    code = "not_past_due"


class NothingToRefund(Conflict):
    """Nothing was paid for the invoice that could still be given back."""

    code = "nothing_to_refund"


class SubscriptionNeedsTier(BadRequest):
    """A subscription that does not exist yet is created with a tier."""

    code = "subscription_needs_tier"


class WebhookEndpointNotFound(NotFound):
    """No such endpoint in this store."""

    code = "webhook_endpoint_not_found"


class WebhookDeliveryNotFound(NotFound):
    """Nothing of this id was sent to the endpoint, or it is too long ago."""

    code = "webhook_delivery_not_found"


class TooManyWebhookEndpoints(Conflict):
    """The store has as many endpoints as it may have."""

    code = "too_many_webhook_endpoints"


class PlansWouldTakeAway(Conflict):
    """Lower limits would put merchants over them; whoever applies the plans has to say yes."""

    code = "plans_would_take_away"
