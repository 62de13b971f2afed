"""What a move over many days leaves out: forecasts that the next day would replace."""

from datetime import timedelta

import pytest

from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.kit.jobs import OutsideRun
from app.modules.billing.models import CapacitySnapshot
from app.modules.billing.repositories import clock_rows
from app.modules.billing.services.capacity import capture
from app.modules.billing.tasks.subscription import capture_capacity_snapshot
from tests.factories.tenancy import a_platform


@pytest.mark.parametrize(
    ("ahead", "forecasts"), [(None, 1), (timedelta(days=1), 0), (timedelta(hours=23), 1)]
)
def test_only_the_last_day_of_a_move_brings_forecasts(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    ahead: timedelta | None,
    forecasts: int,
) -> None:
    a_platform()
    renewed: list[object] = []
    monkeypatch.setattr(capture, "renew_forecasts", renewed.append)
    now = business_now()
    monkeypatch.setattr("app.modules.billing.services.demo_clock.state.business_now", lambda: now)
    with unit_of_work() as work:
        clock_rows.lock_move(work.session).target = None if ahead is None else now + ahead
    capture_capacity_snapshot(OutsideRun("capture", now, None, renew=lambda _cursor: None))
    assert len(renewed) == forecasts
    with unit_of_work(read_only=True) as work:
        assert work.session.query(CapacitySnapshot).count() == 2  # the platform's, and all
