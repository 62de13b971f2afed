"""Features that this module owns (D6)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.contracts.declaring import DeclaredFeatures, FeaturesOf
from app.contracts.features import Enforcement, Reset, UsageRow, Window
from app.contracts.tenants import Owner
from app.modules.tenancy.repositories import usage
from app.modules.tenancy.services.limits import MAX_STORES, MAX_TEAM_MEMBERS

_own = FeaturesOf("tenancy")

FEATURES = (
    _own.number(MAX_TEAM_MEMBERS),
    _own.number(MAX_STORES),
    _own.number("max_api_requests_per_day", reset=Reset.DAY, enforcement=Enforcement.APPROXIMATE),
    _own.switch("api_access", "integrations"),
    _own.switch("sso", "branding"),
)


class TenancyFeatures(DeclaredFeatures):
    """Stores and seats are counted as they come and go."""

    def count_true_usage(
        self,
        db: Session,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> Iterable[UsageRow]:
        """Count stores and distinct people; API requests leave no rows to count."""
        for merchant_id, used in usage.count_stores(db, platform_id, merchant_ids=merchant_ids):
            yield UsageRow(merchant_id, MAX_STORES, used)
        for merchant_id, used in usage.count_members(db, platform_id, merchant_ids=merchant_ids):
            yield UsageRow(merchant_id, MAX_TEAM_MEMBERS, used)

    def usage_history(
        self, db: Session, merchant_id: int, platform_id: int, starts: Sequence[datetime]
    ) -> Mapping[str, Sequence[int]]:
        """Return stores opened less those deleted, and the people of the present team."""
        owner = Owner(merchant_id, platform_id)
        return {
            MAX_STORES: usage.stores_by_day(db, owner, starts),
            MAX_TEAM_MEMBERS: usage.members_by_day(db, owner, starts),
        }
