"""What a mail about a subscription lists below its text, in its reader's language."""

from datetime import datetime
from typing import TypedDict

from app.kit.db import UnitOfWork
from app.kit.formats import date_text, money_text, number_text
from app.kit.i18n import translate
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.services.offers import localized


class Facts(TypedDict, total=False):
    """What is None or not given is left out of the mail.

    `amount_cents` is in minor units of the subscription's currency; `previous_tier_id` is the
    tier before a change; `addon_name` are the names of an add-on by language, `feature` the text
    of what is limited, `usage` units used and the limit.
    """

    previous_tier_id: int | None
    addon_name: dict[str, str] | None
    feature: str | None
    usage: tuple[int, int] | None
    domain_name: str | None
    invoice_number: str | None
    amount_cents: int | None
    trial_ends_at: datetime | None
    effective_at: datetime | None
    next_attempt_at: datetime | None
    access_until: datetime | None
    ends_at: datetime | None


def told(
    work: UnitOfWork, facts: Facts, *, currency: str, zone: str, locale: str
) -> list[tuple[str, str]]:
    """Return name and value of each fact as a reader of `locale` in `zone` knows them."""

    def written(name: str, value: object) -> str:
        match value:
            case datetime():
                return date_text(value, zone, locale)
            case dict():
                return localized(value, "", locale)
            case (int(used), int(limit)):
                return f"{number_text(used, locale)} / {number_text(limit, locale)}"
            case str() if name == "feature":
                return translate(value, locale)
            case int() if name == "previous_tier_id":
                return tier_name(work, value, locale)
            case int():
                return money_text(value, currency, locale)
        return str(value)

    return [
        (translate(f"billing.notices.fact.{name}", locale), written(name, value))
        for name, value in facts.items()
        if value is not None
    ]


def tier_name(work: UnitOfWork, tier_id: int, locale: str) -> str:
    """Return what a tier is called in a language."""
    tier = work.session.get_one(SubscriptionTier, tier_id)
    return localized(tier.name_i18n, tier.code, locale)
