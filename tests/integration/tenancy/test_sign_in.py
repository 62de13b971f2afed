"""Signing in and out over HTTP."""

from app.kit.db import unit_of_work
from app.modules.tenancy.models import UserSession
from tests.factories.tenancy import a_member, a_shop, a_super_admin, a_user
from tests.integration.browser import PASSWORD, Visitor


def count_sessions() -> int:
    with unit_of_work(read_only=True) as work:
        return work.session.query(UserSession).count()


def test_it_signs_an_owner_in_and_says_where_to_go(client: Visitor) -> None:
    shop = a_shop()
    answer = client.post(
        "/api/v1/auth/login", {"email": shop.owner_email.upper(), "password": PASSWORD}
    )
    assert answer.status_code == 200
    assert answer.json()["user"]["email"] == shop.owner_email
    assert answer.json()["landing"] == "/merchant"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_it_lists_the_stores_of_a_member_with_the_role(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_member(shop))
    me = client.get("/api/v1/auth/me").json()
    assert [(store["code"], store["role"]) for store in me["stores"]] == [
        (shop.store_code, "staff")
    ]
    assert me["merchants"] == []


def test_it_does_not_say_whether_an_account_exists(client: Visitor) -> None:
    _, email = a_user()
    wrong = client.post("/api/v1/auth/login", {"email": email, "password": "wrong password"})
    nobody = client.post("/api/v1/auth/login", {"email": "no@example.test", "password": "wrong"})
    assert wrong.status_code == nobody.status_code == 400
    assert wrong.json()["error_code"] == nobody.json()["error_code"] == "wrong_credentials"
    assert count_sessions() == 0


def test_it_ends_the_session_at_sign_out(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    assert client.post("/api/v1/auth/logout").status_code == 204
    assert count_sessions() == 0
    assert client.get("/api/v1/auth/me").status_code == 401


def test_it_refuses_an_unsafe_request_without_the_csrf_token(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    client.csrf_token = None
    answer = client.post("/api/v1/auth/logout")
    assert answer.status_code == 403
    assert answer.json()["error_code"] == "csrf_invalid"
    assert count_sessions() == 1


def test_it_refuses_a_request_of_another_sites_page(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    answer = client.post("/api/v1/auth/logout", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert answer.json()["error_code"] == "foreign_origin"
    assert count_sessions() == 1
