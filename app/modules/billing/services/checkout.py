"""Buying a plan (S5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.exceptions import (
    AlreadySubscribed,
    PaymentSystemNotConfiguredError,
    StripePriceNotConfiguredError,
    TierNotFoundError,
)
from app.modules.billing.gateways.metadata import plan_metadata, read_metadata
from app.modules.billing.gateways.snapshots import CheckoutSnapshot
from app.modules.billing.gateways.stripe_checkout import SessionRequest, create_session
from app.modules.billing.gateways.stripe_customers import running_subscriptions
from app.modules.billing.models import (
    CheckoutIntent,
    MerchantSubscription,
    Purpose,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.repositories import entitlement_rows, tiers
from app.modules.billing.services.buyer import Buyer, audit_spending
from app.modules.billing.services.checkout_intents import IntentWish
from app.modules.billing.services.customers import ensure_customer
from app.modules.billing.services.open_checkout import StartedCheckout, open_checkout
from app.modules.billing.services.stripe_locale import stripe_locale
from app.modules.billing.services.sync import sync_now
from app.modules.billing.services.tier_changes import BY_OPERATOR, ENDED
from app.modules.billing.settings import billing_settings

SHORTEST_TRIAL = timedelta(hours=48)
ON_THE_WAY = timedelta(minutes=2)
PLAN = "plan"


@dataclass(frozen=True)
class Sale:
    """What is sold: a tier at a price of Stripe, charged from `trial_end` on, or now."""

    tier: SubscriptionTier
    price_id: str
    is_annual: bool
    trial_end: datetime | None
    locale: str


def start_plan_checkout(buyer: Buyer, *, tier_code: str, is_annual: bool) -> StartedCheckout:
    """Lead a buyer to Stripe's page for a plan.

    The rest of a local trial, or of a period that the operator billed, stays free (S5, D19).
    Raises PaymentSystemNotConfiguredError, TierNotFoundError, StripePriceNotConfiguredError,
    AlreadySubscribed, CheckoutBusy, and as `gateways.client.ask`.
    """
    require_payments()
    with unit_of_work(read_only=True) as work:
        sale = _sale(work, buyer, tier_code, is_annual=is_annual)
    customer_id = ensure_customer(buyer.owner, locale=buyer.locale)
    _refuse_second_plan(customer_id)
    wish = IntentWish(
        owner=buyer.owner,
        customer_id=customer_id,
        store_id=buyer.store.id,
        purpose=Purpose.PLAN,
        subject=PLAN,
        actor=buyer.actor.name,
        tier_id=sale.tier.id,
        is_annual=is_annual,
    )

    def make(intent: CheckoutIntent) -> CheckoutSnapshot:
        request = _request(buyer, sale, customer_id, intent)
        return create_session(request, key=("checkout", intent.id, intent.created_at.isoformat()))

    started = open_checkout(wish, make, already=AlreadySubscribed)
    _audit(buyer, sale, started)
    return started


def require_payments() -> None:
    """Raise PaymentSystemNotConfiguredError where nothing can be paid (S3)."""
    if not billing_settings().payments_configured:
        raise PaymentSystemNotConfiguredError


def price_at_stripe(tier: SubscriptionTier, *, is_annual: bool) -> str:
    """Return the price that new subscriptions of a tier get.

    Raises StripePriceNotConfiguredError.
    """
    price_id = tier.stripe_price_annual_id if is_annual else tier.stripe_price_monthly_id
    if price_id is None:
        raise StripePriceNotConfiguredError
    return price_id


def is_live_at_stripe(subscription: MerchantSubscription | None) -> bool:
    """Whether a subscription has a Stripe id and is not over (D20)."""
    return (
        subscription is not None
        and subscription.stripe_subscription_id is not None
        and subscription.status not in ENDED
    )


def _sale(work: UnitOfWork, buyer: Buyer, tier_code: str, *, is_annual: bool) -> Sale:
    subscription = entitlement_rows.find_subscription(work.session, buyer.owner)
    if is_live_at_stripe(subscription):
        raise AlreadySubscribed
    tier = tiers.find_on_platform(work.session, buyer.owner.platform_id, tier_code)
    if tier is None or not (tier.is_active and tier.is_public):
        raise TierNotFoundError(code=tier_code)
    return Sale(
        tier,
        price_at_stripe(tier, is_annual=is_annual),
        is_annual,
        first_charge_at(subscription, business_now()),
        stripe_locale(work, buyer.owner.platform_id, buyer.locale),
    )


def first_charge_at(subscription: MerchantSubscription | None, now: datetime) -> datetime | None:
    """Return until when nothing is charged; None: the first charge comes at once (S5, D19).

    Stripe takes no trial under 48 hours, counted when the request arrives.
    """
    ends_at = _paid_until(subscription)
    if ends_at is None or ends_at - now < SHORTEST_TRIAL:
        return None
    return max(ends_at, now + SHORTEST_TRIAL + ON_THE_WAY)


def _paid_until(subscription: MerchantSubscription | None) -> datetime | None:
    if subscription is None:
        return None
    if subscription.status == SubscriptionStatus.TRIAL:
        return subscription.trial_ends_at
    by_operator = subscription.billing_source in BY_OPERATOR
    is_active = subscription.status == SubscriptionStatus.ACTIVE
    return subscription.period_end if by_operator and is_active else None


def _refuse_second_plan(customer_id: str) -> None:
    """Look at Stripe too: a payment that no webhook told us of yet must not be made twice."""
    for running in running_subscriptions(customer_id):
        reference = read_metadata(running.metadata)
        if reference is None or reference.purpose is Purpose.PLAN:
            sync_now(running.id)
            raise AlreadySubscribed


def _request(buyer: Buyer, sale: Sale, customer_id: str, intent: CheckoutIntent) -> SessionRequest:
    page = buyer.billing_page
    return SessionRequest(
        customer_id=customer_id,
        price_id=sale.price_id,
        reference=f"merchant-{buyer.owner.merchant_id}",
        metadata=plan_metadata(buyer.owner, buyer.store.id, sale.tier.code),
        locale=sale.locale,
        success_url=f"{page}?checkout=done&session={{CHECKOUT_SESSION_ID}}",
        cancel_url=f"{page}?checkout=cancelled",
        expires_at=intent.expires_at,
        trial_end=sale.trial_end,
    )


def _audit(buyer: Buyer, sale: Sale, started: StartedCheckout) -> None:
    with unit_of_work() as work:
        audit_spending(
            work,
            buyer,
            "subscription.checkout_started",
            subscription=entitlement_rows.find_subscription(work.session, buyer.owner),
            tier=sale.tier.code,
            is_annual=sale.is_annual,
            session_id=started.session_id,
        )
