"""`tierline webhooks list` and `replay`."""

import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from app import bootstrap
from app.bootstrap import System
from app.cli.main import commands
from app.modules.billing.exceptions import WebhookEventNotFound
from tests.integration.billing.webhooks.life import a_life
from tests.integration.billing.webhooks.stage import Stage, drain, stored_events
from tests.integration.billing.webhooks.test_inbox import an_event

Run = Callable[..., Result]


@pytest.fixture
def run(system: System, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the test's database; raises what it raises."""
    monkeypatch.setattr(bootstrap, "start", lambda: system)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(commands, ["webhooks", *arguments], catch_exceptions=False)

    return invoke


def test_lists_what_became_of_the_newest(stage: Stage, run: Run) -> None:
    stage.post(an_event(id="evt_1"))
    drain()
    stage.post(an_event(id="evt_2"))
    listed = json.loads(run("list", "--json").stdout)
    newest = sorted((one["event_id"], one["status"]) for one in listed[:2])
    assert newest == [("evt_1", "ignored"), ("evt_2", "received")]
    [waiting] = json.loads(run("list", "--status", "received", "--json").stdout)
    assert (waiting["event_id"], waiting["attempts"]) == ("evt_2", 0)


def test_replays_one_at_once(stage: Stage, run: Run) -> None:
    life = a_life(stage, "replayed")
    stage.settle()
    data = {"object": {"id": life.customer_id}}
    stage.post(an_event("customer.updated", id="evt_1", data=data))
    drain()
    assert run("replay", "evt_1").stdout == "evt_1: processed\n"
    [event] = [one for one in stored_events() if one.event_id == "evt_1"]
    assert (event.status, event.attempts) == ("processed", 1)


def test_fails_where_it_fails_again(stage: Stage, run: Run) -> None:
    stage.post(an_event("invoice.paid", id="evt_1", data={"object": {"id": "in_1"}}))
    result = run("replay", "evt_1", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout.splitlines()[-1]) == {
        "status": "failed",
        "event_id": "evt_1",
        "message": "UnreadableObject: not an invoice that we can read",
    }


def test_says_that_there_is_no_such_event(stage: Stage, run: Run) -> None:
    assert stage.platform_id
    with pytest.raises(WebhookEventNotFound):
        run("replay", "evt_none")
