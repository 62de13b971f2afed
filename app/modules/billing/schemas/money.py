"""Shapes of checkout, changes and invoices; amounts in minor units."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, StringConstraints

from app.kit.http.fields import Prose
from app.modules.billing.schemas.plans import CurrentPlanOut, PendingChangeOut

TierCode = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class PlanWishIn(BaseModel):
    """A tier, paid by the month or by the year."""

    tier_code: TierCode
    is_annual: bool = False


class CheckoutOut(BaseModel):
    """Where to pay; the page is good for less than a day."""

    checkout_url: str
    session_id: str


class CheckoutStateOut(BaseModel):
    """How far a checkout has come.

    `state` is open, completed or expired; `is_reflected` says that what was bought shows in the
    other answers.
    """

    state: str
    purpose: str
    is_reflected: bool


class PortalOut(BaseModel):
    """A page of Stripe's, made for this one visit."""

    portal_url: str


class ExceededOut(BaseModel):
    """A limit that the present usage would pass; nothing is deleted for it."""

    feature_code: str
    name: str
    current: int
    new_limit: int


class LostOut(BaseModel):
    """A feature that the other tier lacks."""

    feature_code: str
    name: str


class ChangePreviewOut(BaseModel):
    """A change before it is made; `proration_date` belongs into the confirming request."""

    kind: str
    effective_at: datetime
    amount_due_cents: int
    credit_balance_cents: int
    next_amount_cents: int
    next_date: datetime | None
    proration_date: datetime | None
    exceeded: list[ExceededOut]
    lost: list[LostOut]


class ChangeIn(PlanWishIn):
    """A change that is meant; with the `proration_date` of its preview the bill equals that."""

    proration_date: AwareDatetime | None = None


class ChangedOut(BaseModel):
    """What became of a change: applied, scheduled, or payment_pending at `payment_url`."""

    status: str
    effective_at: datetime | None
    amount_due_cents: int
    payment_url: str | None
    exceeded: list[ExceededOut]
    lost: list[LostOut]


class CancelIn(BaseModel):
    """Why, and whether at once; that refunds nothing."""

    reason: Annotated[Prose, StringConstraints(max_length=500)] | None = None
    immediately: bool = False


class CancelledOut(BaseModel):
    """When the plan ends; `dropped_change` is what had been scheduled before."""

    ends_at: datetime
    dropped_change: PendingChangeOut | None
    subscription: CurrentPlanOut


class InvoiceLineOut(BaseModel):
    """One line of a bill."""

    description: str
    quantity: int
    amount_cents: int


class InvoiceOut(BaseModel):
    """One invoice as it was billed; `pdf_url` is an address of ours that leads to the document."""

    id: int
    invoice_number: str | None
    invoice_date: datetime
    due_date: datetime | None
    subtotal_cents: int
    tax_cents: int
    total_cents: int
    amount_paid_cents: int
    refunded_cents: int
    currency: str
    status: str
    pdf_url: str | None
    lines: list[InvoiceLineOut]


class UpcomingInvoiceOut(BaseModel):
    """The next bill, unless something changes before."""

    amount_due_cents: int
    currency: str
    date: datetime
    lines: list[InvoiceLineOut]
