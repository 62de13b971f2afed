"""Every write of a merchant's products, orders, people and stores, in any order, some undone.

After each step the counters equal the rows, and nothing has grown above its limit (D14, D16).
"""

from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from app.kit.db import Database
from tests.factories.billing import shipped_tiers
from tests.factories.tenancy import a_platform
from tests.integration.limits.goods import Goods
from tests.integration.limits.life import Life
from tests.integration.limits.people import People
from tests.integration.limits.premises import Premises


class Merchant(Goods, People, Premises):
    """All that can happen to a merchant."""


def test_it_keeps_counters_true_whatever_is_written_and_undone(
    database: Database, proof_size: Callable[..., int]
) -> None:
    Life.platform_id = a_platform()
    shipped_tiers(Life.platform_id)
    run_state_machine_as_test(
        Merchant,
        settings=settings(
            max_examples=proof_size("lives of a merchant, a database", reduced=10, full=400),
            stateful_step_count=40,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
