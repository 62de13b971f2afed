"""Checkout sessions at Stripe (S5)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from app.modules.billing.gateways.client import ask, keyed
from app.modules.billing.gateways.errors import RefusedByStripe
from app.modules.billing.gateways.shapes import checkout_snapshot
from app.modules.billing.gateways.snapshots import CheckoutSnapshot
from app.modules.billing.settings import billing_settings


@dataclass(frozen=True, kw_only=True)
class SessionRequest:
    """What is sold on Stripe's page, to whom, and where the buyer comes back to.

    `trial_end`: nothing is charged before it; at least 48 hours ahead. `metadata` goes to the
    session and to its subscription, for Stripe copies none of it.
    """

    customer_id: str
    price_id: str
    reference: str
    metadata: Mapping[str, str]
    locale: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    trial_end: datetime | None = None


def create_session(request: SessionRequest, *, key: tuple[object, ...]) -> CheckoutSnapshot:
    """Make a session; the same request with the same `key` gets the same session (S2).

    Raises as `ask`.
    """
    params: Any = _params(request)
    options: Any = keyed(*key, _digest(request))
    return checkout_snapshot(
        ask(lambda stripe: stripe.v1.checkout.sessions.create(params, options))
    )


def fetch_session(session_id: str) -> CheckoutSnapshot:
    """Return a session as it is now. Raises as `ask`."""
    return checkout_snapshot(ask(lambda stripe: stripe.v1.checkout.sessions.retrieve(session_id)))


def expire_session(session_id: str) -> bool:
    """Close a session; False where it is over already, paid or not. Raises as `ask`."""
    try:
        ask(lambda stripe: stripe.v1.checkout.sessions.expire(session_id))
    except RefusedByStripe:
        return False
    return True


def _digest(request: SessionRequest) -> str:
    facts = {**asdict(request), "metadata": sorted(request.metadata.items())}
    return sha256(repr(sorted(facts.items())).encode()).hexdigest()[:16]


def _params(request: SessionRequest) -> dict[str, Any]:
    return {
        "mode": "subscription",
        "customer": request.customer_id,
        "client_reference_id": request.reference,
        "line_items": [{"price": request.price_id, "quantity": 1}],
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "expires_at": int(request.expires_at.timestamp()),
        "locale": request.locale,
        "metadata": dict(request.metadata),
        "subscription_data": _subscription_data(request),
        **_collected(),
    }


def _subscription_data(request: SessionRequest) -> dict[str, Any]:
    data: dict[str, Any] = {
        "metadata": dict(request.metadata),
        "billing_mode": {"type": "flexible"},
    }
    if request.trial_end is not None:
        data["trial_end"] = int(request.trial_end.timestamp())
        data["trial_settings"] = {"end_behavior": {"missing_payment_method": "cancel"}}
    return data


def _collected() -> dict[str, Any]:
    """What the page asks for, by setting; a known customer may correct name and address."""
    settings = billing_settings()
    asked: dict[str, Any] = {"automatic_tax": {"enabled": settings.stripe_automatic_tax}}
    if settings.stripe_promotion_codes:
        asked["allow_promotion_codes"] = True
    if settings.stripe_collect_tax_id:
        asked["tax_id_collection"] = {"enabled": True}
        asked["billing_address_collection"] = "required"
    if settings.stripe_collect_tax_id or settings.stripe_automatic_tax:
        asked["customer_update"] = {"address": "auto", "name": "auto"}
    return asked
