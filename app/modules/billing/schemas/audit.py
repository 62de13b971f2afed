"""Shapes of the audit log."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel


class AuditEntryOut(BaseModel):
    """Who did what, when; `before` and `after` hold what changed, personal fields masked."""

    id: int
    at: datetime
    actor: str
    actor_name: str | None
    action: str
    target_type: str
    target_id: int
    platform_id: int | None
    merchant_id: int | None
    merchant_name: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    request_id: str | None
