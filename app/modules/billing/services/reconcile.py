"""Recounting usage from the rows it stands for, and putting counters right (D16)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from app.contracts.features import Enforcement, FeatureDeclaration, Reset
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.modules.billing.repositories import reconcile_rows as rows
from app.modules.billing.repositories.reconcile_rows import CounterKey
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.kinds import has_counter
from app.modules.billing.services.tables import tables
from app.modules.billing.services.windows import WindowRules, window_of

PORTION = 500


@dataclass(frozen=True)
class Drift:
    """A counter that did not say what the rows say; it does now."""

    merchant_id: int
    platform_id: int
    feature_code: str
    counter: int
    true: int


@dataclass(frozen=True)
class ReconcileStep:
    """A portion of merchants that was counted, and what was put right there."""

    merchants: int
    drifts: list[Drift]


def reconcile(platform_ids: Iterable[int] | None = None) -> Iterator[ReconcileStep]:
    """Recount the exact limits of some platforms (None: all), a portion of merchants at a time.

    Each portion is a transaction of its own, so that writers never wait long. Counters that
    nobody needed yet are begun; that is no drift. Raises whatever a module's count raises.
    """
    for platform_id in _platforms() if platform_ids is None else platform_ids:
        after, full = 0, True
        while full:
            merchant_ids, drifts = rerun_on_conflict(partial(_portion, platform_id, after))
            yield ReconcileStep(len(merchant_ids), drifts)
            full = len(merchant_ids) == PORTION
            after = merchant_ids[-1] if full else after


def recount(work: UnitOfWork, owners: Collection[Owner]) -> None:
    """Count merchants' present windows anew; after a change of what they count from (D15)."""
    work.session.flush()
    for platform_id in sorted({one.platform_id for one in owners}):
        merchants = sorted(one.merchant_id for one in owners if one.platform_id == platform_id)
        _count_anew(work, platform_id, merchants)
    work.after_commit(lambda: _forget(owners))


def _platforms() -> Iterable[int]:
    with unit_of_work(read_only=True) as work:
        return rows.platforms_with_counters(work.session)


def _portion(platform_id: int, after: int) -> tuple[Sequence[int], list[Drift]]:
    with unit_of_work() as work:
        merchant_ids = rows.next_merchants(work.session, platform_id, after=after, limit=PORTION)
        if not merchant_ids:
            return merchant_ids, []
        drifts = _count_anew(work, platform_id, merchant_ids)
    _forget({Owner(one.merchant_id, platform_id) for one in drifts})
    return merchant_ids, drifts


def _forget(owners: Iterable[Owner]) -> None:
    for owner in owners:
        tables().forget_usage(owner)


def _count_anew(work: UnitOfWork, platform_id: int, merchant_ids: Sequence[int]) -> list[Drift]:
    """Lock the counters, then count: whoever wrote rows has counted them, or does so after us."""
    session, at = work.session, business_now()
    rules = {merchant_id: WindowRules() for merchant_id in merchant_ids}
    rules |= {
        merchant_id: WindowRules(anchor)
        for merchant_id, anchor in rows.anchors(session, platform_id, merchant_ids)
    }
    windows = {
        (merchant_id, one.code): window_of(one, rule, at).start
        for merchant_id, rule in rules.items()
        for one in _exact()
    }
    counters = rows.locked_counters(session, platform_id, windows)
    true = _true_counts(session, platform_id, rules, at)
    drifts = [
        Drift(merchant_id, platform_id, code, counters[merchant_id, code], counted)
        for merchant_id, code in counters
        if (counted := true.get((merchant_id, code), 0)) != counters[merchant_id, code]
    ]
    for one in drifts:
        key = one.merchant_id, one.feature_code
        rows.correct_counter(session, platform_id, key, windows[key], used=one.true)
    begun = [
        (key, windows[key], used)
        for key, used in true.items()
        if key in windows and key not in counters
    ]
    rows.open_counters(session, platform_id, begun)
    return drifts


def _true_counts(
    session: Session, platform_id: int, rules: dict[int, WindowRules], at: datetime
) -> dict[CounterKey, int]:
    """Ask every module once for the whole portion."""
    monthly = next((one for one in _exact() if one.reset is Reset.BILLING_MONTH), None)
    windows = (
        {}
        if monthly is None
        else {one: window_of(monthly, rule, at) for one, rule in rules.items()}
    )
    return {
        (row.merchant_id, row.feature_code): row.used
        for provider in registry().providers
        for row in provider.count_true_usage(session, platform_id, list(rules), windows)
    }


def _exact() -> list[FeatureDeclaration]:
    return [
        one
        for one in registry().quantitative
        if has_counter(one) and one.enforcement is Enforcement.EXACT
    ]
