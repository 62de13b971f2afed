"""Answers kept per merchant, so that a check is a look-up (D18).

A table is immutable and swapped whole. What is equal between merchants (limits, answers of binary
features) is shared. A table is good while its entitlements hold and while this process has lately
heard that nothing changed; the counted part besides while its usage is at most a second old.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import TypedDict
from weakref import WeakValueDictionary

from sqlalchemy.orm import Session

from app.contracts.features import FeatureAnswer
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.models import WHOLE_PLATFORM
from app.modules.billing.services.entitlements import Entitlements
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.load_entitlements import Loaded, load_entitlements
from app.modules.billing.services.usage import read_usage

USAGE_LIFE_S = 1.0
MAX_TABLES = 200_000
GENERATIONS = 1024
FOR_EVER = float("inf")


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Shared:
    """What merchants of equal content have in common: limits, and answers that need no usage.

    It lives as long as a table that refers to it.
    """

    entitlements: Entitlements
    steady: Mapping[str, FeatureAnswer]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """One merchant's answers. `good_until` and `usage_until` are readings of the monotonic clock.

    `steady` answers need no usage and are shared; `counted` ones are the merchant's own.
    """

    loaded: Loaded
    shared: Shared
    steady: Mapping[str, FeatureAnswer]
    counted: Mapping[str, FeatureAnswer]
    good_until: float
    usage_until: float
    as_of: datetime

    @property
    def answers(self) -> dict[str, FeatureAnswer]:
        """Every answer, in order of declaration."""
        every = {**self.steady, **self.counted}
        return {code: every[code] for code in registry().declarations}


class DecisionTables:
    """The tables of this process; least recently used ones are dropped.

    `verify` is called when nobody vouches for the tables any more; it drops what changed and
    returns until when the rest is good. A background thread that vouches in time spares it.
    """

    def __init__(self, verify: Callable[[], float], *, max_tables: int = MAX_TABLES) -> None:
        self._verify = verify
        self._half = max_tables // 2
        self._recent: dict[Owner, DecisionTable] = {}
        self._older: dict[Owner, DecisionTable] = {}
        self._shared: WeakValueDictionary[Hashable, Shared] = WeakValueDictionary()
        self._lock = Lock()
        self._generations = [0] * GENERATIONS
        self._vouched_until = 0.0

    def answer(self, owner: Owner, code: str) -> FeatureAnswer | None:
        """Return the answer for a feature, None for an undeclared code. Hot: no statement."""
        table = self._recent.get(owner)
        if table is not None:
            now = monotonic()
            if now < table.good_until and now < self._vouched_until:
                steady = table.steady.get(code)
                if steady is not None:
                    return steady
                if now < table.usage_until:
                    return table.counted.get(code)
        fresh = self.table(owner, with_usage=True)
        return fresh.steady.get(code) or fresh.counted.get(code)

    def table(self, owner: Owner, *, with_usage: bool) -> DecisionTable:
        """Return a merchant's table, read anew where it is no longer good."""
        if monotonic() >= self._vouched_until:
            self.vouch(self._verify())
        table = self._find(owner)
        now = monotonic()
        if table is None or now >= table.good_until:
            return self._read(owner)
        if with_usage and now >= table.usage_until:
            return self._read(owner, known=table)
        return table

    def vouch(self, until: float) -> None:
        """Say that what is kept is good until a reading of the monotonic clock."""
        self._vouched_until = until

    def known(self, owner: Owner) -> Loaded | None:
        """Return what is kept of a merchant, unchecked: the caller verifies its version itself."""
        table = self._find(owner)
        if table is None:
            return None
        until = table.loaded.until
        return table.loaded if until is None or business_now() < until else None

    def forget_usage(self, owner: Owner) -> None:
        """Say that a merchant's usage changed; its limits stay as they are."""
        with self._lock:
            self._begin_generation(owner)
            for tables in (self._recent, self._older):
                if owner in tables:
                    tables[owner] = replace(tables[owner], usage_until=0.0)

    def forget(self, platform_id: int, merchant_id: int) -> None:
        """Drop a merchant's table, or with merchant 0 all of a platform."""
        owner = Owner(merchant_id, platform_id)
        with self._lock:
            self._begin_generation(None if merchant_id == WHOLE_PLATFORM else owner)
            for tables in (self._recent, self._older):
                if merchant_id != WHOLE_PLATFORM:
                    tables.pop(owner, None)
                    continue
                for one in [one for one in tables if one.platform_id == platform_id]:
                    del tables[one]

    def forget_all(self) -> None:
        """Drop everything: nobody knows what was missed."""
        with self._lock:
            self._begin_generation(None)
            self._recent, self._older = {}, {}
            self._shared = WeakValueDictionary()

    def _begin_generation(self, owner: Owner | None) -> None:
        """Make readings that began before now unfit to be kept: one merchant's, or everyone's."""
        if owner is None:
            self._generations = [one + 1 for one in self._generations]
        else:
            self._generations[hash(owner) % GENERATIONS] += 1

    def _find(self, owner: Owner) -> DecisionTable | None:
        table = self._recent.get(owner)
        if table is None:
            with self._lock:  # else what is dropped meanwhile would be kept for good
                table = self._older.get(owner)
                if table is not None:
                    self._keep(owner, table)
        return table

    def _read(self, owner: Owner, *, known: DecisionTable | None = None) -> DecisionTable:
        """Read a table; where it is `known` and its limits still hold, its usage alone."""
        place = hash(owner) % GENERATIONS
        generation = self._generations[place]
        with unit_of_work(read_only=True) as work:
            if known is None:
                table = self._build(load_entitlements(work.session, owner), work.session, owner)
            else:
                table = replace(known, **_usage_part(known.loaded, work.session, owner))
        with self._lock:
            if generation == self._generations[place]:  # else it may be older than a change
                self._keep(owner, table)
        return table

    def _keep(self, owner: Owner, table: DecisionTable) -> None:
        if len(self._recent) >= self._half:
            self._older, self._recent = self._recent, {}
        self._recent[owner] = table

    def _build(self, loaded: Loaded, session: Session, owner: Owner) -> DecisionTable:
        read_at, now = monotonic(), business_now()
        shared = self._share(loaded.entitlements)
        held = replace(loaded, entitlements=shared.entitlements)
        left_s = FOR_EVER if loaded.until is None else (loaded.until - now).total_seconds()
        return DecisionTable(
            loaded=held,
            shared=shared,
            steady=shared.steady,
            good_until=read_at + left_s,
            **_usage_part(held, session, owner),
        )

    def _share(self, entitlements: Entitlements) -> Shared:
        """Return the kept twin of equal entitlements."""
        key = (
            entitlements.access,
            entitlements.open_when_restricted,
            tuple(entitlements.limits.items()),
        )
        found = self._shared.get(key)
        if found is None:
            found = self._shared[key] = Shared(entitlements, _steady(entitlements))
        return found


class UsagePart(TypedDict):
    """What of a table grows old within a second."""

    counted: Mapping[str, FeatureAnswer]
    usage_until: float
    as_of: datetime


def _usage_part(loaded: Loaded, session: Session, owner: Owner) -> UsagePart:
    read_at, now = monotonic(), business_now()
    usage = read_usage(session, owner, loaded.windows)
    return UsagePart(
        counted={
            one.code: loaded.entitlements.answer(one, usage.get(one.code, 0))
            for one in registry().quantitative
        },
        usage_until=read_at + USAGE_LIFE_S,
        as_of=now,
    )


def _steady(entitlements: Entitlements) -> Mapping[str, FeatureAnswer]:
    quantitative = {one.code for one in registry().quantitative}
    return {
        code: entitlements.answer(one, 0)
        for code, one in registry().declarations.items()
        if code not in quantitative
    }
