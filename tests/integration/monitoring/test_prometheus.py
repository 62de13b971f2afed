"""Figures for Prometheus: off unless enabled, and for super admins alone."""

from collections.abc import Callable, Iterator

import pytest

from app.kit.db import Database
from app.modules.monitoring.settings import monitoring_settings
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


def test_it_tells_what_waits_and_how_large_everything_is(
    enabled: None, visitor: Callable[[], Visitor], shop: AShop
) -> None:
    answer = visitor().sign_in(a_super_admin()).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert 'tierline_webhooks{state="dead"} 0.0' in lines
    assert 'tierline_capacity{metric="stores"} 1.0' in lines
    assert "tierline_jobs_failed 0.0" in lines


def test_an_admin_of_one_platform_is_refused(
    enabled: None, visitor: Callable[[], Visitor], shop: AShop
) -> None:
    local = visitor().sign_in(a_platform_admin(shop.platform_id))
    assert local.get("/metrics").status_code == 403
