"""What buyers do on the sandbox's pages, done by a program; for the demo's history alone."""

from typing import Any

import httpx

from app.kit.db import require_no_unit_of_work
from app.modules.billing.exceptions import SandboxUnavailable
from app.modules.billing.gateways.client import ask

TIMEOUT_S = 20.0
DONE = 303
FORM = {
    "card_expiry": "12 / 40",
    "card_cvc": "123",
    "line1": "1, rue du Commerce",
    "postal_code": "L-1351",
    "city": "Luxembourg",
    "country": "LU",
    "action": "pay",
}


def pay_page(url: str, *, card_number: str, name: str) -> None:
    """Fill in the form of a checkout and pay. Raises SandboxUnavailable where it is not taken."""
    require_no_unit_of_work()
    form = FORM | {"card_number": card_number, "name": name}
    try:
        answer = httpx.post(url, data=form, timeout=TIMEOUT_S, trust_env=False)
    except httpx.HTTPError as error:
        raise SandboxUnavailable from error
    if answer.status_code != DONE:
        raise SandboxUnavailable


def use_card(customer_id: str, subscription_id: str, card: str) -> None:
    """Charge a test card, for instance `pm_card_visa`, from now on. Raises as `ask`."""
    attach: Any = {"customer": customer_id}
    method = ask(lambda stripe: stripe.v1.payment_methods.attach(card, attach))["id"]
    settings: Any = {"invoice_settings": {"default_payment_method": method}}
    ask(lambda stripe: stripe.v1.customers.update(customer_id, settings))
    update: Any = {"default_payment_method": method}
    ask(lambda stripe: stripe.v1.subscriptions.update(subscription_id, update))


def pay_invoice(invoice_id: str) -> None:
    """Pay an open invoice with the customer's card. Raises as `ask`."""
    ask(lambda stripe: stripe.v1.invoices.pay(invoice_id))


def silence_webhooks(endpoint_id: str, *, is_silent: bool) -> None:
    """Send no events to an endpoint, or send them again; those between are never sent. As `ask`."""
    update: Any = {"disabled": is_silent}
    ask(lambda stripe: stripe.v1.webhook_endpoints.update(endpoint_id, update))
