"""Versions of entitlements, and telling other processes of new ones (D18)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, select, text, update
from sqlalchemy.orm import Session

from app.kit.upsert import insert_or_ignore
from app.modules.billing.models import EntitlementEpoch

CHANNEL = "tierline_entitlements"


def raise_epoch(session: Session, platform_id: int, merchant_id: int, *, at: datetime) -> int:
    """Begin and return a new version; its row stays locked until commit, so versions only rise."""
    epoch = _raise(session, platform_id, merchant_id, at)
    if epoch is None:
        row = {
            "merchant_id": merchant_id,
            "platform_id": platform_id,
            "epoch": 0,
            "changed_at": at,
        }
        insert_or_ignore(session, EntitlementEpoch, [row])
        epoch = _raise(session, platform_id, merchant_id, at)
        assert epoch is not None
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT pg_notify(:channel, :scope)"),
            {"channel": CHANNEL, "scope": f"{platform_id}:{merchant_id}:{epoch}"},
        )
    return epoch


def changed_since(session: Session, since: datetime) -> Sequence[Row[int, int, int]]:
    """Return platform, merchant and epoch of what changed since a system time."""
    return session.execute(
        select(
            EntitlementEpoch.platform_id, EntitlementEpoch.merchant_id, EntitlementEpoch.epoch
        ).where(EntitlementEpoch.changed_at >= since)
    ).all()


def _raise(session: Session, platform_id: int, merchant_id: int, at: datetime) -> int | None:
    return session.scalar(
        update(EntitlementEpoch)
        .where(
            EntitlementEpoch.merchant_id == merchant_id,
            EntitlementEpoch.platform_id == platform_id,
        )
        .values(epoch=EntitlementEpoch.epoch + 1, changed_at=at)
        .returning(EntitlementEpoch.epoch),
        execution_options={"synchronize_session": False},
    )
