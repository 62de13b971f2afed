"""The face of paying: checkout, changes, portal, invoices."""

from datetime import datetime

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.kit.pagination import Page, PageRequest
from app.modules.billing.models import BillingHistory
from app.modules.billing.repositories import billing_history
from app.modules.billing.services.buyer import Buyer
from app.modules.billing.services.cancel import Cancelled, cancel_subscription
from app.modules.billing.services.change_tier import TierChanged, change_tier
from app.modules.billing.services.checkout import start_plan_checkout
from app.modules.billing.services.checkout_state import (
    CheckoutState,
    get_checkout_state,
    sync_checkout,
)
from app.modules.billing.services.invoices import (
    UpcomingInvoice,
    get_payment_link,
    get_pdf_link,
    get_upcoming_invoice,
)
from app.modules.billing.services.offered_tiers import OfferedPlan, offered_tiers
from app.modules.billing.services.open_checkout import StartedCheckout
from app.modules.billing.services.portal import open_portal
from app.modules.billing.services.preview_change import ChangePreview, preview_tier_change
from app.modules.billing.services.reactivate import reactivate_subscription
from app.modules.billing.services.withdraw_change import withdraw_change


class BillingService:
    """What an owner does with money. Methods that ask Stripe open their own units of work (S2)."""

    def get_tiers(self, work: UnitOfWork, owner: Owner) -> list[OfferedPlan]:
        """Return the tiers to choose from, the current one among them."""
        return offered_tiers(work, owner)

    def start_checkout(self, buyer: Buyer, *, tier_code: str, is_annual: bool) -> StartedCheckout:
        """Lead to Stripe's page for a plan (S5)."""
        return start_plan_checkout(buyer, tier_code=tier_code, is_annual=is_annual)

    def get_checkout(self, owner: Owner, session_id: str, *, sync: bool = False) -> CheckoutState:
        """Return how far a checkout has come; with `sync` Stripe is asked where it helps (S6)."""
        return (sync_checkout if sync else get_checkout_state)(owner, session_id)

    def preview_change(self, owner: Owner, *, tier_code: str, is_annual: bool) -> ChangePreview:
        """Return what a change would cost and take away (S7)."""
        return preview_tier_change(owner, tier_code=tier_code, is_annual=is_annual)

    def change_tier(
        self,
        buyer: Buyer,
        *,
        tier_code: str,
        is_annual: bool,
        proration_date: datetime | None = None,
    ) -> TierChanged:
        """Change tier or interval (D21)."""
        return change_tier(
            buyer, tier_code=tier_code, is_annual=is_annual, proration_date=proration_date
        )

    def withdraw_change(self, buyer: Buyer) -> None:
        """Take a scheduled change back (D21)."""
        withdraw_change(buyer)

    def cancel(
        self, buyer: Buyer, *, reason: str | None = None, immediately: bool = False
    ) -> Cancelled:
        """End the plan (D23)."""
        return cancel_subscription(buyer, reason=reason, immediately=immediately)

    def reactivate(self, buyer: Buyer) -> None:
        """Take a scheduled end back (D23)."""
        reactivate_subscription(buyer)

    def open_portal(self, buyer: Buyer) -> str:
        """Return the address of Stripe's own page, made for this click (S10)."""
        return open_portal(buyer)

    def list_invoices(
        self, work: UnitOfWork, owner: Owner, request: PageRequest
    ) -> Page[BillingHistory]:
        """Return a page of the merchant's invoices, newest first (D28)."""
        return billing_history.list_invoices(work.session, owner, request)

    def get_pdf_link(self, owner: Owner, invoice_id: int) -> str:
        """Return a fresh link to an invoice's document."""
        return get_pdf_link(owner, invoice_id)

    def get_payment_link(self, owner: Owner, invoice_id: int) -> str:
        """Return the page on which an open invoice can be paid."""
        return get_payment_link(owner, invoice_id)

    def get_upcoming_invoice(self, owner: Owner) -> UpcomingInvoice:
        """Return the next bill."""
        return get_upcoming_invoice(owner)
