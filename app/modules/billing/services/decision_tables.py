"""Answers kept per merchant, so that a check is a look-up (D18).

A table is immutable and swapped whole. What is equal between merchants (limits, answers of binary
features) is shared. A table is good while its entitlements hold and while this process has lately
heard that nothing changed; the counted part besides while its usage is at most a second old.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from weakref import WeakValueDictionary

from sqlalchemy.orm import Session

from app.contracts.features import FeatureAnswer
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.exceptions import FeatureNotFound
from app.modules.billing.models import WHOLE_PLATFORM
from app.modules.billing.services.decision_table import (
    DecisionTable,
    KnownUsage,
    Shared,
    steady_answers,
    table_of,
    usage_of,
    with_usage,
    with_usage_of,
    without_usage,
)
from app.modules.billing.services.entitlements import Entitlements
from app.modules.billing.services.load_entitlements import Loaded
from app.modules.billing.services.shared_facts import load_committed

MAX_TABLES = 100_000
GENERATIONS = 1024
ASKED_FOR_S = 60.0  # so long after usage was read, others read it anew along with theirs
MAX_ASKED = 2_000  # beyond, each merchant's usage is read when it is asked for


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
        self._used: dict[Owner, KnownUsage] = {}
        self._asked: dict[Owner, float] = {}
        self._shared: WeakValueDictionary[Hashable, Shared] = WeakValueDictionary()
        self._lock = Lock()
        self._generations = [0] * GENERATIONS
        self._vouched_until = 0.0

    def answer(self, owner: Owner, feature_code: str) -> FeatureAnswer:
        """Return the answer for a feature. Raises FeatureNotFound. Hot: no statement."""
        try:
            table = self._recent[owner]
        except KeyError:
            return self._answer_anew(owner, feature_code)
        now = monotonic()
        if now < table.good_until and now < self._vouched_until:
            answer = table.steady.get(feature_code)
            if answer is not None:
                return answer
            for reading in (table.counted, table.told):
                if now < reading.until and feature_code in reading.answers:
                    return reading.answers[feature_code]
        return self._answer_anew(owner, feature_code)

    def table(self, owner: Owner, *, with_usage: bool) -> DecisionTable:
        """Return a merchant's table, read anew where it is no longer good."""
        if monotonic() >= self._vouched_until:
            self.vouch(self._verify())
        table = self._find(owner)
        now = monotonic()
        if table is None or now >= table.good_until:
            return self._read(owner)
        if with_usage and not table.knows_usage(now):
            return self._read(owner, known=table)
        return table

    def warm(self, owner: Owner, code: str) -> DecisionTable | None:
        """Return a merchant's table if it knows a feature as it is; never a statement."""
        table, now = self._recent.get(owner), monotonic()
        if table is None or now >= table.good_until or now >= self._vouched_until:
            return None
        return table if table.knows(code, now) else None

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

    def generation(self, owner: Owner) -> int:
        """Return what tells later whether anything of a merchant was dropped since."""
        return self._generations[hash(owner) % GENERATIONS]

    def learn(self, owner: Owner, loaded: Loaded, *, since: int) -> None:
        """Keep entitlements that somebody else read, unless they may be older than a change.

        `since` is the merchant's generation before they were read.
        """
        table = table_of(loaded, self._share(loaded.entitlements), read_at=monotonic())
        self._keep_unless_changed(owner, table, since)

    def asked(self) -> list[Owner]:
        """Return the merchants whose usage was asked for within the last minute."""
        now = monotonic()
        with self._lock:
            self._asked = {one: until for one, until in self._asked.items() if now < until}
            return list(self._asked)

    def peek(self, owner: Owner) -> DecisionTable | None:
        """Return what is kept of a merchant, good or not, without calling it used."""
        return self._recent.get(owner) or self._older.get(owner)

    def swap(self, owner: Owner, table: DecisionTable, *, since: int) -> None:
        """Put a table with newer usage in the place of the one that is kept, if there is one."""
        with self._lock:
            if since == self.generation(owner):  # else it may be older than a change
                for tables in (self._recent, self._older):
                    if owner in tables:
                        tables[owner] = table

    def forget_usage(self, owner: Owner) -> None:
        """Say that a merchant's usage changed; its limits stay as they are."""
        with self._lock:
            self._begin_generation(owner)
            self._used.pop(owner, None)
            for tables in (self._recent, self._older):
                table = tables.get(owner)
                if table is not None:
                    tables[owner] = without_usage(table)

    def forget(self, platform_id: int, merchant_id: int) -> None:
        """Drop a merchant's table, or with merchant 0 all of a platform.

        What they know of usage stays for the next reading, as far as it is not too old.
        """
        owner = Owner(merchant_id, platform_id)
        with self._lock:
            self._begin_generation(None if merchant_id == WHOLE_PLATFORM else owner)
            self._used = {}
            for tables in (self._recent, self._older):
                dropped = [owner] if owner in tables else []
                if merchant_id == WHOLE_PLATFORM:
                    dropped = [one for one in tables if one.platform_id == platform_id]
                for one in dropped:
                    self._used[one] = usage_of(tables.pop(one))

    def forget_all(self) -> None:
        """Drop everything: nobody knows what was missed."""
        with self._lock:
            self._begin_generation(None)
            self._recent, self._older, self._used, self._asked = {}, {}, {}, {}
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

    def _answer_anew(self, owner: Owner, feature_code: str) -> FeatureAnswer:
        answer = self.table(owner, with_usage=True).answer(feature_code)
        if answer is None:
            raise FeatureNotFound(feature_code=feature_code)
        return answer

    def _read(self, owner: Owner, *, known: DecisionTable | None = None) -> DecisionTable:
        """Read a table; where it is `known` and its limits still hold, its usage alone."""
        since, read_at = self.generation(owner), monotonic()
        with unit_of_work(read_only=True) as work:
            table = known or self._read_limits(work.session, owner, read_at)
            if known is not None or not table.knows_usage(read_at):
                table = with_usage(table, work.session, owner, read_at=read_at)
        if len(self._asked) < MAX_ASKED:
            self._asked[owner] = read_at + ASKED_FOR_S
        self._keep_unless_changed(owner, table, since)
        return table

    def _read_limits(self, session: Session, owner: Owner, read_at: float) -> DecisionTable:
        """Read entitlements; what a table that was dropped knew of usage holds on."""
        used = self._used.pop(owner, None)
        loaded = load_committed(session, owner)
        table = table_of(loaded, self._share(loaded.entitlements), read_at=read_at)
        return with_usage_of(table, used)

    def _keep_unless_changed(self, owner: Owner, table: DecisionTable, since: int) -> None:
        with self._lock:
            if since == self.generation(owner):  # else it may be older than a change
                self._keep(owner, table)

    def _keep(self, owner: Owner, table: DecisionTable) -> None:
        if len(self._recent) >= self._half:
            self._older, self._recent = self._recent, {}
        self._recent[owner] = table

    def _share(self, entitlements: Entitlements) -> Shared:
        """Return the kept twin of equal entitlements."""
        key = (
            entitlements.access,
            entitlements.open_when_restricted,
            tuple(entitlements.limits.items()),
        )
        found = self._shared.get(key)
        if found is None:
            found = self._shared[key] = Shared(entitlements, steady_answers(entitlements))
        return found
