"""`Idempotency-Key`: the same request twice has one effect and one answer."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.bootstrap import System
from app.kit.clocks import Clocks, SettableClock, configure_clocks, system_now
from app.kit.db import unit_of_work
from app.kit.http.idempotency import (
    ABANDONED_AFTER,
    KEPT_FOR,
    IdempotencyRecord,
    delete_old_records,
    is_idempotent,
)
from tests.factories.tenancy import a_shop, a_super_admin
from tests.integration.browser import Visitor
from tests.integration.conventions.trial_routes import calls

PATH = "/api/v1/trial/platforms"
KEY = {"Idempotency-Key": "7b1f"}


@pytest.fixture
def admin(trial: Visitor) -> Visitor:
    """A signed-in browser at the trial routes."""
    return trial.sign_in(a_super_admin())


@pytest.fixture
def clock() -> Any:
    """System time that stands still until moved."""
    clock = SettableClock(system_now())
    configure_clocks(Clocks(system=clock))
    yield clock
    configure_clocks(Clocks())


def records() -> list[IdempotencyRecord]:
    with unit_of_work(read_only=True) as work:
        return list(work.session.scalars(select(IdempotencyRecord)))


def test_it_replays_the_first_answer(admin: Visitor) -> None:
    first = admin.post(PATH, {"name": "one"}, headers=KEY)
    again = admin.post(PATH, {"name": "one"}, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert calls == ["one"]


def test_it_replays_a_refusal_as_well(admin: Visitor) -> None:
    answers = [admin.post(PATH, {"name": "refused"}, headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[1].headers["content-type"] == "application/problem+json"
    assert calls == ["refused"]


def test_it_refuses_the_key_for_another_body(admin: Visitor) -> None:
    admin.post(PATH, {"name": "one"}, headers=KEY)
    answer = admin.post(PATH, {"name": "two"}, headers=KEY)
    assert answer.status_code == 422
    assert answer.json()["error_code"] == "idempotency_key_reused"
    assert calls == ["one"]


def test_it_keeps_the_keys_of_two_people_apart(admin: Visitor) -> None:
    admin.post(PATH, {"name": "one"}, headers=KEY)
    admin.client.cookies.clear()
    admin.sign_in(a_shop().owner_email)
    assert admin.post(PATH, {"name": "two"}, headers=KEY).status_code == 201
    assert calls == ["one", "two"]


def test_it_forgets_what_crashed(admin: Visitor) -> None:
    answers = [admin.post(PATH, {"name": "crash"}, headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [500, 500]
    assert calls == ["crash", "crash"]
    assert records() == []


def test_it_refuses_while_the_first_is_still_running(admin: Visitor, clock: SettableClock) -> None:
    admin.post(PATH, {"name": "one"}, headers=KEY)
    with unit_of_work() as work:
        work.session.scalars(select(IdempotencyRecord)).one().status = None
    clock.advance(ABANDONED_AFTER)
    answer = admin.post(PATH, {"name": "one"}, headers=KEY)
    assert answer.status_code == 409
    assert answer.json()["error_code"] == "idempotent_request_running"
    assert calls == ["one"]


def test_it_takes_over_from_a_process_that_died(admin: Visitor, clock: SettableClock) -> None:
    admin.post(PATH, {"name": "refused"}, headers=KEY)
    with unit_of_work() as work:
        work.session.scalars(select(IdempotencyRecord)).one().status = None
    clock.advance(ABANDONED_AFTER + timedelta(seconds=1))
    assert admin.post(PATH, {"name": "refused"}, headers=KEY).status_code == 404
    assert calls == ["refused", "refused"]


def test_it_keeps_answers_for_a_day(admin: Visitor, clock: SettableClock) -> None:
    admin.post(PATH, {"name": "refused"}, headers=KEY)
    clock.advance(KEPT_FOR)
    admin.post(PATH, {"name": "refused"}, headers=KEY)
    assert calls == ["refused"]
    clock.advance(timedelta(seconds=1))
    with unit_of_work() as work:
        assert delete_old_records(work) == 1
    admin.post(PATH, {"name": "refused"}, headers=KEY)
    assert calls == ["refused", "refused"]


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_it_refuses_a_key_that_is_none(admin: Visitor, key: str) -> None:
    answer = admin.post(PATH, {"name": "one"}, headers={"Idempotency-Key": key})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "bad_idempotency_key"
    assert calls == []


def test_no_route_that_answers_a_secret_keeps_its_answer(system: System) -> None:
    routes = [route for module in system.modules for one in module.routers for route in one.routes]
    kept = [route for route in routes if is_idempotent(getattr(route, "endpoint", None) or print)]
    fields = {
        f"{route}: {name}"
        for route in kept
        for name in _fields(getattr(route, "response_model", None))
        if name.split("_")[-1] in {"token", "secret", "password"} and not name.startswith("has_")
    }
    assert kept, "the search itself must find the routes"
    assert fields == set()


def _fields(model: Any) -> list[str]:
    return list(getattr(model, "model_fields", {}))
