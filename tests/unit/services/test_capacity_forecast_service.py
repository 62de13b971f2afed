"""Growth trends and recommendations, with the requirement's numbers and words (D32–D35)."""

from datetime import timedelta

import pytest

from app.kit.clocks import business_now, system_now
from app.kit.db import unit_of_work
from app.kit.jobs.models import JobSlot
from app.modules.billing.models import SubscriptionStatus
from app.modules.billing.public import capacity_forecast_service
from app.modules.billing.services.capacity.recommendations import Recommendation
from app.modules.billing.services.capacity.trends import GrowthTrends, MetricTrend
from app.modules.monitoring.services.platform_health_service import platform_health_service
from tests.factories.billing import a_subscription, a_tier_limit, an_override
from tests.factories.capacity import a_growing_history, a_snapshot
from tests.factories.tenancy import AShop, a_merchant, a_user
from tests.factories.usage import counter_is


def trends(days: int = 30) -> GrowthTrends:
    with unit_of_work(read_only=True) as work:
        return capacity_forecast_service.get_growth_trends(work.session, days=days)


def recommendations() -> list[Recommendation]:
    with unit_of_work(read_only=True) as work:
        return capacity_forecast_service.get_scaling_recommendations(work.session)


def products(days: int = 30) -> MetricTrend:
    return trends(days)["metrics"]["products"]


def test_a_steady_growth_is_told_with_its_projections(shop: AShop) -> None:
    a_growing_history(30)
    trend = products()
    assert (trend["first"], trend["last"], trend["growth_rate"]) == (1000, 1290, 29.0)
    assert trend["daily_projection"] == pytest.approx(10, abs=0.1)
    assert trend["monthly_projection"] == pytest.approx(1590, abs=3)
    assert trend["interval_95"] is not None
    low, high = trend["interval_95"]
    assert low <= 1590 <= high


def test_growth_from_zero_has_no_rate(shop: AShop) -> None:
    a_growing_history(10, metric="merchants")
    assert trends()["metrics"]["products"]["growth_rate"] is None


def test_six_snapshots_are_too_few_for_a_projection(shop: AShop) -> None:
    a_growing_history(6)
    found = trends()
    assert (found["snapshots"], found["insufficient_data"]) == (6, True)
    trend = found["metrics"]["products"]
    assert (trend["first"], trend["last"]) == (1000, 1050)
    assert trend["daily_projection"] is None
    assert trend["monthly_projection"] is None
    assert trend["interval_80"] is None


def test_without_any_snapshot_there_are_no_metrics(shop: AShop) -> None:
    assert trends() == {"days": 30, "snapshots": 0, "insufficient_data": True, "metrics": {}}


def test_only_the_days_asked_for_are_compared(shop: AShop) -> None:
    a_growing_history(30)
    assert (products(days=7)["first"], products(days=7)["last"]) == (1230, 1290)


def test_an_outage_and_a_spike_do_not_derail_the_trend(shop: AShop) -> None:
    today = business_now().date()
    for n in range(60):
        if not 30 <= n < 40:
            spike = 5 if n == 50 else 1
            a_snapshot(today - timedelta(days=59 - n), products=(1000 + 10 * n) * spike)
    assert products(days=60)["monthly_projection"] == pytest.approx(1890, rel=0.02)


def test_it_tells_when_a_limit_is_reached(shop: AShop) -> None:
    limits = {"max_products": {"limit": 1500, "unlimited": 0, "actual_unlimited": 0}}
    today = business_now().date()
    for n in range(30):
        used = 1000 + 10 * n
        limits = {"max_products": {**limits["max_products"], "actual": used}}
        a_snapshot(today - timedelta(days=29 - n), products=used, limits=limits)
    trend = products()
    assert trend["limit"] == 1500
    assert trend["limit_reached_on"] == today + timedelta(days=21)
    (advice,) = [one for one in recommendations() if one["category"] == "forecast"]
    assert advice["severity"] == "info"
    assert "21 days" in advice["description"]
    assert advice["link"] == "/admin/platform-health/capacity"


def test_capacity_is_told_with_the_numbers_of_the_requirement(shop: AShop) -> None:
    a_tier_limit(shop.platform_id, "essential", "max_products", 500_000)
    counter_is(shop.owner, "max_products", 125_000)
    with unit_of_work(read_only=True) as work:
        capacity = platform_health_service.get_subscription_capacity(work.session)
    assert capacity["total_subscriptions"] == 1
    assert capacity["tier_distribution"] == {
        "essential": 1,
        "professional": 0,
        "business": 0,
        "enterprise": 0,
    }
    assert capacity["products"] == {
        "actual": 125_000,
        "theoretical_limit": 500_000,
        "utilization_percent": 25.0,
        "headroom": 375_000,
        "unlimited_subscriptions": 0,
        "actual_unlimited": 0,
    }


def test_unlimited_plans_are_told_apart_and_ended_ones_left_out(shop: AShop) -> None:
    counter_is(shop.owner, "max_products", 150)
    for tier, status, used in (
        ("business", SubscriptionStatus.TRIAL, 70),
        ("essential", SubscriptionStatus.CANCELLED, 9),
    ):
        merchant = a_merchant(a_user()[0])
        owner = shop.owner._replace(merchant_id=merchant)
        a_subscription(owner, tier, status=status)
        counter_is(owner, "max_products", used)
    with unit_of_work(read_only=True) as work:
        capacity = platform_health_service.get_subscription_capacity(work.session)
    assert capacity["total_subscriptions"] == 2
    found = capacity["products"]
    assert (found["actual"], found["theoretical_limit"]) == (150, 200)
    assert (found["unlimited_subscriptions"], found["actual_unlimited"]) == (1, 70)


def test_an_exception_counts_instead_of_the_tier(shop: AShop) -> None:
    an_override(shop.owner, "max_products", 1000)
    counter_is(shop.owner, "max_products", 150)
    with unit_of_work(read_only=True) as work:
        found = platform_health_service.get_subscription_capacity(work.session)["products"]
    assert (found["theoretical_limit"], found["headroom"]) == (1000, 850)


def test_no_limit_at_all_is_no_utilization(shop: AShop) -> None:
    an_override(shop.owner, "max_products", None, is_enabled=False)
    with unit_of_work(read_only=True) as work:
        found = platform_health_service.get_subscription_capacity(work.session)["products"]
    assert (found["utilization_percent"], found["headroom"]) == (0.0, 0)


def test_eighty_five_percent_is_a_warning_in_the_words_of_the_requirement(shop: AShop) -> None:
    counter_is(shop.owner, "max_products", 170)
    (advice,) = recommendations()
    assert advice == {
        "category": "capacity",
        "severity": "warning",
        "title": "Product capacity approaching limit",
        "description": "Currently at 85% of theoretical product capacity",
        "action": "Consider upgrading store tiers or adding capacity",
        "link": "/admin/platform-health/capacity",
    }


@pytest.mark.parametrize(
    ("used", "severities"), [(159, []), (160, ["warning"]), (189, ["warning"]), (190, ["critical"])]
)
def test_severity_follows_the_thresholds(shop: AShop, used: int, severities: list[str]) -> None:
    counter_is(shop.owner, "max_products", used)
    assert [one["severity"] for one in recommendations()] == severities


def test_more_clients_than_sqlite_carries_are_told_of(shop: AShop) -> None:
    a_snapshot(business_now().date(), active_clients=50)
    assert recommendations() == []
    a_snapshot(business_now().date(), active_clients=51)
    (advice,) = recommendations()
    assert advice["category"] == "infrastructure"
    assert "PostgreSQL" in advice["description"]


@pytest.mark.parametrize(
    ("stored", "severities"), [(79_000, []), (80_000, ["warning"]), (95_000, ["critical"])]
)
def test_storage_is_measured_by_what_so_many_clients_call_for(
    shop: AShop, stored: int, severities: list[str]
) -> None:
    a_snapshot(business_now().date(), active_clients=50, storage_bytes=stored * 1_000_000)
    advice = recommendations()
    assert [one["severity"] for one in advice] == severities
    assert all(one["category"] == "storage" and "100GB" in one["description"] for one in advice)


def test_jobs_that_should_have_begun_an_hour_ago_are_told_of(shop: AShop) -> None:
    now = system_now()
    with unit_of_work() as work:
        for minutes in (30, 61):
            at = now - timedelta(minutes=minutes)
            work.session.add(JobSlot(name="x", slot=at, status="waiting", available_at=at))
    (advice,) = recommendations()
    assert (advice["category"], advice["title"]) == ("jobs", "Jobs are late")
    assert advice["description"].endswith("ago: 1")


def test_the_most_severe_comes_first(shop: AShop) -> None:
    counter_is(shop.owner, "max_products", 165)
    counter_is(shop.owner, "max_orders_per_month", 99)
    assert [one["severity"] for one in recommendations()] == ["critical", "warning"]
    assert recommendations()[0]["title"] == "Order capacity approaching limit"
