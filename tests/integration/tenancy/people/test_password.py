"""A lost password, and too many wrong ones."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.kit.clocks import SettableClock
from app.kit.mail import KeptMail
from app.kit.outbox.models import OutboxRow
from app.modules.tenancy.models import OneTimeLink, UserSession
from tests.factories.tenancy import a_user
from tests.integration.browser import PASSWORD, Visitor
from tests.integration.tenancy.people.reading import count, the_user, token_of

FORGOT = "/api/v1/auth/password/forgot"
RESET = "/api/v1/auth/password/reset"
LOGIN = "/api/v1/auth/login"
Mails = Callable[[], list[KeptMail]]


def ask(client: Visitor, email: str, read_mails: Mails) -> str:
    """Ask for a link and return its secret."""
    assert client.post(FORGOT, {"email": email}).status_code == 204
    return token_of(read_mails()[-1])


def test_it_sets_a_new_password_and_ends_every_session(
    client: Visitor, visitor: Callable[[], Visitor], read_mails: Mails
) -> None:
    _, email = a_user(locale="fr")
    elsewhere = visitor().sign_in(email)
    token = ask(client, email.upper(), read_mails)
    assert read_mails()[-1].subject == "Choisissez un nouveau mot de passe"
    assert client.post(RESET, {"token": token, "password": "another one"}).status_code == 204
    assert count(UserSession) == 0
    assert elsewhere.get("/api/v1/auth/me").status_code == 401
    client.sign_in(email, "another one")
    assert read_mails()[-1].subject == "Votre mot de passe a été changé"


def test_it_answers_and_writes_the_same_without_an_account(
    client: Visitor, read_mails: Mails
) -> None:
    _, closed = a_user(is_active=False)
    answers = [client.post(FORGOT, {"email": email}) for email in ("no@example.test", closed)]
    assert [answer.status_code for answer in answers] == [204, 204]
    assert count(OutboxRow) == 2  # one wish each, looked up after the answer
    assert read_mails() == []
    assert count(OneTimeLink) == 0


def test_it_refuses_a_link_that_was_used(client: Visitor, read_mails: Mails) -> None:
    _, email = a_user()
    token = ask(client, email, read_mails)
    client.post(RESET, {"token": token, "password": "another one"})
    again = client.post(RESET, {"token": token, "password": "a third one"})
    assert (again.status_code, again.json()["error_code"]) == (400, "link_invalid")
    client.sign_in(email, "another one")


def test_it_refuses_a_link_after_two_hours(
    client: Visitor, clock: SettableClock, read_mails: Mails
) -> None:
    _, email = a_user()
    token = ask(client, email, read_mails)
    clock.advance(timedelta(hours=2))
    answer = client.post(RESET, {"token": token, "password": "another one"})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "link_invalid")
    client.sign_in(email)


def test_it_makes_an_earlier_link_useless(client: Visitor, read_mails: Mails) -> None:
    _, email = a_user()
    first, second = ask(client, email, read_mails), ask(client, email, read_mails)
    assert client.post(RESET, {"token": first, "password": "another one"}).status_code == 400
    assert client.post(RESET, {"token": second, "password": "another one"}).status_code == 204


def test_it_keeps_a_link_for_a_better_password(client: Visitor, read_mails: Mails) -> None:
    _, email = a_user()
    token = ask(client, email, read_mails)
    short = client.post(RESET, {"token": token, "password": "short"})
    assert (short.status_code, short.json()["errors"][0]["pointer"]) == (422, "/password")
    assert client.post(RESET, {"token": token, "password": "long enough"}).status_code == 204


def test_it_does_not_take_a_link_for_something_else(client: Visitor, read_mails: Mails) -> None:
    _, email = a_user()
    token = ask(client, email, read_mails)
    assert client.post("/api/v1/auth/email/verify", {"token": token}).status_code == 400


def test_it_sends_five_mails_an_hour_to_one_address(client: Visitor, clock: SettableClock) -> None:
    statuses = [client.post(FORGOT, {"email": "a@example.test"}).status_code for _ in range(6)]
    assert statuses == [204, 204, 204, 204, 204, 429]
    assert count(OutboxRow) == 5
    clock.advance(timedelta(hours=1))
    assert client.post(FORGOT, {"email": "a@example.test"}).status_code == 204


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        (
            "de",
            "Zu viele fehlgeschlagene Anmeldungen. Versuchen Sie es in 60 Sekunden noch einmal.",
        ),
        ("en", "Too many failed sign-ins. Try again in 60 seconds."),
        ("fr", "Trop de tentatives de connexion. Réessayez dans 60 secondes."),
        ("lb", "Ze vill Versich, sech unzemellen. Probéiert et an 60 Sekonnen nach eng Kéier."),
    ],
)
def test_it_refuses_the_eleventh_password_within_a_minute(
    client: Visitor, clock: SettableClock, locale: str, text: str
) -> None:
    _, email = a_user()
    for _ in range(10):
        wrong = client.post(LOGIN, {"email": email, "password": "wrong"})
        assert wrong.json()["error_code"] == "wrong_credentials"
    headers = {"Accept-Language": locale}
    answer = client.post(LOGIN, {"email": email, "password": PASSWORD}, headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (429, "too_many_sign_ins")
    assert answer.json()["detail"] == text
    assert answer.headers["Retry-After"] == "60"
    assert answer.headers["RateLimit-Policy"] == '"default";q=10;w=60'
    assert answer.headers["RateLimit"] == '"default";r=0;t=60'
    assert count(UserSession) == 0
    clock.advance(timedelta(minutes=1))
    client.sign_in(email)


def test_it_verifies_an_address_by_a_reset(client: Visitor, read_mails: Mails) -> None:
    _, email = a_user()
    client.sign_in(email)
    moved = {"email": "new@example.test", "current_password": PASSWORD}
    assert client.patch("/api/v1/auth/me", moved).status_code == 200
    client.post(FORGOT, {"email": "new@example.test"})
    token = token_of(read_mails()[-1])
    assert the_user("new@example.test").email_verified_at is None
    client.post(RESET, {"token": token, "password": "another one"})
    assert the_user("new@example.test").email_verified_at is not None
