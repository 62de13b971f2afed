"""What counters say, and what the rows that they stand for say."""

from collections.abc import Iterable
from typing import NamedTuple

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.models import UsageCounter
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.load_entitlements import load_entitlements
from app.modules.billing.services.tables import tables
from app.modules.billing.services.usage import count_true
from app.modules.billing.services.windows import window_of


class Counted(NamedTuple):
    """Usage in the present window; `counter` is None before anything was counted."""

    counter: int | None
    true_count: int


def usage_of(owner: Owner, codes: Iterable[str]) -> dict[str, Counted]:
    """Read counters and count rows, by code."""
    now = business_now()
    found = {}
    with unit_of_work(read_only=True) as work:
        rules = load_entitlements(work.session, owner).windows
        for code in codes:
            start = window_of(registry().get(code), rules, now).start
            row = work.session.get(UsageCounter, (*owner, code, start))
            true_count = count_true(work.session, owner, code, rules=rules, at=now)
            found[code] = Counted(None if row is None else row.used, true_count)
    return found


def counter_of(owner: Owner, code: str) -> int | None:
    """Return what the counter of the present window says."""
    return usage_of(owner, [code])[code].counter


def true_count_of(owner: Owner, code: str) -> int:
    """Count the rows of the present window."""
    return usage_of(owner, [code])[code].true_count


def counter_is(owner: Owner, code: str, used: int) -> None:
    """Set the counter of the present window, whatever the rows say."""
    with unit_of_work() as work:
        rules = load_entitlements(work.session, owner).windows
        start = window_of(registry().get(code), rules, business_now()).start
        work.session.merge(
            UsageCounter(
                merchant_id=owner.merchant_id,
                platform_id=owner.platform_id,
                feature_code=code,
                window_start=start,
                used=used,
            )
        )
    tables().forget_usage(owner)
