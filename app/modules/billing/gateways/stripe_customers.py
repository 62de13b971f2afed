"""Customers at Stripe: one for each merchant and platform (S5)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from app.modules.billing.gateways.client import ask, ask_all, keyed
from app.modules.billing.gateways.shapes import subscription_snapshot
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot

RUNNING = {"active", "trialing", "past_due", "unpaid", "paused"}


@dataclass(frozen=True, kw_only=True)
class CustomerDraft:
    """Who will be billed; `address` has Stripe's keys."""

    name: str
    email: str
    locale: str
    metadata: Mapping[str, str]
    address: Mapping[str, str] = field(default_factory=dict)


def create_customer(draft: CustomerDraft, *, key: tuple[object, ...]) -> str:
    """Make a customer and return its id; the same draft and key make one (S2). Raises as `ask`."""
    params: Any = {
        "name": draft.name,
        "email": draft.email,
        "preferred_locales": [draft.locale],
        "metadata": dict(draft.metadata),
    }
    if draft.address:
        params["address"] = dict(draft.address)
    digest = sha256(repr(sorted(asdict(draft).items())).encode()).hexdigest()[:16]
    options: Any = keyed(*key, digest)
    return str(ask(lambda stripe: stripe.v1.customers.create(params, options))["id"])


def is_deleted(customer_id: str) -> bool:
    """Whether somebody has deleted a customer at Stripe. Raises as `ask`."""
    return "deleted" in ask(lambda stripe: stripe.v1.customers.retrieve(customer_id))


def running_subscriptions(customer_id: str) -> list[SubscriptionSnapshot]:
    """Return what runs for a customer, plan and add-ons, unpaid ones too. Raises as `ask`."""
    of_customer: Any = {"customer": customer_id}
    found = ask_all(lambda stripe, page: stripe.v1.subscriptions.list(of_customer | page))
    return [subscription_snapshot(one) for one in found if one["status"] in RUNNING]
