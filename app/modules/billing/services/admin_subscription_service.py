"""The face of subscriptions in the hands of operators."""

from collections.abc import Iterator
from datetime import datetime

from app.contracts.tenants import AdminScope, Owner
from app.kit.db import UnitOfWork
from app.kit.pagination import Page, PageRequest
from app.modules.billing.exceptions import SubscriptionNotFound
from app.modules.billing.repositories.admin_subscriptions import SubscriptionFilters
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.current_plan import CurrentPlan, current_plan
from app.modules.billing.services.list_subscriptions import (
    ListedSubscription,
    export_subscriptions,
    list_subscriptions,
)
from app.modules.billing.services.mark_paid import extend_grace, mark_paid
from app.modules.billing.services.operate_subscription import operate_subscription
from app.modules.billing.services.operated_plan import PlanWrite
from app.modules.billing.services.read_statistics import Statistics, read_statistics
from app.modules.billing.services.refund import Refunded, refund
from app.modules.billing.services.revenue.analytics import Analytics, read_analytics


class AdminSubscriptionService:
    """What an operator reads and writes of merchants' subscriptions."""

    def list(
        self, work: UnitOfWork, filters: SubscriptionFilters, request: PageRequest
    ) -> Page[ListedSubscription]:
        """Return a page of subscriptions. Raises InvalidSort, InvalidCursor."""
        return list_subscriptions(work, filters, request)

    def export(self, filters: SubscriptionFilters) -> Iterator[str]:
        """Yield the same as CSV; opens its own units of work."""
        return export_subscriptions(filters)

    def statistics(self, work: UnitOfWork, scope: AdminScope) -> Statistics:
        """Return what the subscriptions of some platforms add up to (D27)."""
        return read_statistics(work, scope)

    def analytics(self, work: UnitOfWork, scope: AdminScope, *, months: int) -> Analytics:
        """Return movements, cohorts and the outlook of the last months (D27)."""
        return read_analytics(work, scope, months=months)

    def get(self, work: UnitOfWork, operator: Operator, owner: Owner) -> CurrentPlan:
        """Return a subscription with its tier. Raises SubscriptionNotFound."""
        if not operator.scope.includes(owner.platform_id):
            raise SubscriptionNotFound
        plan = current_plan(work, owner)
        if plan.subscription is None:
            raise SubscriptionNotFound
        return plan

    def write(
        self, operator: Operator, owner: Owner, write: PlanWrite, *, expected: int | None
    ) -> None:
        """Write the given fields, here or at Stripe; opens its own units of work (S2)."""
        operate_subscription(operator, owner, write, expected=expected)

    def mark_paid(
        self, work: UnitOfWork, operator: Operator, owner: Owner, *, paid_until: datetime | None
    ) -> None:
        """Note a payment by bank transfer (D19)."""
        mark_paid(work, operator, owner, paid_until=paid_until)

    def extend_grace(
        self, work: UnitOfWork, operator: Operator, owner: Owner, *, until: datetime
    ) -> None:
        """Give a merchant in arrears more time (D11)."""
        extend_grace(work, operator, owner, until=until)

    def refund(
        self,
        operator: Operator,
        owner: Owner,
        *,
        invoice_id: int,
        amount_cents: int | None,
        reason: str,
    ) -> Refunded:
        """Give money back; opens its own units of work (S2)."""
        return refund(
            operator, owner, invoice_id=invoice_id, amount_cents=amount_cents, reason=reason
        )
