"""A merchant's plan that a process needs anew: as another one left it in Redis, or by statements.

Both sides verify the version that is in force and decide what follows from it; they come to the
same entitlements.
"""

import sys
from functools import partial

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
            return report("plans", figures, profiled=partial(_shared, owners))


def _measured(kind: str, redis_url: str) -> Figure:
    with fresh_database(kind, redis_url=redis_url):
        owners = _owners()
        assert _shared(owners) == _alone(owners) == _shared(owners)
        shared, alone = in_turns(partial(_shared, owners), partial(_alone, owners))
        microseconds = 1e6 / MERCHANTS
        return Figure(
            f"{kind}, a plan from Redis", "µs", shared * microseconds, GOAL, alone * microseconds
        )


def _owners() -> list[Owner]:
    return [store.owner for store in shops(MERCHANTS, tier="professional")]


def _shared(owners: list[Owner]) -> list[Loaded]:
    """Load each plan as a process does that shares what it reads."""
    loaded = []
    for owner in owners:
        with unit_of_work(read_only=True) as work:
            loaded.append(load_committed(work.session, owner))
    return loaded


def _alone(owners: list[Owner]) -> list[Loaded]:
    """Load each plan from the database."""
    loaded = []
    for owner in owners:
        with unit_of_work(read_only=True) as work:
            loaded.append(load_entitlements(work.session, owner))
    return loaded


if __name__ == "__main__":
    sys.exit(main())
