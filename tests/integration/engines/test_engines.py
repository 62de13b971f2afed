"""What every engine of background work does, with the product's own processes on PostgreSQL."""

import signal
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.integration.engines.fleet import Fleet
from tests.integration.engines.ledger import Ledger, Mark

pytestmark = pytest.mark.postgres

MINUTE = timedelta(minutes=1)
DONE = "SELECT count(*) >= :number FROM job_runs WHERE name = :name AND status = 'done'"
STATUS = "SELECT count(*) FROM job_runs WHERE name = :name AND status = :status"
NOTE, PARTS = "clockwork.note", "clockwork.parts"
FAILING, OUTSIDE = "clockwork.failing", "clockwork.outside"
TRIES = 5
AWAY_NOTE = 1_000_000
POLITE = (0, -signal.SIGTERM)  # uvicorn repeats the signal when all is done


@pytest.fixture(scope="module")
def one_of_each(new_fleet: Callable[..., Fleet]) -> Fleet:
    """One process that serves; with Celery a worker and beat beside it."""
    return new_fleet(webs=1, workers=1)


@pytest.fixture
def fleet(one_of_each: Fleet) -> Fleet:
    """The same, whatever another test has ended."""
    one_of_each.begin()
    return one_of_each


def test_it_runs_what_falls_due_by_itself(fleet: Fleet, ledger: Ledger) -> None:
    ledger.wait_for("SELECT count(*) FROM job_schedules WHERE name = :name", name=PARTS)
    ledger.move_clock(3 * MINUTE)
    ledger.wait_for(DONE, name=PARTS, number=3)
    marks = ledger.marks()
    done = [row.slot for row in ledger.runs(PARTS) if row.status == "done"]
    assert done == [done[0] + n * MINUTE for n in range(len(done))]
    assert [marks[Mark(PARTS, slot, part)] for slot in done[:3] for part in range(3)] == [1] * 9


def test_it_delivers_what_a_request_has_put_into_the_outbox(fleet: Fleet, ledger: Ledger) -> None:
    for number in range(5):
        assert fleet.webs[0].put_note(number)
    ledger.wait_for(
        "SELECT count(*) = 5 FROM clockwork_marks WHERE work = :note AND part < 5", note=NOTE
    )
    marks = ledger.marks()
    assert [marks[Mark(NOTE, None, number)] for number in range(5)] == [1] * 5


def test_it_gives_up_a_job_that_always_fails_and_goes_on_with_the_others(
    fleet: Fleet, ledger: Ledger
) -> None:
    ledger.run(FAILING)
    for failures in range(1, TRIES):
        ledger.wait_for(STATUS + f" AND failures = {failures}", name=FAILING, status="waiting")
        ledger.write(  # its back-off is over
            "UPDATE job_runs SET available_at = started_at"
            " WHERE name = 'clockwork.failing' AND status = 'waiting'"
        )
    ledger.wait_for(STATUS, name=FAILING, status="failed")
    (run,) = ledger.runs(FAILING)
    assert (run.attempts, run.failures) == (TRIES, TRIES)
    assert "this job always fails" in run.error
    before = len(ledger.runs(PARTS))
    ledger.move_clock(MINUTE)
    ledger.wait_for(DONE, name=PARTS, number=before + 1)


def test_it_finishes_what_runs_when_it_is_asked_to_end(fleet: Fleet, ledger: Ledger) -> None:
    ledger.wait_for("SELECT count(*) FROM job_schedules WHERE name = :name", name=OUTSIDE)
    ledger.move_clock(MINUTE)
    ledger.wait_for(STATUS, name=OUTSIDE, status="running")
    for member in fleet.own:
        member.ask_to_end()
    for member in fleet.own:
        assert member.exit_code() in POLITE, member.name
    assert {row.attempts for row in ledger.runs(OUTSIDE) if row.status != "waiting"} == {1}
    assert ledger.ask(STATUS, name=OUTSIDE, status="running")[0][0] == 0


@pytest.mark.redis
@pytest.mark.parametrize("engine", ["celery"], indirect=True)
def test_it_serves_while_redis_is_away_and_catches_up_when_it_is_back(
    fleet: Fleet, ledger: Ledger
) -> None:
    assert fleet.redis is not None
    ledger.wait_for("SELECT count(*) FROM job_schedules WHERE name = :name", name=PARTS)
    fleet.redis.kill()
    before = len(ledger.runs(PARTS))
    ledger.move_clock(3 * MINUTE)
    assert fleet.webs[0].put_note(AWAY_NOTE)
    assert fleet.doctor()["redis"] == (
        "Redis does not answer. Requests are still served; background jobs wait until it is back."
        " Start it, or correct REDIS_URL."
    )
    fleet.redis.begin()
    ledger.wait_for(DONE, name=PARTS, number=before + 3)
    ledger.wait_for("SELECT count(*) FROM clockwork_marks WHERE part = :note", note=AWAY_NOTE)
    assert ledger.marks()[Mark(NOTE, None, AWAY_NOTE)] == 1
