"""In which window usage counts (D15); pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.contracts.features import FeatureDeclaration, Reset, Window
from app.kit.calendar import local_date, local_day_bounds, monthly_window

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOREVER = Window(EPOCH, datetime(9999, 12, 31, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class WindowRules:
    """What a merchant's windows count from: the usage anchor and the platform's zone."""

    anchor: datetime = EPOCH
    timezone: str = "Europe/Luxembourg"


def window_of(declaration: FeatureDeclaration, rules: WindowRules, at: datetime) -> Window:
    """Return the window of a feature that holds `at`."""
    if declaration.reset is Reset.BILLING_MONTH:
        month = monthly_window(rules.anchor, at)
        return Window(month.start, month.end)
    if declaration.reset is Reset.DAY:
        zone = ZoneInfo(rules.timezone)
        day = local_day_bounds(local_date(at, zone), zone)
        return Window(day.start, day.end)
    return FOREVER


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of several features at an instant; from `until` on, one of them is over."""

    by_code: Mapping[str, Window]
    until: datetime

    @classmethod
    def at(
        cls, now: datetime, declarations: Iterable[FeatureDeclaration], rules: WindowRules
    ) -> "Windows":
        """Return the windows that hold `now`."""
        by_code = {one.code: window_of(one, rules, now) for one in declarations}
        return cls(by_code, min((one.end for one in by_code.values()), default=FOREVER.end))
