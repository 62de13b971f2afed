"""Shapes of kept mails."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class MailOut(BaseModel):
    """A kept mail in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    to: str
    subject: str
    locale: str
    created_at: datetime


class MailDetailOut(MailOut):
    """A kept mail with both of its bodies."""

    text: str
    html: str
