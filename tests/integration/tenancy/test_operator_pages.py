"""Pages of operators and owners: their frame, in four languages, for whom they are meant."""

import pytest

from tests.factories.tenancy import (
    a_member,
    a_merchant,
    a_platform_admin,
    a_shop,
    a_store,
    a_super_admin,
)
from tests.integration.browser import Visitor
from tests.integration.stat_cards import stat_card

HTML = {"Accept": "text/html"}
ADMIN = [
    "/admin",
    "/admin/platforms",
    "/admin/merchants",
    "/admin/stores",
    "/admin/users",
    "/admin/merchant-users",
    "/admin/mails",
]
MERCHANT = ["/merchant", "/merchant/stores", "/merchant/team"]


@pytest.mark.parametrize("locale", ["de", "en", "fr", "lb"])
def test_it_shows_every_admin_page(client: Visitor, locale: str) -> None:
    shop = a_shop()
    client.sign_in(a_super_admin())
    details = [f"/admin/merchants/{shop.merchant_id}", f"/admin/stores/{shop.store_id}"]
    for path in ADMIN + details:
        page = client.get(f"{path}?lang={locale}", headers=HTML)
        assert page.status_code == 200, path
        assert f'<html lang="{locale}"' in page.text
        assert page.text.count("<h1") == 1
        assert ">tenancy." not in page.text
        assert ">core." not in page.text


@pytest.mark.parametrize("path", MERCHANT)
def test_it_shows_every_merchant_page(client: Visitor, path: str) -> None:
    shop = a_shop()
    client.sign_in(shop.owner_email)
    page = client.get(path, headers=HTML)
    assert page.status_code == 200
    assert page.text.count('aria-current="page"') == 1


def test_it_counts_platforms_stores_and_people_of_the_merchant_alone(client: Visitor) -> None:
    shop = a_shop()
    a_store(shop.merchant_id, shop.platform_id)
    a_member(shop)
    a_member(a_shop(shop.platform_id))
    client.sign_in(shop.owner_email)
    page = client.get("/merchant?lang=en", headers=HTML).text
    figures = {label: stat_card(page, label) for label in ("Platforms", "Stores", "Team")}
    assert figures == {"Platforms": ["1"], "Stores": ["2"], "Team": ["1"]}


def test_it_keeps_the_chosen_merchant_on_the_way_to_the_next_page(client: Visitor) -> None:
    shop = a_shop()
    second = a_merchant(shop.owner_id, name="Second")
    client.sign_in(shop.owner_email)
    page = client.get(f"/merchant?merchant_id={second}", headers=HTML).text
    assert f'href="/merchant/stores?merchant_id={second}"' in page
    assert 'href="/merchant/stores"' not in page
    assert page.count('aria-current="page"') == 1


@pytest.mark.parametrize("path", ADMIN)
def test_it_sends_nobody_to_the_sign_in(client: Visitor, path: str) -> None:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=")


def test_it_keeps_owners_out_of_the_admin_pages(client: Visitor) -> None:
    client.sign_in(a_shop().owner_email)
    assert [client.get(path, headers=HTML).status_code for path in ADMIN] == [403] * len(ADMIN)


def test_it_hides_what_a_platform_admin_may_not(client: Visitor) -> None:
    own, foreign = a_shop(), a_shop()
    client.sign_in(a_platform_admin(own.platform_id))
    page = client.get("/admin/platforms", headers=HTML).text
    assert "platform-new" not in page
    assert 'href="/admin/users"' not in page
    assert client.get(f"/admin/merchants/{own.merchant_id}", headers=HTML).status_code == 200
    assert client.get(f"/admin/merchants/{foreign.merchant_id}", headers=HTML).status_code == 404


def test_it_counts_only_what_is_in_scope(client: Visitor) -> None:
    own = a_shop()
    a_shop()
    client.sign_in(a_platform_admin(own.platform_id))
    page = client.get("/admin", headers=HTML).text
    assert page.count('<p class="stat-figure">1</p>') == 4
