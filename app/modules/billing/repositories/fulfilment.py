"""What operators still have to deliver; the platform first."""

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.kit.pagination import Page, PageRequest, Sorting, paginate_rows
from app.modules.billing.models import HELD, AddOnProduct, Fulfilment, StoreAddOn

SORTING = Sorting(
    {"purchased_at": StoreAddOn.purchased_at}, tie=StoreAddOn.id, default="purchased_at"
)


def list_fulfilment(
    session: Session,
    platform_ids: frozenset[int] | None,
    *,
    state: Fulfilment,
    request: PageRequest,
) -> Page[Row[StoreAddOn, AddOnProduct]]:
    """Return a page of the add-ons of a state that have not ended, the oldest first."""
    query = (
        select(StoreAddOn, AddOnProduct)
        .join(AddOnProduct, AddOnProduct.id == StoreAddOn.addon_product_id)
        .where(StoreAddOn.fulfilment == state, StoreAddOn.status.in_(HELD))
    )
    if platform_ids is not None:
        query = query.where(StoreAddOn.platform_id.in_(platform_ids))
    scope = "all" if platform_ids is None else str(sorted(platform_ids))
    filters = {"platforms": scope, "state": state}
    return paginate_rows(session, query, sorting=SORTING, request=request, filters=filters)


def find_addon(
    session: Session, platform_ids: frozenset[int] | None, addon_id: int
) -> Row[StoreAddOn, AddOnProduct] | None:
    """Return an add-on of a store on the given platforms (None: all), with its product."""
    query = (
        select(StoreAddOn, AddOnProduct)
        .join(AddOnProduct, AddOnProduct.id == StoreAddOn.addon_product_id)
        .where(StoreAddOn.id == addon_id)
    )
    if platform_ids is not None:
        query = query.where(StoreAddOn.platform_id.in_(platform_ids))
    return session.execute(query).first()
