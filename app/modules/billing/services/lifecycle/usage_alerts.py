"""Owners hear when 70, 90 and 100 % of a limit are used, once in each window (D13)."""

from dataclasses import dataclass
from datetime import datetime

from app.contracts.features import FeatureDeclaration
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.upsert import insert_new
from app.modules.billing.models import MerchantSubscription, UsageAlert
from app.modules.billing.repositories import counters, entitlement_rows
from app.modules.billing.services.feature_summary import FULL_AT, THRESHOLDS, percentage
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.load_entitlements import load_entitlements
from app.modules.billing.services.notices import Notice, notify
from app.modules.billing.services.webhooks_out.tell import tell_of_limit
from app.modules.billing.services.windows import Windows


def thresholds_passed(used: int, limit: int | None) -> list[int]:
    """Return the thresholds that usage has reached, in percent; pure.

    Where there is no limit, or nothing is allowed at all, there is nothing to tell.
    """
    if not limit:
        return []
    return [int(one) for one in THRESHOLDS if percentage(used, limit) >= one]


def tell_usage(work: UnitOfWork, owner: Owner) -> int:
    """Tell a merchant's owner of the highest threshold that is news in each limit; how many."""
    subscription = entitlement_rows.find_subscription(work.session, owner)
    loaded = load_entitlements(work.session, owner)
    if subscription is None or not loaded.entitlements.is_open:
        return 0
    windows = Windows.at(business_now(), registry().with_counter, loaded.windows).by_code
    starts = {code: window.start for code, window in windows.items()}
    used = counters.read_counters(work.session, owner, starts)
    told = 0
    for one in registry().with_counter:
        limit = loaded.entitlements.limits[one.code].value
        use = _Use(one, starts[one.code], used.get(one.code, 0), limit or 0)
        if use.passed and _is_news(work, owner, use):
            _tell(work, subscription, use)
            told += 1
    return told


@dataclass(frozen=True)
class _Use:
    declaration: FeatureDeclaration
    window_start: datetime
    used: int
    limit: int

    @property
    def passed(self) -> list[int]:
        return thresholds_passed(self.used, self.limit)


def _is_news(work: UnitOfWork, owner: Owner, use: _Use) -> bool:
    """Note the thresholds; whether the highest of them was not told of yet."""
    rows = [
        {
            **owner._asdict(),
            "feature_code": use.declaration.code,
            "window_start": use.window_start,
            "limit_value": use.limit,
            "threshold": threshold,
            "told_at": business_now(),
        }
        for threshold in use.passed
    ]
    return use.passed[-1] in insert_new(work.session, UsageAlert, rows, told="threshold")


def _tell(work: UnitOfWork, subscription: MerchantSubscription, use: _Use) -> None:
    highest = use.passed[-1]
    code, reached = use.declaration.code, highest >= FULL_AT
    key = f"{code}:{use.window_start.isoformat()}:{use.limit}:{highest}"
    notify(
        work,
        subscription,
        Notice.LIMIT_REACHED if reached else Notice.LIMIT_APPROACHING,
        key=key,
        feature=use.declaration.usage_name_key or use.declaration.name_key,
        usage=(use.used, use.limit),
    )
    owner = Owner(subscription.merchant_id, subscription.platform_id)
    tell_of_limit(work, owner, code=code, usage=(use.used, use.limit), key=key, reached=reached)
