"""Windows of usage that begin get their counters; those of long ago go (D15, D40)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from app.contracts.features import Enforcement, Reset, Window
from app.kit.calendar import add_months
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.models import UsageAlert, UsageCounter
from app.modules.billing.repositories import lifecycle_rows, reconcile_rows
from app.modules.billing.repositories.lifecycle_rows import Subscribed
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.windows import EPOCH, WindowRules, window_of

KEEP_MONTHS = 13


def open_windows(work: UnitOfWork, subscribed: Sequence[Subscribed]) -> int:
    """Begin the monthly counters that are missing, counted from the rows; how many it were.

    What was counted already stays as it is: no live counter is ever set back.
    """
    by_platform: dict[int, list[Subscribed]] = defaultdict(list)
    for one in subscribed:
        by_platform[one.platform_id].append(one)
    return sum(_open(work, platform_id, those) for platform_id, those in by_platform.items())


def prune_windows(work: UnitOfWork, *, limit: int) -> int:
    """Delete counters of windows that began more than thirteen months ago, and what was told.

    At most `limit` of each; how many rows it were.
    """
    before = add_months(business_now(), -KEEP_MONTHS)
    return sum(
        lifecycle_rows.prune(work.session, table, after=EPOCH, before=before, limit=limit)
        for table in (UsageAlert, UsageCounter)
    )


def monthly_codes() -> list[str]:
    """Return the features that are counted by months."""
    return [
        one.code
        for one in registry().with_counter
        if one.reset is Reset.BILLING_MONTH and one.enforcement is Enforcement.EXACT
    ]


def _open(work: UnitOfWork, platform_id: int, subscribed: Sequence[Subscribed]) -> int:
    codes = monthly_codes()
    if not codes:
        return 0
    at = business_now()
    declaration = registry().get(codes[0])
    windows = {
        one.merchant_id: window_of(declaration, WindowRules(one.usage_anchor), at)
        for one in subscribed
    }
    known = lifecycle_rows.known_windows(
        work.session, platform_id, {one: window.start for one, window in windows.items()}, codes
    )
    missing = {
        merchant_id: window
        for merchant_id, window in windows.items()
        if any((merchant_id, code) not in known for code in codes)
    }
    counted = _count(work, platform_id, missing, codes)
    begun: list[tuple[tuple[int, str], datetime, int]] = [
        ((merchant_id, code), window.start, counted.get((merchant_id, code), 0))
        for merchant_id, window in missing.items()
        for code in codes
        if (merchant_id, code) not in known
    ]
    reconcile_rows.open_counters(work.session, platform_id, begun)
    return len(begun)


def _count(
    work: UnitOfWork, platform_id: int, windows: dict[int, Window], codes: Sequence[str]
) -> dict[tuple[int, str], int]:
    """Ask each module that counts by months once."""
    if not windows:
        return {}
    providers = {registry().provider_of(code) for code in codes}
    return {
        (row.merchant_id, row.feature_code): row.used
        for provider in providers
        for row in provider.count_true_usage(work.session, platform_id, list(windows), windows)
    }
