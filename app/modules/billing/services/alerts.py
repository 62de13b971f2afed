"""What an operator has to look at: kept, logged, and mailed once for each cause."""

from typing import Any

import structlog

from app.kit import outbox
from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.kit.upsert import insert_or_ignore
from app.modules.billing.models import OperatorAlert

ALERT_MAIL = "billing.alert_mail"

_log = structlog.get_logger(__name__)


def alert(
    work: UnitOfWork,
    kind: str,
    *,
    key: str,
    platform_id: int | None = None,
    merchant_id: int | None = None,
    **details: Any,
) -> bool:
    """Tell operators of something that no code can put right; whether it is news.

    `kind` names the text `billing.alerts.<kind>`; the same `key` of a kind is told once, ever, so
    it names the cause and not the event. `details` are JSON and hold no secrets. In the
    caller's transaction: what is rolled back was not told.
    """
    row = {
        "kind": kind,
        "key": key,
        "platform_id": platform_id,
        "merchant_id": merchant_id,
        "details": details,
        "created_at": system_now(),
    }
    is_news = insert_or_ignore(work.session, OperatorAlert, [row]) == 1
    if is_news:
        _log.error("operator_alert", kind=kind, key=key, merchant_id=merchant_id, **details)
        outbox.put(work, ALERT_MAIL, {"kind": kind, "key": key}, dedupe_key=f"{kind}:{key}")
    return is_news
