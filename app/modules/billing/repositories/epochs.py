"""Versions of entitlements, and telling other processes of new ones (D18)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Row, UpdateBase, select, text
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.many_rows import insertion, run
from app.modules.billing.models import EntitlementEpoch

CHANNEL = "tierline_entitlements"
_NOTIFY = text("SELECT pg_notify(:channel, scope) FROM unnest(CAST(:scopes AS text[])) AS scope")


def raise_epochs(
    session: Session, owners: Collection[Owner], *, at: datetime
) -> Sequence[Row[int, int, int]]:
    """Begin new versions and return them as (platform_id, merchant_id, epoch); their rows stay
    locked until commit, so versions only rise.

    They are locked in order, so that two who raise several do not wait for each other for ever.
    """
    if not owners:
        return []
    rows = [{**owner._asdict(), "epoch": 1, "changed_at": at} for owner in sorted(owners)]
    dialect = session.get_bind().dialect.name
    raised = run(session, _raise(dialect), rows).all()
    if dialect == "postgresql":
        scopes = [":".join(map(str, one)) for one in raised]
        session.execute(_NOTIFY, {"channel": CHANNEL, "scopes": scopes})
    return raised


def changed_since(session: Session, since: datetime) -> Sequence[Row[int, int, int]]:
    """Return platform, merchant and epoch of what changed since a system time."""
    return session.execute(
        select(
            EntitlementEpoch.platform_id, EntitlementEpoch.merchant_id, EntitlementEpoch.epoch
        ).where(EntitlementEpoch.changed_at >= since)
    ).all()


@cache
def _raise(dialect: str) -> UpdateBase:
    """The statement that inserts a first version, or raises the one that is there."""
    columns = ("merchant_id", "platform_id", "epoch", "changed_at")
    new = insertion(dialect, EntitlementEpoch, columns)
    return new.on_conflict_do_update(
        index_elements=[EntitlementEpoch.merchant_id, EntitlementEpoch.platform_id],
        set_={"epoch": EntitlementEpoch.epoch + 1, "changed_at": new.excluded.changed_at},
    ).returning(EntitlementEpoch.platform_id, EntitlementEpoch.merchant_id, EntitlementEpoch.epoch)
