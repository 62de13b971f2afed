"""Stripe's own page for cards, invoices and details (S10)."""

from typing import Any

from app.modules.billing.gateways.client import ask


def create_portal_session(
    customer_id: str, *, return_url: str, locale: str, configuration_id: str | None
) -> str:
    """Return the address of a page made for this one visit. Raises as `ask`."""
    params: Any = {"customer": customer_id, "return_url": return_url, "locale": locale}
    if configuration_id is not None:
        params["configuration"] = configuration_id
    return str(ask(lambda stripe: stripe.v1.billing_portal.sessions.create(params))["url"])
