"""Tiers and add-ons alike: something with a name that is sold at prices."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.kit.db import UnitOfWork
from app.modules.billing.models import AddOnProduct, SubscriptionTier
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.offers import localized
from app.modules.billing.services.tier_prices import MONTH, YEAR, keep_prices
from app.modules.core.public import AuditTarget, record_audit
from app.modules.tenancy.public import platform_codes

LANGUAGE = "en"  # of names on bills: an account has one name for a product
TIER, ADDON = "tier", "addon"
_PRICE_COLUMNS = {MONTH: "stripe_price_monthly_id", YEAR: "stripe_price_annual_id"}


@dataclass(frozen=True, slots=True)
class Priced:
    """A price of ours, in minor units, and the one at Stripe that stands for it so far."""

    amount_cents: int
    stripe_price_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sellable:
    """A tier or an add-on; `prices` by interval, those that cost something."""

    kind: str
    row_id: int
    platform_code: str
    code: str
    name: str
    description: str
    currency: str
    stripe_product_id: str | None
    prices: Mapping[str, Priced]

    @property
    def key(self) -> str:
        """The same for the same thing, for good."""
        return f"tierline_{self.platform_code}_{self.kind}_{self.code}"


@dataclass(frozen=True, slots=True)
class AtStripe:
    """The ids that a sellable has at Stripe; price ids by interval."""

    product_id: str
    price_ids: Mapping[str, str] = field(default_factory=dict)


def sellable_tier(work: UnitOfWork, tier: SubscriptionTier) -> Sellable:
    """Return what a tier sells."""
    prices = {MONTH: Priced(tier.price_monthly_cents, tier.stripe_price_monthly_id)}
    if tier.price_annual_cents is not None:
        prices[YEAR] = Priced(tier.price_annual_cents, tier.stripe_price_annual_id)
    return Sellable(
        kind=TIER,
        row_id=tier.id,
        platform_code=platform_codes(work, [tier.platform_id])[tier.platform_id],
        code=tier.code,
        name=localized(tier.name_i18n, tier.code, LANGUAGE),
        description=localized(tier.description_i18n, "", LANGUAGE),
        currency=tier.currency,
        stripe_product_id=tier.stripe_product_id,
        prices=prices,
    )


def sellable_addon(work: UnitOfWork, addon: AddOnProduct) -> Sellable:
    """Return what an add-on sells."""
    return Sellable(
        kind=ADDON,
        row_id=addon.id,
        platform_code=platform_codes(work, [addon.platform_id])[addon.platform_id],
        code=addon.code,
        name=localized(addon.name_i18n, addon.code, LANGUAGE),
        description=localized(addon.description_i18n, "", LANGUAGE),
        currency=addon.currency,
        stripe_product_id=addon.stripe_product_id,
        prices={addon.billing_period: Priced(addon.price_cents, addon.stripe_price_id)},
    )


def keep_ids(work: UnitOfWork, sold: Sellable, at_stripe: AtStripe, *, actor: Actor) -> None:
    """Write the ids at Stripe to our row, with an audit entry; nothing where they are there.

    An amount that was changed meanwhile keeps its own price. Raises StripePriceTaken.
    """
    row = _row(work, sold)
    after: dict[str, str] = {"stripe_product_id": at_stripe.product_id}
    for interval, price_id in at_stripe.price_ids.items():
        amount, column = _columns(sold, interval)
        if getattr(row, amount) == sold.prices[interval].amount_cents:
            after[column] = price_id
    before = {name: getattr(row, name) for name in after}
    if before == after:
        return
    for name, value in after.items():
        setattr(row, name, value)
    work.session.flush()
    if isinstance(row, SubscriptionTier):
        keep_prices(work, row)
    record_audit(
        work,
        actor.name,
        action=f"{sold.kind}.linked_to_stripe",
        target=AuditTarget(sold.kind, row.id, platform_id=row.platform_id),
        before=before,
        after=dict(after),
        request_id=actor.request_id,
    )


def _row(work: UnitOfWork, sold: Sellable) -> SubscriptionTier | AddOnProduct:
    if sold.kind == TIER:
        return work.session.get_one(SubscriptionTier, sold.row_id, with_for_update=True)
    return work.session.get_one(AddOnProduct, sold.row_id, with_for_update=True)


def _columns(sold: Sellable, interval: str) -> tuple[str, str]:
    if sold.kind == ADDON:
        return "price_cents", "stripe_price_id"
    amount = "price_monthly_cents" if interval == MONTH else "price_annual_cents"
    return amount, _PRICE_COLUMNS[interval]
