"""One merchant's answers as an immutable value, and how it is made from rows (D18)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.contracts.features import FeatureAnswer, Reason
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.modules.billing.services.entitlements import Entitlements
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.load_entitlements import Loaded
from app.modules.billing.services.usage import Usage, count_usage, read_told
from app.modules.billing.services.windows import WindowRules, Windows

USAGE_LIFE_S = 1.0
FOR_EVER = float("inf")
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Shared:
    """What merchants of equal content have in common: limits, and answers that need no usage.

    It lives as long as a table that refers to it.
    """

    entitlements: Entitlements
    steady: Mapping[str, FeatureAnswer]


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers that depend on usage, read at `as_of`; good until a reading of the monotonic clock.

    `usage` is what the answers tell of, by code; None where a module failed. `units` is what of it
    can be read anew in the windows of then: of counters those that exist, of modules all.
    """

    answers: Mapping[str, FeatureAnswer]
    until: float
    as_of: datetime
    usage: Usage
    units: Usage
    windows: Windows


UNREAD = Reading({}, 0.0, NEVER, {}, {}, Windows({}, NEVER))


class KnownUsage(NamedTuple):
    """What is known of a merchant's usage, whatever its limits are."""

    rules: WindowRules
    counted: Reading
    told: Reading


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """One merchant's answers; `good_until` is a reading of the monotonic clock.

    `steady` answers need no usage and are shared. `counted` ones come from counters, which can be
    read for many merchants at once; `told` ones from what modules tell of this merchant.
    """

    loaded: Loaded
    shared: Shared
    steady: Mapping[str, FeatureAnswer]
    good_until: float
    counted: Reading = UNREAD
    told: Reading = UNREAD

    @property
    def answers(self) -> dict[str, FeatureAnswer]:
        """Every answer, in order of declaration."""
        every = {**self.steady, **self.counted.answers, **self.told.answers}
        return {code: every[code] for code in registry().declarations}

    def answer(self, code: str) -> FeatureAnswer | None:
        """Return the answer for a feature, None for an undeclared code."""
        return (
            self.steady.get(code) or self.counted.answers.get(code) or self.told.answers.get(code)
        )

    def knows(self, code: str, at: float) -> bool:
        """Whether the answer for a feature may be believed at a reading of the monotonic clock."""
        return at < self.counted.until and (code not in self.told.answers or at < self.told.until)

    def knows_usage(self, at: float) -> bool:
        """Whether all usage may be believed at a reading of the monotonic clock."""
        return at < self.counted.until and at < self.told.until

    def as_of(self, code: str) -> datetime:
        """Return when the usage of a feature was read."""
        return (self.told if code in self.told.answers else self.counted).as_of


def table_of(loaded: Loaded, shared: Shared, *, read_at: float) -> DecisionTable:
    """Return a table that knows limits and no usage yet."""
    until = loaded.until
    left_s = FOR_EVER if until is None else (until - business_now()).total_seconds()
    held = replace(loaded, entitlements=shared.entitlements)
    return DecisionTable(held, shared, shared.steady, read_at + left_s)


def with_usage(
    table: DecisionTable, session: Session, owner: Owner, *, read_at: float
) -> DecisionTable:
    """Return the table with usage that was read after `read_at` (monotonic clock)."""
    now = business_now()
    windows = table.counted.windows
    if now >= windows.until:
        windows = Windows.at(now, registry().with_counter, table.loaded.windows)
    usage, counters = count_usage(session, owner, windows)
    until = read_at + USAGE_LIFE_S
    told = table.told
    if read_at >= told.until:
        telling = Windows.at(now, registry().told, table.loaded.windows)
        units = read_told(session, owner, telling)
        told = Reading(_answers(table, units), until, now, units, units, telling)
    counted = Reading(_answers(table, usage), until, now, usage, counters, windows)
    return with_readings(table, counted, told)


def usage_of(table: DecisionTable) -> KnownUsage:
    """Return what a table knows of usage."""
    return KnownUsage(table.loaded.windows, table.counted, table.told)


def with_usage_of(table: DecisionTable, known: KnownUsage | None) -> DecisionTable:
    """Return the table with usage that is known already, if it counts in the same windows."""
    if known is None or known.rules != table.loaded.windows:
        return table
    counted, told = (
        replace(one, answers=_answers(table, one.usage)) for one in (known.counted, known.told)
    )
    return with_readings(table, counted, told)


def without_usage(table: DecisionTable) -> DecisionTable:
    """Return the table with usage that nobody may believe any more."""
    counted, told = replace(table.counted, until=0.0), replace(table.told, until=0.0)
    return with_readings(table, counted, told)


def with_readings(table: DecisionTable, counted: Reading, told: Reading) -> DecisionTable:
    """Return the table with other usage."""
    return DecisionTable(
        table.loaded, table.shared, table.steady, table.good_until, counted=counted, told=told
    )


def read_anew(
    table: DecisionTable, known: Reading, units: Usage, *, read_at: float, as_of: datetime
) -> Reading:
    """Return a reading of the table with units that were read again, in the windows it knows."""
    answers = known.answers
    if units != known.units:
        answers = {**answers, **_answers(table, units)}
    usage = {**known.usage, **units}
    return Reading(answers, read_at + USAGE_LIFE_S, as_of, usage, units, known.windows)


def counters_suffice(known: Reading, units: Usage) -> bool:
    """Whether counters alone tell the usage: not where one is gone or a module failed to count."""
    return units.keys() >= known.answers.keys() or not any(
        code in known.units or answer.reason is Reason.USAGE_UNAVAILABLE
        for code, answer in known.answers.items()
        if code not in units
    )


def steady_answers(entitlements: Entitlements) -> Mapping[str, FeatureAnswer]:
    """Return the answers that do not depend on usage."""
    return {one.code: entitlements.answer(one, 0) for one in registry().steady}


def _answers(table: DecisionTable, usage: Usage) -> dict[str, FeatureAnswer]:
    entitlements, declarations = table.shared.entitlements, registry().declarations
    return {code: entitlements.answer(declarations[code], used) for code, used in usage.items()}
