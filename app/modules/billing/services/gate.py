"""The gate that every module asks (contract `FeatureGateProtocol`)."""

from collections.abc import Mapping
from datetime import datetime

from app.contracts.features import Access, Reason, UpgradeOffer
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.exceptions import (
    FeatureLimitReached,
    SubscriptionInactive,
)
from app.modules.billing.services.api_quota import ApiQuota, quota_reached
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.offers import find_offer
from app.modules.billing.services.refusals import refuse
from app.modules.billing.services.reserve import record_units, release_units, reserve_units
from app.modules.billing.services.tables import tables
from app.modules.billing.services.windows import window_of

API_ACCESS = "api_access"
API_QUOTA = "max_api_requests_per_day"
INBOUND = "max_orders_per_month"


class FeatureGate:
    """Advisory answers from decision tables, exact ones in the caller's transaction."""

    check = staticmethod(tables().answer)  # itself: a call around it would cost a third more

    def __init__(self, quota: ApiQuota) -> None:
        self.quota = quota

    def access(self, owner: Owner) -> Access:
        """Return what the merchant's subscription leaves open."""
        return tables().table(owner, with_usage=False).loaded.entitlements.access

    def offer(self, owner: Owner, feature_code: str) -> UpgradeOffer | None:
        """Return the tier to upgrade to."""
        used = self.check(owner, feature_code).current
        with unit_of_work(read_only=True) as work:
            return find_offer(
                work.session, owner.platform_id, registry().get(feature_code), used=used
            )

    def require(
        self, owner: Owner, feature_code: str, *, open_when_restricted: bool = False
    ) -> None:
        """Refuse what the plan lacks. Raises FeatureNotAvailable, SubscriptionInactive."""
        self._require(owner, feature_code, wanted=0, open_when_restricted=open_when_restricted)

    def require_per_item(self, owner: Owner, feature_code: str, *, wanted: int) -> None:
        """Refuse an item with more than allowed. Raises FeatureLimitReached and as `require`."""
        self._require(owner, feature_code, wanted=wanted)

    def reserve(self, work: UnitOfWork, owner: Owner, units: Mapping[str, int]) -> None:
        """Take units; see `reserve_units`."""
        reserve_units(work, owner, units)

    def release(
        self,
        work: UnitOfWork,
        owner: Owner,
        units: Mapping[str, int],
        *,
        taken_at: datetime | None = None,
    ) -> None:
        """Give units back; see `release_units`."""
        release_units(work, owner, units, taken_at=taken_at)

    def record(self, work: UnitOfWork, owner: Owner, units: Mapping[str, int]) -> None:
        """Count what may not be refused; see `record_units`."""
        record_units(work, owner, units)

    def admit_inbound(self, owner: Owner) -> bool:
        """Whether access is open; where it is not, the platform may refuse (D17)."""
        loaded = tables().table(owner, with_usage=False).loaded
        if loaded.entitlements.access is not Access.RESTRICTED:
            return True
        if loaded.refuses_inbound:
            raise SubscriptionInactive(INBOUND, current=0, limit=None, upgrade_to=None)
        return False

    def admit_api_request(self, owner: Owner) -> None:
        """Let a merchant's own program in, while the day's quota lasts (D16).

        Raises FeatureNotAvailable, SubscriptionInactive, ApiQuotaReached.
        """
        self.require(owner, API_ACCESS)
        used = self.check(owner, API_QUOTA).current + self.quota.not_yet_counted(owner)
        try:
            self._require(owner, API_QUOTA, used=used, wanted=1)
        except FeatureLimitReached as refused:
            now = business_now()
            rules = tables().table(owner, with_usage=False).loaded.windows
            day = window_of(registry().get(API_QUOTA), rules, now)
            raise quota_reached(refused, day=day, now=now) from None
        self.quota.count(owner)

    def _require(
        self,
        owner: Owner,
        feature_code: str,
        *,
        wanted: int,
        used: int = 0,
        open_when_restricted: bool = False,
    ) -> None:
        declaration = registry().get(feature_code)
        loaded = tables().table(owner, with_usage=False).loaded
        entitlements = loaded.entitlements
        if open_when_restricted and entitlements.access is Access.RESTRICTED:
            return
        reason = entitlements.decide(declaration, used=used, wanted=wanted)
        if reason is not Reason.OK:
            with unit_of_work(read_only=True) as work:
                refuse(
                    work.session,
                    owner,
                    declaration,
                    reason=reason,
                    used=used,
                    wanted=wanted,
                    loaded=loaded,
                )
