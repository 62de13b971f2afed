"""Whether everything works: the host, the database, and what each module says of itself."""

from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

import psutil
import structlog
from sqlalchemy import text

from app.contracts.metrics import HealthCheckProtocol, health_checks
from app.kit.clocks import system_now
from app.kit.db import unit_of_work
from app.kit.i18n import translate

_log = structlog.get_logger(__name__)

HEALTHY, DEGRADED = "healthy", "degraded"


@dataclass(frozen=True)
class Host:
    """The machine this process runs on: percentages, and bytes in all."""

    cpu_percent: float
    cpu_count: int
    memory_percent: float
    memory_bytes: int
    disk_percent: float
    disk_bytes: int


@dataclass(frozen=True)
class CheckResult:
    """What one part says of itself; `problem` is None when it works."""

    name: str
    problem: str | None


@dataclass(frozen=True)
class HealthReport:
    """Host, database and parts; `degraded` as soon as one part has a problem."""

    status: str
    host: Host
    database_kind: str
    database_latency_ms: float
    checks: tuple[CheckResult, ...]
    timestamp: datetime


def read_host() -> Host:
    """Ask the operating system; of the processor the load over the last minute."""
    cores = psutil.cpu_count() or 1
    memory, disk = psutil.virtual_memory(), psutil.disk_usage(".")
    return Host(
        cpu_percent=round(min(100.0, 100 * psutil.getloadavg()[0] / cores), 1),
        cpu_count=cores,
        memory_percent=memory.percent,
        memory_bytes=memory.total,
        disk_percent=disk.percent,
        disk_bytes=disk.total,
    )


def health_report() -> HealthReport:
    """Look at everything once; opens its own units of work.

    A check that fails itself counts as a problem.
    """
    with unit_of_work(read_only=True) as work:
        kind = work.session.get_bind().dialect.name
        started = perf_counter()
        work.session.execute(text("SELECT 1"))
        latency_ms = (perf_counter() - started) * 1000
    checks = _results()
    return HealthReport(
        status=DEGRADED if any(one.problem for one in checks) else HEALTHY,
        host=read_host(),
        database_kind=kind,
        database_latency_ms=round(latency_ms, 2),
        checks=checks,
        timestamp=system_now(),
    )


def known_problems() -> dict[str, list[str]]:
    """Return what the parts have to complain of, for the operators' first page."""
    return {"problems": [one.problem for one in _results() if one.problem]}


def _results() -> tuple[CheckResult, ...]:
    return tuple(CheckResult(check.name, _problem(check)) for check in health_checks())


def _problem(check: HealthCheckProtocol) -> str | None:
    try:
        return check.check()
    except Exception:  # noqa: BLE001 - whatever breaks in a part, the report tells of it
        _log.exception("health_check_failed", check=check.name)
        return translate("monitoring.health.unknown")
