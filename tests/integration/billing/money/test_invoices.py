"""Invoices, their documents, the next one, and the way to Stripe's own page (D28, S10)."""

from datetime import timedelta
from typing import Any

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.gateways.client import ask
from app.modules.billing.gateways.stripe_invoices import fetch_invoice
from app.modules.billing.models import BillingHistory, StripeAccount
from app.modules.tenancy.models import MemberRole
from tests.factories.tenancy import AShop, a_member, a_shop
from tests.integration.billing.money.world import BILLING, FAILS_LATER, World


def an_invoice(shop: AShop, stripe_id: str | None = None, **values: Any) -> int:
    """Write an invoice into our own rows; returns its id."""
    now = business_now()
    facts: dict[str, Any] = {
        "stripe_invoice_id": stripe_id,
        "invoice_date": now,
        "subtotal_cents": 4900,
        "tax_cents": 833,
        "total_cents": 5733,
        "amount_paid_cents": 5733,
        "currency": "EUR",
        "status": "paid",
        "lines": [{"description": "Essential", "quantity": 1, "amount_cents": 4900}],
        "created_at": now,
    }
    with unit_of_work() as work:
        invoice = BillingHistory(
            merchant_id=shop.merchant_id, platform_id=shop.platform_id, **facts | values
        )
        work.session.add(invoice)
        work.session.flush()
        return invoice.id


def test_lists_the_merchants_invoices_newest_first(world: World) -> None:
    older = an_invoice(world.shop, invoice_date=business_now() - timedelta(days=30))
    newer = an_invoice(world.shop, "in_1", invoice_number="A-2")
    an_invoice(world.shop, status="draft")
    an_invoice(a_shop(world.shop.platform_id))
    answer = world.owner.get(f"{BILLING}/invoices").json()
    assert [one["id"] for one in answer["items"]] == [newer, older]
    assert answer["total"] == 2
    pdf_url = f"/api/v1/store/billing/invoices/{newer}/pdf?store={world.shop.store_code}"
    first = answer["items"][0]
    assert (first["pdf_url"], answer["items"][1]["pdf_url"]) == (pdf_url, None)
    assert first["lines"] == [{"description": "Essential", "quantity": 1, "amount_cents": 4900}]
    money = ("subtotal_cents", "tax_cents", "total_cents", "amount_paid_cents", "refunded_cents")
    assert [first[name] for name in money] == [4900, 833, 5733, 5733, 0]


def test_pages_through_invoices(world: World) -> None:
    ids = [an_invoice(world.shop) for _ in range(3)]
    first = world.owner.get(f"{BILLING}/invoices?limit=2").json()
    rest = world.owner.get(f"{BILLING}/invoices?limit=2&cursor={first['next_cursor']}").json()
    shown = [one["id"] for one in first["items"] + rest["items"]]
    assert sorted(shown) == ids


def test_leads_to_a_fresh_document(world: World) -> None:
    world.subscribe()
    [invoice] = world.listed("invoices")
    own = an_invoice(world.shop, invoice["id"])
    address = world.owner.get(f"{BILLING}/invoices").json()["items"][0]["pdf_url"]
    answer = world.owner.get(address)
    assert (answer.status_code, answer.headers["location"]) == (303, invoice["invoice_pdf"])
    manager = world.visitor().sign_in(a_member(world.shop, MemberRole.MANAGER))
    assert manager.get(f"{BILLING}/invoices/{own}/pdf").status_code == 303


def test_hides_the_invoices_of_others(world: World) -> None:
    world.subscribe()
    own = an_invoice(world.shop, world.listed("invoices")[0]["id"])
    stranger = world.visitor().sign_in(a_shop(world.shop.platform_id).owner_email)
    for part in ("pdf", "pay"):
        answer = stranger.get(f"{BILLING}/invoices/{own}/{part}")
        assert (answer.status_code, answer.json()["error_code"]) == (404, "invoice_not_found")


def test_leads_to_the_page_where_an_open_invoice_is_paid(world: World) -> None:
    world.subscribe(card=FAILS_LATER)
    first = an_invoice(world.shop, world.listed("invoices")[0]["id"])
    world.advance(timedelta(days=31))
    [unpaid] = world.listed("invoices", status="open")
    second = an_invoice(world.shop, unpaid["id"], status="open")
    answer = world.owner.get(f"{BILLING}/invoices/{second}/pay")
    assert (answer.status_code, answer.headers["location"]) == (303, unpaid["hosted_invoice_url"])
    paid = world.owner.get(f"{BILLING}/invoices/{first}/pay")
    assert (paid.status_code, paid.json()["error_code"]) == (404, "invoice_not_found")


def test_tells_the_next_bill(world: World) -> None:
    world.subscribe("professional")
    answer = world.owner.get(f"{BILLING}/upcoming-invoice").json()
    trial_end = world.owner.get(f"{BILLING}/subscription").json()["trial_ends_at"]
    assert (answer["amount_due_cents"], answer["currency"]) == (9900, "EUR")
    assert answer["date"] == trial_end
    assert [line["amount_cents"] for line in answer["lines"]] == [9900]
    world.advance(timedelta(days=31))
    assert fetch_invoice(world.listed("invoices")[0]["id"]).total_cents == 9900


def test_there_is_no_next_bill_without_a_subscription_at_stripe(world: World) -> None:
    answer = world.owner.get(f"{BILLING}/upcoming-invoice")
    assert (answer.status_code, answer.json()["error_code"]) == (400, "no_active_subscription")


def test_there_is_no_next_bill_for_a_plan_that_ends(world: World) -> None:
    world.subscribe()
    world.owner.post(f"{BILLING}/cancel", {})
    answer = world.owner.get(f"{BILLING}/upcoming-invoice")
    assert (answer.status_code, answer.json()["error_code"]) == (400, "nothing_upcoming")


def set_up_portal(configuration_id: str) -> None:
    """Remember a portal's configuration, as the set-up of the account does."""
    with unit_of_work() as work:
        work.session.add(
            StripeAccount(
                id=1,
                account_id="acct_1",
                livemode=False,
                portal_configuration_id=configuration_id,
                set_up_at=business_now(),
            )
        )


def test_the_portal_is_made_for_each_click(world: World) -> None:
    world.subscribe()
    features: Any = {"features": {"invoice_history": {"enabled": True}}}
    made = ask(lambda client: client.v1.billing_portal.configurations.create(features))
    set_up_portal(made["id"])
    links = [world.owner.post(f"{BILLING}/portal").json()["portal_url"] for _ in range(2)]
    assert links[0] != links[1]
    assert all(link.startswith(world.running.url) for link in links)


def test_the_portal_is_that_of_the_account(world: World) -> None:
    world.subscribe()
    set_up_portal("bpc_of_another_account")
    answer = world.owner.post(f"{BILLING}/portal")
    assert (answer.status_code, answer.json()["error_code"]) == (502, "missing_at_stripe")


def test_there_is_no_portal_for_a_merchant_that_stripe_does_not_know(world: World) -> None:
    answer = world.owner.post(f"{BILLING}/portal")
    assert (answer.status_code, answer.json()["error_code"]) == (400, "no_active_subscription")
