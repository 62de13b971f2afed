"""Which tier would help: the cheapest public one that allows what was refused (D17)."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.contracts.features import FeatureDeclaration, Reason, UpgradeOffer
from app.kit.i18n import current_locale
from app.modules.billing.repositories import tiers
from app.modules.billing.services.kinds import kind_of
from app.modules.billing.services.limits import Entry, Limit


@dataclass(frozen=True)
class OfferedTier:
    """A public tier with what it says of the feature in question; price in minor units."""

    code: str
    name: str
    price_monthly_cents: int
    entry: Entry | None


def cheapest_that_allows(
    offered: Iterable[OfferedTier], declaration: FeatureDeclaration, *, used: int, wanted: int
) -> UpgradeOffer | None:
    """Return the cheapest tier in which `wanted` more units would pass; None where none does."""
    for tier in sorted(offered, key=lambda one: one.price_monthly_cents):
        entry = tier.entry
        limit = Limit(entry.value, entry.enabled) if entry else Limit(0, enabled=False)
        if kind_of(declaration).decide(limit, used, wanted) is Reason.OK:
            return UpgradeOffer(tier.code, tier.name, tier.price_monthly_cents)
    return None


def find_offer(
    session: Session,
    platform_id: int,
    declaration: FeatureDeclaration,
    *,
    used: int,
    wanted: int = 1,
) -> UpgradeOffer | None:
    """Read the platform's public tiers and return the one that helps."""
    offered = [
        OfferedTier(
            tier.code,
            localized(tier.name_i18n, tier.code),
            tier.price_monthly_cents,
            None if limit is None else Entry(limit.limit_value, limit.enabled),
        )
        for tier, limit in tiers.public_with_limit(session, platform_id, declaration.code)
    ]
    return cheapest_that_allows(offered, declaration, used=used, wanted=wanted)


def localized(texts: dict[str, str], fallback: str, locale: str | None = None) -> str:
    """Return the text in the reader's language, else English, else any, else `fallback`.

    `locale` is given where the reader is not the one who asks, as in mails.
    """
    for wanted in (locale or current_locale(), "en"):
        if texts.get(wanted):
            return texts[wanted]
    return next(iter(texts.values()), fallback)
