"""Background jobs over the admin API."""

from datetime import UTC, datetime, timedelta

from app.bootstrap import System
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.kit.i18n import knows
from app.kit.jobs import declared_jobs
from app.kit.jobs.models import JobSlot, RunStatus
from app.modules.core.models.audit_entry import AuditEntry
from tests.factories.tenancy import a_platform, a_platform_admin, a_super_admin
from tests.integration.browser import Visitor

JOBS = "/api/v1/admin/jobs"
JOB = "kit.clean_up"


def a_run(slot: datetime, status: RunStatus = "done", error: str | None = None) -> None:
    with unit_of_work() as work:
        begun = datetime(2026, 3, 1, 4, tzinfo=UTC)
        work.session.add(
            JobSlot(
                name=JOB,
                slot=slot,
                status=status,
                available_at=begun,
                attempts=1,
                started_at=begun,
                finished_at=begun + timedelta(milliseconds=1500),
                counts={"messages": 3},
                error=error,
            )
        )


def shown(client: Visitor) -> dict[str, object]:
    [job] = [one for one in client.get(JOBS).json()["items"] if one["name"] == JOB]
    return dict(job)


def test_it_shows_every_job_with_its_words_and_when_it_is_due(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    page = client.get(JOBS).json()
    assert [one["name"] for one in page["items"]] == sorted(declared_jobs().by_name)
    assert page["total"] == len(page["items"])
    for one in page["items"]:
        assert knows(f"jobs.{one['name']}"), one["name"]
        assert datetime.fromisoformat(one["next_at"]) > business_now()
        assert one["last_run"] is None


def test_it_tells_how_the_newest_run_went_and_how_many_failed(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    now = business_now()
    a_run(now - timedelta(days=31), "failed", "too long ago")
    a_run(now - timedelta(days=2), "failed", "LookupError")
    a_run(now - timedelta(days=1))
    a_run(now - timedelta(hours=1), "skipped")
    job = shown(client)
    last = job["last_run"]
    assert isinstance(last, dict)
    assert (last["status"], last["duration_ms"], last["counts"]) == ("done", 1500, {"messages": 3})
    assert job["failed_30d"] == 1


def test_it_lists_the_runs_of_a_job_newest_first(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    now = business_now()
    for days in (2, 3, 1):
        a_run(now - timedelta(days=days), error=f"{days} days")
    answer = client.get(f"{JOBS}/{JOB}/runs", params={"limit": 2}).json()
    assert [one["error"] for one in answer["items"]] == ["1 days", "2 days"]
    following = {"cursor": answer["next_cursor"]}
    more = client.get(f"{JOBS}/{JOB}/runs", params=following).json()
    assert [one["error"] for one in more["items"]] == ["3 days"]
    assert client.get(f"{JOBS}/kit.nothing/runs").json()["error_code"] == "job_not_found"


def test_it_lets_a_job_run_now_and_leaves_a_trace(client: Visitor, system: System) -> None:
    client.sign_in(a_super_admin())
    begun = client.post(f"{JOBS}/{JOB}/run")
    assert (begun.status_code, begun.json()["status"]) == (202, "waiting")
    assert system.runner.run_due(business_now()) >= 1
    last = shown(client)["last_run"]
    assert isinstance(last, dict)
    assert (last["id"], last["status"]) == (begun.json()["id"], "done")
    with unit_of_work(read_only=True) as work:
        entry = work.session.query(AuditEntry).filter_by(action="job.requested").one()
        assert (entry.target_id, entry.after) == (last["id"], {"job": JOB})


def test_it_refuses_platform_admins_and_writes_nothing(client: Visitor) -> None:
    client.sign_in(a_platform_admin(a_platform()))
    assert client.post(f"{JOBS}/{JOB}/run").status_code == 403
    with unit_of_work(read_only=True) as work:
        assert work.session.query(JobSlot).count() == 0
