"""One merchant's subscription in the hands of operators (D11, D19)."""

from typing import Annotated, Any

from fastapi import Depends, Response

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.fields import Id
from app.kit.http.idempotency import idempotent
from app.kit.http.router import api_router
from app.modules.billing.permissions import MANAGE_SUBSCRIPTIONS
from app.modules.billing.routes.operating import Reader, operating
from app.modules.billing.routes.plan_answers import plan_out
from app.modules.billing.schemas.operated import (
    ExtendGraceIn,
    MarkPaidIn,
    OperatedPlanIn,
    OperatedPlanOut,
    RefundIn,
    RefundOut,
)
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.admin_subscription_service import AdminSubscriptionService
from app.modules.billing.services.operated_plan import PlanWrite
from app.modules.billing.settings import billing_settings

router = api_router(
    "/admin/subscriptions/merchants/{merchant_id}/platforms/{platform_id}", "Admin: subscriptions"
)
Writer = Annotated[Operator, Depends(operating(MANAGE_SUBSCRIPTIONS))]


def _owner(merchant_id: Id, platform_id: Id) -> Owner:
    return Owner(merchant_id, platform_id)


OwnerInPath = Annotated[Owner, Depends(_owner)]


@router.get("")
def get_plan(owner: OwnerInPath, reader: Reader, response: Response) -> OperatedPlanOut:
    """The subscription of a merchant on a platform."""
    with unit_of_work(read_only=True) as work:
        return _answer(work, reader, owner, response)


@router.put("")
def put_plan(
    owner: OwnerInPath,
    body: OperatedPlanIn,
    *,
    writer: Writer,
    expected: ExpectedVersion,
    response: Response,
) -> OperatedPlanOut:
    """Write the given fields; what Stripe bills is changed there."""
    values: dict[str, Any] = body.model_dump(exclude_none=True)
    write = PlanWrite(given=frozenset(values), **values)
    AdminSubscriptionService().write(writer, owner, write, expected=expected)
    with unit_of_work(read_only=True) as work:
        return _answer(work, writer, owner, response)


@router.post("/mark-paid")
@idempotent
def post_mark_paid(
    owner: OwnerInPath, body: MarkPaidIn, writer: Writer, response: Response
) -> OperatedPlanOut:
    """Note that a period was paid by bank transfer."""
    with unit_of_work() as work:
        AdminSubscriptionService().mark_paid(work, writer, owner, paid_until=body.paid_until)
        return _answer(work, writer, owner, response)


@router.post("/extend-grace")
@idempotent
def post_extend_grace(
    owner: OwnerInPath, body: ExtendGraceIn, writer: Writer, response: Response
) -> OperatedPlanOut:
    """Give a merchant in arrears more time."""
    with unit_of_work() as work:
        AdminSubscriptionService().extend_grace(work, writer, owner, until=body.until)
        return _answer(work, writer, owner, response)


@router.post("/refund")
@idempotent
def post_refund(owner: OwnerInPath, body: RefundIn, writer: Writer) -> RefundOut:
    """Give back what was paid for an invoice, or part of it."""
    refunded = AdminSubscriptionService().refund(
        writer,
        owner,
        invoice_id=body.invoice_id,
        amount_cents=body.amount_cents,
        reason=body.reason,
    )
    return RefundOut(amount_cents=refunded.amount_cents, currency=refunded.currency)


def _answer(
    work: UnitOfWork, operator: Operator, owner: Owner, response: Response
) -> OperatedPlanOut:
    plan = AdminSubscriptionService().get(work, operator, owner)
    one = plan.subscription
    assert one is not None
    set_etag(response, one.version)
    told = plan_out(plan, payments_configured=billing_settings().payments_configured)
    own = set(OperatedPlanOut.model_fields) - set(type(told).model_fields)
    return OperatedPlanOut(**dict(told), **{name: getattr(one, name) for name in own})
