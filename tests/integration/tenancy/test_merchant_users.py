"""Owners and team members: one list, one set of figures (D39)."""

from collections.abc import Callable, Sequence
from typing import Any

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.tenancy.models import MemberStatus, Store, StoreUser, User, UserType
from tests.factories.tenancy import (
    AShop,
    a_member,
    a_merchant,
    a_platform_admin,
    a_shop,
    a_store,
    a_super_admin,
    a_user,
)
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries

USERS = "/api/v1/admin/merchant-users"


def a_membership(shop: AShop, user_id: int, status: MemberStatus = MemberStatus.ACTIVE) -> None:
    with unit_of_work() as work:
        work.session.add(
            StoreUser(
                merchant_id=shop.merchant_id,
                platform_id=shop.platform_id,
                store_id=shop.store_id,
                user_id=user_id,
                role="staff",
                status=status,
                created_at=business_now(),
            )
        )


def a_person(shop: AShop, *, status: MemberStatus, user_type: UserType = UserType.MEMBER) -> str:
    user_id, email = a_user(user_type=user_type)
    a_membership(shop, user_id, status)
    return email


def rows(client: Visitor, query: str = "") -> Sequence[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(f"{USERS}?{query}").json()["items"]
    return items


def emails(client: Visitor, query: str = "") -> set[str]:
    return {row["email"] for row in rows(client, query)}


def stats(client: Visitor, query: str = "") -> dict[str, int]:
    answer: dict[str, int] = client.get(f"{USERS}/stats?{query}").json()
    return answer


def test_it_counts_owners_and_active_or_invited_members_once(client: Visitor) -> None:
    shop = a_shop()
    member = a_member(shop)
    invited = a_person(shop, status=MemberStatus.INVITED)
    a_person(shop, status=MemberStatus.REMOVED)
    a_user(user_type=UserType.MEMBER)
    client.sign_in(a_super_admin())
    assert emails(client) == {shop.owner_email, member, invited}
    assert stats(client) == {
        "total": 3,
        "owners": 1,
        "team_members": 2,
        "active": 3,
        "inactive": 0,
    }


def test_it_shows_a_person_of_several_stores_in_one_row(client: Visitor) -> None:
    first, second = a_shop(), a_shop()
    user_id, email = a_user(user_type=UserType.MEMBER)
    a_membership(first, user_id)
    a_membership(second, user_id, MemberStatus.INVITED)
    client.sign_in(a_super_admin())
    found = [row for row in rows(client) if row["email"] == email]
    assert len(found) == 1
    assert {one["id"] for one in found[0]["merchants"]} == {first.merchant_id, second.merchant_id}
    assert {(one["id"], one["role"], one["status"]) for one in found[0]["stores"]} == {
        (first.store_id, "staff", "active"),
        (second.store_id, "staff", "invited"),
    }


def test_it_counts_an_owner_who_works_elsewhere_as_owner_alone(client: Visitor) -> None:
    own, other = a_shop(), a_shop()
    with unit_of_work() as work:  # an account that was a member before it owned anything
        work.session.get_one(User, own.owner_id).user_type = UserType.MEMBER
    a_membership(other, own.owner_id)
    client.sign_in(a_super_admin())
    assert emails(client, "type=owner") == {own.owner_email, other.owner_email}
    assert emails(client, "type=team_member") == set()
    assert stats(client)["total"] == 2


def test_it_leaves_out_memberships_of_other_account_types(client: Visitor) -> None:
    shop = a_shop()
    a_person(shop, status=MemberStatus.ACTIVE, user_type=UserType.PLATFORM_ADMIN)
    client.sign_in(a_super_admin())
    assert emails(client) == {shop.owner_email}
    assert stats(client)["team_members"] == 0


def test_it_leaves_out_members_of_deleted_stores(client: Visitor) -> None:
    shop = a_shop()
    a_member(shop)
    with unit_of_work() as work:
        work.session.get_one(Store, shop.store_id).deleted_at = business_now()
    client.sign_in(a_super_admin())
    assert emails(client) == {shop.owner_email}
    assert rows(client)[0]["stores"] == []


def test_it_gives_cards_and_list_the_same_numbers_under_every_filter(client: Visitor) -> None:
    shop, other = a_shop(), a_shop()
    a_member(shop)
    sleeper = a_member(other)
    with unit_of_work() as work:
        work.session.query(User).filter_by(email=sleeper).one().is_active = False
    client.sign_in(a_super_admin())
    for query in (
        "",
        "type=owner",
        "type=team_member",
        "active=true",
        "active=false",
        "type=team_member&active=false",
        f"search={sleeper[:9]}",
        "search=nobody",
    ):
        figures, found = stats(client, query), rows(client, query)
        assert figures["total"] == len(found), query
        assert figures["owners"] == sum(row["type"] == "owner" for row in found), query
        assert figures["team_members"] == figures["total"] - figures["owners"], query
        assert figures["active"] == sum(row["is_active"] for row in found), query
        assert figures["inactive"] == figures["total"] - figures["active"], query
    assert emails(client, "type=team_member&active=false") == {sleeper}


def test_it_shows_a_platform_admin_only_the_people_of_the_own_platforms(client: Visitor) -> None:
    own, foreign = a_shop(), a_shop()
    member = a_member(own)
    a_member(foreign)
    a_store(own.merchant_id, foreign.platform_id, code="elsewhere")
    client.sign_in(a_platform_admin(own.platform_id))
    assert emails(client) == {own.owner_email, member}
    assert stats(client)["total"] == 2
    owner = next(row for row in rows(client) if row["type"] == "owner")
    assert [one["code"] for one in owner["stores"]] == [own.store_code]


def test_it_counts_an_owner_outside_the_scope_as_team_member_inside(client: Visitor) -> None:
    own, foreign = a_shop(), a_shop()
    with unit_of_work() as work:
        work.session.get_one(User, foreign.owner_id).user_type = UserType.MEMBER
    a_membership(own, foreign.owner_id)
    client.sign_in(a_platform_admin(own.platform_id))
    assert emails(client, "type=team_member") == {foreign.owner_email}


def test_it_counts_an_owner_of_two_merchants_once(client: Visitor) -> None:
    shop = a_shop()
    a_merchant(shop.owner_id, name="Second")
    client.sign_in(a_super_admin())
    assert stats(client)["owners"] == 1
    assert [one["name"] for one in rows(client)[0]["merchants"]] == ["Merchant", "Second"]


def test_it_asks_the_database_as_often_for_many_as_for_one(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    a_member(a_shop())
    with counted_queries() as few:
        client.get(USERS)
    for _ in range(4):
        a_member(a_shop())
    with counted_queries() as many:
        assert client.get(USERS).json()["total"] == 10
    assert len(many) == len(few)


def test_it_is_closed_to_owners_and_members(visitor: Callable[[], Visitor]) -> None:
    shop = a_shop()
    for email in (shop.owner_email, a_member(shop)):
        client = visitor().sign_in(email)
        assert client.get(USERS).status_code == 403
        assert client.get(f"{USERS}/stats").status_code == 403
