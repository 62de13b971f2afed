"""Figures that modules offer to dashboards and forecasts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from app.contracts.ports import Port
from app.contracts.tenants import AdminScope, StoreRef

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from app.kit.db import UnitOfWork

May = Callable[[str], bool]
ACTIVITY_DAYS = 30  # who did something in so many days is an active client (D33)


class PlatformFigure(StrEnum):
    """What a platform is measured by; each is told by one module."""

    MERCHANTS = "merchants"
    STORES = "stores"
    TEAM_MEMBERS = "team_members"
    PRODUCTS = "products"
    ORDERS_30D = "orders_30d"
    STORAGE_BYTES = "storage_bytes"
    STORAGE_FILES = "storage_files"


@dataclass(frozen=True)
class PlatformMetric:
    """One figure of one platform; None is all of them, where the same merchant counts once."""

    platform_id: int | None
    figure: PlatformFigure
    value: int


@dataclass(frozen=True)
class StoreSeries:
    """What happened in a store, a number for each of its days; `label_key` names its text.

    `unit` is `count`, or `cents` for money in minor units.
    """

    code: str
    label_key: str
    values: Sequence[int]
    unit: str = "count"


@dataclass(frozen=True)
class DashboardFigure:
    """One figure of a first page, in the reader's language.

    `note` says what stands behind it, or how it moved: with sign and period, and then `trend` is
    `up`, which is good, or `down`. `href` leads to what was counted. Smaller `order` comes first.
    """

    label: str
    text: str
    note: str | None = None
    trend: str | None = None
    href: str | None = None
    order: int = 100


class MetricsProviderProtocol(Protocol):
    """A module that offers figures of what it holds.

    Whoever derives from it leaves out what the module cannot tell. `may` says whether the reader
    of a first page holds a permission there.
    """

    def platform_metrics(self, db: "Session", since: datetime) -> Iterable[PlatformMetric]:
        """Return figures of every platform and of all, by set queries; recent ones since then."""
        return ()

    def active_merchants(self, since: datetime) -> "Iterable[Select[int, int]]":
        """Return queries of platform and merchant that did something since then; repeats may be.

        Whoever asks joins the queries of all modules into one.
        """
        return ()

    def store_series(
        self, db: "Session", store: StoreRef, starts: Sequence[datetime]
    ) -> Iterable[StoreSeries]:
        """Return what happened in a store between each of these instants and the next."""
        return ()

    def admin_figures(
        self, work: "UnitOfWork", scope: AdminScope, may: May
    ) -> Iterable[DashboardFigure]:
        """Return what operators see first of the platforms in scope."""
        return ()

    def merchant_figures(
        self, work: "UnitOfWork", merchant_id: int, may: May
    ) -> Iterable[DashboardFigure]:
        """Return what owners see first of all their stores."""
        return ()

    def store_figures(
        self, work: "UnitOfWork", store: StoreRef, may: May
    ) -> Iterable[DashboardFigure]:
        """Return what everybody in a store sees first."""
        return ()


class HealthCheckProtocol(Protocol):
    """A part of the system that can say whether it works."""

    @property
    def name(self) -> str:
        """Return what pages and programs call it."""

    def check(self) -> str | None:
        """Return None when healthy, else a sentence that says what is wrong."""


metrics_providers: Port[Sequence[MetricsProviderProtocol]] = Port("metrics_providers")
health_checks: Port[Sequence[HealthCheckProtocol]] = Port("health_checks")
