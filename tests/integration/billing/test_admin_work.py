"""What operators have to look after: arrears, the audit log, and the pages for them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import BillingHistory, BillingSource, SubscriptionStatus
from app.modules.billing.repositories import subscriptions
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_platform_admin, a_shop
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries

BASE = "/api/v1/admin/subscriptions"
PAGES = (
    "subscriptions",
    "subscription-tiers",
    "addons",
    "past-due",
    "fulfilment",
    "webhooks",
    "audit",
    "merchants/{merchant_id}/invoices",
)


@pytest.fixture
def shop(database: Database) -> AShop:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    return shop


def an_open_invoice(
    shop: AShop, *, total_cents: int, paid_cents: int, tried_again_at: datetime | None = None
) -> None:
    now = business_now()
    with unit_of_work() as work:
        work.session.add(
            BillingHistory(
                merchant_id=shop.merchant_id,
                platform_id=shop.platform_id,
                invoice_date=now,
                subtotal_cents=total_cents,
                total_cents=total_cents,
                amount_paid_cents=paid_cents,
                currency="EUR",
                status="open",
                next_attempt_at=tried_again_at,
                created_at=now,
            )
        )


def test_arrears_are_what_is_open_on_invoices(admin: Visitor, shop: AShop) -> None:
    past_due = SubscriptionStatus.PAST_DUE
    a_subscription(shop.owner, status=past_due, source=BillingSource.STRIPE)
    soon, later = (business_now() + timedelta(days=days) for days in (3, 4))
    an_open_invoice(shop, total_cents=5000, paid_cents=1000, tried_again_at=later)
    an_open_invoice(shop, total_cents=700, paid_cents=0, tried_again_at=soon)
    by_hand = a_shop(shop.platform_id)
    a_subscription(by_hand.owner, status=past_due)
    rows = admin.get(f"{BASE}?past_due=true").json()["items"]
    owed = {row["merchant"]["id"]: row["owed_cents"] for row in rows}
    assert owed == {shop.merchant_id: 4700, by_hand.merchant_id: 4900}
    assert rows[0]["merchant"]["contact_email"].endswith("@example.test")
    tries = {row["merchant"]["id"]: row["next_attempt_at"] for row in rows}
    told = soon.isoformat().replace("+00:00", "Z")
    assert tries == {shop.merchant_id: told, by_hand.merchant_id: None}


def test_arrears_tell_when_grace_ends_whoever_gave_it(admin: Visitor, shop: AShop) -> None:
    a_subscription(shop.owner, status=SubscriptionStatus.PAST_DUE)
    since = business_now() - timedelta(days=2)
    with unit_of_work() as work:
        held = subscriptions.lock(work.session, shop.owner)
        assert held is not None
        held.past_due_since = since
    given = (since + timedelta(days=7)).isoformat().replace("+00:00", "Z")
    assert admin.get(f"{BASE}?past_due=true").json()["items"][0]["grace_ends_at"] == given
    more = (since + timedelta(days=20)).isoformat().replace("+00:00", "Z")
    plan = f"{BASE}/merchants/{shop.merchant_id}/platforms/{shop.platform_id}"
    assert admin.post(f"{plan}/extend-grace", {"until": more}).status_code == 200
    assert admin.get(f"{BASE}?past_due=true").json()["items"][0]["grace_ends_at"] == more


def test_the_audit_log_tells_who_did_what_to_whom(admin: Visitor, shop: AShop) -> None:
    a_subscription(shop.owner)
    plan = f"{BASE}/merchants/{shop.merchant_id}/platforms/{shop.platform_id}"
    assert admin.put(plan, {"tier_code": "professional"}).status_code == 200
    entries = admin.get(f"{BASE}/audit?search=subscription.").json()["items"]
    assert len(entries) == 1
    entry = entries[0]
    assert (entry["action"], entry["merchant_id"]) == ("subscription.updated", shop.merchant_id)
    assert entry["actor"].startswith("user:")
    assert entry["actor_name"]
    assert entry["before"]["tier_id"] != entry["after"]["tier_id"]
    assert admin.get(f"{BASE}/audit?merchant_id={shop.merchant_id + 1}").json()["items"] == []


def test_the_audit_log_costs_as_many_queries_for_ten_entries_as_for_one(
    admin: Visitor, shop: AShop
) -> None:
    a_subscription(shop.owner)
    plan = f"{BASE}/merchants/{shop.merchant_id}/platforms/{shop.platform_id}"
    admin.put(plan, {"tier_code": "professional"})
    with counted_queries() as one:
        admin.get(f"{BASE}/audit")
    for tier in ("essential", "business", "professional"):
        admin.put(plan, {"tier_code": tier})
    with counted_queries() as four:
        admin.get(f"{BASE}/audit")
    assert len(four) == len(one)


def test_admins_of_another_platform_read_no_trail_of_this_one(
    admin: Visitor, visitor: Callable[[], Visitor], shop: AShop
) -> None:
    a_subscription(shop.owner)
    plan = f"{BASE}/merchants/{shop.merchant_id}/platforms/{shop.platform_id}"
    admin.put(plan, {"tier_code": "professional"})
    own = visitor().sign_in(a_platform_admin(shop.platform_id))
    foreign = visitor().sign_in(a_platform_admin(a_shop().platform_id))
    assert len(own.get(f"{BASE}/audit").json()["items"]) == 1
    assert foreign.get(f"{BASE}/audit").json()["items"] == []


def test_invoices_are_listed_for_admins_of_their_platform_alone(
    admin: Visitor, visitor: Callable[[], Visitor], shop: AShop
) -> None:
    an_open_invoice(shop, total_cents=5000, paid_cents=1000)
    path = f"{BASE}/merchants/{shop.merchant_id}/invoices"
    [told] = admin.get(path).json()["items"]
    assert (told["total_cents"], told["amount_paid_cents"]) == (5000, 1000)
    assert (told["platform"]["id"], told["store"], told["pdf_url"]) == (
        shop.platform_id,
        None,
        None,
    )
    own = visitor().sign_in(a_platform_admin(shop.platform_id))
    assert own.get(path).json()["items"] == [told]
    foreign = visitor().sign_in(a_platform_admin(a_shop().platform_id))
    assert foreign.get(path).json()["error_code"] == "merchant_not_found"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["de", "en", "fr", "lb"])
def test_every_page_opens_in_every_language(
    admin: Visitor, page: str, language: str, shop: AShop
) -> None:
    page = page.format(merchant_id=shop.merchant_id)
    answer = admin.get(f"/admin/{page}?lang={language}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "billing." not in answer.text.split('id="content"')[1]
