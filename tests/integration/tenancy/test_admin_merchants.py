"""Merchants over the admin API."""

from typing import Any

import pytest
from sqlalchemy import select

from app.kit.db import unit_of_work
from app.modules.tenancy.models import MemberStatus, Merchant, OneTimeLink, StoreUser, User
from tests.factories.tenancy import (
    a_member,
    a_merchant,
    a_platform,
    a_platform_admin,
    a_shop,
    a_store,
    a_super_admin,
    a_user,
)
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries
from tests.integration.tenancy.trail import actions, trail

MERCHANTS = "/api/v1/admin/merchants"


def a_draft(**more: Any) -> dict[str, Any]:
    return {"name": "Moselwein", "owner": {"email": "Anna@Moselwein.test"}, **more}


def user_of(email: str) -> User:
    with unit_of_work(read_only=True) as work:
        return work.session.scalars(select(User).where(User.email == email)).one()


def links_of(user_id: int) -> int:
    with unit_of_work(read_only=True) as work:
        return len(
            work.session.scalars(select(OneTimeLink).where(OneTimeLink.user_id == user_id)).all()
        )


def test_it_creates_a_merchant_with_a_new_owner_who_gets_a_way_in(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    answer = client.post(MERCHANTS, a_draft(country="de", vat_number="de 123.456.789"))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["owner"]["email"] == "anna@moselwein.test"
    assert made["contact_email"] == "anna@moselwein.test"
    assert (made["country"], made["vat_number"], made["stores"]) == ("DE", "DE123456789", 0)
    owner = user_of("anna@moselwein.test")
    assert (owner.user_type, owner.password_hash) == ("merchant_owner", None)
    assert links_of(owner.id) == 1
    entry = trail()[-1]
    assert (entry.action, entry.merchant_id) == ("merchant.created", made["id"])
    assert entry.request_id == answer.headers["X-Request-ID"]


def test_it_opens_the_first_store_with_the_merchant(client: Visitor) -> None:
    platform_id = a_platform("oms", name="Order House")
    client.sign_in(a_super_admin())
    store = {"platform_id": platform_id, "code": "moselwein", "name": "Moselwein online"}
    made = client.post(MERCHANTS, a_draft(store=store)).json()
    oms = {"id": platform_id, "code": "oms", "name": "Order House", "stores": 1}
    assert made["platforms"] == [oms]
    assert actions() == ["merchant.created", "store.created"]


def test_it_creates_nothing_when_the_store_code_is_taken(client: Visitor) -> None:
    shop = a_shop(code="moselwein")
    client.sign_in(a_super_admin())
    store = {"platform_id": shop.platform_id, "code": "moselwein", "name": "Moselwein"}
    answer = client.post(MERCHANTS, a_draft(store=store))
    assert (answer.status_code, answer.json()["error_code"]) == (409, "store_code_taken")
    assert client.get(MERCHANTS).json()["total"] == 1
    with unit_of_work(read_only=True) as work:
        assert work.session.scalars(select(User).where(User.email.like("anna%"))).all() == []
    assert actions() == []


def test_it_names_wrong_values_of_the_first_store_as_parts_of_it(client: Visitor) -> None:
    platform_id = a_platform()
    client.sign_in(a_super_admin())
    store = {"platform_id": platform_id, "code": "Mosel Wein", "name": "Moselwein"}
    answer = client.post(MERCHANTS, a_draft(store=store))
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/store/code"]
    unnamed = client.post(MERCHANTS, a_draft(store={**store, "code": "mosel", "name": " "}))
    assert [error["pointer"] for error in unnamed.json()["errors"]] == ["/store/name"]
    assert client.get(MERCHANTS).json()["total"] == 0


def test_it_takes_a_known_person_as_owner_without_another_mail(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_super_admin())
    answer = client.post(MERCHANTS, a_draft(owner={"email": shop.owner_email}))
    assert answer.json()["owner"]["id"] == shop.owner_id
    assert links_of(shop.owner_id) == 0


def test_it_refuses_an_admin_as_owner(client: Visitor) -> None:
    root = a_super_admin()
    client.sign_in(root)
    answer = client.post(MERCHANTS, a_draft(owner={"email": root}))
    assert (answer.status_code, answer.json()["error_code"]) == (409, "admin_cannot_own")
    assert client.get(MERCHANTS).json()["total"] == 0


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"owner": {"email": "no address"}}, "/owner/email"),
        ({"country": "XX"}, "/country"),
        ({"vat_number": "12"}, "/vat_number"),
        ({"contact_email": "nobody"}, "/contact_email"),
        ({"name": " "}, "/name"),
    ],
)
def test_it_names_the_wrong_value(client: Visitor, change: dict[str, Any], pointer: str) -> None:
    client.sign_in(a_super_admin())
    answer = client.post(MERCHANTS, a_draft(**change))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert actions() == []


def test_it_wants_a_store_from_an_admin_of_some_platforms(client: Visitor) -> None:
    own, foreign = a_platform(), a_platform()
    client.sign_in(a_platform_admin(own))
    without = client.post(MERCHANTS, a_draft())
    assert [error["pointer"] for error in without.json()["errors"]] == ["/store"]
    store = {"platform_id": foreign, "code": "moselwein", "name": "Moselwein"}
    elsewhere = client.post(MERCHANTS, a_draft(store=store))
    assert (elsewhere.status_code, elsewhere.json()["error_code"]) == (404, "platform_not_found")
    inside = client.post(MERCHANTS, a_draft(store={**store, "platform_id": own}))
    assert inside.status_code == 201
    assert client.get(MERCHANTS).json()["total"] == 1


def test_it_answers_404_for_a_merchant_of_other_platforms(client: Visitor) -> None:
    own, foreign = a_shop(), a_shop()
    client.sign_in(a_platform_admin(own.platform_id))
    assert [one["id"] for one in client.get(MERCHANTS).json()["items"]] == [own.merchant_id]
    path = f"{MERCHANTS}/{foreign.merchant_id}"
    for answer in (
        client.get(path),
        client.patch(path, {"name": "Stolen"}),
        client.post(f"{path}/owner", {"email": "thief@example.test"}),
    ):
        assert (answer.status_code, answer.json()["error_code"]) == (404, "merchant_not_found")
    assert actions() == []


def test_it_hides_the_stores_of_other_platforms(client: Visitor) -> None:
    shop = a_shop()
    a_store(shop.merchant_id, a_platform())
    client.sign_in(a_platform_admin(shop.platform_id))
    assert client.get(f"{MERCHANTS}/{shop.merchant_id}").json()["stores"] == 1


def test_it_leaves_a_merchant_of_several_platforms_to_super_admins(client: Visitor) -> None:
    shop = a_shop()
    a_store(shop.merchant_id, a_platform())
    client.sign_in(a_platform_admin(shop.platform_id))
    path = f"{MERCHANTS}/{shop.merchant_id}"
    closing = client.patch(path, {"is_active": False})
    assert (closing.status_code, closing.json()["error_code"]) == (403, "merchant_beyond_scope")
    selling = client.post(f"{path}/owner", {"email": "next@example.test"})
    assert selling.json()["error_code"] == "merchant_beyond_scope"
    assert client.patch(path, {"name": "New name"}).json()["name"] == "New name"


def test_it_closes_a_merchant_to_its_people_at_once(client: Visitor, visitor: Any) -> None:
    shop = a_shop()
    owner = visitor().sign_in(shop.owner_email)
    client.sign_in(a_super_admin())
    closed = client.patch(f"{MERCHANTS}/{shop.merchant_id}", {"is_active": False})
    assert closed.json()["is_active"] is False
    assert owner.get("/api/v1/merchant/stores").status_code == 403


def test_it_masks_personal_fields_in_the_trail(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_super_admin())
    client.patch(f"{MERCHANTS}/{shop.merchant_id}", {"contact_phone": "+352 26 12 34"})
    assert trail()[-1].after == {"contact_phone": "***"}


def test_it_changes_nothing_for_a_stale_version(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_super_admin())
    path = f"{MERCHANTS}/{shop.merchant_id}"
    answer = client.patch(path, {"name": "Late"}, headers={"If-Match": '"v7"'})
    assert (answer.status_code, answer.json()["error_code"]) == (412, "edited_meanwhile")
    assert client.get(path).json()["name"] == "Merchant"


def test_it_makes_a_member_the_owner_and_ends_the_membership(client: Visitor) -> None:
    shop = a_shop()
    member = a_member(shop)
    client.sign_in(a_super_admin())
    answer = client.post(f"{MERCHANTS}/{shop.merchant_id}/owner", {"email": member})
    assert answer.json()["owner"]["email"] == member
    person = user_of(member)
    assert person.user_type == "merchant_owner"
    with unit_of_work(read_only=True) as work:
        membership = work.session.scalars(
            select(StoreUser).where(StoreUser.user_id == person.id)
        ).one()
        assert membership.status == MemberStatus.REMOVED
        assert work.session.get_one(Merchant, shop.merchant_id).owner_user_id == person.id
    entry = trail()[-1]
    assert (entry.action, entry.before, entry.after) == (
        "merchant.owner_changed",
        {"owner_user_id": shop.owner_id},
        {"owner_user_id": person.id},
    )


def test_it_searches_filters_and_pages(client: Visitor) -> None:
    owner, _ = a_user()
    platform_id = a_platform()
    for name in ("Beta", "alpha", "Alpine"):
        merchant_id = a_merchant(owner, name=name)
        if name != "Beta":
            a_store(merchant_id, platform_id)
    client.sign_in(a_super_admin())

    def names(query: str) -> list[str]:
        return [one["name"] for one in client.get(f"{MERCHANTS}?{query}").json()["items"]]

    assert names("search=ALP&sort=created_at") == ["alpha", "Alpine"]
    assert names(f"platform_id={platform_id}&sort=-created_at") == ["Alpine", "alpha"]
    first = client.get(f"{MERCHANTS}?limit=2&sort=created_at").json()
    assert [one["name"] for one in first["items"]] == ["Beta", "alpha"]
    assert (first["total"], first["total_is_estimate"]) == (3, False)
    assert names(f"limit=2&sort=created_at&cursor={first['next_cursor']}") == ["Alpine"]
    other = client.get(f"{MERCHANTS}?limit=2&sort=name&cursor={first['next_cursor']}")
    assert other.json()["error_code"] == "invalid_cursor"


def test_it_asks_the_database_as_often_for_many_as_for_one(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    a_shop()
    with counted_queries() as one:
        client.get(MERCHANTS)
    for _ in range(5):
        a_shop()
    with counted_queries() as six:
        assert client.get(MERCHANTS).json()["total"] == 6
    assert len(six) == len(one)


def test_it_creates_once_for_one_idempotency_key(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    header = {"Idempotency-Key": "press-1"}
    first = client.post(MERCHANTS, a_draft(), headers=header)
    again = client.post(MERCHANTS, a_draft(), headers=header)
    assert again.json()["id"] == first.json()["id"]
    assert client.get(MERCHANTS).json()["total"] == 1


def test_it_keeps_markup_in_names_as_text(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    name = "<script>alert(1)</script>"
    made = client.post(MERCHANTS, a_draft(name=name)).json()
    assert made["name"] == name
    page = client.get(f"/admin/merchants/{made['id']}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert name not in page.text
