"""What owners see and do at their merchant."""

from collections.abc import Iterator

import pytest

from app.contracts.hooks import MerchantCreated, merchant_created_hooks
from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.tenancy.models import Platform
from tests.factories.tenancy import a_member, a_merchant, a_platform, a_shop, a_store
from tests.integration.browser import Visitor

STORES = "/api/v1/merchant/stores"


class Listener:
    """A merchant hook that remembers."""

    def __init__(self) -> None:
        self.seen: list[MerchantCreated] = []

    def merchant_created(self, work: UnitOfWork, event: MerchantCreated) -> None:
        """Remember."""
        self.seen.append(event)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Listens to merchants on new platforms in place of the real listeners."""
    before, listener = merchant_created_hooks(), Listener()
    merchant_created_hooks.connect([listener])
    yield listener
    merchant_created_hooks.connect(before)


def test_it_lists_the_own_stores_alone(client: Visitor) -> None:
    shop = a_shop()
    a_shop()
    client.sign_in(shop.owner_email)
    page = client.get(STORES).json()
    assert [one["code"] for one in page["items"]] == [shop.store_code]
    assert page["total"] == 1


def test_it_opens_a_further_store_on_the_same_platform(client: Visitor, listener: Listener) -> None:
    shop = a_shop()
    client.sign_in(shop.owner_email)
    draft = {"platform_id": shop.platform_id, "code": "second", "name": "Second"}
    answer = client.post(STORES, draft)
    assert (answer.status_code, answer.json()["merchant"]["id"]) == (201, shop.merchant_id)
    assert listener.seen == []


def test_it_tells_the_hooks_when_a_merchant_begins_on_a_platform(
    client: Visitor, listener: Listener
) -> None:
    shop, platform_id = a_shop(), a_platform()
    client.sign_in(shop.owner_email)
    client.post(STORES, {"platform_id": platform_id, "code": "second", "name": "Second"})
    client.post(STORES, {"platform_id": platform_id, "code": "third", "name": "Third"})
    assert [event.owner for event in listener.seen] == [Owner(shop.merchant_id, platform_id)]


def test_it_opens_nothing_on_a_closed_or_unknown_platform(client: Visitor) -> None:
    shop, closed = a_shop(), a_platform()
    with unit_of_work() as work:
        work.session.get_one(Platform, closed).is_active = False
    client.sign_in(shop.owner_email)
    draft = {"code": "second", "name": "Second"}
    refused = client.post(STORES, {**draft, "platform_id": closed})
    assert (refused.status_code, refused.json()["error_code"]) == (409, "platform_inactive")
    assert client.post(STORES, {**draft, "platform_id": 999}).status_code == 404
    assert client.get(STORES).json()["total"] == 1


def test_it_opens_no_store_for_a_foreign_merchant(client: Visitor) -> None:
    own, foreign = a_shop(), a_shop()
    client.sign_in(own.owner_email)
    path = f"{STORES}?merchant_id={foreign.merchant_id}"
    draft = {"platform_id": foreign.platform_id, "code": "second", "name": "Second"}
    assert client.post(path, draft).status_code == 404
    assert client.get(path).status_code == 404
    assert (
        client.get(f"/api/v1/merchant/users?merchant_id={foreign.merchant_id}").status_code == 404
    )


def test_it_lets_an_owner_of_two_merchants_choose(client: Visitor) -> None:
    shop = a_shop()
    second = a_merchant(shop.owner_id, name="Second")
    _, code = a_store(second, shop.platform_id)
    client.sign_in(shop.owner_email)
    first_codes = [one["code"] for one in client.get(STORES).json()["items"]]
    found = client.get(f"{STORES}?merchant_id={second}").json()["items"]
    assert (first_codes, [one["code"] for one in found]) == ([shop.store_code], [code])


def test_it_shows_platforms_with_the_number_of_own_stores(client: Visitor) -> None:
    shop = a_shop()
    a_store(a_shop(shop.platform_id).merchant_id, shop.platform_id)
    empty, closed = a_platform(name="Empty"), a_platform(name="Closed")
    with unit_of_work() as work:
        work.session.get_one(Platform, closed).is_active = False
    client.sign_in(shop.owner_email)
    found = client.get("/api/v1/merchant/platforms").json()["items"]
    assert [(one["id"], one["stores"]) for one in found] == [(empty, 0), (shop.platform_id, 1)]


def test_it_lists_owner_and_members_of_the_own_stores(client: Visitor) -> None:
    shop = a_shop()
    member = a_member(shop)
    a_member(a_shop(shop.platform_id))
    client.sign_in(shop.owner_email)
    found = client.get("/api/v1/merchant/users").json()["items"]
    assert {(one["email"], one["type"]) for one in found} == {
        (shop.owner_email, "owner"),
        (member, "team_member"),
    }


def test_it_is_closed_to_members(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_member(shop))
    for path in (STORES, "/api/v1/merchant/users", "/api/v1/merchant/platforms", "/merchant"):
        assert client.get(path).status_code == 403
