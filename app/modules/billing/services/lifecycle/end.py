"""Subscriptions that our own clock ends: history, add-ons, audit entry and mail (D19, D40)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.kit.db import UnitOfWork
from app.kit.many_rows import update_rows
from app.modules.billing.models import MerchantSubscription, SubscriptionStatus
from app.modules.billing.services.notices import Note, Notice, notify_all
from app.modules.billing.services.subscription_changes import Changed, record_changes, told
from app.modules.core.public import AuditDraft, AuditTarget, record_audits


@dataclass(frozen=True, slots=True)
class Ending:
    """A locked subscription, its last status, since when, and what its owner is told."""

    subscription: MerchantSubscription
    status: SubscriptionStatus
    at: datetime
    notice: Notice


def end_by_calendar(work: UnitOfWork, endings: Sequence[Ending], *, job: str) -> None:
    """End subscriptions, by as many statements as for one; each owner is told once."""
    if not endings:
        return
    changed = [
        Changed(one.subscription, told(one.subscription), one.subscription.arr_cents)
        for one in endings
    ]
    update_rows(work.session, MerchantSubscription, [_ended(one) for one in endings])
    record_changes(work, changed, cause=job)
    record_audits(work, f"job:{job}", [_audit(one) for one in changed])
    notify_all(work, [_note(one) for one in endings])


def _ended(one: Ending) -> dict[str, object]:
    return {
        "id": one.subscription.id,
        "status": one.status,
        "cancelled_at": one.at,
        "cancel_at": None,
        "arr_cents": 0,
    }


def _audit(changed: Changed) -> AuditDraft:
    subscription, before = changed.subscription, changed.before
    assert before is not None
    assert subscription.cancelled_at is not None
    return AuditDraft(
        "subscription.ended",
        AuditTarget(
            "subscription",
            subscription.id,
            platform_id=subscription.platform_id,
            merchant_id=subscription.merchant_id,
        ),
        before={"status": before["status"]},
        after={"status": subscription.status, "ended_at": subscription.cancelled_at.isoformat()},
    )


def _note(one: Ending) -> Note:
    key = f"{one.status}:{one.at.isoformat()}"
    return Note(one.subscription, one.notice, key, {"ends_at": one.at})
