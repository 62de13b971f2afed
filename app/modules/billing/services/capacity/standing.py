"""The present figures of a scope: of the last snapshot, or measured now where there is none."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.clocks import business_now
from app.modules.billing.repositories import capacity_rows
from app.modules.billing.services.capacity.history import METRICS, point_of, scopes_of
from app.modules.billing.services.capacity.infrastructure import InfrastructureTier, tier_for
from app.modules.billing.services.capacity.measure import measure


@dataclass(frozen=True)
class Standing:
    """Figures by metric, with the time they were taken at."""

    values: dict[str, int]
    taken_at: datetime

    @property
    def infrastructure_tier(self) -> InfrastructureTier:
        """The size that so many active clients need."""
        return tier_for(self.values["active_clients"])


def standing(db: Session, scope: AdminScope) -> Standing:
    """Return the present figures of a scope; several platforms are added up."""
    newest = [row for name in scopes_of(scope) if (row := capacity_rows.newest(db, name))]
    if newest:
        values = dict(point_of(newest).values)
        values["storage_files"] = sum(row.storage_files for row in newest)
        return Standing(values, min(row.taken_at for row in newest))
    found = measure(db)
    chosen = [None] if scope.platform_ids is None else sorted(scope.platform_ids)
    parts = [found[one].columns for one in chosen if one in found]
    names = (*METRICS, "storage_files")
    summed = {name: sum(part.get(name, 0) for part in parts) for name in names}
    return Standing(summed | {"database_bytes": capacity_rows.database_bytes(db)}, business_now())
