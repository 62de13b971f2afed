"""What counters say, and what the rows that they stand for say."""

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.models import UsageCounter
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.load_entitlements import load_entitlements
from app.modules.billing.services.usage import count_true
from app.modules.billing.services.windows import window_of


def counter_of(owner: Owner, code: str) -> int | None:
    """Return what the counter of the present window says; None before anything was counted."""
    with unit_of_work(read_only=True) as work:
        rules = load_entitlements(work.session, owner).windows
        start = window_of(registry().get(code), rules, business_now()).start
        found = work.session.get(UsageCounter, (*owner, code, start))
        return None if found is None else found.used


def true_count_of(owner: Owner, code: str) -> int:
    """Count the rows of the present window."""
    with unit_of_work(read_only=True) as work:
        rules = load_entitlements(work.session, owner).windows
        return count_true(work.session, owner, code, rules=rules, at=business_now())
