"""The shipped tiers, their features and the shipped add-ons, as data (D6, D7, D29)."""

from dataclasses import dataclass, field

from app.modules.billing.shipped.texts import DESCRIPTIONS, NAMES, Texts

TIER_ORDER = ("essential", "professional", "business", "enterprise")
ANNUAL_MONTHS = 10


@dataclass(frozen=True)
class ShippedTier:
    """One tier; the price in minor units a month, a year costs ten months."""

    code: str
    rank: int
    price_monthly_cents: int
    is_public: bool = True

    @property
    def price_annual_cents(self) -> int:
        """Price of a year."""
        return self.price_monthly_cents * ANNUAL_MONTHS


@dataclass(frozen=True)
class ShippedAddOn:
    """One add-on; the price in minor units for each `billing_period` (`month` or `year`)."""

    code: str
    category: str
    price_cents: int
    billing_period: str
    quantity: int = 1
    grants: dict[str, int | bool] = field(default_factory=dict)


TIERS = (
    ShippedTier("essential", 1, 4_900),
    ShippedTier("professional", 2, 9_900),
    ShippedTier("business", 3, 19_900),
    ShippedTier("enterprise", 4, 39_900, is_public=False),
)

_NO = "not in the plan"
_Limit = int | None | str

# Essential, Professional, Business, Enterprise; None is unlimited.
QUANTITATIVE: dict[str, tuple[_Limit, _Limit, _Limit, _Limit]] = {
    "max_products": (200, None, None, None),
    "max_orders_per_month": (100, 500, 2_000, None),
    "max_team_members": (1, 3, 10, None),
    "max_stores": (1, 3, 10, None),
    "max_storage_mb": (1_000, 10_000, 50_000, None),
    "max_images_per_product": (3, 5, 8, None),
    "max_email_addresses": (_NO, _NO, 5, 25),
    "max_api_requests_per_day": (_NO, 5_000, 20_000, None),
}

# The lowest tier that has each; those above it have it too.
BINARY = {
    "basic_analytics": "essential",
    "analytics_dashboard": "professional",
    "advanced_analytics": "business",
    "revenue_forecast": "business",
    "basic_support": "essential",
    "priority_support": "professional",
    "dedicated_manager": "enterprise",
    "bulk_import": "professional",
    "product_variants": "essential",
    "scheduled_publishing": "business",
    "order_export": "professional",
    "invoice_pdf": "essential",
    "automation_rules": "business",
    "webp_variants": "essential",
    "media_library": "essential",
    "video_upload": "business",
    "api_access": "professional",
    "webhooks_out": "business",
    "erp_connector": "enterprise",
    "custom_domain": "professional",
    "white_label": "business",
    "sso": "enterprise",
}

ADDONS = (
    ShippedAddOn("domain", "domain", 1_500, "year", grants={"custom_domain": True}),
    ShippedAddOn("ssl_premium", "ssl", 4_900, "year"),
    ShippedAddOn("email_5", "email", 500, "month", 5, {"max_email_addresses": 5}),
    ShippedAddOn("email_10", "email", 900, "month", 10, {"max_email_addresses": 10}),
    ShippedAddOn("email_25", "email", 1_900, "month", 25, {"max_email_addresses": 25}),
)


def limits_of(tier: ShippedTier) -> dict[str, int | None]:
    """Return what a shipped tier holds, by feature code."""
    place = TIER_ORDER.index(tier.code)
    limits: dict[str, int | None] = {}
    for code, values in QUANTITATIVE.items():
        value = values[place]
        if not isinstance(value, str):
            limits[code] = value
    limits |= {code: None for code, lowest in BINARY.items() if TIER_ORDER.index(lowest) <= place}
    return limits


def texts_of(code: str) -> tuple[Texts, Texts]:
    """Return name and description of a shipped tier or add-on in every language."""
    return NAMES[code], DESCRIPTIONS[code]
