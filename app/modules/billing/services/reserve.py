"""Taking and giving back units of exact limits, in the caller's transaction (D16)."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from app.contracts.features import Enforcement, FeatureDeclaration, Reason
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import TransactionConflict, UnitOfWork
from app.modules.billing.repositories import counters, entitlement_rows
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.load_entitlements import Loaded, load_entitlements
from app.modules.billing.services.refusals import refuse
from app.modules.billing.services.tables import tables
from app.modules.billing.services.usage import count_true
from app.modules.billing.services.windows import window_of

ROUNDS = 5


@dataclass(frozen=True)
class CounterWrite:
    """One intended change of one counter; the rows it stands for are written already."""

    work: UnitOfWork
    owner: Owner
    declaration: FeatureDeclaration
    units: int
    at: datetime

    def key(self, loaded: Loaded) -> counters.Key:
        """Return the counter's code and window."""
        return self.declaration.code, window_of(self.declaration, loaded.windows, self.at).start


Attempt = Callable[[CounterWrite, Loaded], bool]
Judge = Callable[[CounterWrite, Loaded, int], None]


def reserve_units(work: UnitOfWork, owner: Owner, units: Mapping[str, int]) -> None:
    """Take units of several limits, all or none, in the order of their codes.

    Raises FeatureLimitReached, FeatureNotAvailable, SubscriptionInactive, UsageUnavailable.
    """
    with _all_or_none(work, units):
        _write_all(work, owner, units, at=business_now(), attempt=_take, judge=_refuse_excess)


def record_units(work: UnitOfWork, owner: Owner, units: Mapping[str, int]) -> None:
    """Count units that may not be refused (D17)."""
    _write_all(work, owner, units, at=business_now(), attempt=_add, judge=_accept)


def release_units(
    work: UnitOfWork, owner: Owner, units: Mapping[str, int], *, taken_at: datetime | None
) -> None:
    """Give units back to the window in which they were taken."""
    at = taken_at or business_now()
    _write_all(work, owner, units, at=at, attempt=_give_back, judge=_accept)


def _write_all(
    work: UnitOfWork,
    owner: Owner,
    units: Mapping[str, int],
    *,
    at: datetime,
    attempt: Attempt,
    judge: Judge,
) -> None:
    work.session.flush()
    loaded = tables().known(owner) or _load(work, owner)
    for code in sorted(units):
        write = CounterWrite(work, owner, registry().get(code), units[code], at)
        loaded = _settle(write, loaded, attempt, judge)
    work.after_commit(lambda: tables().forget_usage(owner))


def _settle(write: CounterWrite, loaded: Loaded, attempt: Attempt, judge: Judge) -> Loaded:
    """Try the one statement that checks and writes; when it changes nothing, find out why.

    Either the entitlements are newer than we knew (read them and try again), or the counter does
    not exist yet (count the rows and begin it), or the limit is used up (`judge` raises).
    Returns the entitlements that held.
    """
    session = write.work.session
    for _ in range(ROUNDS):
        if attempt(write, loaded):
            return loaded
        if entitlement_rows.read_version(session, write.owner).stamp != loaded.stamp:
            loaded = _load(write.work, write.owner)
        elif _explain(write, loaded, judge):
            return loaded
    raise TransactionConflict


def _load(work: UnitOfWork, owner: Owner) -> Loaded:
    """Read entitlements, and let this process know them too once they are committed."""
    since = tables().generation(owner)
    loaded = load_entitlements(work.session, owner)
    work.after_commit(lambda: tables().learn(owner, loaded, since=since))
    return loaded


def _explain(write: CounterWrite, loaded: Loaded, judge: Judge) -> bool:
    """Judge by what is really used; True when a counter was begun that holds our units."""
    session, key = write.work.session, write.key(loaded)
    used = counters.find_used(session, write.owner, key)
    if used is not None:
        judge(write, loaded, used)
        return False
    counted = _count_rows(write, loaded)
    judge(write, loaded, counted - write.units)
    return counters.open_counter(session, write.owner, key, used=counted)


def _count_rows(write: CounterWrite, fresh: Loaded) -> int:
    """Count what is there, our own units included; requests leave no rows to be counted."""
    if write.declaration.enforcement is Enforcement.APPROXIMATE:
        return write.units
    code = write.declaration.code
    return count_true(write.work.session, write.owner, code, rules=fresh.windows, at=write.at)


def _take(write: CounterWrite, loaded: Loaded) -> bool:
    if loaded.entitlements.decide(write.declaration, wanted=0) is not Reason.OK:
        return False
    return counters.take(
        write.work.session,
        write.owner,
        write.key(loaded),
        units=write.units,
        limit=loaded.entitlements.limits[write.declaration.code].value,
        stamp=loaded.stamp,
    )


def _add(write: CounterWrite, loaded: Loaded) -> bool:
    return counters.add(
        write.work.session, write.owner, write.key(loaded), units=write.units, stamp=loaded.stamp
    )


def _give_back(write: CounterWrite, loaded: Loaded) -> bool:
    return counters.give_back(
        write.work.session, write.owner, write.key(loaded), units=write.units, stamp=loaded.stamp
    )


def _refuse_excess(write: CounterWrite, fresh: Loaded, used: int) -> None:
    reason = fresh.entitlements.decide(write.declaration, used=used, wanted=write.units)
    if reason is not Reason.OK:
        refuse(
            write.work.session,
            write.owner,
            write.declaration,
            reason=reason,
            used=used,
            wanted=write.units,
            loaded=fresh,
        )


def _accept(_write: CounterWrite, _fresh: Loaded, _used: int) -> None:
    """Whatever is used, it is counted."""


def _all_or_none(work: UnitOfWork, units: Mapping[str, int]) -> AbstractContextManager[object]:
    return work.session.begin_nested() if len(units) > 1 else nullcontext()
