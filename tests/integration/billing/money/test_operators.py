"""A merchant's subscription in the hands of operators (D11, D19)."""

from datetime import timedelta
from typing import Any

import pytest

from app.kit.calendar import add_months
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.models import (
    BillingHistory,
    BillingSource,
    MerchantSubscription,
    SubscriptionChange,
    SubscriptionStatus,
)
from app.modules.core.models.audit_entry import AuditEntry
from tests.factories.billing import a_subscription
from tests.factories.tenancy import a_merchant, a_platform_admin, a_shop, a_user
from tests.integration.billing.money.world import BILLING, FAILS_LATER, World
from tests.integration.browser import Visitor


def instant(at: Any) -> str:
    """An instant as answers write it."""
    return str(at.isoformat().replace("+00:00", "Z"))


@pytest.fixture
def admin(world: World) -> Visitor:
    """An admin of the shop's platform."""
    return world.visitor().sign_in(a_platform_admin(world.shop.platform_id))


def address(world: World, action: str = "") -> str:
    """Where the shop's subscription is written."""
    shop = world.shop
    base = f"/api/v1/admin/subscriptions/merchants/{shop.merchant_id}"
    return f"{base}/platforms/{shop.platform_id}{action}"


def operated(world: World, **values: Any) -> None:
    """Let the shop be one that the operator bills."""
    world.shop = a_shop(world.shop.platform_id)
    a_subscription(world.shop.owner, **{"source": BillingSource.MANUAL, **values})
    world.owner = world.visitor().sign_in(world.shop.owner_email)


def test_reads_what_there_is(world: World, admin: Visitor) -> None:
    told = admin.get(address(world)).json()
    assert (told["tier"]["code"], told["status"]) == ("essential", "trial")
    assert (told["billing_source"], told["stripe_customer_id"]) == ("trial", None)
    assert (told["merchant_id"], told["arr_cents"]) == (world.shop.merchant_id, 0)


def test_creates_a_subscription_with_a_tier(world: World, admin: Visitor) -> None:
    world.shop = a_shop(world.shop.platform_id)
    now = business_now()
    answer = admin.put(address(world), {"tier_code": "enterprise", "reason": "By contract"})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["tier"]["code"], told["status"]) == ("enterprise", "active")
    assert (told["billing_source"], told["arr_cents"]) == ("manual", 39900 * 12)
    assert told["period_end"] == instant(add_months(now, 1))
    with unit_of_work(read_only=True) as work:
        change = (
            work.session.query(SubscriptionChange)
            .filter_by(merchant_id=world.shop.merchant_id)
            .one()
        )
        entry = work.session.query(AuditEntry).filter_by(action="subscription.created").one()
    assert (change.cause, change.before, change.arr_cents_after) == ("operator", None, 39900 * 12)
    assert entry.after is not None
    assert entry.after["reason"] == "By contract"


def test_a_free_plan_earns_nothing(world: World, admin: Visitor) -> None:
    world.shop = a_shop(world.shop.platform_id)
    body = {"tier_code": "business", "billing_source": "comp", "is_annual": True}
    told = admin.put(address(world), body).json()
    assert (told["billing_source"], told["unit_amount_cents"], told["arr_cents"]) == ("comp", 0, 0)
    assert told["period_end"] == instant(add_months(business_now(), 12))


def test_creates_nothing_without_a_tier(world: World, admin: Visitor) -> None:
    world.shop = a_shop(world.shop.platform_id)
    answer = admin.put(address(world), {"billing_source": "comp"})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "subscription_needs_tier")
    assert admin.get(address(world)).status_code == 404


def test_creates_nothing_for_a_merchant_without_a_store_there(world: World, admin: Visitor) -> None:
    merchant_id = a_merchant(a_user()[0])
    path = f"/api/v1/admin/subscriptions/merchants/{merchant_id}/platforms/{world.shop.platform_id}"
    answer = admin.put(path, {"tier_code": "business"})
    assert (answer.status_code, answer.json()["error_code"]) == (404, "subscription_not_found")


def test_takes_a_trial_over(world: World, admin: Visitor) -> None:
    body = {"billing_source": "manual", "tier_code": "business", "is_annual": True}
    told = admin.put(address(world), body).json()
    assert (told["status"], told["trial_ends_at"]) == ("active", None)
    assert (told["unit_amount_cents"], told["arr_cents"]) == (199000, 199000)


def test_moves_the_end_of_a_local_trial(world: World, admin: Visitor) -> None:
    ends_at = business_now() + timedelta(days=60)
    told = admin.put(address(world), {"trial_ends_at": ends_at.isoformat()}).json()
    assert told["trial_ends_at"] == told["period_end"] == instant(ends_at)


@pytest.mark.parametrize("end", [{}, {"trial_ends_at": -9}])
def test_refuses_a_trial_that_never_ends(world: World, admin: Visitor, end: dict[str, int]) -> None:
    operated(world)
    times = {key: (business_now() + timedelta(days=days)).isoformat() for key, days in end.items()}
    answer = admin.put(address(world), {"status": "trial", **times})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/trial_ends_at"]
    assert world.row().status == "active"


@pytest.mark.parametrize(("field", "days"), [("trial_ends_at", 9), ("period_end", -9)])
def test_refuses_times_that_make_no_sense(
    world: World, admin: Visitor, field: str, days: int
) -> None:
    operated(world)
    at = (business_now() + timedelta(days=days)).isoformat()
    answer = admin.put(address(world), {field: at})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{field}"]


def test_ends_a_plan_and_its_income(world: World, admin: Visitor) -> None:
    operated(world)
    told = admin.put(address(world), {"status": "cancelled"}).json()
    assert (told["status"], told["access"], told["arr_cents"]) == ("cancelled", "restricted", 0)
    assert told["cancelled_at"] == instant(business_now())


def test_a_change_that_somebody_else_just_made_is_not_overwritten(
    world: World, admin: Visitor
) -> None:
    tag = admin.get(address(world)).headers["etag"]
    first = admin.put(address(world), {"tier_code": "business"}, headers={"If-Match": tag})
    assert first.status_code == 200
    second = admin.put(address(world), {"tier_code": "essential"}, headers={"If-Match": tag})
    assert (second.status_code, second.json()["error_code"]) == (412, "edited_meanwhile")


@pytest.mark.parametrize(
    "body",
    [
        {"status": "expired"},
        {"billing_source": "comp"},
        {"period_end": "2099-01-01T00:00:00Z", "tier_code": "business"},
    ],
)
def test_leaves_to_stripe_what_is_stripes(world: World, admin: Visitor, body: Any) -> None:
    world.subscribe()
    answer = admin.put(address(world), body)
    assert (answer.status_code, answer.json()["error_code"]) == (409, "managed_by_stripe")
    assert (world.row().status, world.row().billing_source) == ("trial", "stripe")


def test_pushes_tier_and_trial_to_stripe(world: World, admin: Visitor) -> None:
    world.subscribe()
    ends_at = (business_now() + timedelta(days=50)).replace(microsecond=0)
    body = {"tier_code": "enterprise", "trial_ends_at": ends_at.isoformat()}
    answer = admin.put(address(world), body)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["tier"]["code"], told["trial_ends_at"]) == ("enterprise", instant(ends_at))
    assert world.stripe()["trial_end"] == int(ends_at.timestamp())


def test_a_paid_period_follows_the_one_before(world: World, admin: Visitor) -> None:
    operated(world, status=SubscriptionStatus.PAST_DUE)
    period_end = world.row().period_end
    told = admin.post(address(world, "/mark-paid"), {}).json()
    assert (told["status"], told["access"]) == ("active", "full")
    assert told["period_start"] == instant(period_end)
    assert told["period_end"] == instant(add_months(period_end, 1))


def test_is_paid_until_the_named_day(world: World, admin: Visitor) -> None:
    operated(world)
    until = business_now() + timedelta(days=200)
    told = admin.post(address(world, "/mark-paid"), {"paid_until": until.isoformat()}).json()
    assert told["period_end"] == instant(until)


def test_what_had_ended_begins_anew_with_its_payment(world: World, admin: Visitor) -> None:
    operated(world, status=SubscriptionStatus.EXPIRED)
    told = admin.post(address(world, "/mark-paid"), {}).json()
    assert (told["status"], told["arr_cents"]) == ("active", 58800)
    assert told["period_end"] == instant(add_months(business_now(), 1))


@pytest.mark.parametrize("source", ["trial", "comp"])
def test_only_what_the_operator_bills_is_marked_as_paid(
    world: World, admin: Visitor, source: str
) -> None:
    if source == "comp":
        operated(world, source=BillingSource.COMP)
    answer = admin.post(address(world, "/mark-paid"), {})
    assert (answer.status_code, answer.json()["error_code"]) == (409, "not_billed_by_operator")


def test_more_time_is_given_to_a_payer_in_arrears(world: World, admin: Visitor) -> None:
    world.subscribe(card=FAILS_LATER)
    world.advance(timedelta(days=31))
    world.let_pass(timedelta(days=8))
    assert world.owner.get(f"{BILLING}/subscription").json()["access"] == "restricted"
    until = business_now() + timedelta(days=3)
    answer = admin.post(address(world, "/extend-grace"), {"until": until.isoformat()})
    assert (answer.status_code, answer.json()["access"]) == (200, "grace")
    world.sync()
    assert world.owner.get(f"{BILLING}/subscription").json()["access"] == "grace"


def test_there_is_no_time_to_give_where_nothing_is_overdue(world: World, admin: Visitor) -> None:
    body = {"until": (business_now() + timedelta(days=3)).isoformat()}
    answer = admin.post(address(world, "/extend-grace"), body)
    assert (answer.status_code, answer.json()["error_code"]) == (409, "not_past_due")


def a_paid_invoice(world: World) -> int:
    """Let the shop pay once and keep the invoice in our own rows; returns its id."""
    world.advance(timedelta(days=29))
    world.subscribe("professional")
    [invoice] = world.listed("invoices")
    with unit_of_work() as work:
        row = BillingHistory(
            stripe_invoice_id=invoice["id"],
            merchant_id=world.shop.merchant_id,
            platform_id=world.shop.platform_id,
            invoice_date=business_now(),
            subtotal_cents=9900,
            total_cents=9900,
            amount_paid_cents=9900,
            currency="EUR",
            status="paid",
            created_at=business_now(),
        )
        work.session.add(row)
        work.session.flush()
        return row.id


def test_gives_money_back_in_parts_and_no_more_than_was_paid(world: World, admin: Visitor) -> None:
    invoice_id = a_paid_invoice(world)
    path = address(world, "/refund")
    part = admin.post(path, {"invoice_id": invoice_id, "amount_cents": 900, "reason": "Sorry"})
    assert part.json() == {"amount_cents": 900, "currency": "EUR"}
    too_much = admin.post(path, {"invoice_id": invoice_id, "amount_cents": 9001})
    assert too_much.status_code == 422
    assert "90.00" in too_much.json()["errors"][0]["detail"]
    rest = admin.post(path, {"invoice_id": invoice_id})
    assert rest.json() == {"amount_cents": 9000, "currency": "EUR"}
    nothing = admin.post(path, {"invoice_id": invoice_id})
    assert (nothing.status_code, nothing.json()["error_code"]) == (409, "nothing_to_refund")
    assert sorted(one["amount"] for one in world.listed("refunds")) == [900, 9000]
    assert world.owner.get(f"{BILLING}/invoices").json()["items"][0]["refunded_cents"] == 9900
    assert world.row().status == "active"


def test_leads_operators_to_the_document_of_an_invoice(world: World, admin: Visitor) -> None:
    a_paid_invoice(world)
    [paid] = world.listed("invoices")
    path = f"/api/v1/admin/subscriptions/merchants/{world.shop.merchant_id}/invoices"
    [told] = admin.get(path).json()["items"]
    answer = admin.get(told["pdf_url"])
    assert (answer.status_code, answer.headers["location"]) == (303, paid["invoice_pdf"])
    stranger = world.visitor().sign_in(a_platform_admin(a_shop().platform_id))
    assert stranger.get(told["pdf_url"]).json()["error_code"] == "invoice_not_found"


def test_refunds_no_invoice_of_another_merchant(world: World, admin: Visitor) -> None:
    invoice_id = a_paid_invoice(world)
    operated(world)
    answer = admin.post(address(world, "/refund"), {"invoice_id": invoice_id})
    assert (answer.status_code, answer.json()["error_code"]) == (404, "invoice_not_found")
    assert world.listed("refunds") == []


def test_writes_nothing_on_a_foreign_platform(world: World) -> None:
    stranger = world.visitor().sign_in(a_platform_admin(a_shop().platform_id))
    for answer in (
        stranger.get(address(world)),
        stranger.put(address(world), {"tier_code": "business"}),
        stranger.post(address(world, "/mark-paid"), {}),
    ):
        assert (answer.status_code, answer.json()["error_code"]) == (404, "subscription_not_found")
    with unit_of_work(read_only=True) as work:
        assert work.session.query(MerchantSubscription).one().version == 1
