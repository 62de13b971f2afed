"""Reading usage: counters first, modules for the rest."""

from collections.abc import Mapping
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
from app.modules.billing.services.windows import WindowRules, Windows, window_of

_log = structlog.get_logger(__name__)

Usage = Mapping[str, int | None]


def read_usage(session: Session, owner: Owner, rules: WindowRules) -> Usage:
    """Return all usage by code: counters in one SELECT, what has none from its provider.

    A provider that fails leaves None for its features: unknown, which no limit lets pass (D5).
    """
    now = business_now()
    counted, _ = count_usage(session, owner, Windows.at(now, registry().with_counter, rules))
    told = read_told(session, owner, Windows.at(now, registry().told, rules))
    return {**counted, **told}


def count_usage(
    session: Session, owner: Owner, windows: Windows
) -> tuple[Usage, Mapping[str, int]]:
    """Return usage of features with a counter, and what of it the counters say."""
    keys = {code: window.start for code, window in windows.by_code.items()}
    counted = counters.read_counters(session, owner, keys)
    missing = {code: one for code, one in windows.by_code.items() if code not in counted}
    return {**counted, **_ask_all(session, owner, missing)}, counted


def read_told(session: Session, owner: Owner, windows: Windows) -> Usage:
    """Return usage of features without a counter, as their modules tell it."""
    return _ask_all(session, owner, windows.by_code)


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


def _ask_all(session: Session, owner: Owner, windows: Mapping[str, Window]) -> Usage:
    """Ask each module once for all of its features."""
    asked: dict[FeatureProviderProtocol, dict[str, Window]] = {}
    for code, window in windows.items():
        asked.setdefault(registry().provider_of(code), {})[code] = window
    usage: dict[str, int | None] = {}
    for provider, own in asked.items():
        usage |= _ask(session, provider, owner, own)
    return usage


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
