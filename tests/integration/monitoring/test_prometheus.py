"""Figures for Prometheus: off unless enabled, and for super admins alone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.contracts.features import gate
from app.kit.clocks import system_now
from app.kit.db import Database, unit_of_work
from app.kit.jobs.models import JobSlot
from app.modules.billing.models import EventStatus, StripeReconciliation, StripeWebhookEvent
from app.modules.billing.public import FeatureLimitReached, FeatureNotAvailable
from app.modules.monitoring.settings import monitoring_settings
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.catalog import a_product
from tests.factories.tenancy import AShop, a_platform_admin, a_shop, a_super_admin
from tests.integration.browser import Visitor


@pytest.fixture
def shop(database: Database) -> AShop:
    return a_shop()


@pytest.fixture
def enabled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("METRICS_ENABLED", "true")
    monitoring_settings.cache_clear()
    yield
    monkeypatch.undo()
    monitoring_settings.cache_clear()


def test_it_is_off_unless_enabled(visitor: Callable[[], Visitor], shop: AShop) -> None:
    assert visitor().sign_in(a_super_admin()).get("/metrics").status_code == 404


@pytest.fixture
def admin(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    return visitor().sign_in(a_super_admin())


def figures(admin: Visitor) -> dict[str, float]:
    answer = admin.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_it_tells_how_large_everything_is_and_that_nothing_waits(
    enabled: None, admin: Visitor
) -> None:
    found = figures(admin)
    assert found['tierline_capacity{metric="stores"}'] == 1
    assert found['tierline_webhooks{state="waiting"}'] == 0
    assert found['tierline_webhooks{state="dead"}'] == 0
    assert found["tierline_webhook_lag_seconds"] == 0
    assert found["tierline_stripe_drift"] == 0


def test_it_tells_how_far_webhooks_lag_behind(enabled: None, admin: Visitor) -> None:
    now = system_now()
    with unit_of_work() as work:
        for number, minutes in enumerate((10, 90)):
            received = now - timedelta(minutes=minutes)
            work.session.add(
                StripeWebhookEvent(
                    event_id=f"evt_{number}",
                    event_type="invoice.paid",
                    stripe_created_at=received,
                    status=EventStatus.FAILED,
                    received_at=received,
                )
            )
    found = figures(admin)
    assert found['tierline_webhooks{state="waiting"}'] == 2
    assert found["tierline_webhook_lag_seconds"] == pytest.approx(90 * 60, abs=60)


def test_it_counts_runs_of_jobs_and_tells_when_each_was_last_done(
    enabled: None, admin: Visitor
) -> None:
    done_at = datetime(2026, 1, 2, tzinfo=UTC)
    runs = [("done", done_at), ("done", done_at - timedelta(days=1)), ("failed", done_at)]
    with unit_of_work() as work:
        for day, (status, finished_at) in enumerate(runs):
            slot = done_at - timedelta(days=day)
            work.session.add(
                JobSlot(
                    name="billing.x",
                    slot=slot,
                    status=status,
                    available_at=slot,
                    finished_at=finished_at,
                )
            )
    found = figures(admin)
    assert found['tierline_job_runs{job="billing.x",status="done"}'] == 2
    assert found['tierline_job_runs{job="billing.x",status="failed"}'] == 1
    last = found['tierline_job_last_done_timestamp_seconds{job="billing.x"}']
    assert last == done_at.timestamp()


def test_it_tells_how_many_subscriptions_differed_from_stripe(
    enabled: None, admin: Visitor
) -> None:
    now = system_now()
    with unit_of_work() as work:
        work.session.add(StripeReconciliation(started_at=now, finished_at=now, drifted=3))
    assert figures(admin)["tierline_stripe_drift"] == 3


def test_it_counts_requests_by_method_route_and_status(
    enabled: None, admin: Visitor, shop: AShop
) -> None:
    asked = 'tierline_http_request_duration_seconds_count{method="GET",route="%s",status="%s"}'
    one = asked % ("/api/v1/admin/merchants/{merchant_id}", 200)
    missing = asked % ("/api/v1/admin/merchants/{merchant_id}", 404)
    nowhere = asked % ("none", 404)
    before = figures(admin)
    admin.get(f"/api/v1/admin/merchants/{shop.merchant_id}")
    admin.get("/api/v1/admin/merchants/987654")
    admin.get("/api/v1/admin/merchants/987655")
    admin.get("/no/such/page")
    after = figures(admin)
    grown = [after[name] - before.get(name, 0) for name in (one, missing, nowhere)]
    assert grown == [1, 2, 1]
    assert after[one.replace("_count", "_sum")] > 0


def test_it_counts_what_limits_and_plans_refuse_by_feature(
    enabled: None, admin: Visitor, shop: AShop
) -> None:
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    an_override(shop.owner, "max_products", 1)
    refused = 'tierline_feature_refusals_total{feature="%s",reason="%s"}'
    names = (
        refused % ("max_products", "limit_reached"),
        refused
        % (
            "analytics_dashboard",
            "not_in_plan",
        ),
    )
    before = figures(admin)
    a_product(shop)
    for _ in range(2):
        with pytest.raises(FeatureLimitReached):
            a_product(shop)
    with pytest.raises(FeatureNotAvailable):
        gate().require(shop.owner, "analytics_dashboard")
    after = figures(admin)
    assert [after[name] - before.get(name, 0) for name in names] == [2, 1]
    assert 0 <= after["tierline_decision_tables_age_seconds"] < 60


def test_an_admin_of_one_platform_is_refused(
    enabled: None, visitor: Callable[[], Visitor], shop: AShop
) -> None:
    local = visitor().sign_in(a_platform_admin(shop.platform_id))
    assert local.get("/metrics").status_code == 403
