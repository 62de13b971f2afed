"""The job that ends invitations nobody accepted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.kit.clocks import SettableClock, business_now
from app.kit.db import unit_of_work
from app.kit.jobs import Done, JobRun, More
from app.modules.core.models import AuditEntry
from app.modules.tenancy.tasks import end_invitations
from app.modules.tenancy.tasks.end_invitations import step
from tests.factories.tenancy import a_member, a_shop
from tests.integration.browser import Visitor
from tests.integration.tenancy.people.reading import the_member

TEAM = "/api/v1/store/team"


def run_step() -> Done | More:
    with unit_of_work() as work:
        return step(work, JobRun("tenancy.end_invitations", business_now(), None))


def test_it_ends_invitations_to_the_instant_and_nothing_else(
    client: Visitor, clock: SettableClock
) -> None:
    shop = a_shop()
    a_member(shop)
    client.sign_in(shop.owner_email)
    first = client.post(TEAM, {"email": "a@example.test", "role": "staff"}).json()["id"]
    clock.advance(timedelta(seconds=1))
    second = client.post(TEAM, {"email": "b@example.test", "role": "staff"}).json()["id"]
    clock.advance(timedelta(days=14, seconds=-1))
    assert run_step() == Done({"ended": 1})
    assert (the_member(first).status, the_member(first).invitation_hash) == ("removed", None)
    assert the_member(second).status == "invited"
    assert run_step() == Done({"ended": 0})
    with unit_of_work(read_only=True) as work:
        expired = select(AuditEntry).where(AuditEntry.action == "team.invitation_expired")
        assert [entry.target_id for entry in work.session.scalars(expired)] == [first]


def test_it_works_in_batches(
    client: Visitor, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(a_shop().owner_email)
    for n in range(3):
        client.post(TEAM, {"email": f"{n}@example.test", "role": "staff"})
    clock.advance(timedelta(days=14))
    monkeypatch.setattr(end_invitations, "BATCH", 2)
    assert run_step() == More(None, {"ended": 2})
    assert run_step() == Done({"ended": 1})
