"""An answer of success means that it is on disk; conflicts are run again (house rule 5)."""

import threading

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from app.kit.clocks import business_now
from app.kit.db import (
    RERUNS,
    Database,
    TransactionConflict,
    rerun_on_conflict,
    unit_of_work,
)
from app.kit.errors import NotFound
from app.modules.tenancy.models import Platform
from tests.factories.tenancy import a_platform, a_super_admin
from tests.integration.browser import Visitor
from tests.integration.conventions.trial_routes import calls


def platform_codes() -> list[str]:
    with unit_of_work(read_only=True) as work:
        return list(work.session.scalars(select(Platform.code)))


def test_a_commit_that_fails_is_an_error_and_writes_nothing(
    trial: Visitor, late_children: None
) -> None:
    answer = trial.post("/api/v1/trial/late", {"name": "late"})
    assert answer.status_code == 500
    assert answer.json()["error_code"] == "internal_error"
    assert platform_codes() == []


def test_the_same_request_answers_success_once_its_commit_holds(
    trial: Visitor, late_children: None
) -> None:
    with unit_of_work() as work:
        work.session.add(Platform(id=404, code="parent", name="p", created_at=business_now()))
    answer = trial.post("/api/v1/trial/late", {"name": "late"})
    assert answer.status_code == 200
    assert sorted(platform_codes()) == ["late", "parent"]


@pytest.mark.parametrize("name", ["crash", "refused"])
def test_an_error_inside_a_unit_leaves_nothing_behind(trial: Visitor, name: str) -> None:
    trial.sign_in(a_super_admin())
    assert trial.post("/api/v1/trial/platforms", {"name": name}).status_code >= 400
    assert platform_codes() == []


def test_what_waits_for_the_commit_is_called_after_it(database: Database) -> None:
    seen: list[list[str]] = []
    with unit_of_work() as work:
        work.session.add(_platform("a"))
        work.after_commit(lambda: seen.append(platform_codes()))
        assert seen == []
    assert seen == [["a"]]


def test_what_waits_for_the_commit_is_never_called_without_it(database: Database) -> None:
    seen: list[str] = []

    def fail() -> None:
        with unit_of_work() as work:
            work.after_commit(lambda: seen.append("called"))
            raise NotFound

    with pytest.raises(NotFound):
        fail()
    assert seen == []


def test_units_do_not_nest(database: Database) -> None:
    with pytest.raises(RuntimeError, match="already open"), unit_of_work(), unit_of_work():
        pass
    with unit_of_work() as work:  # and the failed attempt left nothing locked
        work.session.add(_platform("after"))


def add_read_only(code: str) -> None:
    with unit_of_work(read_only=True) as work:
        work.session.add(_platform(code))
        work.session.flush()


def test_a_read_only_unit_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"):
        add_read_only("no")
    with unit_of_work() as work:  # the connection writes again afterwards
        work.session.add(_platform("yes"))
    assert platform_codes() == ["yes"]


def test_a_use_case_that_always_conflicts_is_given_up(database: Database) -> None:
    attempts: list[int] = []

    def use_case() -> None:
        attempts.append(1)
        raise TransactionConflict

    with pytest.raises(TransactionConflict):
        rerun_on_conflict(use_case)
    assert len(attempts) == RERUNS + 1


def rename_after_somebody_else(platform_id: int) -> None:
    with unit_of_work() as work:
        platform = work.session.get_one(Platform, platform_id)
        work.session.execute(
            update(Platform).where(Platform.id == platform_id).values(version=9),
            execution_options={"synchronize_session": False},
        )
        platform.name = "stale"


def test_a_row_that_changed_since_it_was_read_is_a_conflict(database: Database) -> None:
    platform_id = a_platform("one")
    with pytest.raises(TransactionConflict):
        rename_after_somebody_else(platform_id)


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_deadlock_is_run_again_until_both_have_written(database: Database) -> None:
    ids = (a_platform("one"), a_platform("two"))
    both_hold_one = threading.Barrier(2)
    attempts: list[str] = []

    def rename(name: str, order: tuple[int, ...]) -> None:
        attempts.append(name)
        with unit_of_work() as work:
            for place, platform_id in enumerate(order):
                if place and attempts.count(name) == 1:
                    both_hold_one.wait(timeout=30)
                work.session.execute(
                    update(Platform)
                    .where(Platform.id == platform_id)
                    .values(name=func.concat(Platform.name, name))
                )

    threads = [
        threading.Thread(target=rerun_on_conflict, args=(lambda: rename("A", ids),)),
        threading.Thread(target=rerun_on_conflict, args=(lambda: rename("B", ids[::-1]),)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with unit_of_work(read_only=True) as work:
        names = work.session.scalars(select(Platform.name)).all()
    assert [sorted(name.removeprefix("Platform")) for name in names] == [["A", "B"], ["A", "B"]]
    assert len(attempts) > 2  # one of the two was the victim, and was run again


def test_a_route_is_run_again_as_often_as_its_use_case(
    trial: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial.sign_in(a_super_admin())

    def conflict() -> None:
        raise TransactionConflict

    monkeypatch.setattr("tests.integration.conventions.trial_routes.business_now", conflict)
    answer = trial.post("/api/v1/trial/platforms", {"name": "x"})
    assert answer.status_code == 503
    assert answer.json()["error_code"] == "transaction_conflict"
    assert len(calls) == RERUNS + 1


def _platform(code: str) -> Platform:
    return Platform(code=code, name=code, created_at=business_now())
