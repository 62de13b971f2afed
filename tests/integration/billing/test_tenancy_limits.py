"""Stores and team members under their limits: taken and given back with their rows (D14, D16)."""

from collections.abc import Callable

import pytest

from app.kit.db import Database
from tests.factories.billing import a_subscription, a_tier_limit, shipped_tiers
from tests.factories.tenancy import AShop, a_shop
from tests.factories.usage import counter_of, true_count_of
from tests.integration.browser import Visitor

TEAM = "/api/v1/store/team"
STORES = "/api/v1/admin/stores"


@pytest.fixture
def shop(database: Database) -> AShop:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "professional")  # 3 stores, 3 members
    return shop


@pytest.fixture
def owner(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    return visitor().sign_in(shop.owner_email)


def invite(owner: Visitor, store: str, email: str) -> int:
    answer = owner.post(TEAM, {"email": email, "role": "staff"}, headers={"X-Store-Code": store})
    return int(answer.json()["id"]) if answer.status_code == 201 else -answer.status_code


def open_store(admin: Visitor, shop: AShop, code: str) -> int:
    body = {"merchant_id": shop.merchant_id, "platform_id": shop.platform_id}
    answer = admin.post(STORES, {**body, "code": code, "name": code})
    return int(answer.json()["id"]) if answer.status_code == 201 else -answer.status_code


def is_true(shop: AShop, code: str, expected: int) -> None:
    assert (counter_of(shop.owner, code), true_count_of(shop.owner, code)) == (expected, expected)


def test_a_person_in_two_stores_is_one_member(owner: Visitor, admin: Visitor, shop: AShop) -> None:
    assert open_store(admin, shop, "second") > 0
    first = invite(owner, shop.store_code, "a@example.test")
    second = invite(owner, "second", "a@example.test")
    is_true(shop, "max_team_members", 1)
    store = {"X-Store-Code": shop.store_code}
    assert owner.delete(f"{TEAM}/{first}", headers=store).status_code == 204
    is_true(shop, "max_team_members", 1)
    owner.delete(f"{TEAM}/{second}", headers={"X-Store-Code": "second"})
    is_true(shop, "max_team_members", 0)


def test_a_full_team_refuses_and_writes_nothing(owner: Visitor, shop: AShop) -> None:
    ids = [invite(owner, shop.store_code, f"p{n}@example.test") for n in range(4)]
    assert ids[3] == -403
    is_true(shop, "max_team_members", 3)
    listed = owner.get(TEAM, headers={"X-Store-Code": shop.store_code}).json()
    assert listed["total"] == 3


def test_deleting_a_store_frees_it_with_its_team_and_restoring_takes_both(
    owner: Visitor, admin: Visitor, shop: AShop
) -> None:
    second = open_store(admin, shop, "second")
    invite(owner, shop.store_code, "both@example.test")
    invite(owner, "second", "both@example.test")
    invite(owner, "second", "only@example.test")
    is_true(shop, "max_stores", 2)
    is_true(shop, "max_team_members", 2)
    assert admin.delete(f"{STORES}/{second}").status_code == 204
    is_true(shop, "max_stores", 1)
    is_true(shop, "max_team_members", 1)
    a_tier_limit(shop.platform_id, "professional", "max_team_members", 1)
    assert admin.post(f"{STORES}/{second}/restore").status_code == 403
    is_true(shop, "max_stores", 1)
    a_tier_limit(shop.platform_id, "professional", "max_team_members", 2)
    assert admin.post(f"{STORES}/{second}/restore").status_code == 200
    is_true(shop, "max_stores", 2)
    is_true(shop, "max_team_members", 2)


def test_the_fourth_store_is_refused_with_the_tier_that_helps(admin: Visitor, shop: AShop) -> None:
    assert open_store(admin, shop, "second") > 0
    assert open_store(admin, shop, "third") > 0
    body = {"merchant_id": shop.merchant_id, "platform_id": shop.platform_id}
    refused = admin.post(STORES, {**body, "code": "fourth", "name": "Fourth"})
    assert (refused.status_code, refused.json()["error_code"]) == (403, "feature_limit_reached")
    assert refused.json()["params"]["upgrade_to"]["code"] == "business"
    is_true(shop, "max_stores", 3)


def test_a_member_who_becomes_the_owner_gives_the_seat_back(
    owner: Visitor, admin: Visitor, shop: AShop
) -> None:
    invite(owner, shop.store_code, "heir@example.test")
    answer = admin.post(
        f"/api/v1/admin/merchants/{shop.merchant_id}/owner", {"email": "heir@example.test"}
    )
    assert answer.status_code == 200, answer.text
    is_true(shop, "max_team_members", 0)
