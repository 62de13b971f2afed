"""Versions of entitlements, and telling other processes of new ones (D18)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import UpdateBase, select, text
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.many_rows import insertion, run
from app.modules.billing.models import EntitlementEpoch

CHANNEL = "tierline_entitlements"
_COLUMNS = (
    EntitlementEpoch.platform_id,
    EntitlementEpoch.merchant_id,
    EntitlementEpoch.epoch,
    EntitlementEpoch.changed_at,
)
_NOTIFY = text("SELECT pg_notify(:channel, change) FROM unnest(CAST(:changes AS text[])) AS change")


class Change(NamedTuple):
    """A version of somebody's entitlements; merchant 0 is the whole platform.

    When it began tells it from a version of another database that has the same number.
    """

    platform_id: int
    merchant_id: int
    epoch: int
    changed_at: datetime

    @property
    def scope(self) -> tuple[int, int]:
        """Whose version it is: platform and merchant."""
        return self.platform_id, self.merchant_id

    @property
    def text(self) -> str:
        """What processes tell each other, without white space."""
        return f"{self.platform_id}:{self.merchant_id}:{self.epoch}:{self.changed_at.isoformat()}"

    @classmethod
    def from_text(cls, text: str) -> "Change":
        """Read what another process told. Raises ValueError."""
        platform_id, merchant_id, epoch, changed_at = text.split(":", 3)
        return cls(
            int(platform_id), int(merchant_id), int(epoch), datetime.fromisoformat(changed_at)
        )


def raise_epochs(session: Session, owners: Collection[Owner], *, at: datetime) -> Sequence[Change]:
    """Begin new versions and return them; their rows stay locked until commit, so versions only
    rise.

    They are locked in order, so that two who raise several do not wait for each other for ever.
    """
    if not owners:
        return []
    rows = [{**owner._asdict(), "epoch": 1, "changed_at": at} for owner in sorted(owners)]
    dialect = session.get_bind().dialect.name
    raised = [Change(*row) for row in run(session, _raise(dialect), rows)]
    if dialect == "postgresql":
        told = {"channel": CHANNEL, "changes": [one.text for one in raised]}
        session.execute(_NOTIFY, told)
    return raised


def changed_since(session: Session, since: datetime) -> Sequence[Change]:
    """Return what changed since a system time."""
    rows = session.execute(select(*_COLUMNS).where(EntitlementEpoch.changed_at >= since))
    return [Change(*row) for row in rows]


@cache
def _raise(dialect: str) -> UpdateBase:
    """The statement that inserts a first version, or raises the one that is there."""
    columns = ("merchant_id", "platform_id", "epoch", "changed_at")
    new = insertion(dialect, EntitlementEpoch, columns)
    return new.on_conflict_do_update(
        index_elements=[EntitlementEpoch.merchant_id, EntitlementEpoch.platform_id],
        set_={"epoch": EntitlementEpoch.epoch + 1, "changed_at": new.excluded.changed_at},
    ).returning(*_COLUMNS)
