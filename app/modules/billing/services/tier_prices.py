"""Every price that a tier ever had (D25); a new one concerns new subscriptions (D26)."""

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.exceptions import StripePriceTaken
from app.modules.billing.models import SubscriptionTier, TierPrice
from app.modules.billing.repositories import tiers

MONTH, YEAR = "month", "year"


def keep_prices(work: UnitOfWork, tier: SubscriptionTier) -> None:
    """Bring the current prices in line with the tier; former ones stay and are still known.

    Raises StripePriceTaken where a price at Stripe belongs to something else.
    """
    _keep(work, tier, MONTH, tier.price_monthly_cents, tier.stripe_price_monthly_id)
    _keep(work, tier, YEAR, tier.price_annual_cents, tier.stripe_price_annual_id)
    work.session.flush()


def _keep(
    work: UnitOfWork,
    tier: SubscriptionTier,
    interval: str,
    amount_cents: int | None,
    stripe_price_id: str | None,
) -> None:
    wanted = (amount_cents, stripe_price_id)
    current = tiers.current_price(work.session, tier.id, interval)
    if current is not None:
        if (current.amount_cents, current.stripe_price_id) == wanted:
            return
        current.is_current = False
    if amount_cents is None:
        return
    former = stripe_price_id and tiers.price_at_stripe(work.session, stripe_price_id)
    if former:
        if (former.tier_id, former.interval, former.amount_cents) != (
            tier.id,
            interval,
            amount_cents,
        ):
            raise StripePriceTaken(stripe_price_id=stripe_price_id)
        former.is_current = True
        return
    work.session.add(
        TierPrice(
            tier_id=tier.id,
            interval=interval,
            amount_cents=amount_cents,
            currency=tier.currency,
            stripe_price_id=stripe_price_id,
            created_at=business_now(),
        )
    )
