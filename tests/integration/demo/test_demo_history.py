"""A year of the demo's merchants at the sandbox, as the first start plays it."""

import shutil
from collections.abc import Iterator
from contextvars import Context
from pathlib import Path

import pytest

from app.bootstrap import System
from app.cli.demo import seed
from app.cli.demo_sandbox import HOST, WEBHOOK_PATH, DemoSandbox
from app.contracts.demo import HISTORY_DAYS
from app.kit.db import Database, configure_database
from app.kit.ports import listen_from
from app.modules.billing.gateways.client import forget_client
from app.modules.billing.gateways.sandbox_clock import forget_sandbox
from app.modules.billing.public import reconcile_stripe
from app.modules.billing.services.tables import tables
from app.modules.billing.settings import billing_settings

ADDRESS = f"http://{HOST}:9"


@pytest.fixture
def demo(
    system: System, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """What a demo holds once the history is played, with the sandbox still there."""
    file = tmp_path / "demo.sqlite3"
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    configure_database(database)
    with listen_from(HOST, 23_900) as listening:
        stripe = DemoSandbox(
            tmp_path, listening, webhook=ADDRESS + WEBHOOK_PATH, days_behind=HISTORY_DAYS
        )
    for name, value in stripe.settings({}).items():
        monkeypatch.setenv(name, value)
    _know_nothing()
    try:
        stripe.wait()
        Context().run(seed, system, scale=0, stripe_pages=ADDRESS)  # with no time pinned
        yield database
    finally:
        monkeypatch.undo()
        _know_nothing()
        stripe.stop()
        database.dispose()


def _know_nothing() -> None:
    """Forget what was read of settings and data before."""
    billing_settings.cache_clear()
    forget_client()
    forget_sandbox()
    tables().forget_all()


def test_it_leaves_nothing_that_differs_from_stripe(demo: Database) -> None:
    report = reconcile_stripe(repair=False)
    assert report.counts == {
        "checked": 47,
        "drifted": 0,
        "repaired": 0,
        "missing": 0,
        "failed": 0,
    }
