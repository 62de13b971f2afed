"""Subscriptions, schedules and invoices of Stripe, and rows of ours, to merge in tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.modules.billing.gateways.snapshots import (
    InvoiceSnapshot,
    PhaseSnapshot,
    ScheduleSnapshot,
    SubscriptionSnapshot,
)
from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.services.sync.merge_plan import PricedTier
from app.modules.billing.services.sync.plan_state import PlanState

START = datetime(2026, 1, 31, 10, tzinfo=UTC)
MONTH_LATER = datetime(2026, 2, 28, 10, tzinfo=UTC)
ESSENTIAL, PROFESSIONAL = 1, 2
PRICES = {
    "price_essential": PricedTier(ESSENTIAL, is_annual=False),
    "price_professional": PricedTier(PROFESSIONAL, is_annual=False),
    "price_professional_year": PricedTier(PROFESSIONAL, is_annual=True),
}
AMOUNTS = {"price_essential": 4900, "price_professional": 9900, "price_professional_year": 99000}

LOCAL_TRIAL = PlanState(
    tier_id=ESSENTIAL,
    status=SubscriptionStatus.TRIAL,
    billing_source=BillingSource.TRIAL,
    is_annual=False,
    period_start=START - timedelta(days=30),
    period_end=START,
    usage_anchor=START - timedelta(days=30),
    trial_ends_at=START,
    cancel_at=None,
    cancelled_at=None,
    cancellation_reason=None,
    pending_tier_id=None,
    pending_is_annual=None,
    pending_effective_at=None,
    stripe_price_id=None,
    unit_amount_cents=0,
    currency="EUR",
    discount_cents=0,
    arr_cents=0,
    stripe_customer_id="cus_1",
    stripe_subscription_id=None,
    stripe_schedule_id=None,
    has_payment_method=False,
    payment_retry_count=0,
    past_due_since=None,
    last_payment_error=None,
    missing_at_stripe_at=None,
)


def a_snapshot(price: str = "price_essential", **changes: Any) -> SubscriptionSnapshot:
    """A subscription that runs, of the price of one of the tiers."""
    is_annual = price.endswith("_year")
    made = SubscriptionSnapshot(
        id="sub_A",
        customer_id="cus_1",
        status="active",
        livemode=False,
        created_at=START,
        item_id="si_1",
        price_id=price,
        product_id="prod_1",
        unit_amount_cents=AMOUNTS.get(price, 100),
        quantity=1,
        discount_cents=0,
        currency="EUR",
        interval="year" if is_annual else "month",
        period_start=START,
        period_end=MONTH_LATER,
        anchor=START,
        trial_end=None,
        ends_at=None,
        cancel_at_period_end=False,
        canceled_at=None,
        ended_at=None,
        cancellation_reason=None,
        schedule_id=None,
        pending_price_id=None,
        has_payment_method=True,
        latest_invoice_id="in_1",
        metadata={},
    )
    return replace(made, **changes)


def a_schedule(*phases: tuple[str, datetime], is_live: bool = True) -> ScheduleSnapshot:
    """A schedule of prices and when each of them begins."""
    made = tuple(PhaseSnapshot(price, starts_at, None) for price, starts_at in phases)
    return ScheduleSnapshot("sub_sched_1", "sub_A", is_live, made)


def an_invoice(status: str = "open", **changes: Any) -> InvoiceSnapshot:
    """An invoice of the essential tier."""
    made = InvoiceSnapshot(
        id="in_1",
        status=status,
        customer_id="cus_1",
        subscription_id="sub_A",
        livemode=False,
        number="A-1",
        invoiced_at=START,
        due_at=None,
        subtotal_cents=4900,
        tax_cents=833,
        tax_by_rate=(("txr_1", 833),),
        reverse_charge=False,
        total_cents=5733,
        amount_due_cents=5733,
        amount_paid_cents=0,
        currency="EUR",
        attempt_count=0,
        next_attempt_at=None,
        billing_reason="subscription_cycle",
        buyer_name="Shop",
        buyer_address=None,
        buyer_vat_id=None,
        hosted_url=None,
        pdf_url=None,
    )
    return replace(made, **changes)
