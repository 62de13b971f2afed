"""Platforms that anybody may sign up on."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.modules.tenancy.models import Platform

MAX_CHOICES = 100


def find_open_platform(session: Session, code: str) -> Platform | None:
    """Return the active platform with a code."""
    return session.scalars(
        select(Platform).where(Platform.code == code, Platform.is_active)
    ).first()


def open_platforms(session: Session) -> list[Platform]:
    """Return the active platforms by name; at most `MAX_CHOICES`."""
    return list(
        session.scalars(
            select(Platform)
            .where(Platform.is_active)
            .order_by(Platform.name, Platform.id)
            .limit(MAX_CHOICES)
        )
    )
