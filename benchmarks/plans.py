"""A merchant's plan that a process needs anew: as another one left it in Redis, or by statements.

Both sides verify the version that is in force and decide what follows from it; they come to the
same entitlements.
"""

import sys
from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.modules.billing.services.load_entitlements import Loaded, load_entitlements
from app.modules.billing.services.shared_facts import load_committed
from benchmarks._databases import KINDS, fresh_database
from benchmarks._population import shops
from benchmarks._report import Figure, report
from benchmarks._timing import in_turns
from devtools.services.redis import redis_server

MERCHANTS = 500
GOAL = 0.75


def main() -> int:
    """Measure and report."""
    with redis_server() as redis_url:
        figures = [_measured(kind, redis_url) for kind in KINDS]
        with fresh_database("sqlite", redis_url=redis_url):
            owners = _owners()
            return report("plans", figures, profiled=partial(_loaded, load_committed, owners))


def _measured(kind: str, redis_url: str) -> Figure:
    with fresh_database(kind, redis_url=redis_url):
        owners = _owners()
        shared = partial(_loaded, load_committed, owners)
        alone = partial(_loaded, load_entitlements, owners)
        assert shared() == alone() == shared()
        took, reference = in_turns(shared, alone)
        microseconds = 1e6 / MERCHANTS
        return Figure(
            f"{kind}, a plan from Redis", "µs", took * microseconds, GOAL, reference * microseconds
        )


def _owners() -> list[Owner]:
    return [store.owner for store in shops(MERCHANTS, tier="professional")]


def _loaded(load: Callable[[Session, Owner], Loaded], owners: list[Owner]) -> list[Loaded]:
    """Load each plan in a unit of its own, as a request does."""
    found = []
    for owner in owners:
        with unit_of_work(read_only=True) as work:
            found.append(load(work.session, owner))
    return found


if __name__ == "__main__":
    sys.exit(main())
