"""Features: what modules declare, what they report, and whom everyone asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

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
        """Return usage of one merchant by code, for the features that keep no counter."""

    def count_true_usage(
        self,
        db: "Session",
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> Iterable[UsageRow]:
        """Count the owner's rows by one set query; `windows` holds each merchant's own."""


class FeatureGateProtocol(Protocol):
    """Where everyone asks whether a merchant may do something, and takes units of limits."""

    def require(self, owner: Owner, feature_code: str) -> None:
        """Refuse what the plan lacks; advisory, at most a second old (D18).

        Raises FeatureNotAvailable, SubscriptionInactive.
        """

    def reserve(self, work: "UnitOfWork", owner: Owner, units: Mapping[str, int]) -> None:
        """Take units of exact limits inside the caller's transaction, all or none (D16).

        Raises FeatureLimitReached, FeatureNotAvailable, SubscriptionInactive, UsageUnavailable.
        """

    def release(self, work: "UnitOfWork", owner: Owner, units: Mapping[str, int]) -> None:
        """Give units back inside the caller's transaction; never refused."""


gate: Port[FeatureGateProtocol] = Port("feature_gate")
