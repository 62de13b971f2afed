"""Which objects the database knows."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.modules.media.models import MediaObject


def known_keys(session: Session, keys: Sequence[str]) -> set[str]:
    """Return those of `keys` that have a row."""
    rows = select(MediaObject.key).where(MediaObject.key.in_(keys))
    return set(session.scalars(rows)) if keys else set()


def objects_after(session: Session, after_id: int, *, count: int) -> Sequence[MediaObject]:
    """Return the next `count` objects by id."""
    rows = select(MediaObject).where(MediaObject.id > after_id).order_by(MediaObject.id)
    return session.scalars(rows.limit(count)).all()
