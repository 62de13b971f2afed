"""Buying a plan at Stripe's checkout (S5, S6)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.kit.db import unit_of_work
from app.modules.billing.gateways.client import ask
from app.modules.billing.models import BillingSource, CheckoutIntent, PlatformBilling
from app.modules.core.models.audit_entry import AuditEntry
from app.modules.tenancy.models import MemberRole
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import a_member, a_shop
from tests.integration.billing.money.world import BILLING, NOW, World

PROFESSIONAL = {"tier_code": "professional", "is_annual": False}


def intents() -> list[tuple[str, str | None]]:
    """Status and session of every checkout, in order."""
    with unit_of_work(read_only=True) as work:
        rows = work.session.query(CheckoutIntent).order_by(CheckoutIntent.id)
        return [(row.status, row.session_id) for row in rows]


def test_leads_to_a_page_of_stripe_and_makes_one_customer(world: World) -> None:
    answer = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL)
    assert answer.status_code == 200, answer.text
    [session] = world.listed("checkout.sessions")
    [customer] = world.listed("customers")
    assert answer.json() == {"checkout_url": session["url"], "session_id": session["id"]}
    assert world.row().stripe_customer_id == customer["id"] == session["customer"]
    page = f"http://127.0.0.1:8000/store/{world.shop.store_code}/billing"
    assert session["success_url"] == f"{page}?checkout=done&session={{CHECKOUT_SESSION_ID}}"
    assert session["cancel_url"] == f"{page}?checkout=cancelled"
    assert session["client_reference_id"] == f"merchant-{world.shop.merchant_id}"


def test_leaves_an_audit_entry(world: World) -> None:
    session_id = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    with unit_of_work(read_only=True) as work:
        entry = work.session.query(AuditEntry).one()
    assert (entry.action, entry.target_id) == ("subscription.checkout_started", world.row().id)
    assert entry.after == {
        "tier": "professional",
        "is_annual": False,
        "session_id": session_id,
    }


def test_marks_session_and_subscription_as_the_merchants(world: World) -> None:
    world.subscribe("professional")
    [session] = world.listed("checkout.sessions")
    expected = {
        "tierline_merchant": str(world.shop.merchant_id),
        "tierline_platform": str(world.shop.platform_id),
        "tierline_store": str(world.shop.store_id),
        "tierline_purpose": "plan",
        "tierline_tier": "professional",
    }
    assert session["metadata"] == world.stripe()["metadata"] == expected


def test_charges_nothing_before_the_local_trial_ends(world: World) -> None:
    ends_at = world.row().trial_ends_at
    world.subscribe("professional")
    row = world.row()
    assert (row.status, row.billing_source) == ("trial", "stripe")
    assert row.trial_ends_at == ends_at
    assert [one["amount_due"] for one in world.listed("invoices")] == [0]


def test_charges_at_once_with_less_than_two_days_of_trial_left(world: World) -> None:
    world.advance(timedelta(days=28, seconds=1))
    world.subscribe("professional")
    assert world.row().status == "active"
    assert [one["amount_paid"] for one in world.listed("invoices")] == [9900]


def test_keeps_what_the_operator_billed_already(world: World) -> None:
    shop = a_shop(world.shop.platform_id)
    a_subscription(shop.owner, source=BillingSource.MANUAL)
    world.shop, world.owner = shop, world.visitor().sign_in(shop.owner_email)
    paid_until = world.row().period_end
    world.subscribe("professional", is_annual=True)
    row = world.row()
    assert (row.billing_source, row.trial_ends_at) == ("stripe", paid_until)
    assert (row.is_annual, row.unit_amount_cents) == (True, 99000)


def test_works_for_a_merchant_that_never_had_a_plan(world: World) -> None:
    world.open_shop(trial=None)
    world.subscribe("professional")
    assert (world.row().status, world.row().billing_source) == ("active", "stripe")


def test_works_again_after_the_plan_has_ended(world: World) -> None:
    world.subscribe("professional")
    first = world.row().stripe_subscription_id
    world.owner.post(f"{BILLING}/cancel", {"immediately": True})
    assert world.row().status == "cancelled"
    world.subscribe("business")
    row = world.row()
    assert row.status == "active"
    assert row.stripe_subscription_id != first
    assert len(world.listed("customers")) == 1


def test_finds_the_open_checkout_of_the_same_plan_again(world: World) -> None:
    first = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()
    assert world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json() == first
    assert intents() == [("open", first["session_id"])]


def test_closes_the_checkout_of_another_plan(world: World) -> None:
    first = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    annual = PROFESSIONAL | {"is_annual": True}
    second = world.owner.post(f"{BILLING}/checkout", annual).json()["session_id"]
    statuses = {one["id"]: one["status"] for one in world.listed("checkout.sessions")}
    assert statuses == {first: "expired", second: "open"}
    assert intents() == [("expired", first), ("open", second)]


def test_begins_a_new_checkout_once_the_old_one_has_run_out(world: World) -> None:
    first = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    world.running.sandbox.clocks.advance_account(int((NOW + timedelta(days=1)).timestamp()))
    world.running.sandbox.settle()
    world.let_pass(timedelta(days=1))
    second = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    assert intents() == [("expired", first), ("open", second)]


def test_makes_a_new_customer_where_the_known_one_was_deleted(world: World) -> None:
    world.subscribe("professional")
    first = world.row().stripe_customer_id or ""
    ask(lambda client: client.v1.customers.delete(first))
    world.sync()
    assert world.row().status == "cancelled"
    portal = world.owner.post(f"{BILLING}/portal")
    assert (portal.status_code, portal.json()["error_code"]) == (400, "no_active_subscription")
    world.subscribe("professional")
    second = world.row().stripe_customer_id
    assert second not in {None, first}
    assert [one["id"] for one in world.listed("customers")] == [second]


@pytest.mark.parametrize("trial", ["essential", None])
def test_leaves_the_open_checkout_of_a_customer_that_was_deleted(
    world: World, trial: str | None
) -> None:
    world.open_shop(trial=trial)
    first = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    [deleted] = world.listed("customers")
    ask(lambda client: client.v1.customers.delete(deleted["id"]))
    second = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    [customer] = world.listed("customers")
    sold_to = {one["id"]: one["customer"] for one in world.listed("checkout.sessions")}
    assert sold_to == {first: deleted["id"], second: customer["id"]}
    assert intents() == [("expired", first), ("open", second)]


def test_two_tabs_at_once_make_one_customer_and_one_open_session(world: World) -> None:
    tabs = [world.visitor().sign_in(world.shop.owner_email) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda tab: tab.post(f"{BILLING}/checkout", PROFESSIONAL), tabs))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert len(world.listed("customers")) == 1
    is_open = [one["status"] == "open" for one in world.listed("checkout.sessions")]
    assert is_open.count(True) == 1
    world.pay(answers[0].json()["session_id"])
    assert len(world.listed("subscriptions")) == 1


def test_pressing_subscribe_again_after_paying_takes_the_payment_over(world: World) -> None:
    session_id = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    world.pay(session_id)
    again = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL)
    assert (again.status_code, again.json()["error_code"]) == (409, "already_subscribed")
    assert world.row().billing_source == "stripe"
    assert len(world.listed("subscriptions")) == 1


def test_refuses_a_second_plan_that_only_stripe_knows_of(world: World) -> None:
    session_id = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    world.pay(session_id)
    with unit_of_work() as work:
        work.session.query(CheckoutIntent).delete()
    again = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL)
    assert (again.status_code, again.json()["error_code"]) == (409, "already_subscribed")
    assert world.row().stripe_subscription_id == world.listed("subscriptions")[0]["id"]


def test_refuses_while_a_subscription_runs(world: World) -> None:
    world.subscribe("professional")
    again = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL)
    assert (again.status_code, again.json()["error_code"]) == (409, "already_subscribed")


@pytest.mark.parametrize("code", ["enterprise", "unheard-of"])
def test_sells_no_tier_that_is_not_public(world: World, code: str) -> None:
    answer = world.owner.post(f"{BILLING}/checkout", {"tier_code": code})
    assert (answer.status_code, answer.json()["error_code"]) == (404, "tier_not_found")
    assert world.listed("customers") == []
    assert intents() == []


def test_says_which_price_is_missing_at_stripe(world: World) -> None:
    world.shop = a_shop()
    shipped_tiers(world.shop.platform_id)
    owner = world.visitor().sign_in(world.shop.owner_email)
    answer = owner.post(f"{BILLING}/checkout", PROFESSIONAL)
    assert (answer.status_code, answer.json()["error_code"]) == (
        400,
        "stripe_price_not_configured",
    )


@pytest.mark.parametrize("role", [MemberRole.MANAGER, MemberRole.STAFF])
def test_is_for_owners_alone(world: World, role: MemberRole) -> None:
    member = world.visitor().sign_in(a_member(world.shop, role))
    assert member.post(f"{BILLING}/checkout", PROFESSIONAL).status_code == 403
    assert world.listed("customers") == []


@pytest.mark.parametrize(("locale", "shown"), [("de", "de"), ("fr", "fr"), ("lb", "fr")])
def test_speaks_the_buyers_language_as_far_as_stripe_does(
    world: World, locale: str, shown: str
) -> None:
    world.owner.post(f"{BILLING}/checkout?lang={locale}", PROFESSIONAL)
    assert [one["locale"] for one in world.listed("checkout.sessions")] == [shown]


def test_speaks_what_the_platform_chose_for_luxembourgish(world: World) -> None:
    with unit_of_work() as work:
        settings = (
            work.session.query(PlatformBilling).filter_by(platform_id=world.shop.platform_id).one()
        )
        settings.luxembourgish_as = "de"
    world.owner.post(f"{BILLING}/checkout?lang=lb", PROFESSIONAL)
    assert [one["locale"] for one in world.listed("checkout.sessions")] == ["de"]


def test_tells_the_return_page_when_our_own_state_is_there(world: World) -> None:
    session_id = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    address = f"{BILLING}/checkout/{session_id}"
    waiting = {"state": "open", "purpose": "plan", "is_reflected": False}
    assert world.owner.get(f"{address}?sync=true").json() == waiting
    world.pay(session_id)
    assert world.owner.get(address).json() == waiting
    done = {"state": "completed", "purpose": "plan", "is_reflected": True}
    assert world.owner.get(f"{address}?sync=true").json() == done
    assert world.owner.get(address).json() == done


def test_says_that_a_checkout_has_run_out(world: World) -> None:
    session_id = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    ask(lambda client: client.v1.checkout.sessions.expire(session_id))
    answer = world.owner.get(f"{BILLING}/checkout/{session_id}?sync=true").json()
    assert answer == {"state": "expired", "purpose": "plan", "is_reflected": False}


def test_hides_the_checkouts_of_others(world: World) -> None:
    session_id = world.owner.post(f"{BILLING}/checkout", PROFESSIONAL).json()["session_id"]
    stranger = world.visitor().sign_in(a_shop(world.shop.platform_id).owner_email)
    answer = stranger.get(f"{BILLING}/checkout/{session_id}?sync=true")
    assert (answer.status_code, answer.json()["error_code"]) == (404, "checkout_not_found")
