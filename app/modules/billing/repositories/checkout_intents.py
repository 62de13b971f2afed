"""Finding and ending checkouts; the merchant first."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.modules.billing.models import CheckoutIntent, IntentStatus


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
