"""What somebody is about to buy, written down before Stripe is asked (S2, S5, D30)."""

from dataclasses import dataclass
from datetime import timedelta

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.upsert import insert_or_ignore
from app.modules.billing.exceptions import DomainNameTaken
from app.modules.billing.gateways.snapshots import CheckoutSnapshot
from app.modules.billing.models import CheckoutIntent, IntentStatus, Purpose
from app.modules.billing.repositories import checkout_intents as rows

LASTS = timedelta(hours=23)
LEAST_LEFT = timedelta(minutes=40)


@dataclass(frozen=True, kw_only=True)
class IntentWish:
    """A plan, or an add-on for a store, that somebody wants to buy.

    One of each `subject` is open at a time for a merchant and platform; an open one also reserves
    its `domain_name`. `customer_id` is who pays, `actor` who asks.
    """

    owner: Owner
    customer_id: str
    store_id: int
    purpose: Purpose
    subject: str
    actor: str
    tier_id: int | None = None
    is_annual: bool = False
    addon_product_id: int | None = None
    domain_name: str | None = None
    lasts: timedelta = LASTS

    def is_served_by(self, intent: CheckoutIntent) -> bool:
        """Whether an open intent is for the same thing, with time enough left to pay."""
        things = ("store_id", "tier_id", "is_annual", "addon_product_id", "domain_name")
        is_same = all(getattr(self, name) == getattr(intent, name) for name in things)
        return is_same and intent.expires_at - business_now() > LEAST_LEFT


def open_intent(work: UnitOfWork, wish: IntentWish) -> CheckoutIntent:
    """Return the open intent of the wish's subject: a new one, or what is open already.

    What is open may be for another thing (`IntentWish.is_served_by`). Raises DomainNameTaken where
    another checkout has reserved the name.
    """
    insert_or_ignore(work.session, CheckoutIntent, [_row(wish)])
    found = rows.find_open(work.session, wish.owner, wish.subject)
    if found is None:
        raise DomainNameTaken
    return found


def keep_session(work: UnitOfWork, intent_id: int, session: CheckoutSnapshot) -> bool:
    """Remember the session of an open intent; the first one stays. Whether it is this one."""
    intent = rows.lock_open(work.session, intent_id)
    if intent is None:
        return False
    if intent.session_id is None:
        intent.session_id, intent.session_url = session.id, session.url
        intent.expires_at = session.expires_at
    return intent.session_id == session.id


def complete_intent(work: UnitOfWork, session_id: str) -> None:
    """Note that a session was paid, or will be; nothing where the session is not ours."""
    rows.end(work.session, session_id, IntentStatus.COMPLETED)


def expire_intent(work: UnitOfWork, session_id: str) -> None:
    """Give free what an open intent reserved; nothing where the session is not ours, or paid."""
    rows.end(work.session, session_id, IntentStatus.EXPIRED)


def drop_intent(work: UnitOfWork, intent_id: int) -> None:
    """Give free what an intent without a session reserved."""
    rows.drop(work.session, intent_id)


def _row(wish: IntentWish) -> dict[str, object]:
    now = business_now()
    return {
        "merchant_id": wish.owner.merchant_id,
        "platform_id": wish.owner.platform_id,
        "store_id": wish.store_id,
        "purpose": wish.purpose,
        "subject": wish.subject,
        "tier_id": wish.tier_id,
        "is_annual": wish.is_annual,
        "addon_product_id": wish.addon_product_id,
        "domain_name": wish.domain_name,
        "status": IntentStatus.OPEN,
        "expires_at": now + wish.lasts,
        "created_at": now,
        "created_by": wish.actor,
    }
