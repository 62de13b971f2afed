"""Figures that modules offer to dashboards and forecasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.contracts.tenants import AdminScope

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Metric:
    """One figure; `label_key` names its text, `unit` is `count`, `bytes` or `cents`."""

    code: str
    label_key: str
    value: int
    unit: str = "count"


class MetricsProviderProtocol(Protocol):
    """A module that offers figures of what it holds."""

    def admin_metrics(self, db: "Session", scope: AdminScope) -> Sequence[Metric]:
        """Return figures over the platforms in scope."""

    def store_metrics(self, db: "Session", store_id: int) -> Sequence[Metric]:
        """Return figures of one store."""


class HealthCheckProtocol(Protocol):
    """A part of the system that can say whether it works."""

    name: str

    def check(self) -> str | None:
        """Return None when healthy, else a sentence that says what is wrong."""
