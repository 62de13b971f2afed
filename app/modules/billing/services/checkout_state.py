"""How far one's own checkout has come, for the page that the buyer returns to (S6)."""

from dataclasses import dataclass

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.exceptions import CheckoutNotFound
from app.modules.billing.gateways.stripe_checkout import fetch_session
from app.modules.billing.models import CheckoutIntent, IntentStatus, Purpose
from app.modules.billing.repositories import checkout_intents, entitlement_rows
from app.modules.billing.services.checkout import is_live_at_stripe
from app.modules.billing.services.open_checkout import settle_session


@dataclass(frozen=True)
class CheckoutState:
    """Where a checkout stands; `is_reflected` once our own rows show what was bought."""

    status: IntentStatus
    purpose: Purpose
    is_reflected: bool


def get_checkout_state(owner: Owner, session_id: str) -> CheckoutState:
    """Return where a checkout of a merchant stands in our own rows. Raises CheckoutNotFound."""
    with unit_of_work(read_only=True) as work:
        intent = checkout_intents.find_of_session(work.session, owner, session_id)
        if intent is None:
            raise CheckoutNotFound
        return CheckoutState(
            IntentStatus(intent.status), Purpose(intent.purpose), _is_reflected(work, owner, intent)
        )


def sync_checkout(owner: Owner, session_id: str) -> CheckoutState:
    """Ask Stripe where our rows do not show it yet, and take over what it says.

    Raises CheckoutNotFound, and as `gateways.client.ask`.
    """
    state = get_checkout_state(owner, session_id)
    if state.is_reflected:
        return state
    settle_session(fetch_session(session_id))
    return get_checkout_state(owner, session_id)


def _is_reflected(work: UnitOfWork, owner: Owner, intent: CheckoutIntent) -> bool:
    if intent.status != IntentStatus.COMPLETED:
        return False
    if intent.purpose == Purpose.ADDON:
        return checkout_intents.addon_is_here(work.session, intent)
    subscription = entitlement_rows.find_subscription(work.session, owner)
    return is_live_at_stripe(subscription)
