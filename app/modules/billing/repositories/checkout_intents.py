"""Finding and ending checkouts; the merchant first."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.modules.billing.models import CheckoutIntent, IntentStatus, StoreAddOn

LEEWAY = timedelta(minutes=5)  # between our clock and Stripe's


def find_open(session: Session, owner: Owner, subject: str) -> CheckoutIntent | None:
    """Return what a merchant is about to buy of a subject."""
    return session.scalars(
        select(CheckoutIntent).where(
            CheckoutIntent.merchant_id == owner.merchant_id,
            CheckoutIntent.platform_id == owner.platform_id,
            CheckoutIntent.subject == subject,
            CheckoutIntent.status == IntentStatus.OPEN,
        )
    ).first()


def find_of_session(session: Session, owner: Owner, session_id: str) -> CheckoutIntent | None:
    """Return a merchant's checkout by its session at Stripe."""
    return session.scalars(
        select(CheckoutIntent).where(
            CheckoutIntent.merchant_id == owner.merchant_id,
            CheckoutIntent.platform_id == owner.platform_id,
            CheckoutIntent.session_id == session_id,
        )
    ).first()


def lock_open(session: Session, intent_id: int) -> CheckoutIntent | None:
    """Return an intent that is still open; nobody else writes it until commit."""
    return session.scalars(
        select(CheckoutIntent)
        .where(CheckoutIntent.id == intent_id, CheckoutIntent.status == IntentStatus.OPEN)
        .with_for_update()
    ).first()


def end(session: Session, session_id: str, status: IntentStatus) -> None:
    """Give the intent of a session its last status; what was paid never expires."""
    session.execute(
        update(CheckoutIntent)
        .where(
            CheckoutIntent.session_id == session_id,
            CheckoutIntent.status != IntentStatus.COMPLETED,
        )
        .values(status=status)
    )


def drop(session: Session, intent_id: int) -> None:
    """Expire an intent that has no session yet."""
    session.execute(
        update(CheckoutIntent)
        .where(CheckoutIntent.id == intent_id, CheckoutIntent.session_id.is_(None))
        .values(status=IntentStatus.EXPIRED)
    )


def addon_is_here(session: Session, intent: CheckoutIntent) -> bool:
    """Whether the add-on of a checkout was written since it began."""
    found = session.scalars(
        select(StoreAddOn.id).where(
            StoreAddOn.merchant_id == intent.merchant_id,
            StoreAddOn.store_id == intent.store_id,
            StoreAddOn.addon_product_id == intent.addon_product_id,
            StoreAddOn.domain_name.is_not_distinct_from(intent.domain_name),
            StoreAddOn.purchased_at >= intent.created_at - LEEWAY,
        )
    )
    return found.first() is not None
