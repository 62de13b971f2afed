"""Changing one's own account; browsers in which one is signed in."""

from collections.abc import Callable
from datetime import timedelta

from app.kit.clocks import SettableClock
from app.kit.mail import KeptMail
from app.modules.tenancy.models import UserSession
from tests.factories.tenancy import a_user
from tests.integration.browser import PASSWORD, Visitor
from tests.integration.tenancy.people.reading import count, the_user, token_of

ME = "/api/v1/auth/me"
SESSIONS = "/api/v1/auth/sessions"


def test_it_changes_name_and_language(client: Visitor) -> None:
    _, email = a_user()
    client.sign_in(email)
    tag = client.get(ME).headers["ETag"]
    changed = {"display_name": "  Anne   Weber ", "locale": "lb"}
    answer = client.patch(ME, changed, headers={"If-Match": tag})
    assert answer.status_code == 200
    assert (answer.json()["display_name"], answer.json()["locale"]) == ("Anne Weber", "lb")
    assert answer.headers["ETag"] == client.get(ME).headers["ETag"] != tag
    assert client.get(ME).headers["Content-Language"] == "lb"


def test_it_refuses_to_overwrite_a_newer_version(client: Visitor) -> None:
    _, email = a_user()
    client.sign_in(email)
    tag = client.get(ME).headers["ETag"]
    client.patch(ME, {"display_name": "First"}, headers={"If-Match": tag})
    answer = client.patch(ME, {"display_name": "Second"}, headers={"If-Match": tag})
    assert (answer.status_code, answer.json()["error_code"]) == (412, "edited_meanwhile")
    assert the_user(email).display_name == "First"


def test_it_moves_to_a_new_address_and_tells_the_former_one(
    client: Visitor, read_mails: Callable[[], list[KeptMail]]
) -> None:
    _, email = a_user()
    client.sign_in(email)
    answer = client.patch(ME, {"email": "New@Example.test", "current_password": PASSWORD})
    assert answer.status_code == 200
    assert answer.json()["email_verified"] is False
    told, asked = read_mails()
    assert (told.to, told.subject) == (email, "The address of your account was changed")
    assert "new@example.test" in told.text
    assert (asked.to, asked.subject) == ("new@example.test", "Confirm your email address")
    client.post("/api/v1/auth/email/verify", {"token": token_of(asked)})
    assert client.get(ME).json()["user"]["email_verified"] is True


def test_it_asks_for_the_password_before_address_or_password_change(
    client: Visitor, visitor: Callable[[], Visitor]
) -> None:
    _, email = a_user()
    client.sign_in(email)
    for change in ({"email": "new@example.test"}, {"password": "another one"}):
        missing = client.patch(ME, change)
        assert missing.json()["errors"][0]["pointer"] == "/current_password"
        wrong = client.patch(ME, {**change, "current_password": "wrong"})
        assert (wrong.status_code, wrong.json()["error_code"]) == (400, "wrong_password")
    assert the_user(email).email_verified_at is not None
    visitor().sign_in(email)


def test_it_counts_wrong_passwords_here_as_failed_sign_ins(client: Visitor) -> None:
    _, email = a_user()
    client.sign_in(email)
    change = {"password": "another one", "current_password": "wrong"}
    for _ in range(10):
        assert client.patch(ME, change).status_code == 400
    assert client.patch(ME, {**change, "current_password": PASSWORD}).status_code == 429


def test_it_refuses_an_address_that_somebody_else_has(client: Visitor) -> None:
    _, email = a_user()
    _, other = a_user()
    client.sign_in(email)
    answer = client.patch(ME, {"email": other, "current_password": PASSWORD})
    assert (answer.status_code, answer.json()["error_code"]) == (409, "email_taken")
    assert the_user(email).email_verified_at is not None


def test_it_ends_the_other_sessions_with_a_new_password(
    client: Visitor, visitor: Callable[[], Visitor]
) -> None:
    _, email = a_user()
    elsewhere = visitor().sign_in(email)
    client.sign_in(email)
    change = {"password": "another one", "current_password": PASSWORD}
    assert client.patch(ME, change).status_code == 200
    assert client.get(ME).status_code == 200
    assert elsewhere.get(ME).status_code == 401
    visitor().sign_in(email, "another one")


def test_it_lists_sessions_and_ends_one_or_all_others(
    client: Visitor, visitor: Callable[[], Visitor]
) -> None:
    _, email = a_user()
    others = [visitor().sign_in(email) for _ in range(3)]
    client.sign_in(email)
    listed = client.get(SESSIONS).json()
    assert listed["total"] == 4
    assert [one["is_current"] for one in listed["items"]].count(True) == 1
    first = min(one["id"] for one in listed["items"] if not one["is_current"])
    assert client.delete(f"{SESSIONS}/{first}").status_code == 204
    assert [one.get(ME).status_code for one in others] == [401, 200, 200]
    assert client.delete(SESSIONS).status_code == 204
    assert [one.get(ME).status_code for one in others] == [401, 401, 401]
    assert client.get(ME).status_code == 200


def test_it_hides_the_sessions_of_other_people(
    client: Visitor, visitor: Callable[[], Visitor]
) -> None:
    visitor().sign_in(a_user()[1])
    client.sign_in(a_user()[1])
    own = client.get(SESSIONS).json()["items"]
    assert len(own) == 1
    answer = client.delete(f"{SESSIONS}/{own[0]['id'] - 1}")
    assert (answer.status_code, answer.json()["error_code"]) == (404, "session_not_found")
    assert count(UserSession) == 2


def test_it_ends_a_session_that_was_idle_for_a_week(client: Visitor, clock: SettableClock) -> None:
    client.sign_in(a_user()[1])
    clock.advance(timedelta(days=6, hours=23))
    assert client.get(ME).status_code == 200
    clock.advance(timedelta(days=7))
    answer = client.get(ME)
    assert (answer.status_code, answer.json()["error_code"]) == (401, "not_signed_in")


def test_it_resends_the_link_to_an_unproven_address_alone(
    client: Visitor, read_mails: Callable[[], list[KeptMail]]
) -> None:
    _, email = a_user()
    client.sign_in(email)
    assert client.post("/api/v1/auth/email/resend").status_code == 204
    assert read_mails() == []
    client.patch(ME, {"email": "new@example.test", "current_password": PASSWORD})
    assert client.post("/api/v1/auth/email/resend").status_code == 204
    first, second = read_mails()[1:]
    verify = "/api/v1/auth/email/verify"
    assert client.post(verify, {"token": token_of(first)}).json()["error_code"] == "link_invalid"
    assert client.post(verify, {"token": token_of(second)}).status_code == 200
