"""What every page of a store or merchant says of the plan, while there is something to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.contracts.features import Access
from app.contracts.tenants import Owner, StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.context import request_context
from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.permissions import SPEND, VIEW_BILLING
from app.modules.billing.repositories import billing_history, subscriptions
from app.modules.billing.services.current_plan import CurrentPlan, current_plan
from app.modules.tenancy.public import MerchantVisit, StoreVisit, find_first_store

TRIAL_ENDS_SOON = timedelta(days=7)
_UNPAID = {SubscriptionStatus.UNPAID, SubscriptionStatus.PAUSED}


class Told(StrEnum):
    """What there is to say, and its texts: `billing.banner.<value>.…`."""

    PAYMENT_PENDING = "payment_pending"
    PAYMENT_FAILED = "payment_failed"
    UNPAID = "unpaid"
    RESTRICTED = "restricted"
    ENDING = "ending"
    TRIAL_ENDING = "trial_ending"


@dataclass(frozen=True)
class PlanBanner:
    """One banner; `at` is when things change, `pay_href` leads to the page of the open invoice."""

    told: Told
    at: datetime | None
    store: StoreRef
    pay_href: str | None = None

    @property
    def tone(self) -> str:
        """How grave it is."""
        mild = self.told in {Told.ENDING, Told.TRIAL_ENDING, Told.PAYMENT_PENDING}
        return "warn" if mild else "bad"


def plan_banners() -> dict[str, Any] | None:
    """Return what the reader's present page has to say; None on pages that tell of no plan.

    The page must not be rendered inside a unit of work.
    """
    place = request_context().place
    if not isinstance(place, StoreVisit | MerchantVisit) or not place.may(VIEW_BILLING):
        return None
    with unit_of_work(read_only=True) as work:
        found = [_banner(work, store, may_pay=place.may(SPEND)) for store in _stores(work, place)]
    banners = [one for one in found if one is not None]
    return {"banners": banners, "names_store": isinstance(place, MerchantVisit)}


def to_tell(plan: CurrentPlan, now: datetime) -> tuple[Told, datetime | None] | None:
    """Return the gravest thing that a plan has to say, and when something changes; pure."""
    one = plan.subscription
    if one is None:
        return Told.RESTRICTED, None
    if one.status == SubscriptionStatus.INCOMPLETE:
        return Told.PAYMENT_PENDING, None
    if plan.access is Access.GRACE:
        return Told.PAYMENT_FAILED, plan.access_until
    if plan.access is Access.RESTRICTED:
        owes = one.status in _UNPAID or one.status == SubscriptionStatus.PAST_DUE
        return (Told.UNPAID if owes else Told.RESTRICTED), None
    if one.cancel_at is not None:
        return Told.ENDING, one.cancel_at
    ends_at = one.trial_ends_at
    is_ours = plan.is_trial and one.billing_source == BillingSource.TRIAL
    if is_ours and ends_at is not None and ends_at - now <= TRIAL_ENDS_SOON:
        return Told.TRIAL_ENDING, ends_at
    return None


def _banner(work: UnitOfWork, store: StoreRef, *, may_pay: bool) -> PlanBanner | None:
    found = to_tell(current_plan(work, store.owner), business_now())
    if found is None:
        return None
    told, at = found
    owes = told in {Told.PAYMENT_FAILED, Told.UNPAID, Told.PAYMENT_PENDING}
    invoice = billing_history.find_open(work.session, store.owner) if owes and may_pay else None
    if invoice is None:
        return PlanBanner(told, at, store)
    pay_href = f"/api/v1/store/billing/invoices/{invoice.id}/pay?store={store.code}"
    return PlanBanner(told, at, store, pay_href)


def _stores(work: UnitOfWork, place: StoreVisit | MerchantVisit) -> Iterator[StoreRef]:
    """The store of the page; of a merchant's pages, one store of each platform."""
    if isinstance(place, StoreVisit):
        yield place.store
        return
    for one in subscriptions.of_merchant(work.session, place.merchant_id, None):
        store = find_first_store(work, Owner(one.merchant_id, one.platform_id))
        if store is not None:
            yield store
