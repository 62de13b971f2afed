"""When a merchant will have used up what the plan allows, asked for on demand (D4, D34)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

from app.contracts.features import (
    FeatureDeclaration,
    FeatureProviderProtocol,
    Reason,
    Reset,
    UsageHistoryProtocol,
)
from app.contracts.tenants import Owner
from app.kit.calendar import local_date, local_day_bounds
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.repositories import counters
from app.modules.billing.services.decision_table import DecisionTable
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.forecasting.forecast import Accuracy
from app.modules.billing.services.forecasting.reaching import (
    AHEAD_DAYS,
    Reaching,
    reach_in_window,
    reach_level,
)
from app.modules.billing.services.tables import tables
from app.modules.billing.services.windows import WindowRules, window_of

BACK_DAYS = 91

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class LimitOutlook:
    """A finite limit, its use, and the day on which it is reached at the present pace.

    `limit_reached_on` None with `insufficient_data` is not known, else not foreseen.
    """

    declaration: FeatureDeclaration
    current: int
    limit: int
    limit_reached_on: date | None
    insufficient_data: bool
    accuracy: Accuracy | None


@dataclass(frozen=True)
class LimitOutlooks:
    """What is expected of each limit, looking ahead to a day."""

    until: date
    limits: Sequence[LimitOutlook]


@dataclass(frozen=True)
class _Days:
    """The days looked back on, the last of them today, as instants; and the merchant's windows."""

    today: date
    zone: ZoneInfo
    rules: WindowRules

    @property
    def starts(self) -> list[datetime]:
        """Where each day begins, and where the last one ends."""
        return [self.start(n) for n in range(1 - BACK_DAYS, 2)]

    def start(self, ahead: int) -> datetime:
        """Return where the day begins that is so many days ahead."""
        return local_day_bounds(self.today + timedelta(days=ahead), self.zone).start

    def begins(self, declaration: FeatureDeclaration) -> set[int]:
        """Return the days ahead on which a new window of a feature has begun."""
        windows = [
            window_of(declaration, self.rules, self.start(n)).start for n in range(AHEAD_DAYS + 1)
        ]
        return {n for n in range(1, AHEAD_DAYS + 1) if windows[n] != windows[n - 1]}


def limit_outlooks(owner: Owner) -> LimitOutlooks:
    """Return what is expected of each finite limit whose module can tell how its use came about.

    In order of declaration. Opens its own unit of work; the forecasts are made outside of it.
    """
    table = tables().table(owner, with_usage=True)
    rules = table.loaded.windows
    zone = ZoneInfo(rules.timezone)
    days = _Days(local_date(business_now(), zone), zone, rules)
    limited = [one for one in registry().with_counter if _is_limited(table, one)]
    with unit_of_work(read_only=True) as work:
        changes = _changes(work.session, owner, limited, days)
    return LimitOutlooks(
        days.today + timedelta(days=AHEAD_DAYS),
        [_outlook(table, one, changes[one.code], days) for one in limited if one.code in changes],
    )


def _is_limited(table: DecisionTable, declaration: FeatureDeclaration) -> bool:
    limit, answer = (
        table.loaded.entitlements.limits[declaration.code],
        table.answer(declaration.code),
    )
    known = answer is not None and answer.reason is not Reason.USAGE_UNAVAILABLE
    return known and limit.enabled and bool(limit.value)


def _changes(
    session: Session, owner: Owner, limited: Sequence[FeatureDeclaration], days: _Days
) -> dict[str, Sequence[int]]:
    """Read by feature what each day changed: from counters of days, else from the modules."""
    found: dict[str, Sequence[int]] = {}
    asked: dict[FeatureProviderProtocol, set[str]] = {}
    for one in limited:
        if one.reset is Reset.DAY:
            used = counters.used_in_windows(session, owner, one.code, since=days.starts[0])
            found[one.code] = [used.get(start, 0) for start in days.starts[:-1]]
        else:
            asked.setdefault(registry().provider_of(one.code), set()).add(one.code)
    for provider, codes in asked.items():
        told = _ask(session, provider, owner, days)
        found |= {code: units for code, units in told.items() if code in codes}
    return found


def _ask(
    session: Session, provider: FeatureProviderProtocol, owner: Owner, days: _Days
) -> Mapping[str, Sequence[int]]:
    if not isinstance(provider, UsageHistoryProtocol):
        return {}
    try:
        return provider.usage_history(session, owner.merchant_id, owner.platform_id, days.starts)
    except Exception:  # noqa: BLE001 - any module may break; the page must not (D5)
        _log.exception("usage_history_failed", provider=type(provider).__name__)
        return {}


def _outlook(
    table: DecisionTable, declaration: FeatureDeclaration, changes: Sequence[int], days: _Days
) -> LimitOutlook:
    answer = table.answer(declaration.code)
    limit = table.loaded.entitlements.limits[declaration.code].value
    assert answer is not None
    assert limit is not None
    reaching = _reach(declaration, changes, used=answer.current, limit=limit, days=days)
    reached = None if reaching is None else reaching.days
    return LimitOutlook(
        declaration,
        answer.current,
        limit,
        limit_reached_on=None if reached is None else days.today + timedelta(days=reached),
        insufficient_data=reaching is None,
        accuracy=None if reaching is None else reaching.accuracy,
    )


def _reach(
    declaration: FeatureDeclaration, changes: Sequence[int], *, used: int, limit: int, days: _Days
) -> Reaching | None:
    if declaration.reset is Reset.NEVER:
        return reach_level(_levels(changes, used), limit)
    return reach_in_window(changes, limit, used=used, begins=days.begins(declaration))


def _levels(changes: Sequence[int], used: int) -> list[int]:
    """Return what was used at the end of each day, counted back from the present use."""
    back = accumulate(reversed(changes), lambda level, change: level - change, initial=used)
    return [max(0, level) for level in list(back)[-2::-1]]
