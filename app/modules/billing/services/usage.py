"""Reading usage: counters first, modules for the rest."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from app.contracts.features import FeatureProviderProtocol, Reset, Window
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.modules.billing.exceptions import UsageUnavailable
from app.modules.billing.repositories import counters
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.kinds import has_counter
from app.modules.billing.services.windows import WindowRules, window_of

_log = structlog.get_logger(__name__)

Usage = Mapping[str, int | None]


def read_usage(session: Session, owner: Owner, rules: WindowRules) -> Usage:
    """Return usage by code: all counters in one SELECT, what has none from its provider.

    A provider that fails leaves None for its features: unknown, which no limit lets pass (D5).
    """
    windows = windows_at(rules, business_now())
    keys = {code: windows[code].start for code in _counted()}
    usage: dict[str, int | None] = dict(counters.read_counters(session, owner, keys))
    missing = [code for code in windows if code not in usage]
    for provider in registry().providers:
        own = [code for code in missing if registry().provider_of(code) is provider]
        if own:
            usage |= _ask(session, provider, owner, {code: windows[code] for code in own})
    return usage


def count_true(
    session: Session, owner: Owner, code: str, *, rules: WindowRules, at: datetime
) -> int:
    """Count a feature's usage from its owner's rows. Raises UsageUnavailable."""
    declaration = registry().get(code)
    window = window_of(declaration, rules, at)
    try:
        counted = (
            registry()
            .provider_of(code)
            .count_true_usage(
                session, owner.platform_id, [owner.merchant_id], {owner.merchant_id: window}
            )
        )
        return next((row.used for row in counted if row.feature_code == code), 0)
    except Exception as broken:
        _log.exception("usage_provider_failed", feature=code)
        raise UsageUnavailable(feature_code=code) from broken


def windows_at(rules: WindowRules, at: datetime) -> dict[str, Window]:
    """Return the window of every quantitative feature."""
    return {one.code: window_of(one, rules, at) for one in registry().quantitative}


def _counted() -> Iterable[str]:
    return (one.code for one in registry().quantitative if has_counter(one))


def _ask(
    session: Session,
    provider: FeatureProviderProtocol,
    owner: Owner,
    windows: Mapping[str, Window],
) -> dict[str, int | None]:
    """Ask one module for what no counter says: advisory usage, and counters not yet begun."""
    try:
        told = dict(
            provider.get_current_usage(session, owner.merchant_id, owner.platform_id, windows)
        )
        uncounted = [code for code in windows if code not in told and _is_counted(code)]
        if uncounted:
            told |= _count(session, provider, owner, windows)
    except Exception:  # noqa: BLE001 - any module may break; the page must not
        _log.exception("usage_provider_failed", features=list(windows))
        return dict.fromkeys(windows, None)
    return {code: told.get(code, 0) for code in windows}


def _count(
    session: Session,
    provider: FeatureProviderProtocol,
    owner: Owner,
    windows: Mapping[str, Window],
) -> dict[str, int]:
    month = next((window for code, window in windows.items() if _resets_monthly(code)), None)
    by_merchant = {} if month is None else {owner.merchant_id: month}
    rows = provider.count_true_usage(session, owner.platform_id, [owner.merchant_id], by_merchant)
    return {row.feature_code: row.used for row in rows}


def _is_counted(code: str) -> bool:
    return has_counter(registry().get(code))


def _resets_monthly(code: str) -> bool:
    return registry().get(code).reset is Reset.BILLING_MONTH
