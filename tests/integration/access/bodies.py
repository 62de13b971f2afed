"""What is sent to each unsafe route of the table, so that nothing but access can refuse it."""

from collections.abc import Mapping
from typing import Any

from tests.factories.pictures import a_picture
from tests.integration.access.table import Row
from tests.integration.browser import PASSWORD

NEW_OWNER = {"email": "new@example.test", "display_name": "New Owner", "locale": "en"}
PLANS = "/api/v1/admin/subscriptions"
ON_PLATFORM = "platform_id={platform_id}"
LIMITS = [{"feature_code": "max_products", "limit_value": 7}]
ORDER = {
    "customer_name": "Anna",
    "lines": [{"name": "Cup", "quantity": 1, "unit_price_cents": 900}],
}
BILLING = "/api/v1/store/billing"
MERCHANT_PLAN = f"{PLANS}/merchants/{{merchant_id}}/platforms/{{platform_id}}"
PLAN = {"tier_code": "professional"}
_AS_FORMS = {"POST /api/v1/store/media"}
_BODIES: dict[str, Any] = {
    "POST /api/v1/auth/login": {"email": "root@example.test", "password": PASSWORD},
    "POST /api/v1/auth/signup": {
        "merchant_name": "Fresh",
        "store_name": "Fresh",
        "store_code": "fresh",
        "email": "fresh@example.test",
        "password": "a long new password",
        "platform_code": "{platform_code}",
        "locale": "en",
    },
    "POST /api/v1/store/webhook-endpoints": {
        "url": "https://hooks.example.com/new",
        "events": ["invoice.paid"],
    },
    "PATCH /api/v1/store/webhook-endpoints/{endpoint_id}": {"is_active": False},
    "POST /api/v1/auth/password/forgot": {"email": "nobody@example.test"},
    "POST /api/v1/auth/password/reset": {"token": "made-up", "password": "a long new password"},
    "POST /api/v1/auth/email/verify": {"token": "made-up"},
    "POST /api/v1/auth/invitations/{token}/accept": {"password": PASSWORD},
    "PATCH /api/v1/auth/me": {"display_name": "Another Name"},
    "POST /api/v1/auth/tokens": {"name": "program", "scopes": ["read"]},
    "POST /api/v1/auth/tokens?for=platform": {
        "name": "program",
        "scopes": ["read"],
        "platform_id": "{platform_id}",
    },
    "POST /api/v1/admin/platforms": {"code": "fresh", "name": "Fresh"},
    "PATCH /api/v1/admin/platforms/{platform_id}": {"name": "Renamed"},
    "PATCH /api/v1/admin/subscriptions/platforms/{platform_id}/rules": {"free_tier_code": None},
    "POST /api/v1/admin/merchants": {
        "name": "Fresh",
        "owner": NEW_OWNER,
        "contact_email": "office@example.test",
        "store": {"platform_id": "{platform_id}", "code": "fresh", "name": "Fresh"},
    },
    "PATCH /api/v1/admin/merchants/{merchant_id}": {"name": "Renamed"},
    "POST /api/v1/admin/merchants/{merchant_id}/owner": NEW_OWNER,
    "POST /api/v1/admin/stores": {
        "merchant_id": "{merchant_id}",
        "platform_id": "{platform_id}",
        "code": "fresh",
        "name": "Fresh",
    },
    "PATCH /api/v1/admin/stores/{store_id}": {"name": "Renamed"},
    "POST /api/v1/admin/users": {
        "email": "new@example.test",
        "display_name": "New Admin",
        "user_type": "super_admin",
        "locale": "en",
    },
    "PATCH /api/v1/admin/users/{user_id}": {"display_name": "Renamed"},
    "POST /api/v1/merchant/stores?merchant_id={merchant_id}": {
        "platform_id": "{platform_id}",
        "code": "fresh",
        "name": "Fresh",
    },
    "POST /api/v1/admin/platform-health/what-if": {},
    "POST /api/v1/store/team": {"email": "new@example.test", "role": "staff"},
    "PATCH /api/v1/store/team/{member_id}": {"role": "manager"},
    "POST /api/v1/store/products": {"name": "Cup", "sku": "CUP", "price_cents": 900},
    "POST /api/v1/store/products/import": b"sku,name,price\nCUP,Cup,9.00\n",
    "PATCH /api/v1/store/products/{product_id}": {"name": "Renamed"},
    "POST /api/v1/store/media": {"file": ("picture.png", a_picture())},
    "PUT /api/v1/store/media/logo": {"media_id": "{media_id}"},
    "PATCH /api/v1/store/media/{media_id}": {"name": "renamed.png"},
    "POST /api/v1/store/orders": ORDER,
    "POST /api/v1/store/orders/inbound": ORDER | {"external_id": "SHOP-1"},
    "PATCH /api/v1/store/orders/{order_id}": {"status": "paid"},
    f"POST {BILLING}/checkout": PLAN,
    f"POST {BILLING}/change-tier/preview": PLAN,
    f"POST {BILLING}/change-tier": PLAN,
    f"POST {BILLING}/cancel": {},
    f"POST {BILLING}/addons/purchase": {"addon_code": "ssl_premium"},
    f"POST {BILLING}/addons/{{addon_id}}/change/preview": {"addon_code": "email_10"},
    f"POST {BILLING}/addons/{{addon_id}}/change": {"addon_code": "email_10"},
    "POST /api/v1/admin/addons": {
        "platform_id": "{platform_id}",
        "code": "fresh",
        "name_i18n": {"en": "Fresh"},
        "category": "fresh",
        "price_cents": 900,
        "billing_period": "month",
    },
    "PATCH /api/v1/admin/addons/{addon_product_id}": {"display_order": 7},
    f"PUT {MERCHANT_PLAN}": PLAN,
    f"POST {MERCHANT_PLAN}/mark-paid": {},
    f"POST {MERCHANT_PLAN}/extend-grace": {"until": "2099-01-01T00:00:00Z"},
    f"POST {MERCHANT_PLAN}/refund": {"invoice_id": "{invoice_id}"},
    f"POST {PLANS}/tiers": {
        "platform_id": "{platform_id}",
        "code": "fresh",
        "name_i18n": {"en": "Fresh"},
        "rank": 9,
        "price_monthly_cents": 900,
    },
    f"PATCH {PLANS}/tiers/{{tier_code}}?{ON_PLATFORM}": {"display_order": 7},
    f"POST {PLANS}/tiers/{{tier_code}}/impact?{ON_PLATFORM}": {"limits": LIMITS},
    f"PUT {PLANS}/features/tiers/{{tier_code}}/limits?{ON_PLATFORM}": LIMITS,
    f"PUT {PLANS}/features/merchants/{{merchant_id}}/overrides?{ON_PLATFORM}": LIMITS,
}


def body_for(row: Row, names: Mapping[str, Any]) -> dict[str, Any]:
    """How the client sends the body of a row, filled with the ids of the scene."""
    body = _BODIES.get(str(row))
    if isinstance(body, bytes):
        return {"content": body, "headers": {"Content-Type": "text/csv"}}
    if str(row) in _AS_FORMS:
        return {"files": body}
    return {"json": _filled(body, names)}


def _filled(value: Any, names: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(inner, names) for key, inner in value.items()}
    if isinstance(value, str) and value.startswith("{"):
        return names[value[1:-1]]
    return value
