"""First pages are made of the figures that modules offer, nothing else."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from app.contracts.metrics import (
    DashboardFigure,
    May,
    MetricsProviderProtocol,
    metrics_providers,
)
from app.contracts.tenants import AdminScope, StoreRef
from app.kit.clocks import business_now
from app.kit.db import Database, UnitOfWork, unit_of_work
from app.modules.billing.models import AddOnChange, MerchantSubscription, SubscriptionChange
from app.modules.tenancy.services.dashboard_figures import (
    admin_figures,
    merchant_figures,
    store_figures,
)
from tests.factories.billing import a_subscription, an_addon, shipped_tiers
from tests.factories.catalog import a_product, store_of
from tests.factories.orders import an_order
from tests.factories.tenancy import AShop, a_member, a_shop, a_super_admin
from tests.integration.browser import Visitor

EVERYWHERE = AdminScope(None)
HTML = {"Accept": "text/html"}


class Toy(MetricsProviderProtocol):
    """A module that offers one figure of a store, before all others."""

    def store_figures(
        self, work: UnitOfWork, store: StoreRef, may: May
    ) -> Iterable[DashboardFigure]:
        return [DashboardFigure("Visitors", "1,234", order=1)] if may("toy.view") else []


@pytest.fixture
def toy() -> Iterator[None]:
    known = metrics_providers()
    metrics_providers.connect([*known, Toy()])
    yield
    metrics_providers.connect(known)


@pytest.fixture
def shop(database: Database) -> AShop:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    return shop


def everything(_permission: str) -> bool:
    return True


def nothing(_permission: str) -> bool:
    return False


def told(figures: Iterable[DashboardFigure]) -> dict[str, tuple[str, str | None]]:
    return {one.label: (one.text, one.note) for one in figures}


def of_platform(scope: AdminScope = EVERYWHERE, may: May = everything) -> list[DashboardFigure]:
    with unit_of_work(read_only=True) as work:
        return admin_figures(work, scope, may)


def of_store(shop: AShop, may: May = everything) -> list[DashboardFigure]:
    with unit_of_work(read_only=True) as work:
        return store_figures(work, store_of(shop), may)


def test_operators_see_revenue_subscriptions_and_tenants(shop: AShop) -> None:
    found = told(of_platform())
    assert list(found) == [
        "MRR",
        "Active",
        "On trial",
        "Past due",
        "Platforms",
        "Merchants",
        "Stores",
        "Merchant users",
    ]
    assert (found["MRR"][0], found["Active"][0], found["On trial"][0]) == ("€49.00", "1", "0")


def test_owners_and_team_members_add_up_to_all_people(shop: AShop) -> None:
    a_member(shop)
    a_member(a_shop())
    assert told(of_platform())["Merchant users"] == ("4", "2 owners, 2 team members")


def test_the_revenue_tells_how_it_moved_this_month_by_plans_and_addons(shop: AShop) -> None:
    addon_id = an_addon(shop)
    with unit_of_work() as work:
        work.session.add(
            AddOnChange(
                store_addon_id=addon_id,
                platform_id=shop.platform_id,
                at=business_now(),
                arr_cents_before=12_000,
                arr_cents_after=0,
            )
        )
        work.session.flush()
        earning = {"status": "active", "billing_source": "stripe"}
        work.session.add(
            SubscriptionChange(
                subscription_id=work.session.query(MerchantSubscription.id).scalar(),
                merchant_id=shop.merchant_id,
                platform_id=shop.platform_id,
                at=business_now(),
                cause="test",
                before=earning,
                after=earning,
                arr_cents_before=58_800,
                arr_cents_after=118_800,
            )
        )
    revenue = of_platform()[0]
    assert (revenue.note, revenue.trend) == ("+€40.00 this month", "up")
    other = a_shop()
    elsewhere = of_platform(AdminScope(frozenset({other.platform_id})))[0]
    assert (elsewhere.text, elsewhere.trend) == ("€0.00", None)


def test_who_may_not_see_the_business_sees_the_tenants_alone(shop: AShop) -> None:
    assert "MRR" not in told(of_platform(may=nothing))
    assert "Merchants" in told(of_platform(may=nothing))


def test_a_store_shows_its_day_its_products_and_its_team(shop: AShop) -> None:
    an_order(shop)
    a_product(shop)
    found = told(of_store(shop))
    assert list(found) == ["Orders today", "Sales today", "Products", "Team"]
    assert found["Orders today"] == ("1", "Yesterday: 0")
    assert found["Products"] == ("1", "On sale: 1")
    assert list(told(of_store(shop, nothing))) == ["Team"]


def test_owners_see_the_orders_of_all_their_stores(shop: AShop) -> None:
    an_order(shop)
    with unit_of_work(read_only=True) as work:
        found = told(merchant_figures(work, shop.merchant_id, everything))
    assert found["Orders"] == ("1", "In the last 30 days")
    assert (found["Stores"][0], found["Team"][0]) == ("1", "0")


def test_a_module_from_elsewhere_takes_part_in_its_place(
    shop: AShop, toy: None, visitor: Callable[[], Visitor]
) -> None:
    assert of_store(shop)[0] == DashboardFigure("Visitors", "1,234", order=1)
    assert "Visitors" not in told(of_store(shop, nothing))


@pytest.mark.parametrize("who", ["admin", "owner"])
def test_first_pages_show_them(shop: AShop, visitor: Callable[[], Visitor], who: str) -> None:
    email, path = {
        "admin": (a_super_admin(), "/admin"),
        "owner": (shop.owner_email, f"/store/{shop.store_code}"),
    }[who]
    page = visitor().sign_in(email).get(f"{path}?lang=en", headers=HTML).text
    assert ("€49.00" if who == "admin" else "Orders today") in page
