"""A product and its prices at Stripe for each thing that is sold here."""

from dataclasses import replace

from app.modules.billing.gateways import stripe_catalog as stripe
from app.modules.billing.gateways.stripe_catalog import PriceTerms, ProductAtStripe
from app.modules.billing.services.stripe_setup.sellable import AtStripe, Priced, Sellable
from app.modules.billing.services.stripe_setup.steps import Outcome, Step

PRODUCT, PRICE = "product", "price"


def ensure_at_stripe(sold: Sellable, *, dry_run: bool) -> tuple[AtStripe, list[Step]]:
    """Bring product and prices to what we sell; what fits is left as it is.

    Ids and look-up keys of ours find again what was made before an answer was lost. What has no
    price is free and needs none. Raises as `gateways.client.ask`.
    """
    product_id, step = _ensure_product(sold, dry_run=dry_run)
    steps, price_ids = [step], {}
    for interval, price in sold.prices.items():
        if price.amount_cents > 0:
            terms = PriceTerms(
                product_id=product_id,
                amount_cents=price.amount_cents,
                currency=sold.currency,
                interval=interval,
            )
            price_ids[interval], step = _ensure_price(sold, terms, price, dry_run=dry_run)
            steps.append(step)
    return AtStripe(product_id, price_ids), steps


def _ensure_product(sold: Sellable, *, dry_run: bool) -> tuple[str, Step]:
    """Keep the product that the row names, while the account has it; else the one of our id."""
    wanted = ProductAtStripe(
        id=sold.key, name=sold.name, description=sold.description, metadata=_marks(sold)
    )
    found = sold.stripe_product_id and stripe.find_product(sold.stripe_product_id)
    found = found or stripe.find_product(sold.key)
    if not found:
        if not dry_run:
            stripe.create_product(wanted)
        return wanted.id, Step(PRODUCT, sold.key, Outcome.CREATED)
    wanted = replace(wanted, id=found.id)
    if _differs(found, wanted):
        if not dry_run:
            stripe.update_product(wanted)
        return found.id, Step(PRODUCT, sold.key, Outcome.UPDATED)
    return found.id, Step(PRODUCT, sold.key, Outcome.UNCHANGED)


def _differs(found: ProductAtStripe, wanted: ProductAtStripe) -> bool:
    marked = wanted.metadata.items() <= found.metadata.items()
    described = not wanted.description or found.description == wanted.description
    return not (found.is_active and found.name == wanted.name and described and marked)


def _ensure_price(
    sold: Sellable, terms: PriceTerms, price: Priced, *, dry_run: bool
) -> tuple[str, Step]:
    name = f"{sold.key}_{terms.interval}"
    if price.stripe_price_id and stripe.find_price(price.stripe_price_id) == terms:
        return price.stripe_price_id, Step(PRICE, name, Outcome.UNCHANGED)
    keyed = stripe.find_price_by_key(name)
    if keyed is not None and keyed[1] == terms:
        return keyed[0], Step(PRICE, name, Outcome.UPDATED, "found at Stripe, linked to our row")
    if dry_run:
        return "", Step(PRICE, name, Outcome.CREATED)
    made = stripe.create_price(terms, lookup_key=name, metadata=_marks(sold))
    return made, Step(PRICE, name, Outcome.CREATED)


def _marks(sold: Sellable) -> dict[str, str]:
    return {"tierline_kind": sold.kind, "tierline_code": sold.code}
