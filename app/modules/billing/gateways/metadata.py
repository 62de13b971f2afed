"""What we write on Stripe's objects to know them again, whatever arrives first (S5, S9, S12)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.contracts.tenants import Owner
from app.modules.billing.models import Purpose

MERCHANT = "tierline_merchant"
PLATFORM = "tierline_platform"
STORE = "tierline_store"
PURPOSE = "tierline_purpose"
TIER = "tierline_tier"
ADDON = "tierline_addon"
DOMAIN = "tierline_domain"
STOPPED_WITH_PLAN = "tierline_stopped_with_plan"


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom a subscription at Stripe belongs to; `code` is a tier's or an add-on's."""

    owner: Owner
    store_id: int | None
    purpose: Purpose
    code: str | None
    domain_name: str | None = None


def customer_metadata(owner: Owner) -> dict[str, str]:
    """Return the metadata of a merchant's customer on a platform."""
    return {MERCHANT: str(owner.merchant_id), PLATFORM: str(owner.platform_id)}


def plan_metadata(owner: Owner, store_id: int, tier_code: str) -> dict[str, str]:
    """Return the metadata of a plan's session and subscription."""
    return {
        **customer_metadata(owner),
        STORE: str(store_id),
        PURPOSE: Purpose.PLAN.value,
        TIER: tier_code,
    }


def addon_metadata(
    owner: Owner, store_id: int, addon_code: str, *, domain_name: str | None = None
) -> dict[str, str]:
    """Return the metadata of an add-on's session and subscription."""
    domain = {DOMAIN: domain_name} if domain_name else {}
    return {
        **customer_metadata(owner),
        STORE: str(store_id),
        PURPOSE: Purpose.ADDON.value,
        ADDON: addon_code,
        **domain,
    }


def read_metadata(mapping: Mapping[str, str]) -> Reference | None:
    """Return whom an object belongs to; None where the metadata is not ours, or unreadable."""
    merchant, platform = _number(mapping, MERCHANT), _number(mapping, PLATFORM)
    purpose = mapping.get(PURPOSE, Purpose.PLAN)
    if merchant is None or platform is None or purpose not in set(Purpose):
        return None
    return Reference(
        owner=Owner(merchant, platform),
        store_id=_number(mapping, STORE),
        purpose=Purpose(purpose),
        code=mapping.get(ADDON if purpose == Purpose.ADDON else TIER),
        domain_name=mapping.get(DOMAIN),
    )


def _number(mapping: Mapping[str, str], key: str) -> int | None:
    """Return a database id; what would not fit one is none."""
    value = str(mapping.get(key, ""))
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None
