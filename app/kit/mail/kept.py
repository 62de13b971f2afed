"""Mails that are kept instead of sent, where no mail server is set; shown to the super admin."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import UnitOfWork
from app.kit.mail.message import Mail
from app.kit.models import Base, PrimaryKey


class KeptMail(Base):
    """One mail as its reader would have seen it; free of tenants. `created_at` is business time."""

    __tablename__ = "kept_mails"

    id: Mapped[PrimaryKey]
    to: Mapped[str] = mapped_column(String(320), index=True)
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    locale: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(index=True)


def keep(work: UnitOfWork, mail: Mail) -> None:
    """Store a mail."""
    work.session.add(
        KeptMail(
            to=mail.to,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            locale=mail.locale,
            created_at=mail.written_at,
        )
    )
