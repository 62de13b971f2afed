"""Looking at a merchant as its owner does: all is seen, nothing changed, all of it audited."""

from collections.abc import Callable

import pytest

from app.kit.db import Database, unit_of_work
from app.modules.tenancy.models import Merchant
from tests.factories.tenancy import (
    AShop,
    a_platform,
    a_platform_admin,
    a_shop,
    a_store,
    a_super_admin,
)
from tests.integration.browser import Visitor
from tests.integration.tenancy.trail import actions


@pytest.fixture
def shop(database: Database) -> AShop:
    return a_shop()


@pytest.fixture
def admin(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    return visitor().sign_in(a_super_admin())


def view(admin: Visitor, shop: AShop) -> None:
    answer = admin.post(f"/api/v1/admin/merchants/{shop.merchant_id}/view")
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"landing": f"/merchant?merchant_id={shop.merchant_id}"}


def name_of(shop: AShop) -> str:
    with unit_of_work(read_only=True) as work:
        return work.session.get_one(Merchant, shop.merchant_id).name


def test_it_shows_the_owners_pages_each_of_them_marked(admin: Visitor, shop: AShop) -> None:
    view(admin, shop)
    for page in ("/merchant", f"/store/{shop.store_code}", f"/store/{shop.store_code}/team"):
        answer = admin.get(page, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert f"You see what {name_of(shop)} sees." in answer.text
    assert admin.get("/admin").status_code == 403
    assert admin.get("/api/v1/admin/merchants").status_code == 403


def test_every_change_is_refused_and_writes_nothing(admin: Visitor, shop: AShop) -> None:
    view(admin, shop)
    store = {"X-Store-Code": shop.store_code}
    member = {"email": "new@example.test", "role": "staff"}
    for answer in (
        admin.post("/api/v1/store/team", member, headers=store),
        admin.patch("/api/v1/auth/me", {"display_name": "Somebody Else"}),
        admin.patch(f"/api/v1/admin/merchants/{shop.merchant_id}", {"name": "Renamed"}),
        admin.delete("/api/v1/auth/sessions"),
    ):
        assert (answer.status_code, answer.json()["error_code"]) == (403, "read_only_view")
    assert actions() == ["merchant.view_begun"]


def test_it_ends_where_it_began(admin: Visitor, shop: AShop) -> None:
    view(admin, shop)
    assert admin.delete("/api/v1/auth/view").json() == {
        "landing": f"/admin/merchants/{shop.merchant_id}"
    }
    assert admin.get("/api/v1/admin/merchants").status_code == 200
    assert admin.delete("/api/v1/auth/view").json() == {"landing": "/"}
    assert actions() == ["merchant.view_begun", "merchant.view_ended"]


def test_signing_out_stays_possible(admin: Visitor, shop: AShop) -> None:
    view(admin, shop)
    assert admin.post("/api/v1/auth/logout").status_code == 204
    assert admin.get("/api/v1/auth/me").status_code == 401


def test_an_admin_of_one_platform_does_not_look_beyond_it(
    visitor: Callable[[], Visitor], shop: AShop
) -> None:
    own = visitor().sign_in(a_platform_admin(shop.platform_id))
    view(own, shop)
    a_store(shop.merchant_id, a_platform())
    assert own.get(f"/store/{shop.store_code}").status_code == 404
    assert own.get("/api/v1/admin/merchants").status_code == 200
    refused = own.post(f"/api/v1/admin/merchants/{shop.merchant_id}/view")
    assert (refused.status_code, refused.json()["error_code"]) == (403, "merchant_beyond_scope")
