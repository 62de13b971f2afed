"""Subscriptions as operators look them up."""

from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.router import api_router
from app.modules.billing.routes.operating import Reader
from app.modules.billing.routes.plan_answers import store_plan_out
from app.modules.billing.schemas.plans import StorePlanOut
from app.modules.billing.services.subscription_service import SubscriptionService
from app.modules.billing.services.usage_service import UsageService
from app.modules.tenancy.public import get_store_ref

router = api_router("/admin/subscriptions", "Admin: subscriptions")


@router.get("/store/{store_id}")
def get_store_plan(store_id: Id, reader: Reader) -> StorePlanOut:
    """Subscription, tier and meters of a store in one answer."""
    with unit_of_work(read_only=True) as work:
        owner = get_store_ref(work, reader.scope, store_id).owner
        plan = SubscriptionService().get_current_plan(work, owner)
    metrics = UsageService().get_metrics(owner) if plan.subscription is not None else []
    return store_plan_out(plan, metrics)
