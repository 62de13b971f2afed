"""Add-ons in the hands of operators (D29)."""

from typing import Annotated, Any

from fastapi import Depends, Response

from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.fields import Id
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.billing.models import AddOnProduct
from app.modules.billing.permissions import MANAGE_TIERS
from app.modules.billing.repositories import addons
from app.modules.billing.routes.addon_answers import product_outs, step_out, store_addon_out
from app.modules.billing.routes.operating import Reader, operating
from app.modules.billing.schemas.addons import (
    AddOnProductIn,
    AddOnProductOut,
    AddOnProductPatch,
    SetupStepOut,
    StoreAddOnOut,
)
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.addons.offered import owned_addons
from app.modules.billing.services.addons.products import (
    create_product,
    get_product,
    get_writable_product,
    update_product,
)
from app.modules.billing.services.checkout import require_payments
from app.modules.billing.services.stripe_setup.sellable import sellable_addon
from app.modules.billing.services.stripe_setup.setup import sell_at_stripe
from app.modules.tenancy.public import get_store_ref

router = api_router("/admin/addons", "Admin: add-ons")
Writer = Annotated[Operator, Depends(operating(MANAGE_TIERS))]


@router.get("")
def get_addons(
    reader: Reader, paging: Paging, platform_id: int | None = None
) -> PageOut[AddOnProductOut]:
    """The add-ons in scope, inactive ones too; sorts: display_order, code."""
    scope = reader.scope.narrowed(platform_id)
    with unit_of_work(read_only=True) as work:
        page = addons.list_products(work.session, scope.platform_ids, paging)
        shown = iter(product_outs(work, page.items))
        return PageOut[AddOnProductOut].of(page.map(lambda _one: next(shown)))


@router.get("/stores/{store_id}")
def get_store_addons(store_id: Id, reader: Reader) -> list[StoreAddOnOut]:
    """All that a store ever bought, the newest first."""
    with unit_of_work(read_only=True) as work:
        store = get_store_ref(work, reader.scope, store_id)
        return [store_addon_out(one) for one in owned_addons(work, store)]


@router.get("/{addon_product_id}")
def get_addon(addon_product_id: Id, reader: Reader, response: Response) -> AddOnProductOut:
    """One add-on."""
    with unit_of_work(read_only=True) as work:
        return _answered(work, response, get_product(work, reader, addon_product_id))


@router.post("", status_code=201)
@idempotent
def post_addon(body: AddOnProductIn, writer: Writer, response: Response) -> AddOnProductOut:
    """Add an add-on to a platform."""
    fields = body.model_dump(exclude={"platform_id", "code"})
    with unit_of_work() as work:
        product = create_product(
            work, writer, platform_id=body.platform_id, code=body.code, fields=fields
        )
        return _answered(work, response, product)


@router.patch("/{addon_product_id}")
def patch_addon(
    addon_product_id: Id,
    body: AddOnProductPatch,
    writer: Writer,
    expected: ExpectedVersion,
    response: Response,
) -> AddOnProductOut:
    """Change an add-on; whoever has it keeps its price."""
    changes: dict[str, Any] = body.model_dump(exclude_unset=True)
    with unit_of_work() as work:
        product = get_writable_product(work, writer, addon_product_id)
        update_product(work, writer, product, changes=changes, expected=expected)
        return _answered(work, response, product)


@router.post("/{addon_product_id}/stripe-sync")
def post_stripe_sync(
    addon_product_id: Id, writer: Writer, dry_run: bool = False
) -> list[SetupStepOut]:
    """Make product and price of an add-on at Stripe; with `dry_run` only tell."""
    require_payments()
    with unit_of_work(read_only=True) as work:
        sold = sellable_addon(work, get_writable_product(work, writer, addon_product_id))
    return [step_out(one) for one in sell_at_stripe(sold, actor=writer.actor, dry_run=dry_run)]


def _answered(work: UnitOfWork, response: Response, product: AddOnProduct) -> AddOnProductOut:
    set_etag(response, product.version)
    return product_outs(work, [product])[0]
