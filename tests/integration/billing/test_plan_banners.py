"""Banners of plans on pages, by who looks at which page."""

from datetime import timedelta

from sqlalchemy import select

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.models import (
    BillingHistory,
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
)
from app.modules.tenancy.models import MemberRole
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_member, a_shop
from tests.integration.browser import Visitor

FAILED = "A payment failed; everything keeps working until"
PAY = "/api/v1/store/billing/invoices/"


def a_shop_that_owes() -> AShop:
    """A shop whose last payment failed an hour ago, with its open invoice."""
    shop = a_shop(code="owing")
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, status=SubscriptionStatus.PAST_DUE, source=BillingSource.STRIPE)
    now = business_now()
    with unit_of_work() as work:
        row = work.session.scalars(select(MerchantSubscription)).one()
        row.past_due_since = now - timedelta(hours=1)
        work.session.add(
            BillingHistory(
                stripe_invoice_id="in_1",
                merchant_id=shop.merchant_id,
                platform_id=shop.platform_id,
                invoice_date=now,
                subtotal_cents=4900,
                total_cents=4900,
                currency="EUR",
                status="open",
                created_at=now,
            )
        )
    return shop


def page(client: Visitor, email: str, path: str) -> str:
    """A page as somebody sees it."""
    answer = client.sign_in(email).get(f"{path}?lang=en")
    assert answer.status_code == 200
    return str(answer.text)


def test_the_owner_sees_the_way_to_pay_on_every_page(client: Visitor) -> None:
    shop = a_shop_that_owes()
    shown = page(client, shop.owner_email, f"/store/{shop.store_code}")
    assert FAILED in shown
    assert f"{PAY}1/pay?store=owing" in shown
    assert FAILED in client.get(f"/store/{shop.store_code}/products?lang=en").text


def test_the_merchants_pages_name_the_store(client: Visitor) -> None:
    shop = a_shop_that_owes()
    assert f"Owing: {FAILED}" in page(client, shop.owner_email, "/merchant")


def test_a_manager_is_told_and_cannot_pay(client: Visitor) -> None:
    shop = a_shop_that_owes()
    shown = page(client, a_member(shop, MemberRole.MANAGER), f"/store/{shop.store_code}")
    assert FAILED in shown
    assert PAY not in shown


def test_staff_is_not_told_of_money(client: Visitor) -> None:
    shop = a_shop_that_owes()
    assert FAILED not in page(client, a_member(shop), f"/store/{shop.store_code}")


def test_who_has_paid_reads_nothing_of_it(client: Visitor) -> None:
    shop = a_shop(code="paid")
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, source=BillingSource.STRIPE)
    shown = page(client, shop.owner_email, f"/store/{shop.store_code}")
    assert 'class="alert' not in shown.split("<main", 1)[0]
