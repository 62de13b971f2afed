"""Finding add-ons and who has them; the tenant first."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner, StoreRef
from app.kit.among import among
from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.billing.models import HELD, RUNNING, AddOnProduct, Fulfilment, StoreAddOn

PRODUCT_SORTING = Sorting(
    {"display_order": AddOnProduct.display_order, "code": AddOnProduct.code},
    tie=AddOnProduct.id,
    default="display_order",
)


def list_products(
    session: Session, platform_ids: frozenset[int] | None, request: PageRequest
) -> Page[AddOnProduct]:
    """Return a page of the add-ons of the given platforms (None: all), inactive ones too."""
    query = select(AddOnProduct)
    if platform_ids is not None:
        query = query.where(AddOnProduct.platform_id.in_(platform_ids))
    scope = "all" if platform_ids is None else str(sorted(platform_ids))
    return paginate(
        session, query, sorting=PRODUCT_SORTING, request=request, filters={"platforms": scope}
    )


def active_products(session: Session, platform_id: int) -> Sequence[AddOnProduct]:
    """Return what a platform sells, by display order."""
    return session.scalars(
        select(AddOnProduct)
        .where(AddOnProduct.platform_id == platform_id, AddOnProduct.is_active)
        .order_by(AddOnProduct.display_order, AddOnProduct.id)
    ).all()


def find_product(session: Session, platform_id: int, code: str) -> AddOnProduct | None:
    """Return a platform's add-on by its code."""
    return session.scalars(
        select(AddOnProduct).where(
            AddOnProduct.platform_id == platform_id, AddOnProduct.code == code
        )
    ).first()


def find_product_in(
    session: Session, platform_ids: frozenset[int] | None, product_id: int
) -> AddOnProduct | None:
    """Return an add-on of the given platforms (None: all)."""
    query = select(AddOnProduct).where(AddOnProduct.id == product_id)
    if platform_ids is not None:
        query = query.where(AddOnProduct.platform_id.in_(platform_ids))
    return session.scalars(query).first()


def products_with(session: Session, product_ids: Collection[int | None]) -> Sequence[AddOnProduct]:
    """Return the add-ons of some ids."""
    if not product_ids:
        return []
    return session.scalars(select(AddOnProduct).where(AddOnProduct.id.in_(product_ids))).all()


def product_at_stripe(
    session: Session, platform_id: int, *, price_id: str, product_id: str | None = None
) -> AddOnProduct | None:
    """Return the add-on that has this price at Stripe, else the one with this product there."""
    for column, value in (
        (AddOnProduct.stripe_price_id, price_id),
        (AddOnProduct.stripe_product_id, product_id),
    ):
        found = (
            value
            and session.scalars(
                select(AddOnProduct).where(AddOnProduct.platform_id == platform_id, column == value)
            ).first()
        )
        if found:
            return found
    return None


def of_store(session: Session, store: StoreRef) -> Sequence[Row[StoreAddOn, AddOnProduct]]:
    """Return all that a store ever bought with its product, the newest first."""
    return session.execute(
        select(StoreAddOn, AddOnProduct)
        .join(AddOnProduct, AddOnProduct.id == StoreAddOn.addon_product_id)
        .where(*_of_store(store))
        .order_by(StoreAddOn.purchased_at.desc(), StoreAddOn.id.desc())
    ).all()


def held_in_store(session: Session, store: StoreRef) -> Sequence[Row[StoreAddOn, AddOnProduct]]:
    """Return what a store has that has not ended, the oldest first."""
    return session.execute(
        select(StoreAddOn, AddOnProduct)
        .join(AddOnProduct, AddOnProduct.id == StoreAddOn.addon_product_id)
        .where(*_of_store(store), StoreAddOn.status.in_(HELD))
        .order_by(StoreAddOn.id)
    ).all()


def find_in_store(
    session: Session, store: StoreRef, addon_id: int
) -> Row[StoreAddOn, AddOnProduct] | None:
    """Return a store's add-on with its product."""
    return session.execute(
        select(StoreAddOn, AddOnProduct)
        .join(AddOnProduct, AddOnProduct.id == StoreAddOn.addon_product_id)
        .where(*_of_store(store), StoreAddOn.id == addon_id)
    ).first()


def at_stripe(session: Session, owner: Owner) -> Sequence[StoreAddOn]:
    """Return a merchant's add-ons that Stripe may still renew."""
    return session.scalars(
        select(StoreAddOn)
        .where(
            StoreAddOn.merchant_id == owner.merchant_id,
            StoreAddOn.platform_id == owner.platform_id,
            StoreAddOn.status.in_(HELD),
            StoreAddOn.stripe_subscription_id.is_not(None),
        )
        .order_by(StoreAddOn.id)
    ).all()


def owners_at_stripe(session: Session, merchant_ids: Collection[int]) -> Sequence[Owner]:
    """Return which merchants have add-ons that Stripe may still renew, with the platform."""
    rows = session.execute(
        select(StoreAddOn.merchant_id, StoreAddOn.platform_id)
        .distinct()
        .where(
            among(StoreAddOn.merchant_id, merchant_ids),
            StoreAddOn.status.in_(HELD),
            StoreAddOn.stripe_subscription_id.is_not(None),
        )
    )
    return [Owner(*row) for row in rows]


def lock_by_subscription(session: Session, stripe_subscription_id: str) -> StoreAddOn | None:
    """Return the add-on of a subscription at Stripe; nobody else writes it until commit."""
    return session.scalars(
        select(StoreAddOn)
        .where(StoreAddOn.stripe_subscription_id == stripe_subscription_id)
        .with_for_update()
    ).first()


def name_is_held(session: Session, domain_name: str) -> bool:
    """Whether a store has this domain name, of whichever platform; in ASCII."""
    query = (
        select(StoreAddOn.id)
        .where(
            StoreAddOn.domain_name == domain_name,
            StoreAddOn.status.in_(HELD),
            StoreAddOn.fulfilment != Fulfilment.FAILED,
        )
        .limit(1)
    )
    return session.scalars(query).first() is not None


def count_held_by_product(session: Session, product_ids: Sequence[int]) -> dict[int, int]:
    """Return how many stores have each of some add-ons."""
    rows = session.execute(
        select(StoreAddOn.addon_product_id, func.count())
        .where(StoreAddOn.addon_product_id.in_(product_ids), StoreAddOn.status.in_(RUNNING))
        .group_by(StoreAddOn.addon_product_id)
    )
    return {row[0]: row[1] for row in rows}


def _of_store(store: StoreRef) -> tuple[ColumnElement[bool], ...]:
    return (
        StoreAddOn.merchant_id == store.owner.merchant_id,
        StoreAddOn.platform_id == store.owner.platform_id,
        StoreAddOn.store_id == store.id,
    )
