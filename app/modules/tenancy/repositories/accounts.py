"""Finding accounts by what people know of them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.modules.tenancy.models import User


def find_by_email(session: Session, email: str) -> User | None:
    """Return the account of a mail address in its normal form."""
    return session.scalars(select(User).where(User.email == email)).first()


def lock_account(session: Session, user_id: int) -> User:
    """Return an account, kept from others' changes until the transaction ends."""
    return session.scalars(select(User).where(User.id == user_id).with_for_update()).one()
