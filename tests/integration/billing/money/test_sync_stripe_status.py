"""The hourly job that repairs what lost webhooks left behind (S16)."""

from contextvars import copy_context

from app.bootstrap import System
from app.kit.db import Database
from app.kit.jobs.models import JobSlot
from app.modules.billing.gateways.client import ask
from tests.integration.billing.money.world import World

JOB = "billing.sync_stripe_status"


def _run(system: System) -> JobSlot:
    return copy_context().run(system.runner.run_now, JOB)


def test_repairs_what_differs(world: World, system: System) -> None:
    world.subscribe("professional")
    stripe_id = world.row().stripe_subscription_id or ""
    ask(lambda client: client.v1.subscriptions.update(stripe_id, {"cancel_at_period_end": True}))
    run = _run(system)
    assert run.status == "done"
    assert run.counts == {
        "checked": 1,
        "drifted": 1,
        "repaired": 1,
        "missing": 0,
        "failed": 0,
    }
    assert world.row().cancel_at == world.row().period_end


def test_does_nothing_without_keys(database: Database, system: System) -> None:
    run = _run(system)
    assert (run.status, run.counts) == ("done", {})


def test_is_due_every_hour(system: System) -> None:
    [job] = [one for one in system.jobs if one.name == JOB]
    assert job.schedule == "23 * * * *"
