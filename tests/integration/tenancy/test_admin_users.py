"""Accounts over the admin API."""

from typing import Any

from sqlalchemy import select

from app.kit.db import unit_of_work
from app.modules.tenancy.models import OneTimeLink, PlatformAdmin, User, UserSession, UserType
from tests.factories.tenancy import a_platform, a_platform_admin, a_shop, a_super_admin, a_user
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries
from tests.integration.tenancy.trail import actions, trail

USERS = "/api/v1/admin/users"
ROOT = "root@example.test"


def id_of(email: str) -> int:
    with unit_of_work(read_only=True) as work:
        return work.session.scalars(select(User.id).where(User.email == email)).one()


def platforms_of(user_id: int) -> list[int]:
    with unit_of_work(read_only=True) as work:
        return list(
            work.session.scalars(
                select(PlatformAdmin.platform_id)
                .where(PlatformAdmin.user_id == user_id)
                .order_by(PlatformAdmin.platform_id)
            )
        )


def test_it_creates_an_admin_of_platforms_with_a_way_in(client: Visitor) -> None:
    platform_id = a_platform("oms")
    client.sign_in(a_super_admin())
    answer = client.post(
        USERS,
        {
            "email": "New@Example.test",
            "display_name": "New Admin",
            "user_type": "platform_admin",
            "locale": "fr",
            "platforms": [{"platform_id": platform_id}],
        },
    )
    assert answer.status_code == 201, answer.text
    made = answer.json()
    oms = {"platform_id": platform_id, "code": "oms", "name": "Platform", "granted": []}
    assert made["platforms"] == [oms]
    assert (made["email"], made["locale"], made["has_password"]) == (
        "new@example.test",
        "fr",
        False,
    )
    with unit_of_work(read_only=True) as work:
        links = work.session.scalars(
            select(OneTimeLink).where(OneTimeLink.user_id == made["id"])
        ).all()
    assert len(links) == 1
    assert trail()[-1].after == {
        "user_type": "platform_admin",
        "platforms": [{"platform_id": platform_id, "granted": []}],
    }


def test_it_refuses_wrong_platforms_and_grants(client: Visitor) -> None:
    platform_id = a_platform()
    client.sign_in(a_super_admin())

    def refused(**more: Any) -> list[str]:
        answer = client.post(USERS, {"email": "new@example.test", **more})
        assert answer.status_code == 422
        return [error["pointer"] for error in answer.json()["errors"]]

    one = {"platform_id": platform_id}
    assert refused(user_type="platform_admin") == ["/platforms"]
    assert refused(user_type="super_admin", platforms=[one]) == ["/platforms"]
    assert refused(user_type="platform_admin", platforms=[one, one]) == ["/platforms"]
    assert refused(user_type="platform_admin", platforms=[{"platform_id": 999}]) == ["/platforms"]
    foreign = {**one, "granted": ["tenancy.manage_users"]}
    assert refused(user_type="platform_admin", platforms=[foreign]) == ["/platforms/0/granted"]
    assert refused(user_type="merchant_owner") == ["/user_type"]
    assert client.get(USERS).json()["total"] == 1
    assert actions() == []


def test_it_refuses_an_address_that_is_taken(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_super_admin())
    answer = client.post(USERS, {"email": shop.owner_email, "user_type": "super_admin"})
    assert (answer.status_code, answer.json()["error_code"]) == (409, "email_taken")


def test_it_never_lets_the_last_super_admin_go(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    path = f"{USERS}/{id_of(ROOT)}"
    for change in ({"is_active": False}, {"user_type": "member"}):
        answer = client.patch(path, change)
        assert (answer.status_code, answer.json()["error_code"]) == (409, "last_super_admin")
    a_user("asleep@example.test", user_type=UserType.SUPER_ADMIN, is_active=False)
    assert client.patch(path, {"is_active": False}).status_code == 409
    a_user("second@example.test", user_type=UserType.SUPER_ADMIN)
    assert client.patch(path, {"user_type": "member"}).json()["user_type"] == "member"


def test_it_keeps_the_type_of_an_owner_of_merchants(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_super_admin())
    answer = client.patch(f"{USERS}/{shop.owner_id}", {"user_type": "super_admin"})
    assert (answer.status_code, answer.json()["error_code"]) == (409, "owner_has_merchants")
    renamed = client.patch(f"{USERS}/{shop.owner_id}", {"display_name": "Anna"})
    assert (renamed.status_code, renamed.json()["display_name"]) == (200, "Anna")


def test_it_changes_the_platforms_of_an_admin_as_a_new_version(client: Visitor) -> None:
    first, second = a_platform(), a_platform()
    admin_id = id_of(a_platform_admin(first))
    client.sign_in(a_super_admin())
    path = f"{USERS}/{admin_id}"
    changed = client.patch(
        path, {"platforms": [{"platform_id": second}]}, headers={"If-Match": '"v1"'}
    )
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"v2"')
    assert platforms_of(admin_id) == [second]
    stale = client.patch(
        path, {"platforms": [{"platform_id": first}]}, headers={"If-Match": '"v1"'}
    )
    assert stale.status_code == 412
    assert platforms_of(admin_id) == [second]


def test_it_takes_the_platforms_away_with_the_type(client: Visitor) -> None:
    admin_id = id_of(a_platform_admin(a_platform()))
    client.sign_in(a_super_admin())
    answer = client.patch(f"{USERS}/{admin_id}", {"user_type": "super_admin"})
    assert (answer.status_code, answer.json()["platforms"]) == (200, [])
    assert platforms_of(admin_id) == []


def test_it_ends_the_sessions_of_who_is_switched_off(client: Visitor, visitor: Any) -> None:
    shop = a_shop()
    owner = visitor().sign_in(shop.owner_email)
    client.sign_in(a_super_admin())
    client.patch(f"{USERS}/{shop.owner_id}", {"is_active": False})
    assert owner.get("/api/v1/auth/me").status_code == 401
    with unit_of_work(read_only=True) as work:
        kept = work.session.scalars(
            select(UserSession).where(UserSession.user_id == shop.owner_id)
        ).all()
    assert kept == []


def test_it_is_closed_to_admins_of_platforms(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_platform_admin(shop.platform_id))
    assert client.get(USERS).status_code == 403
    assert client.get(f"{USERS}/{shop.owner_id}").status_code == 403
    assert client.patch(f"{USERS}/{shop.owner_id}", {"is_active": False}).status_code == 403
    refused = client.post(USERS, {"email": "x@example.test", "user_type": "super_admin"})
    assert refused.status_code == 403
    assert client.get("/admin/users").status_code == 403
    assert actions() == []


def test_it_filters_and_keeps_its_queries_few(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    with counted_queries() as few:
        client.get(USERS)
    for _ in range(3):
        a_platform_admin(a_platform())
    a_shop()
    with counted_queries() as many:
        assert client.get(USERS).json()["total"] == 5
    assert len(many) == len(few)
    found = client.get(f"{USERS}?user_type=platform_admin&active=true").json()
    assert found["total"] == 3
    assert [len(one["platforms"]) for one in found["items"]] == [1, 1, 1]


def test_it_answers_404_for_nobody(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    answer = client.get(f"{USERS}/999")
    assert (answer.status_code, answer.json()["error_code"]) == (404, "user_not_found")
