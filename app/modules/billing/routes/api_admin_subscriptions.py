"""Subscriptions as operators look them up."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import AwareDatetime
from starlette.responses import StreamingResponse

from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.repositories.admin_subscriptions import Exceptions, SubscriptionFilters
from app.modules.billing.routes.operating import Reader
from app.modules.billing.routes.plan_answers import store_plan_out
from app.modules.billing.routes.subscription_answers import statistics_out, subscription_out
from app.modules.billing.schemas.plans import StorePlanOut
from app.modules.billing.schemas.subscriptions import StatisticsOut, SubscriptionOut
from app.modules.billing.services.admin_subscription_service import AdminSubscriptionService
from app.modules.billing.services.subscription_service import SubscriptionService
from app.modules.billing.services.usage_service import UsageService
from app.modules.tenancy.public import get_store_ref

router = api_router("/admin/subscriptions", "Admin: subscriptions")
TierCode = Annotated[str | None, Query(max_length=80)]


def subscription_filters(  # noqa: PLR0917 - FastAPI reads each as a query parameter
    reader: Reader,
    search: Search = None,
    status: SubscriptionStatus | None = None,
    tier: TierCode = None,
    platform_id: int | None = None,
    billing_source: BillingSource | None = None,
    renewing_before: AwareDatetime | None = None,
    past_due: bool | None = None,
    overrides: Exceptions | None = None,
    merchant_id: int | None = None,
) -> SubscriptionFilters:
    """Dependency: what the list is narrowed to, never beyond the reader's platforms."""
    return SubscriptionFilters(
        platform_ids=reader.scope.narrowed(platform_id).platform_ids,
        search=search,
        status=status,
        tier=tier,
        billing_source=billing_source,
        renewing_before=renewing_before,
        past_due=past_due,
        overrides=overrides,
        merchant_id=merchant_id,
    )


Filters = Annotated[SubscriptionFilters, Depends(subscription_filters)]


@router.get("")
def get_subscriptions(filters: Filters, paging: Paging) -> PageOut[SubscriptionOut]:
    """The subscriptions in scope; `search` begins a merchant's name, mail or VAT number;
    sorts: created_at, period_end."""
    with unit_of_work(read_only=True) as work:
        page = AdminSubscriptionService().list(work, filters, paging)
        return PageOut[SubscriptionOut].of(page.map(subscription_out))


@router.get("/export.csv", response_class=StreamingResponse)
def get_export(filters: Filters) -> StreamingResponse:
    """All that the same filters find, in the order of their creation."""
    return StreamingResponse(
        AdminSubscriptionService().export(filters),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="subscriptions.csv"'},
    )


@router.get("/stats")
def get_statistics(reader: Reader, platform_id: int | None = None) -> StatisticsOut:
    """What the subscriptions in scope add up to (D27)."""
    with unit_of_work(read_only=True) as work:
        scope = reader.scope.narrowed(platform_id)
        return statistics_out(AdminSubscriptionService().statistics(work, scope))


@router.get("/store/{store_id}")
def get_store_plan(store_id: Id, reader: Reader) -> StorePlanOut:
    """Subscription, tier and meters of a store in one answer."""
    with unit_of_work(read_only=True) as work:
        owner = get_store_ref(work, reader.scope, store_id).owner
        plan = SubscriptionService().get_current_plan(work, owner)
    metrics = UsageService().get_metrics(owner) if plan.subscription is not None else []
    return store_plan_out(plan, metrics)
