"""What stores have bought and an operator has to deliver (D30)."""

from typing import Annotated

from fastapi import Depends

from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.billing.models import Fulfilment
from app.modules.billing.permissions import MANAGE_SUBSCRIPTIONS
from app.modules.billing.repositories import fulfilment
from app.modules.billing.routes.addon_answers import fulfilment_outs
from app.modules.billing.routes.operating import Reader, operating
from app.modules.billing.schemas.addons import FulfilmentOut
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.addons.fulfilment import (
    mark_delivered,
    mark_undelivered,
    put_back,
    refund_and_cancel,
)
from app.modules.billing.services.addons.offered import OwnedAddOn

router = api_router("/admin/fulfilment", "Admin: fulfilment")
Writer = Annotated[Operator, Depends(operating(MANAGE_SUBSCRIPTIONS))]


@router.get("")
def get_fulfilment(
    reader: Reader,
    paging: Paging,
    state: Fulfilment = Fulfilment.WAITING,
    platform_id: int | None = None,
) -> PageOut[FulfilmentOut]:
    """What waits, was delivered or could not be; the oldest first; sort: purchased_at."""
    scope = reader.scope.narrowed(platform_id)
    with unit_of_work(read_only=True) as work:
        page = fulfilment.list_fulfilment(
            work.session, scope.platform_ids, state=state, request=paging
        )
        sold = [OwnedAddOn(addon, product, None) for addon, product in page.items]
        shown = iter(fulfilment_outs(work, sold))
        return PageOut[FulfilmentOut].of(page.map(lambda _one: next(shown)))


@router.post("/{addon_id}/done")
def post_done(addon_id: Id, writer: Writer) -> FulfilmentOut:
    """The store has what it bought."""
    with unit_of_work() as work:
        return fulfilment_outs(work, [mark_delivered(work, writer, addon_id)])[0]


@router.post("/{addon_id}/failed")
def post_failed(addon_id: Id, writer: Writer) -> FulfilmentOut:
    """It cannot be delivered; the owner is told."""
    with unit_of_work() as work:
        return fulfilment_outs(work, [mark_undelivered(work, writer, addon_id)])[0]


@router.post("/{addon_id}/waiting")
def post_waiting(addon_id: Id, writer: Writer) -> FulfilmentOut:
    """It is to be delivered after all."""
    with unit_of_work() as work:
        return fulfilment_outs(work, [put_back(work, writer, addon_id)])[0]


@router.post("/{addon_id}/refund")
@idempotent
def post_refund(addon_id: Id, writer: Writer) -> FulfilmentOut:
    """Give back what was paid for the current period, and end the add-on at once."""
    refunded = refund_and_cancel(writer, addon_id)
    with unit_of_work(read_only=True) as work:
        return fulfilment_outs(work, [refunded])[0]
