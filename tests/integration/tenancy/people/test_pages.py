"""Pages of accounts and stores, as the server sends them."""

import pytest

from app.modules.tenancy.models import MemberRole
from tests.factories.tenancy import a_member, a_merchant, a_platform, a_shop, a_super_admin
from tests.integration.browser import Visitor

OPEN = ["/login", "/signup", "/forgot-password", "/reset-password/x", "/verify-email/x"]
PAGE = {"Accept": "text/html"}


@pytest.mark.parametrize("locale", ["de", "en", "fr", "lb"])
@pytest.mark.parametrize("path", OPEN)
def test_it_shows_an_open_page_without_a_missing_text(
    client: Visitor, path: str, locale: str
) -> None:
    a_platform()
    answer = client.get(f"{path}?lang={locale}")
    assert answer.status_code == 200
    assert f'<html lang="{locale}"' in answer.text
    assert ">tenancy." not in answer.text
    assert ">ui." not in answer.text


@pytest.mark.parametrize("locale", ["de", "en", "fr", "lb"])
def test_it_shows_the_pages_of_the_signed_in_without_a_missing_text(
    client: Visitor, locale: str
) -> None:
    shop = a_shop()
    client.sign_in(shop.owner_email)
    client.patch("/api/v1/auth/me", {"locale": locale})
    for path in ("/account", f"/store/{shop.store_code}", f"/store/{shop.store_code}/team"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert f'<html lang="{locale}"' in answer.text
        assert ">tenancy." not in answer.text
        assert ">ui." not in answer.text


def test_it_leads_from_the_account_to_the_own_places(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(shop.owner_email)
    page = client.get("/account").text
    rail = page[page.index('id="rail"') : page.index("</nav>")]
    assert f'href="/merchant?merchant_id={shop.merchant_id}"' in rail
    assert f'href="/store/{shop.store_code}"' in rail


def test_it_leads_from_a_merchants_page_to_that_of_another_merchant(client: Visitor) -> None:
    shop = a_shop()
    second = a_merchant(shop.owner_id, name="Second")
    client.sign_in(shop.owner_email)
    page = client.get(f"/merchant/invoices?merchant_id={shop.merchant_id}").text
    switch = page[page.index("top-bar") : page.index("<main")]
    current = f'href="/merchant/invoices?merchant_id={shop.merchant_id}" aria-current="true"'
    assert current in switch
    assert f'href="/merchant/invoices?merchant_id={second}"' in switch
    assert f'href="/store/{shop.store_code}"' in switch


def test_it_offers_no_switch_to_somebody_with_one_place(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_member(shop))
    page = client.get(f"/store/{shop.store_code}").text
    switch = page[page.index("top-bar") : page.index("<main")]
    assert f'href="/store/{shop.store_code}"' not in switch


def test_it_leads_to_the_sign_in_and_back(client: Visitor) -> None:
    shop = a_shop()
    answer = client.get(f"/store/{shop.store_code}/team?search=x", headers=PAGE)
    assert answer.status_code == 303
    location = answer.headers["location"]
    assert location == f"/login?next=%2Fstore%2F{shop.store_code}%2Fteam%3Fsearch%3Dx"
    assert f'data-next="/store/{shop.store_code}/team?search=x"' in client.get(location).text


def test_it_keeps_the_address_after_signing_in_on_this_site(client: Visitor) -> None:
    assert 'data-next=""' in client.get("/login?next=https://evil.example").text
    assert 'data-next=""' in client.get("/login?next=//evil.example").text


def test_it_shows_staff_the_store_without_its_team(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_member(shop))
    assert (
        f'href="/store/{shop.store_code}/team"' not in client.get(f"/store/{shop.store_code}").text
    )
    assert client.get(f"/store/{shop.store_code}/team", headers=PAGE).status_code == 403


def test_it_shows_managers_the_team_to_read(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(a_member(shop, MemberRole.MANAGER))
    page = client.get(f"/store/{shop.store_code}/team")
    assert page.status_code == 200
    assert "team-invite" not in page.text


def test_it_reveals_no_foreign_store(client: Visitor) -> None:
    shop, other = a_shop(), a_shop()
    client.sign_in(shop.owner_email)
    foreign = client.get(f"/store/{other.store_code}", headers=PAGE)
    unknown = client.get("/store/nowhere", headers=PAGE)
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    client_of_all = client.get("/api/v1/auth/me").json()["stores"]
    assert [store["code"] for store in client_of_all] == [shop.store_code]


def test_it_offers_the_scopes_that_the_reader_may_give(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    assert "admin:write" in client.get("/account").text
