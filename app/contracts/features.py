"""Features: what modules declare, what they report, and whom everyone asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from app.contracts.ports import Port
from app.contracts.tenants import Owner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.kit.db import UnitOfWork


class FeatureType(StrEnum):
    """How a feature is limited."""

    QUANTITATIVE = "quantitative"
    BINARY = "binary"


class Reset(StrEnum):
    """When a usage counter begins anew (D15)."""

    NEVER = "never"
    BILLING_MONTH = "billing_month"
    DAY = "day"


class Enforcement(StrEnum):
    """How strictly a limit is kept (D16)."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    ADVISORY = "advisory"


class Per(StrEnum):
    """What a limit counts for: the whole merchant, or each single item."""

    MERCHANT = "merchant"
    ITEM = "item"


@dataclass(frozen=True)
class FeatureDeclaration:
    """A feature as its owner declares it (D4); the keys name texts in the owner's catalogs."""

    code: str
    name_key: str
    description_key: str
    category: str
    feature_type: FeatureType
    usage_name_key: str | None = None
    unit: str | None = None
    reset: Reset = Reset.NEVER
    enforcement: Enforcement = Enforcement.EXACT
    per: Per = Per.MERCHANT


@dataclass(frozen=True)
class Window:
    """A half-open span of time in which usage is counted."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class UsageRow:
    """True usage of one feature by one merchant, counted from the owner's rows."""

    merchant_id: int
    feature_code: str
    used: int


class FeatureProviderProtocol(Protocol):
    """A module that owns features and knows how much of them is used (D4)."""

    def declare(self) -> Sequence[FeatureDeclaration]:
        """Return the module's features in the order in which pages show them."""

    def get_current_usage(
        self, db: "Session", merchant_id: int, platform_id: int, windows: Mapping[str, Window]
    ) -> dict[str, int]:
        """Return usage of one merchant by code, for the features that keep no counter.

        `windows` holds, by code, the window of each feature that resets.
        """

    def count_true_usage(
        self,
        db: "Session",
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> Iterable[UsageRow]:
        """Count the module's own rows of its exact features by set queries, for reconcile.

        `merchant_ids` None is everyone on the platform; `windows` holds, by merchant, the
        window of features that reset monthly. A merchant without rows may be left out (0).
        """


@runtime_checkable
class UsageHistoryProtocol(Protocol):
    """A feature provider that can also tell how usage came about (D4)."""

    def usage_history(
        self, db: "Session", merchant_id: int, platform_id: int, starts: Sequence[datetime]
    ) -> Mapping[str, Sequence[int]]:
        """Return, by feature, the units taken less those given back between each instant and the
        next, read from the module's own rows of one merchant; asked for on demand.
        """


class Reason(StrEnum):
    """Why a feature is open or closed (D41)."""

    OK = "ok"
    NOT_IN_PLAN = "not_in_plan"
    LIMIT_REACHED = "limit_reached"
    OVERRIDE_OFF = "override_off"
    SUBSCRIPTION_INACTIVE = "subscription_inactive"
    USAGE_UNAVAILABLE = "usage_unavailable"


class Access(StrEnum):
    """What the status of a subscription leaves open (D11)."""

    FULL = "full"
    GRACE = "grace"
    RESTRICTED = "restricted"


@dataclass(frozen=True)
class UpgradeOffer:
    """The cheapest public tier that would allow it (D17); the price in minor units a month."""

    code: str
    name: str
    price_monthly_cents: int


@dataclass(frozen=True)
class FeatureAnswer:
    """An advisory answer, at most a second old (D18); None is unlimited, 0 is none (D8).

    `enabled` says whether it is in the plan, `allowed` whether one more unit would pass now.
    """

    code: str
    allowed: bool
    reason: Reason
    enabled: bool
    limit: int | None
    current: int
    remaining: int | None
    scope: str


class FeatureGateProtocol(Protocol):
    """Where everyone asks whether a merchant may do something, and takes units of limits."""

    def check(self, owner: Owner, feature_code: str) -> FeatureAnswer:
        """Answer for pages and scripts; never raises for a closed feature."""

    def access(self, owner: Owner) -> Access:
        """Return what the merchant's subscription leaves open."""

    def offer(self, owner: Owner, feature_code: str) -> UpgradeOffer | None:
        """Return the tier to upgrade to for one more unit of a feature, or for the feature."""

    def require(
        self, owner: Owner, feature_code: str, *, open_when_restricted: bool = False
    ) -> None:
        """Refuse what the plan lacks, advisory; exports stay open while restricted (D11).

        Raises FeatureNotAvailable, SubscriptionInactive.
        """

    def require_per_item(self, owner: Owner, feature_code: str, *, wanted: int) -> None:
        """Refuse an item with more than the plan allows each item to have (`Per.ITEM`).

        Raises FeatureLimitReached, FeatureNotAvailable, SubscriptionInactive.
        """

    def reserve(self, work: "UnitOfWork", owner: Owner, units: Mapping[str, int]) -> None:
        """Take units of exact limits inside the caller's transaction, all or none (D16).

        To be called last, when the rows that use the units are written: the counter stays locked
        until commit, and one that does not exist yet is counted from the rows.
        Raises FeatureLimitReached, FeatureNotAvailable, SubscriptionInactive, UsageUnavailable.
        """

    def release(
        self,
        work: "UnitOfWork",
        owner: Owner,
        units: Mapping[str, int],
        *,
        taken_at: datetime | None = None,
    ) -> None:
        """Give units back inside the caller's transaction, after the rows are gone; never refused.

        `taken_at` says when they were taken, for features that reset.
        """

    def record(self, work: "UnitOfWork", owner: Owner, units: Mapping[str, int]) -> None:
        """Count units that may not be refused: inbound orders (D17); after the rows are written."""

    def admit_inbound(self, owner: Owner) -> bool:
        """Whether an inbound order comes while access is full or in grace; False: restricted.

        Raises SubscriptionInactive where the platform refuses them then (D17).
        """

    def admit_api_request(self, owner: Owner) -> None:
        """Let one request of a merchant's own token in, and count it approximately (D16).

        Raises FeatureNotAvailable without `api_access`, ApiQuotaReached above the day's quota.
        """


gate: Port[FeatureGateProtocol] = Port("feature_gate")
feature_providers: Port[Sequence[FeatureProviderProtocol]] = Port("feature_providers")
