"""What we know of Stripe's objects, whatever the version of the API that described them (S1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionSnapshot:
    """A subscription of one item. Amounts in minor units; `discount_cents` a period's.

    `interval` is `month` or `year`. `ends_at` is when it will end, however that was scheduled
    (S8). `has_payment_method` is None where the customer was not sent along.
    """

    id: str
    customer_id: str
    status: str
    livemode: bool
    created_at: datetime
    item_id: str
    price_id: str
    product_id: str
    unit_amount_cents: int
    quantity: int
    discount_cents: int
    currency: str
    interval: str
    period_start: datetime
    period_end: datetime
    anchor: datetime
    trial_end: datetime | None
    ends_at: datetime | None
    cancel_at_period_end: bool
    canceled_at: datetime | None
    ended_at: datetime | None
    cancellation_reason: str | None
    schedule_id: str | None
    pending_price_id: str | None
    has_payment_method: bool | None
    latest_invoice_id: str | None
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LineSnapshot:
    """A line of an invoice."""

    description: str
    quantity: int
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceSnapshot:
    """An invoice; amounts in minor units. `tax_by_rate` lists rate id and cents.

    `metadata` is that of its subscription when the invoice was made.
    """

    id: str
    status: str
    customer_id: str
    subscription_id: str | None
    livemode: bool
    number: str | None
    invoiced_at: datetime
    due_at: datetime | None
    subtotal_cents: int
    tax_cents: int
    tax_by_rate: tuple[tuple[str, int], ...]
    reverse_charge: bool
    total_cents: int
    amount_due_cents: int
    amount_paid_cents: int
    currency: str
    attempt_count: int
    next_attempt_at: datetime | None
    billing_reason: str | None
    buyer_name: str | None
    buyer_address: Mapping[str, Any] | None
    buyer_vat_id: str | None
    hosted_url: str | None
    pdf_url: str | None
    lines: tuple[LineSnapshot, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhaseSnapshot:
    """A phase of a schedule; instants in UTC."""

    price_id: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScheduleSnapshot:
    """A schedule of future changes; `is_live` while it may still change something."""

    id: str
    subscription_id: str | None
    is_live: bool
    phases: tuple[PhaseSnapshot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutSnapshot:
    """A checkout session; `status` is open, complete or expired."""

    id: str
    status: str
    payment_status: str
    customer_id: str | None
    subscription_id: str | None
    url: str | None
    expires_at: datetime
    livemode: bool
    metadata: Mapping[str, str]
