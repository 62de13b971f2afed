"""The language of Stripe's pages (S5)."""

from app.kit.db import UnitOfWork
from app.modules.billing.repositories import entitlement_rows

LUXEMBOURGISH, FRENCH = "lb", "fr"


def stripe_locale(work: UnitOfWork, platform_id: int, locale: str) -> str:
    """Return what Stripe is told: it speaks no Luxembourgish, so the platform chooses for it."""
    if locale != LUXEMBOURGISH:
        return locale
    settings = entitlement_rows.find_settings(work.session, platform_id)
    return FRENCH if settings is None else settings.luxembourgish_as
