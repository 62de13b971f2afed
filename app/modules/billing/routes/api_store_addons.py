"""Add-ons of a store: offered, bought, changed, ended (D29–D31)."""

from typing import Annotated

from fastapi import Depends, Query, Response

from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.idempotency import idempotent
from app.kit.http.router import api_router
from app.modules.billing.permissions import VIEW_BILLING
from app.modules.billing.routes.addon_answers import (
    addon_out,
    availability_out,
    store_addon_out,
)
from app.modules.billing.routes.money_answers import changed_out, preview_out
from app.modules.billing.routes.spending import Spender
from app.modules.billing.schemas.addons import (
    AddOnOut,
    DomainAvailabilityOut,
    PackChangeIn,
    PackWishIn,
    PurchaseIn,
    StoreAddOnOut,
)
from app.modules.billing.schemas.money import ChangedOut, ChangePreviewOut, CheckoutOut
from app.modules.billing.services.addons.availability import check_availability
from app.modules.billing.services.addons.cancel import cancel_addon
from app.modules.billing.services.addons.change import change_pack
from app.modules.billing.services.addons.offered import offered_addons, owned_addons
from app.modules.billing.services.addons.preview import preview_pack
from app.modules.billing.services.addons.purchase import purchase_addon
from app.modules.billing.services.addons.reactivate import reactivate_addon
from app.modules.billing.services.change_tier import ChangeStatus
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/billing", "Store: billing")
Reader = Annotated[StoreVisit, Depends(in_store(VIEW_BILLING))]
DomainText = Annotated[str, Query(max_length=1000, description="The name as it was typed.")]


@router.get("/addons")
def get_addons(reader: Reader) -> list[AddOnOut]:
    """What the platform sells beside the plans, and what choosing it means for this store."""
    with unit_of_work(read_only=True) as work:
        return [addon_out(one) for one in offered_addons(work, reader.store)]


@router.get("/my-addons")
def get_my_addons(reader: Reader) -> list[StoreAddOnOut]:
    """All that this store ever bought, the newest first."""
    with unit_of_work(read_only=True) as work:
        return [store_addon_out(one) for one in owned_addons(work, reader.store)]


@router.get("/addons/domain-availability")
def get_domain_availability(_reader: Reader, name: DomainText) -> DomainAvailabilityOut:
    """Whether a domain name can be bought; nothing is reserved by asking."""
    return availability_out(check_availability(name))


@router.post("/addons/purchase")
@idempotent
def post_purchase(body: PurchaseIn, buyer: Spender) -> CheckoutOut:
    """Begin to buy an add-on; a domain name is reserved until the checkout expires."""
    started = purchase_addon(buyer, addon_code=body.addon_code, domain_name=body.domain_name)
    return CheckoutOut(checkout_url=started.checkout_url, session_id=started.session_id)


@router.post("/addons/{addon_id}/change/preview")
def post_pack_preview(addon_id: Id, body: PackWishIn, buyer: Spender) -> ChangePreviewOut:
    """What another pack would cost; nothing is changed."""
    return preview_out(preview_pack(buyer.store, addon_id, addon_code=body.addon_code))


@router.post("/addons/{addon_id}/change")
@idempotent
def post_pack_change(
    addon_id: Id, body: PackChangeIn, buyer: Spender, response: Response
) -> ChangedOut:
    """Change to another pack: a larger one at once, a smaller one with the next period."""
    changed = change_pack(
        buyer, addon_id, addon_code=body.addon_code, proration_date=body.proration_date
    )
    if changed.status is ChangeStatus.PAYMENT_PENDING:
        response.status_code = 202
    return changed_out(changed)


@router.post("/addons/{addon_id}/reactivate")
def post_reactivate(addon_id: Id, buyer: Spender) -> StoreAddOnOut:
    """Take the end of an add-on back; it renews as before."""
    return store_addon_out(reactivate_addon(buyer, addon_id))


@router.delete("/addons/{addon_id}")
def delete_addon(addon_id: Id, buyer: Spender) -> StoreAddOnOut:
    """Let an add-on end with its paid period."""
    return store_addon_out(cancel_addon(buyer, addon_id))
