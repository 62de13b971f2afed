"""Recounting usage from the rows it stands for, and putting counters right (D16)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.contracts.features import Enforcement, FeatureDeclaration, Reset, Window
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import rerun_on_conflict, unit_of_work
from app.kit.upsert import insert_or_ignore
from app.modules.billing.models import UsageCounter
from app.modules.billing.repositories import reconciling
from app.modules.billing.repositories.counters import Key
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.kinds import has_counter
from app.modules.billing.services.tables import tables
from app.modules.billing.services.usage import count_true
from app.modules.billing.services.windows import WindowRules, window_of

BATCH = 1_000
INSERTED_AT_ONCE = 200


@dataclass(frozen=True)
class Drift:
    """A counter that did not say what the rows say; it does now."""

    merchant_id: int
    platform_id: int
    feature_code: str
    counted: int
    true: int


@dataclass(frozen=True)
class Reconciled:
    """Counters looked at, those begun where there were none, and those that were wrong."""

    checked: int
    opened: int
    drifts: tuple[Drift, ...]


@dataclass(frozen=True)
class _Batch:
    """Some merchants of a platform: the rules of their windows, counters and true counts."""

    platform_id: int
    rules: Mapping[int, WindowRules]
    counted: Mapping[tuple[int, str, datetime], int]
    true: Mapping[tuple[int, str], int]
    at: datetime

    def keys(self) -> Iterator[tuple[int, Key]]:
        """Every counter that there is or should be: merchant, feature, present window."""
        for merchant_id, rules in self.rules.items():
            for one in _exact():
                yield merchant_id, (one.code, window_of(one, rules, self.at).start)


def reconcile() -> Reconciled:
    """Recount every exact limit of every platform, in batches of merchants.

    What differs is counted again under the lock of its counter, so that whoever writes meanwhile
    is neither missed nor counted twice. Raises whatever a module's count raises.
    """
    checked, opened, drifts = 0, 0, []
    with unit_of_work(read_only=True) as work:
        platform_ids = reconciling.platform_ids(work.session)
    for platform_id in platform_ids:
        for batch in _batches(platform_id):
            missing = {}
            for merchant_id, (code, start) in batch.keys():
                checked += 1
                used = batch.counted.get((merchant_id, code, start))
                true = batch.true.get((merchant_id, code), 0)
                if used is None and true:
                    missing[merchant_id, code] = start
                elif used is not None and used != true:
                    drifts += _put_right(batch, merchant_id, code)
            opened += _open(batch, missing)
    tables().forget_all()
    return Reconciled(checked, opened, tuple(drifts))


def _batches(platform_id: int) -> Iterator[_Batch]:
    after = 0
    while True:
        with unit_of_work(read_only=True) as work:
            batch = _read_batch(work.session, platform_id, after=after)
        if not batch.rules:
            return
        yield batch
        after = max(batch.rules)


def _read_batch(session: Session, platform_id: int, *, after: int) -> _Batch:
    anchors = reconciling.next_merchants(session, platform_id, after=after, limit=BATCH)
    rules = {
        merchant_id: WindowRules() if anchor is None else WindowRules(anchor)
        for merchant_id, anchor in anchors.items()
    }
    ids, at = list(rules), business_now()
    return _Batch(
        platform_id,
        rules,
        reconciling.counters_of(session, platform_id, ids) if ids else {},
        _true_counts(session, platform_id, rules, at) if ids else {},
        at,
    )


def _true_counts(
    session: Session, platform_id: int, rules: Mapping[int, WindowRules], at: datetime
) -> dict[tuple[int, str], int]:
    """Ask every module once for all merchants of the batch."""
    monthly = next((one for one in _exact() if one.reset is Reset.BILLING_MONTH), None)
    windows: dict[int, Window] = {}
    if monthly is not None:
        windows = {one: window_of(monthly, rule, at) for one, rule in rules.items()}
    return {
        (row.merchant_id, row.feature_code): row.used
        for provider in registry().providers
        for row in provider.count_true_usage(session, platform_id, list(rules), windows)
    }


def _put_right(batch: _Batch, merchant_id: int, code: str) -> list[Drift]:
    """Count one feature again under its counter's lock; nothing where it was only being written."""

    def count_again() -> list[Drift]:
        owner, rules = Owner(merchant_id, batch.platform_id), batch.rules[merchant_id]
        key = code, window_of(registry().get(code), rules, batch.at).start
        with unit_of_work() as work:
            used = reconciling.lock_counter(work.session, owner, key)
            true = count_true(work.session, owner, code, rules=rules, at=batch.at)
            if used is None or used == true:
                return []
            reconciling.set_counter(work.session, owner, key, true)
        return [Drift(merchant_id, batch.platform_id, code, used, true)]

    found: list[Drift] = rerun_on_conflict(count_again)
    return found


def _open(batch: _Batch, missing: Mapping[tuple[int, str], datetime]) -> int:
    """Begin counters that nobody needed yet, with what is there."""
    rows = [
        {
            "merchant_id": merchant_id,
            "platform_id": batch.platform_id,
            "feature_code": code,
            "window_start": start,
            "used": batch.true[merchant_id, code],
        }
        for (merchant_id, code), start in missing.items()
    ]
    opened = 0
    for place in range(0, len(rows), INSERTED_AT_ONCE):
        with unit_of_work() as work:
            chunk = rows[place : place + INSERTED_AT_ONCE]
            opened += insert_or_ignore(work.session, UsageCounter, chunk)
    return opened


def _exact() -> list[FeatureDeclaration]:
    return [
        one
        for one in registry().quantitative
        if has_counter(one) and one.enforcement is Enforcement.EXACT
    ]
