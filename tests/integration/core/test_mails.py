"""Kept mails over the admin API."""

from datetime import UTC, datetime, timedelta

from app.kit.db import unit_of_work
from app.kit.mail import KeptMail
from tests.factories.tenancy import a_platform, a_platform_admin, a_super_admin
from tests.integration.browser import Visitor

MAILS = "/api/v1/admin/mails"
START = datetime(2026, 3, 1, tzinfo=UTC)


def kept(*subjects: str) -> list[int]:
    """Keep mails, each a day later than the one before."""
    ids = []
    with unit_of_work() as work:
        for day, subject in enumerate(subjects):
            mail = KeptMail(
                to=f"{subject.lower()}@example.test",
                subject=subject,
                text=f"Text of {subject}",
                html=f"<p>Text of {subject}</p>",
                locale="de",
                created_at=START + timedelta(days=day),
            )
            work.session.add(mail)
            work.session.flush()
            ids.append(mail.id)
    return ids


def test_it_lists_mails_newest_first_without_their_bodies(client: Visitor) -> None:
    kept("First", "Second")
    client.sign_in(a_super_admin())
    page = client.get(MAILS).json()
    assert [one["subject"] for one in page["items"]] == ["Second", "First"]
    assert set(page["items"][0]) == {"id", "to", "subject", "locale", "created_at"}
    assert page["total"] == 2


def test_it_finds_by_receiver_or_subject(client: Visitor) -> None:
    kept("First", "Second")
    client.sign_in(a_super_admin())

    def found(search: str) -> list[str]:
        answer = client.get(MAILS, params={"search": search}).json()
        return [one["subject"] for one in answer["items"]]

    assert found("first@") == ["First"]
    assert found("SEC") == ["Second"]
    assert found("ond") == []


def test_it_shows_one_with_both_bodies(client: Visitor) -> None:
    mail_id = kept("First")[0]
    client.sign_in(a_super_admin())
    shown = client.get(f"{MAILS}/{mail_id}").json()
    assert (shown["text"], shown["html"]) == ("Text of First", "<p>Text of First</p>")
    missing = client.get(f"{MAILS}/{mail_id + 1}")
    assert (missing.status_code, missing.json()["error_code"]) == (404, "mail_not_found")


def test_it_is_open_to_super_admins_alone(client: Visitor) -> None:
    mail_id = kept("First")[0]
    assert client.get(MAILS).status_code == 401
    client.sign_in(a_platform_admin(a_platform()))
    assert client.get(MAILS).status_code == 403
    assert client.get(f"{MAILS}/{mail_id}").status_code == 403
