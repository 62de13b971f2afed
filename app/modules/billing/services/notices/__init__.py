"""What owners are told of their subscription by mail, once per transition (S14)."""

from app.modules.billing.services.notices.facts import Facts
from app.modules.billing.services.notices.notify import Note, Notice, notify, notify_all

__all__ = ["Facts", "Note", "Notice", "notify", "notify_all"]
