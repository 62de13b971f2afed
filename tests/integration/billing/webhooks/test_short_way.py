"""Signed events are stored together, with the same answers as one by one (S11)."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.modules.billing.routes import hot_webhooks
from app.modules.billing.services.webhooks.inbox import Receipt
from tests.integration.billing.webhooks.life import PLAN, a_life, prices_of
from tests.integration.billing.webhooks.stage import Stage, drain, stored_events
from tests.integration.billing.webhooks.test_inbox import an_event, signed
from tests.integration.queries import counted_statements


def fails(_events: Sequence[Any]) -> list[Receipt]:
    """A transaction that cannot be written."""
    raise OSError("no room")


def test_answers_the_same_both_ways(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    body = json.dumps(an_event()).encode()
    short = stage.post_raw(body, signed(body))
    monkeypatch.setattr(hot_webhooks._inbox, "_write", fails)
    ordinary = stage.post_raw(body, signed(body))
    assert (short.json(), ordinary.json()) == ({"status": "received"}, {"status": "duplicate"})
    assert short.content == ordinary.content.replace(b"duplicate", b"received")
    names = set(ordinary.headers) - {"x-request-id", "content-length"}
    assert {name: short.headers[name] for name in names} == {
        name: ordinary.headers[name] for name in names
    }


def test_stores_by_itself_what_could_not_be_stored_in_company(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hot_webhooks._inbox, "_write", fails)
    assert stage.post(an_event()).json() == {"status": "received"}
    assert [one.event_id for one in stored_events()] == ["evt_test"]


def test_tells_one_of_two_that_are_the_same_at_once(stage: Stage) -> None:
    first, second = an_event(), an_event(id="evt_other")
    answers = hot_webhooks._store([first, second, first])
    assert answers == [Receipt.RECEIVED, Receipt.RECEIVED, Receipt.DUPLICATE]
    assert len(stored_events()) == 2


def test_stores_each_of_many_that_come_at_once(stage: Stage) -> None:
    events = [an_event(id=f"evt_{number // 2}") for number in range(60)]
    with ThreadPoolExecutor(12) as pool:
        answers = [one.json()["status"] for one in pool.map(stage.post, events)]
    assert sorted(answers) == ["duplicate"] * 30 + ["received"] * 30
    assert {one.event_id for one in stored_events()} == {f"evt_{number}" for number in range(30)}


def test_refuses_a_body_that_nests_without_end(stage: Stage) -> None:
    body = b"[" * 200_000
    answer = stage.post_raw(body, signed(body))
    assert (answer.status_code, answer.json()["error_code"]) == (400, "unreadable_webhook")


@pytest.mark.parametrize("kind", ["customer.subscription.updated", "product.created"])
def test_works_on_many_that_wait_with_the_statements_of_few(stage: Stage, kind: str) -> None:
    life = a_life(stage, "many")
    life.begin(prices_of(stage.platform_id)[0])
    stage.settle()
    [plan] = life.subscriptions(PLAN)

    def statements_for(run: str, count: int) -> int:
        for number in range(count):
            stage.post(an_event(kind, id=f"evt_{run}_{number}", data={"object": plan}))
        with counted_statements() as statements:
            drain()
        return len(statements)

    assert statements_for("few", 3) == statements_for("many", 30)
    assert {one.status for one in stored_events() if one.event_type == kind} <= {
        "processed",
        "ignored",
    }
