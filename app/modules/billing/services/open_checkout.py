"""One open checkout of a kind: found again, replaced, or begun (S5)."""

from collections.abc import Callable
from dataclasses import dataclass

from app.kit.db import unit_of_work
from app.kit.errors import AppError
from app.modules.billing.exceptions import CheckoutBusy
from app.modules.billing.gateways.snapshots import CheckoutSnapshot
from app.modules.billing.gateways.stripe_checkout import expire_session, fetch_session
from app.modules.billing.models import CheckoutIntent
from app.modules.billing.services.checkout_intents import (
    IntentWish,
    complete_intent,
    drop_intent,
    expire_intent,
    keep_session,
    open_intent,
)
from app.modules.billing.services.sync import sync_now

ATTEMPTS = 5
OPEN, COMPLETE = "open", "complete"

MakeSession = Callable[[CheckoutIntent], CheckoutSnapshot]


@dataclass(frozen=True)
class StartedCheckout:
    """Where the buyer goes to pay."""

    checkout_url: str
    session_id: str


def open_checkout(
    wish: IntentWish, make_session: MakeSession, *, already: type[AppError]
) -> StartedCheckout:
    """Return an open checkout for the wish: the one there is, or a new one.

    What is open for another thing of the same subject is closed first. `make_session` asks Stripe,
    with a key that names the intent and when it was made. Raises `already` where the open one
    turns out to be paid, DomainNameTaken, CheckoutBusy, and as `gateways.client.ask`.
    """
    for _ in range(ATTEMPTS):
        with unit_of_work() as work:
            intent = open_intent(work, wish)
        started = _go_on(wish, intent, make_session, already=already)
        if started is not None:
            return started
    raise CheckoutBusy


def settle_session(session: CheckoutSnapshot) -> None:
    """Bring what a session came to into our own rows, by the way that webhooks take (S6)."""
    if session.status == OPEN:
        return
    is_paid = session.status == COMPLETE
    if is_paid and session.subscription_id is not None:
        sync_now(session.subscription_id)
    with unit_of_work() as work:
        (complete_intent if is_paid else expire_intent)(work, session.id)


def _go_on(
    wish: IntentWish, intent: CheckoutIntent, make_session: MakeSession, *, already: type[AppError]
) -> StartedCheckout | None:
    """Return the intent's session where it serves the wish; None once it is out of the way."""
    fits = wish.is_served_by(intent)
    if intent.session_id is None and fits:
        return _begin(intent, make_session)
    if intent.session_id is None:
        with unit_of_work() as work:
            drop_intent(work, intent.id)
        return None
    session = fetch_session(intent.session_id)
    if session.status == COMPLETE:
        settle_session(session)
        raise already
    if session.status == OPEN and fits and session.customer_id == wish.customer_id:
        return _started(session)
    if session.status == OPEN and not expire_session(session.id):
        return None  # paid or run out this very moment: the next look tells which
    with unit_of_work() as work:
        expire_intent(work, session.id)
    return None


def _begin(intent: CheckoutIntent, make_session: MakeSession) -> StartedCheckout | None:
    """Ask for a session; where another tab's was kept instead, close this one at once."""
    session = make_session(intent)
    with unit_of_work() as work:
        is_kept = keep_session(work, intent.id, session)
    if is_kept:
        return _started(session)
    expire_session(session.id)
    return None


def _started(session: CheckoutSnapshot) -> StartedCheckout:
    return StartedCheckout(session.url or "", session.id)
