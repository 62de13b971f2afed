"""Stores over the admin API."""

from app.kit.db import unit_of_work
from app.modules.tenancy.models import Platform, Store
from tests.factories.tenancy import (
    a_member,
    a_platform,
    a_platform_admin,
    a_shop,
    a_store,
    a_super_admin,
)
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries
from tests.integration.tenancy.trail import actions

STORES = "/api/v1/admin/stores"


def test_it_shows_a_store_with_merchant_platform_owner_and_team(client: Visitor) -> None:
    shop = a_shop()
    member = a_member(shop)
    client.sign_in(a_super_admin())
    shown = client.get(f"{STORES}/{shop.store_id}")
    assert shown.headers["ETag"] == '"v1"'
    found = shown.json()
    assert found["merchant"] == {"id": shop.merchant_id, "name": "Merchant"}
    assert found["platform"]["id"] == shop.platform_id
    assert found["owner"]["email"] == shop.owner_email
    assert [(one["user"]["email"], one["role"], one["status"]) for one in found["team"]] == [
        (member, "staff", "active")
    ]


def test_it_opens_a_store_whose_subdomain_is_its_code(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_platform_admin(shop.platform_id))
    answer = client.post(
        STORES,
        {
            "merchant_id": shop.merchant_id,
            "platform_id": shop.platform_id,
            "code": "second-one",
            "name": "  Second   one ",
        },
    )
    assert answer.status_code == 201
    made = answer.json()
    assert (made["code"], made["subdomain"], made["name"]) == (
        "second-one",
        "second-one",
        "Second one",
    )
    assert actions() == ["store.created"]


def test_it_refuses_codes_and_subdomains_that_are_taken(client: Visitor) -> None:
    shop = a_shop(code="taken")
    client.sign_in(a_super_admin())
    draft = {"merchant_id": shop.merchant_id, "platform_id": shop.platform_id, "name": "Next"}
    code = client.post(STORES, {**draft, "code": "taken"})
    assert (code.status_code, code.json()["error_code"]) == (409, "store_code_taken")
    subdomain = client.post(STORES, {**draft, "code": "free", "subdomain": "taken"})
    assert (subdomain.status_code, subdomain.json()["error_code"]) == (409, "subdomain_taken")
    assert client.get(STORES).json()["total"] == 1
    assert actions() == []


def test_it_opens_no_store_where_merchant_or_platform_are_closed(client: Visitor) -> None:
    shop = a_shop()
    closed = a_platform()
    with unit_of_work() as work:
        work.session.get_one(Platform, closed).is_active = False
    client.sign_in(a_super_admin())
    draft = {"merchant_id": shop.merchant_id, "code": "another", "name": "Another"}
    refused = client.post(STORES, {**draft, "platform_id": closed})
    assert (refused.status_code, refused.json()["error_code"]) == (409, "platform_inactive")
    client.patch(f"/api/v1/admin/merchants/{shop.merchant_id}", {"is_active": False})
    refused = client.post(STORES, {**draft, "platform_id": shop.platform_id})
    assert (refused.status_code, refused.json()["error_code"]) == (409, "merchant_inactive")
    assert client.get(STORES).json()["total"] == 1


def test_it_deletes_and_restores(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_super_admin())
    path = f"{STORES}/{shop.store_id}"
    assert client.delete(path).status_code == 204
    assert client.get(STORES).json()["items"] == []
    assert [one["status"] for one in client.get(f"{STORES}?status=deleted").json()["items"]] == [
        "deleted"
    ]
    assert client.delete(path).status_code == 404
    assert client.patch(path, {"name": "Ghost"}).status_code == 404
    restored = client.post(f"{path}/restore")
    assert (restored.status_code, restored.json()["status"]) == (200, "active")
    assert client.post(f"{path}/restore").status_code == 200
    assert actions() == ["store.deleted", "store.restored"]


def test_it_keeps_the_code_of_a_deleted_store(client: Visitor) -> None:
    shop = a_shop(code="kept")
    client.sign_in(a_super_admin())
    client.delete(f"{STORES}/{shop.store_id}")
    answer = client.post(
        STORES,
        {
            "merchant_id": shop.merchant_id,
            "platform_id": shop.platform_id,
            "code": "kept",
            "name": "Again",
        },
    )
    assert answer.json()["error_code"] == "store_code_taken"


def test_it_changes_name_and_activity_under_the_read_version(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_super_admin())
    path = f"{STORES}/{shop.store_id}"
    changed = client.patch(
        path, {"name": "Closed shop", "is_active": False}, headers={"If-Match": '"v1"'}
    )
    assert (changed.json()["status"], changed.headers["ETag"]) == ("inactive", '"v2"')
    stale = client.patch(path, {"name": "Late"}, headers={"If-Match": '"v1"'})
    assert stale.status_code == 412
    with unit_of_work(read_only=True) as work:
        assert work.session.get_one(Store, shop.store_id).name == "Closed shop"


def test_it_answers_404_for_stores_of_other_platforms(client: Visitor) -> None:
    own, foreign = a_shop(), a_shop()
    client.sign_in(a_platform_admin(own.platform_id))
    assert [one["id"] for one in client.get(STORES).json()["items"]] == [own.store_id]
    path = f"{STORES}/{foreign.store_id}"
    for answer in (
        client.get(path),
        client.patch(path, {"name": "Stolen"}),
        client.delete(path),
        client.post(f"{path}/restore"),
        client.get(f"/admin/stores/{foreign.store_id}"),
    ):
        assert answer.status_code == 404
    with unit_of_work(read_only=True) as work:
        assert work.session.get_one(Store, foreign.store_id).deleted_at is None
    assert actions() == []


def test_it_lists_by_merchant_status_and_platform(client: Visitor) -> None:
    shop, other = a_shop(), a_shop()
    second, _ = a_store(shop.merchant_id, other.platform_id)
    client.sign_in(a_super_admin())

    def ids(query: str) -> set[int]:
        return {one["id"] for one in client.get(f"{STORES}?{query}").json()["items"]}

    assert ids(f"merchant_id={shop.merchant_id}") == {shop.store_id, second}
    assert ids(f"platform_id={other.platform_id}") == {other.store_id, second}
    assert ids("status=inactive") == set()
    assert ids(f"search={shop.store_code.upper()}") >= {shop.store_id}


def test_it_asks_the_database_as_often_for_many_as_for_one(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    shop = a_shop()
    with counted_queries() as one:
        client.get(STORES)
    for _ in range(5):
        a_store(shop.merchant_id, shop.platform_id)
    with counted_queries() as six:
        assert client.get(STORES).json()["total"] == 6
    assert len(six) == len(one)
