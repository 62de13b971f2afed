"""Answers that tell of add-ons."""

from collections.abc import Sequence

from app.kit.db import UnitOfWork
from app.kit.i18n import translate
from app.modules.billing.models import AddOnProduct
from app.modules.billing.repositories import addons
from app.modules.billing.routes.platform_answers import platform_briefs
from app.modules.billing.schemas.addons import (
    AddOnOut,
    AddOnProductOut,
    DomainAvailabilityOut,
    FulfilmentOut,
    NamedOut,
    PendingPackOut,
    SetupStepOut,
    StoreAddOnOut,
)
from app.modules.billing.schemas.platforms import PlatformBrief
from app.modules.billing.services.addons.availability import Availability
from app.modules.billing.services.addons.domain_names import shown_domain
from app.modules.billing.services.addons.offered import OfferedAddOn, OwnedAddOn
from app.modules.billing.services.offers import localized
from app.modules.billing.services.stripe_setup.steps import Step
from app.modules.tenancy.public import merchant_names, store_names


def addon_out(offered: OfferedAddOn) -> AddOnOut:
    """Return the answer for an add-on that the platform sells."""
    product = offered.product
    return AddOnOut(
        code=product.code,
        name=localized(product.name_i18n, product.code),
        description=localized(product.description_i18n, ""),
        category=product.category,
        price_cents=product.price_cents,
        currency=product.currency,
        billing_period=product.billing_period,
        quantity=product.quantity,
        grants=product.grants,
        owned=offered.owned,
        choice=offered.choice,
        changes_id=offered.changes_id,
    )


def store_addon_out(owned: OwnedAddOn) -> StoreAddOnOut:
    """Return the answer for an add-on of a store."""
    addon, product = owned.addon, owned.product
    return StoreAddOnOut(
        id=addon.id,
        code=product.code,
        name=localized(product.name_i18n, product.code),
        category=product.category,
        status=addon.status,
        fulfilment=addon.fulfilment,
        domain_name=addon.domain_name,
        domain_shown=addon.domain_name and shown_domain(addon.domain_name),
        price_cents=addon.unit_amount_cents,
        currency=addon.currency,
        billing_period=product.billing_period,
        period_start=addon.period_start,
        period_end=addon.period_end,
        purchased_at=addon.purchased_at,
        cancel_at=addon.cancel_at,
        cancelled_at=addon.cancelled_at,
        stopped_with_plan=addon.stopped_with_plan,
        pending_change=_pending_out(owned),
    )


def availability_out(found: Availability) -> DomainAvailabilityOut:
    """Return the answer for a name that somebody would like to buy."""
    return DomainAvailabilityOut(
        name=found.name,
        shown=found.shown,
        valid=found.valid,
        available=found.available,
        reason=translate(f"validation.{found.reason}") if found.reason else None,
    )


def product_outs(work: UnitOfWork, products: Sequence[AddOnProduct]) -> list[AddOnProductOut]:
    """Return the answers for some add-ons; two queries however many there are."""
    platforms = platform_briefs(work, [one.platform_id for one in products])
    stores = addons.count_held_by_product(work.session, [one.id for one in products])
    return [
        _product_out(one, platforms[one.platform_id], stores=stores.get(one.id, 0))
        for one in products
    ]


def fulfilment_outs(work: UnitOfWork, sold: Sequence[OwnedAddOn]) -> list[FulfilmentOut]:
    """Return the answers for what has to be delivered; two queries however many there are."""
    merchants = merchant_names(work, [one.addon.merchant_id for one in sold])
    stores = store_names(work, [one.addon.store_id for one in sold])
    answers = []
    for one in sold:
        addon = one.addon
        code, name = stores[addon.store_id]
        answers.append(
            FulfilmentOut(
                **dict(store_addon_out(one)),
                merchant=NamedOut(id=addon.merchant_id, name=merchants[addon.merchant_id]),
                store=NamedOut(id=addon.store_id, name=name),
                store_code=code,
            )
        )
    return answers


def step_out(step: Step) -> SetupStepOut:
    """Return the answer for one thing at Stripe."""
    return SetupStepOut(thing=step.thing, name=step.name, outcome=step.outcome, note=step.note)


def _product_out(product: AddOnProduct, platform: PlatformBrief, *, stores: int) -> AddOnProductOut:
    return AddOnProductOut(
        id=product.id,
        platform=platform,
        code=product.code,
        name=localized(product.name_i18n, product.code),
        name_i18n=product.name_i18n,
        description_i18n=product.description_i18n,
        category=product.category,
        price_cents=product.price_cents,
        currency=product.currency,
        billing_period=product.billing_period,
        quantity=product.quantity,
        grants=product.grants,
        stripe_product_id=product.stripe_product_id,
        stripe_price_id=product.stripe_price_id,
        display_order=product.display_order,
        is_active=product.is_active,
        shipped=product.shipped,
        stores=stores,
        version=product.version,
        created_at=product.created_at,
    )


def _pending_out(owned: OwnedAddOn) -> PendingPackOut | None:
    if owned.pending is None:
        return None
    return PendingPackOut(
        code=owned.pending.code,
        name=localized(owned.pending.name_i18n, owned.pending.code),
        effective_at=owned.addon.pending_effective_at,
    )
