"""Add-ons in the hands of operators (D29)."""

from typing import Any

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.billing.exceptions import AddOnCodeTaken, AddOnNotFound
from app.modules.billing.models import AddOnProduct
from app.modules.billing.repositories import addons
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.addons.product_draft import checked_product
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.find_tier import refuse_unwritable
from app.modules.billing.services.tier_draft import checked_code
from app.modules.core.public import AuditTarget, record_audit
from app.modules.tenancy.public import get_platform_ref


def get_product(work: UnitOfWork, operator: Operator, product_id: int) -> AddOnProduct:
    """Return an add-on in scope. Raises AddOnNotFound."""
    found = addons.find_product_in(work.session, operator.scope.platform_ids, product_id)
    if found is None:
        raise AddOnNotFound
    return found


def get_writable_product(work: UnitOfWork, operator: Operator, product_id: int) -> AddOnProduct:
    """Return an add-on that the operator may write. Raises AddOnNotFound, Forbidden."""
    product = get_product(work, operator, product_id)
    refuse_unwritable(operator, product.platform_id)
    return product


def create_product(
    work: UnitOfWork, operator: Operator, *, platform_id: int, code: str, fields: dict[str, Any]
) -> AddOnProduct:
    """Add an add-on to a platform, in its currency.

    Raises PlatformNotFound, Forbidden, InvalidInput, UnknownFeatureCode, AddOnCodeTaken.
    """
    platform = get_platform_ref(work, operator.scope, platform_id)
    refuse_unwritable(operator, platform.id)
    product = AddOnProduct(
        platform_id=platform.id,
        code=checked_code(code),
        currency=platform.currency,
        created_at=business_now(),
        **checked_product(fields),
    )
    with work.conflicts({"addon_products.platform_id": AddOnCodeTaken}):
        work.session.add(product)
    _audit(work, operator, product, "addon.created", after={"code": product.code, **fields})
    return product


def update_product(
    work: UnitOfWork,
    operator: Operator,
    product: AddOnProduct,
    *,
    changes: dict[str, Any],
    expected: int | None,
) -> AddOnProduct:
    """Change the given fields of an add-on; whoever has it keeps its price.

    A new amount or period drops the former price at Stripe unless a new one comes with it: prices
    there never change. New grants hold for everybody who has it. Raises PreconditionFailed,
    InvalidInput, UnknownFeatureCode.
    """
    check_version(product.version, expected)
    checked = checked_product(changes)
    if any(checked.get(one, old) != old for one, old in _terms(product).items()):
        checked.setdefault("stripe_price_id", None)
    before = {name: getattr(product, name) for name in checked}
    after = {name: value for name, value in checked.items() if before[name] != value}
    if not after:
        return product
    for name, value in after.items():
        setattr(product, name, value)
    work.session.flush()
    before = {name: before[name] for name in after}
    _audit(work, operator, product, "addon.updated", before=before, after=after)
    entitlements_changed(work, product.platform_id)
    return product


def _terms(product: AddOnProduct) -> dict[str, Any]:
    return {"price_cents": product.price_cents, "billing_period": product.billing_period}


def _audit(
    work: UnitOfWork,
    operator: Operator,
    product: AddOnProduct,
    action: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record_audit(
        work,
        operator.actor.name,
        action=action,
        target=AuditTarget("addon", product.id, platform_id=product.platform_id),
        before=before,
        after=after,
        request_id=operator.actor.request_id,
    )
