"""Snapshots, trends and health through the API, on every database (D32–D35)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.contracts.metrics import health_checks
from app.kit.clocks import business_now, system_now
from app.kit.db import Database, unit_of_work
from app.kit.i18n import knows
from app.kit.jobs.models import JobSchedule, JobSlot
from app.kit.outbox.models import OutboxRow
from app.modules.billing.models import CapacityForecast, CapacitySnapshot
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.capacity import a_growing_history
from tests.factories.catalog import a_product
from tests.factories.tenancy import AShop, a_platform_admin, a_shop, a_super_admin
from tests.factories.usage import counter_is
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries

BASE = "/api/v1/admin/platform-health"


@pytest.fixture
def shop(database: Database) -> AShop:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    return shop


@pytest.fixture
def admin(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    return visitor().sign_in(a_super_admin())


def elsewhere() -> AShop:
    other = a_shop()
    shipped_tiers(other.platform_id)
    a_subscription(other.owner, "professional")
    return other


def test_a_snapshot_holds_every_platform_and_all_of_them(admin: Visitor, shop: AShop) -> None:
    other = elsewhere()
    a_product(shop)
    counter_is(shop.owner, "max_products", 150)
    answer = admin.post(f"{BASE}/snapshot")
    assert answer.status_code == 200, answer.text
    assert answer.json()["platforms"] == 2
    with unit_of_work(read_only=True) as work:
        rows = {row.platform_id: row for row in work.session.scalars(select(CapacitySnapshot))}
    assert set(rows) == {None, shop.platform_id, other.platform_id}
    own, whole = rows[shop.platform_id], rows[None]
    assert (own.merchants, own.stores, own.subscriptions, own.products) == (1, 1, 1, 1)
    assert (own.active_clients, whole.active_clients) == (1, 1)
    assert (whole.merchants, whole.stores, whole.subscriptions) == (2, 2, 2)
    assert own.subscriptions_by_tier["essential"] == 1
    assert own.subscriptions_by_status == {"active": 1}
    assert own.limits["max_products"] == {
        "limit": 200,
        "actual": 150,
        "unlimited": 0,
        "actual_unlimited": 0,
    }
    assert whole.limits["max_products"]["unlimited"] == 1
    assert (own.arr_cents, whole.arr_cents) == (4900 * 12, 4900 * 12 + 9900 * 12)
    assert whole.database_bytes > 0


def test_again_the_same_day_updates_it(admin: Visitor, shop: AShop) -> None:
    admin.post(f"{BASE}/snapshot")
    a_product(shop)
    admin.post(f"{BASE}/snapshot")
    with unit_of_work(read_only=True) as work:
        rows = work.session.scalars(
            select(CapacitySnapshot).where(CapacitySnapshot.platform_id == shop.platform_id)
        ).all()
    assert [row.products for row in rows] == [1]


def test_forecasts_are_kept_with_the_snapshot_and_read_by_pages(
    admin: Visitor, shop: AShop
) -> None:
    a_growing_history(20, metric="merchants")
    admin.post(f"{BASE}/snapshot")
    with unit_of_work(read_only=True) as work:
        kept = work.session.scalars(
            select(CapacityForecast).where(CapacityForecast.metric == "merchants")
        ).one()
    assert kept.scope == "all"
    trend = admin.get(f"{BASE}/trends").json()["metrics"]["merchants"]
    assert trend["monthly_projection"] == kept.steps["mean"][29]


def test_statements_do_not_grow_with_merchants(admin: Visitor, shop: AShop) -> None:
    def statements() -> int:
        with counted_queries() as counted:
            assert admin.post(f"{BASE}/snapshot").status_code == 200
        return len(counted)

    statements()
    few = statements()
    for _ in range(5):
        a_subscription(a_shop(shop.platform_id).owner, "business")
    assert statements() == few


def test_trends_tell_growth_and_projection(admin: Visitor) -> None:
    a_growing_history(40)
    found = admin.get(f"{BASE}/trends?days=30").json()
    assert (found["days"], found["snapshots"], found["insufficient_data"]) == (30, 30, False)
    products = found["metrics"]["products"]
    assert (products["first"], products["last"]) == (1100, 1390)
    assert products["growth_rate"] == pytest.approx(26.4)
    assert products["monthly_projection"] == pytest.approx(1690, abs=3)


@pytest.mark.parametrize("days", [0, 366])
def test_trends_look_back_at_most_a_year(admin: Visitor, days: int) -> None:
    assert admin.get(f"{BASE}/trends?days={days}").status_code == 422


def test_a_metric_is_told_day_by_day_with_its_forecast(admin: Visitor) -> None:
    a_growing_history(40)
    found = admin.get(f"{BASE}/trends/products?days=30").json()
    today = business_now().date()
    assert len(found["past"]) == 30
    assert found["past"][-1] == {"day": today.isoformat(), "value": 1390}
    assert found["expected"][0]["day"] == (today + timedelta(days=1)).isoformat()
    assert len(found["expected"]) == 30
    assert admin.get(f"{BASE}/trends/nonsense").status_code == 422


def test_figures_are_measured_before_the_first_snapshot(admin: Visitor, shop: AShop) -> None:
    a_product(shop)
    found = admin.get(f"{BASE}/capacity").json()
    assert (found["products"], found["merchants"], found["active_clients"]) == (1, 1, 1)
    assert found["storage"] == {"files": 0, "bytes": 0}
    assert found["infrastructure_tier"]["clients"] == "1-50"
    assert found["infrastructure_tier"]["database"] == "SQLite"


def test_a_platform_admin_sees_the_own_platforms_alone(
    visitor: Callable[[], Visitor], shop: AShop
) -> None:
    other = elsewhere()
    local = visitor().sign_in(a_platform_admin(shop.platform_id))
    found = local.get(f"{BASE}/subscription-capacity").json()
    assert found["total_subscriptions"] == 1
    assert found["tier_distribution"]["professional"] == 0
    assert local.get(f"{BASE}/capacity").json()["merchants"] == 1
    foreign = local.get(f"{BASE}/subscription-capacity?platform_id={other.platform_id}").json()
    assert foreign["total_subscriptions"] == 0


def test_one_platform_can_be_asked_for(admin: Visitor, shop: AShop) -> None:
    other = elsewhere()
    counter_is(other.owner, "max_orders_per_month", 100)
    found = admin.get(f"{BASE}/subscription-capacity?platform_id={other.platform_id}").json()
    assert found["orders_monthly"]["theoretical_limit"] == 500
    assert found["orders_monthly"]["utilization_percent"] == 20.0
    assert found["orders_monthly"]["headroom"] == 400


def test_all_well_is_told_with_the_host(admin: Visitor) -> None:
    found = admin.get(f"{BASE}/health").json()
    assert {one["name"] for one in found["checks"]} >= {"jobs", "webhooks", "stripe", "disk"}
    assert found["jobs"] == {"failed": 0}
    assert found["webhooks"] == {"waiting": 0, "lag_seconds": 0.0, "dead": 0}
    assert 0 <= found["host"]["memory_percent"] <= 100
    assert found["database"]["bytes"] > 0
    assert found["database"]["latency_ms"] >= 0


def test_a_failed_job_degrades_the_health_and_asks_for_care(admin: Visitor) -> None:
    with unit_of_work() as work:
        work.session.add(
            JobSlot(name="billing.x", slot=system_now(), status="failed", available_at=system_now())
        )
    found = admin.get(f"{BASE}/health").json()
    assert found["status"] == "degraded"
    (problem,) = [one["problem"] for one in found["checks"] if one["name"] == "jobs"]
    assert problem == "One background job has failed."
    assert [one["link"] for one in found["recommendations"]] == ["/admin/jobs"]


def test_mails_that_nobody_takes_degrade_the_health(admin: Visitor) -> None:
    def put(*minutes_ago: int) -> None:
        with unit_of_work() as work:
            for minutes in minutes_ago:
                at = system_now() - timedelta(minutes=minutes)
                row = OutboxRow(kind="mail", payload={}, status="waiting", available_at=at)
                row.created_at = at
                work.session.add(row)

    def problem() -> object:
        checks = admin.get(f"{BASE}/health").json()["checks"]
        (found,) = [one["problem"] for one in checks if one["name"] == "mails"]
        return found

    put(14)
    assert problem() is None
    put(16, 600)
    assert problem() == "2 emails have waited for more than a quarter of an hour."
    assert admin.get(f"{BASE}/health").json()["status"] == "degraded"


def test_every_part_has_a_name_on_the_page() -> None:
    names = {check.name for check in health_checks()} | {"redis"}
    assert {name for name in names if not knows(f"monitoring.health.script.part_{name}")} == set()


def test_the_first_page_says_whether_all_is_well(admin: Visitor) -> None:
    as_page = {"Accept": "text/html"}
    assert "Everything works." in admin.get("/admin?lang=en", headers=as_page).text
    with unit_of_work() as work:
        work.session.add(
            JobSlot(name="billing.x", slot=system_now(), status="failed", available_at=system_now())
        )
    told = admin.get("/admin?lang=en", headers=as_page).text
    assert "One background job has failed." in told
    assert "Everything works." not in told


def test_jobs_that_nobody_runs_degrade_the_health(admin: Visitor) -> None:
    with unit_of_work() as work:
        long_ago = business_now() - timedelta(minutes=61)
        work.session.add(JobSchedule(name="billing.x", planned_until=long_ago))
    found = admin.get(f"{BASE}/health").json()
    assert found["status"] == "degraded"
    (problem,) = [one["problem"] for one in found["checks"] if one["name"] == "jobs"]
    assert problem == "No background job has run for more than an hour."


def test_a_platform_admin_is_not_told_of_the_machinery(
    visitor: Callable[[], Visitor], shop: AShop
) -> None:
    with unit_of_work() as work:
        work.session.add(
            JobSlot(name="billing.x", slot=system_now(), status="failed", available_at=system_now())
        )
    local = visitor().sign_in(a_platform_admin(shop.platform_id))
    assert local.get(f"{BASE}/recommendations").json() == []
