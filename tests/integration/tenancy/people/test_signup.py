"""A merchant signs up (D3)."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.contracts.hooks import MerchantCreated, merchant_created_hooks
from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.kit.errors import NotFound
from app.kit.mail import KeptMail
from app.modules.tenancy.models import Merchant, Store, User, UserSession
from tests.factories.tenancy import a_platform, a_shop, a_user
from tests.integration.browser import Visitor
from tests.integration.tenancy.people.reading import count, the_user, token_of

SIGNUP = "/api/v1/auth/signup"


class TierUnknown(NotFound):
    code = "tier_not_found"


class Listening:
    """A hook that remembers, and knows one tier."""

    def __init__(self) -> None:
        self.heard: list[MerchantCreated] = []

    def merchant_created(self, work: UnitOfWork, event: MerchantCreated) -> None:
        if event.tier_code not in {None, "essential"}:
            raise TierUnknown
        self.heard.append(event)


@pytest.fixture
def hook() -> Iterator[Listening]:
    before, hook = merchant_created_hooks(), Listening()
    merchant_created_hooks.connect([hook])
    yield hook
    merchant_created_hooks.connect(before)


def a_signup(**given: Any) -> dict[str, Any]:
    return {
        "merchant_name": "Weber & Fils",
        "store_name": "Weber",
        "store_code": "weber",
        "email": "Anne@Example.test",
        "password": "a good password",
        "platform_code": "market",
        "locale": "lb",
        **given,
    }


def test_it_creates_merchant_store_and_owner_and_signs_in(client: Visitor, hook: Listening) -> None:
    platform_id = a_platform("market")
    answer = client.post(SIGNUP, a_signup(tier_code="essential"))
    assert answer.status_code == 201
    assert answer.json()["landing"] == "/merchant"
    me = client.get("/api/v1/auth/me").json()
    assert me["user"]["email"] == "anne@example.test"
    assert me["user"]["user_type"] == "merchant_owner"
    assert me["user"]["locale"] == "lb"
    assert [(store["code"], store["role"]) for store in me["stores"]] == [("weber", "owner")]
    merchant_id = me["merchants"][0]["id"]
    assert me["merchants"] == [{"id": merchant_id, "name": "Weber & Fils"}]
    assert hook.heard == [MerchantCreated(Owner(merchant_id, platform_id), "essential")]


def test_it_mails_a_link_that_proves_the_address(
    client: Visitor, hook: Listening, read_mails: Callable[[], list[KeptMail]]
) -> None:
    a_platform("market")
    client.post(SIGNUP, a_signup())
    assert the_user("anne@example.test").email_verified_at is None
    (mail,) = read_mails()
    assert (mail.to, mail.locale) == ("anne@example.test", "lb")
    assert mail.subject == "Confirméiert Är E-Mail-Adress"
    answer = client.post(
        "/api/v1/auth/email/verify", {"token": token_of(mail)}, headers=_csrf(client)
    )
    assert answer.status_code == 200
    assert the_user("anne@example.test").email_verified_at is not None


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"store_code": "Ünique"}, "/store_code"),
        ({"store_code": "a"}, "/store_code"),
        ({"store_code": "-weber"}, "/store_code"),
        ({"store_name": "   "}, "/store_name"),
        ({"merchant_name": ""}, "/merchant_name"),
        ({"email": "nobody"}, "/email"),
        ({"password": "short"}, "/password"),
        ({"locale": "it"}, "/locale"),
    ],
)
def test_it_refuses_a_wrong_value_and_writes_nothing(
    client: Visitor, hook: Listening, given: dict[str, Any], pointer: str
) -> None:
    a_platform("market")
    answer = client.post(SIGNUP, a_signup(**given))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (count(User), count(Merchant), count(Store), count(UserSession)) == (0, 0, 0, 0)


def test_it_refuses_a_known_address_and_a_taken_code(client: Visitor, hook: Listening) -> None:
    shop = a_shop(a_platform("market"), code="weber")
    known = client.post(SIGNUP, a_signup(email=shop.owner_email, store_code="other"))
    taken = client.post(SIGNUP, a_signup())
    assert (known.status_code, known.json()["error_code"]) == (409, "email_taken")
    assert (taken.status_code, taken.json()["error_code"]) == (409, "store_code_taken")
    assert (count(User), count(Merchant), count(Store)) == (1, 1, 1)


def test_it_refuses_an_unknown_platform_or_plan(client: Visitor, hook: Listening) -> None:
    a_platform("market")
    platform = client.post(SIGNUP, a_signup(platform_code="other"))
    plan = client.post(SIGNUP, a_signup(tier_code="gold"))
    assert (platform.status_code, platform.json()["error_code"]) == (404, "platform_not_found")
    assert (plan.status_code, plan.json()["error_code"]) == (404, "tier_not_found")
    assert (count(User), count(Merchant), count(Store), count(UserSession)) == (0, 0, 0, 0)


def test_it_lets_one_of_two_have_the_code_both_want(
    web_app: FastAPI, hook: Listening, client: Visitor
) -> None:
    a_platform("market")
    together, statuses = Barrier(2), []

    def sign_up(email: str) -> None:
        visitor = Visitor(TestClient(web_app, raise_server_exceptions=False))
        together.wait()
        statuses.append(visitor.post(SIGNUP, a_signup(email=email)).status_code)

    threads = [Thread(target=sign_up, args=(f"{n}@example.test",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201, 409]
    assert (count(User), count(Merchant), count(Store), count(UserSession)) == (1, 1, 1, 1)


def test_it_shows_markup_in_names_as_text(
    client: Visitor, hook: Listening, read_mails: Callable[[], list[KeptMail]]
) -> None:
    a_platform("market")
    name = "<script>alert(1)</script>"
    client.post(
        SIGNUP, a_signup(store_name=name, merchant_name=name, display_name=name, locale="en")
    )
    page = client.get("/store/weber", headers={"Accept": "text/html"}).text
    assert name not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    (mail,) = read_mails()
    assert name not in mail.html
    assert "&lt;script&gt;" in mail.html


def test_it_offers_the_platform_that_the_link_names(client: Visitor) -> None:
    a_platform("market", name="Marktplaz")
    a_platform("gastro", name="Gastro")
    page = client.get("/signup?platform=gastro&plan=professional&lang=de").text
    assert 'data-platform="gastro" data-plan="professional"' in page
    assert "Ihr Shop auf Gastro." in page
    assert client.get("/signup?platform=nope").status_code == 404
    assert "Marktplaz" in client.get("/signup").text


def test_it_leads_the_signed_in_away_from_signing_up_and_in(client: Visitor) -> None:
    _, email = a_user()
    client.sign_in(email)
    assert client.get("/signup").headers["location"] == "/"
    assert client.get("/login").headers["location"] == "/"
    assert client.get("/login?next=/account").headers["location"] == "/account"
    assert client.get("/login?next=//evil.example").headers["location"] == "/"


def _csrf(client: Visitor) -> dict[str, str]:
    return {"X-CSRF-Token": client.get("/api/v1/auth/me").json()["csrf_token"]}
