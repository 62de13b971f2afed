"""Changing tier and interval: up at once, down with the next period (D21, S7)."""

import random
from datetime import timedelta
from typing import Any

import pytest

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.gateways.client import ask
from app.modules.billing.models import BillingSource, SubscriptionChange
from app.modules.tenancy.models import MemberRole
from tests.factories.billing import a_subscription
from tests.factories.tenancy import a_member, a_shop
from tests.integration.billing.money.world import BILLING, FAILS_LATER, World

DECLINES = "pm_card_chargeCustomerFail"


def wish(tier_code: str, *, is_annual: bool = False) -> dict[str, Any]:
    """The body that asks for a tier."""
    return {"tier_code": tier_code, "is_annual": is_annual}


def preview(world: World, tier_code: str, *, is_annual: bool = False) -> dict[str, Any]:
    """The preview of a change that must be possible."""
    answer = world.owner.post(
        f"{BILLING}/change-tier/preview", wish(tier_code, is_annual=is_annual)
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def change(world: World, tier_code: str, *, is_annual: bool = False, **more: Any) -> Any:
    """Ask for a change."""
    return world.owner.post(f"{BILLING}/change-tier", wish(tier_code, is_annual=is_annual) | more)


def paying(world: World, tier: str = "essential", *, is_annual: bool = False) -> None:
    """Let the shop pay for a tier, its trial over."""
    world.subscribe(tier, is_annual=is_annual)
    world.advance(timedelta(days=31))
    assert world.row().status == "active"


def tier_code(world: World) -> str:
    """What the plan's page says."""
    code: str = world.owner.get(f"{BILLING}/subscription").json()["tier"]["code"]
    return code


def test_an_upgrade_counts_at_once_and_is_billed_as_previewed(world: World) -> None:
    paying(world)
    world.advance(timedelta(days=10))
    before = {one["id"] for one in world.listed("invoices")}
    seen = preview(world, "professional")
    answer = change(world, "professional", proration_date=seen["proration_date"])
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "applied"
    [invoice] = [one for one in world.listed("invoices") if one["id"] not in before]
    assert invoice["status"] == "paid"
    assert seen["amount_due_cents"] == invoice["amount_due"] == answer.json()["amount_due_cents"]
    assert 0 < seen["amount_due_cents"] < 5000
    assert (seen["kind"], seen["next_amount_cents"]) == ("upgrade", 9900)
    assert tier_code(world) == "professional"
    assert seen["next_date"] == world.owner.get(f"{BILLING}/subscription").json()["period_end"]


def test_the_amount_is_that_of_the_preview_also_when_it_is_confirmed_later(world: World) -> None:
    paying(world)
    world.advance(timedelta(days=10))
    seen = preview(world, "business")
    world.advance(timedelta(minutes=40))
    answer = change(world, "business", proration_date=seen["proration_date"]).json()
    assert answer["amount_due_cents"] == seen["amount_due_cents"]


@pytest.mark.parametrize("minutes", [-61, 5])
def test_a_preview_of_another_hour_is_not_taken(world: World, minutes: int) -> None:
    paying(world)
    at = (business_now() + timedelta(minutes=minutes)).isoformat()
    answer = change(world, "business", proration_date=at)
    assert (answer.status_code, answer.json()["error_code"]) == (409, "preview_outdated")
    assert tier_code(world) == "essential"


def test_previews_equal_bills_in_random_walks(world: World) -> None:
    chance = random.Random(20261122)  # noqa: S311 - the same walks in every run
    paying(world)
    for _ in range(8):
        world.advance(timedelta(seconds=chance.randrange(60, 40 * 86_400)))
        plan = world.owner.get(f"{BILLING}/subscription").json()
        choices = [
            (code, annual)
            for code in ("essential", "professional", "business")
            for annual in (False, True)
            if (code, annual) != (plan["tier"]["code"], plan["is_annual"])
        ]
        code, annual = chance.choice(choices)
        seen = preview(world, code, is_annual=annual)
        before = {one["id"] for one in world.listed("invoices")}
        answer = change(world, code, is_annual=annual, proration_date=seen["proration_date"])
        assert answer.status_code == 200, answer.text
        new = [one for one in world.listed("invoices") if one["id"] not in before]
        billed = sum(one["amount_due"] for one in new)
        assert seen["amount_due_cents"] == billed == answer.json()["amount_due_cents"], (code, new)
        assert [one["status"] for one in new] == ["paid"] * len(new)


def test_a_change_to_a_year_counts_at_once(world: World) -> None:
    paying(world)
    anchor = world.row().usage_anchor
    seen = preview(world, "essential", is_annual=True)
    assert seen["kind"] == "upgrade"
    answer = change(world, "essential", is_annual=True, proration_date=seen["proration_date"])
    assert answer.json()["status"] == "applied"
    row = world.row()
    assert (row.is_annual, row.unit_amount_cents, row.usage_anchor) == (True, 49000, anchor)
    assert seen["next_amount_cents"] == 49000
    told = world.owner.get(f"{BILLING}/subscription").json()
    assert told["period_end"] == seen["next_date"]


def test_an_upgrade_in_a_trial_at_stripe_costs_nothing_yet(world: World) -> None:
    world.subscribe("essential")
    seen = preview(world, "professional")
    answer = change(world, "professional", proration_date=seen["proration_date"])
    assert (answer.json()["status"], answer.json()["amount_due_cents"]) == ("applied", 0)
    assert (seen["amount_due_cents"], seen["next_amount_cents"]) == (0, 9900)
    assert seen["next_date"] == world.owner.get(f"{BILLING}/subscription").json()["trial_ends_at"]
    row = world.row()
    assert (tier_code(world), row.status) == ("professional", "trial")


def test_an_unpaid_upgrade_waits_for_its_payment(world: World) -> None:
    paying(world)
    world.change_card(DECLINES)
    answer = change(world, "professional")
    assert answer.status_code == 202
    told = answer.json()
    assert (told["status"], told["effective_at"]) == ("payment_pending", None)
    assert told["payment_url"].startswith(world.running.url)
    assert tier_code(world) == "essential"
    world.change_card("pm_card_visa")
    invoice = world.stripe()["latest_invoice"]
    ask(lambda client: client.v1.invoices.pay(invoice))
    world.sync()
    assert tier_code(world) == "professional"


def test_a_downgrade_waits_for_the_period_to_end(world: World) -> None:
    paying(world, "business")
    period_end = world.owner.get(f"{BILLING}/subscription").json()["period_end"]
    seen = preview(world, "essential")
    assert seen["kind"] == "downgrade"
    assert (seen["amount_due_cents"], seen["next_amount_cents"]) == (0, 4900)
    assert seen["effective_at"] == seen["next_date"] == period_end
    assert seen["proration_date"] is None
    answer = change(world, "essential").json()
    assert (answer["status"], answer["effective_at"]) == ("scheduled", period_end)
    told = world.owner.get(f"{BILLING}/subscription").json()
    assert told["tier"]["code"] == "business"
    assert told["pending_change"] == {
        "tier_code": "essential",
        "is_annual": False,
        "effective_at": period_end,
    }
    world.advance(timedelta(days=31))
    told = world.owner.get(f"{BILLING}/subscription").json()
    assert (told["tier"]["code"], told["pending_change"]) == ("essential", None)
    assert world.listed("invoices")[0]["amount_paid"] == 4900


def test_a_year_becomes_months_only_when_it_is_over(world: World) -> None:
    paying(world, "essential", is_annual=True)
    assert change(world, "essential").json()["status"] == "scheduled"
    assert world.row().is_annual
    world.advance(timedelta(days=366))
    assert not world.row().is_annual
    assert world.listed("invoices")[0]["amount_paid"] == 4900


KEPT = (
    "automatic_tax",
    "cancel_at",
    "collection_method",
    "customer",
    "default_payment_method",
    "default_tax_rates",
    "description",
    "discounts",
    "metadata",
)


def test_a_downgrade_changes_nothing_but_the_price(world: World) -> None:
    paying(world, "business")
    stripe_id = world.stripe()["id"]
    coupon: Any = {"percent_off": 10, "duration": "forever"}
    coupon_id = ask(lambda client: client.v1.coupons.create(coupon))["id"]
    rate: Any = {"display_name": "VAT", "percentage": 17, "inclusive": False}
    rate_id = ask(lambda client: client.v1.tax_rates.create(rate))["id"]
    update: Any = {
        "discounts": [{"coupon": coupon_id}],
        "default_tax_rates": [rate_id],
        "description": "As agreed",
        "metadata": {"contract": "7"},
    }
    ask(lambda client: client.v1.subscriptions.update(stripe_id, update))
    before = world.stripe()
    seen = preview(world, "professional")
    assert change(world, "professional").json()["status"] == "scheduled"
    world.advance(timedelta(days=31))
    after = world.stripe()
    assert {name: after[name] for name in KEPT} == {name: before[name] for name in KEPT}
    assert after["items"]["data"][0]["quantity"] == before["items"]["data"][0]["quantity"]
    assert world.row().unit_amount_cents == 9900
    assert world.listed("invoices")[0]["total"] == seen["next_amount_cents"] == 10425


def test_a_scheduled_change_can_be_withdrawn(world: World) -> None:
    paying(world, "business")
    change(world, "essential")
    answer = world.owner.delete(f"{BILLING}/change-tier")
    assert (answer.status_code, answer.json()["pending_change"]) == (200, None)
    world.advance(timedelta(days=31))
    assert tier_code(world) == "business"
    again = world.owner.delete(f"{BILLING}/change-tier")
    assert (again.status_code, again.json()["error_code"]) == (400, "no_pending_change")


def test_an_upgrade_replaces_a_scheduled_downgrade(world: World) -> None:
    paying(world, "professional")
    change(world, "essential")
    assert change(world, "business").json()["status"] == "applied"
    told = world.owner.get(f"{BILLING}/subscription").json()
    assert (told["tier"]["code"], told["pending_change"]) == ("business", None)
    world.advance(timedelta(days=31))
    assert tier_code(world) == "business"


def test_a_second_downgrade_replaces_the_first(world: World) -> None:
    paying(world, "business")
    change(world, "professional")
    change(world, "essential")
    world.advance(timedelta(days=31))
    assert tier_code(world) == "essential"


def test_a_local_trial_changes_at_once_without_stripe(world: World) -> None:
    seen = preview(world, "business", is_annual=True)
    assert (seen["kind"], seen["amount_due_cents"], seen["next_amount_cents"]) == (
        "upgrade",
        0,
        199000,
    )
    ends_at = world.row().trial_ends_at
    for code in ("business", "essential"):
        assert change(world, code).json()["status"] == "applied"
        assert tier_code(world) == code
    row = world.row()
    assert (row.status, row.trial_ends_at) == ("trial", ends_at)
    assert world.listed("customers") == []
    with unit_of_work(read_only=True) as work:
        causes = [one.cause for one in work.session.query(SubscriptionChange)]
    assert causes == ["trial_started", "tier_changed", "tier_changed"]


def test_tells_what_would_be_lost_and_exceeded(world: World) -> None:
    change(world, "business")
    for _ in range(2):
        a_member(world.shop)
    seen = preview(world, "essential")
    team = {
        "feature_code": "max_team_members",
        "name": "Team Members",
        "current": 2,
        "new_limit": 1,
    }
    assert seen["exceeded"] == [team]
    lost = [one["feature_code"] for one in seen["lost"]]
    assert "analytics_dashboard" in lost
    assert "basic_analytics" not in lost
    answer = change(world, "essential").json()
    assert answer["exceeded"] == [team]
    assert answer["lost"] == seen["lost"]


def test_refuses_the_plan_that_there_is(world: World) -> None:
    answer = change(world, "essential")
    assert (answer.status_code, answer.json()["error_code"]) == (400, "already_on_this_plan")


@pytest.mark.parametrize("code", ["enterprise", "unheard-of"])
def test_refuses_a_tier_that_is_not_offered(world: World, code: str) -> None:
    answer = change(world, code)
    assert (answer.status_code, answer.json()["error_code"]) == (404, "tier_not_found")


@pytest.mark.parametrize("source", [BillingSource.MANUAL, BillingSource.COMP])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "change-tier/preview", wish("business")),
        ("POST", "change-tier", wish("business")),
        ("DELETE", "change-tier", None),
        ("POST", "cancel", {}),
        ("POST", "reactivate", None),
    ],
)
def test_leaves_what_the_operator_bills_to_the_operator(
    world: World, source: BillingSource, method: str, path: str, body: Any
) -> None:
    shop = a_shop(world.shop.platform_id)
    a_subscription(shop.owner, source=source)
    owner = world.visitor().sign_in(shop.owner_email)
    answer = owner._send(method, f"{BILLING}/{path}", json=body)
    assert (answer.status_code, answer.json()["error_code"]) == (409, "managed_by_operator")


def test_needs_a_subscription(world: World) -> None:
    world.open_shop(trial=None)
    answer = change(world, "business")
    assert (answer.status_code, answer.json()["error_code"]) == (400, "no_active_subscription")


def test_what_is_unpaid_is_paid_first_and_the_way_is_shown(world: World) -> None:
    world.subscribe("essential", card=FAILS_LATER)
    world.advance(timedelta(days=31))
    assert world.row().status == "past_due"
    for path in ("change-tier", "change-tier/preview"):
        answer = world.owner.post(f"{BILLING}/{path}", wish("business"))
        assert (answer.status_code, answer.json()["error_code"]) == (409, "pay_first")
        link = answer.json()["params"]["payment_url"]
        assert link == world.listed("invoices", status="open")[0]["hosted_invoice_url"]


def test_a_plan_that_ends_is_resumed_before_it_is_changed(world: World) -> None:
    paying(world)
    world.owner.post(f"{BILLING}/cancel", {})
    answer = change(world, "business")
    assert (answer.status_code, answer.json()["error_code"]) == (409, "cancellation_scheduled")


def test_is_for_owners_alone(world: World) -> None:
    manager = world.visitor().sign_in(a_member(world.shop, MemberRole.MANAGER))
    assert manager.post(f"{BILLING}/change-tier", wish("business")).status_code == 403
    assert tier_code(world) == "essential"
