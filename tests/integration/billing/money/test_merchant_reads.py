"""What an owner reads of the merchant's plans and invoices, over all platforms."""

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.models import BillingHistory, BillingSource
from app.modules.tenancy.models import Platform
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.tenancy import a_platform, a_shop, a_store
from tests.integration.billing.money.world import World
from tests.integration.queries import counted_queries

MERCHANT = "/api/v1/merchant"


def on_another_platform(world: World, tier: str = "business") -> int:
    """Let the shop's merchant subscribe on one more platform; returns its id."""
    platform_id = a_platform()
    shipped_tiers(platform_id)
    a_store(world.shop.merchant_id, platform_id)
    a_subscription(world.shop.owner._replace(platform_id=platform_id), tier)
    return platform_id


def platform_names(world: World, *others: int) -> list[str]:
    """What the platforms are called, the shop's own first."""
    with unit_of_work(read_only=True) as work:
        ids = (world.shop.platform_id, *others)
        return [work.session.get_one(Platform, one).name for one in ids]


def test_lists_the_plans_on_all_platforms(world: World) -> None:
    second = on_another_platform(world)
    a_subscription(a_shop(world.shop.platform_id).owner)
    answer = world.owner.get(f"{MERCHANT}/subscriptions").json()
    assert [
        (one["platform"]["id"], one["tier"]["code"], one["billing_source"])
        for one in answer["items"]
    ] == [
        (world.shop.platform_id, "essential", BillingSource.TRIAL),
        (second, "business", BillingSource.MANUAL),
    ]
    assert [one["platform"]["name"] for one in answer["items"]] == platform_names(world, second)
    assert len({one["id"] for one in answer["items"]}) == 2
    assert answer["total"] == 2


def test_many_plans_cost_no_more_queries_than_one(world: World) -> None:
    with counted_queries() as one:
        world.owner.get(f"{MERCHANT}/subscriptions")
    for _ in range(3):
        on_another_platform(world)
    with counted_queries() as several:
        assert len(world.owner.get(f"{MERCHANT}/subscriptions").json()["items"]) == 4
    assert len(several) == len(one)


def test_tells_what_the_merchant_really_has(world: World) -> None:
    an_override(world.shop.owner, "max_products", 777)
    told = world.owner.get(f"{MERCHANT}/subscriptions/{world.shop.platform_id}").json()
    limits = {one["feature_code"]: one for one in told["subscription"]["tier"]["feature_limits"]}
    products = limits["max_products"]
    assert (products["limit_value"], products["scope"]) == (777, "merchant_override")
    assert (limits["max_stores"]["limit_value"], limits["max_stores"]["scope"]) == (1, "tier")
    assert "analytics_dashboard" not in limits
    assert [one["current"] for one in told["usage"] if one["name"] == "Products"] == [0]


def test_knows_no_plan_on_a_platform_where_the_merchant_is_not(world: World) -> None:
    other = a_platform()
    for platform_id in (other, a_shop().platform_id, 999_999):
        answer = world.owner.get(f"{MERCHANT}/subscriptions/{platform_id}")
        assert (answer.status_code, answer.json()["error_code"]) == (404, "subscription_not_found")


def test_lists_the_invoices_of_all_platforms_and_leads_to_their_documents(world: World) -> None:
    world.subscribe()
    [paid] = world.listed("invoices")
    second = on_another_platform(world)
    stranger = a_shop(world.shop.platform_id)
    own, other = world.shop.owner, world.shop.owner._replace(platform_id=second)
    for owner, stripe_id in ((own, paid["id"]), (other, None), (stranger.owner, "in_foreign")):
        with unit_of_work() as work:
            work.session.add(
                BillingHistory(
                    stripe_invoice_id=stripe_id,
                    merchant_id=owner.merchant_id,
                    platform_id=owner.platform_id,
                    invoice_date=business_now(),
                    subtotal_cents=0,
                    total_cents=0,
                    currency="EUR",
                    status="paid",
                    created_at=business_now(),
                )
            )
    shown = world.owner.get(f"{MERCHANT}/invoices").json()["items"]
    assert [one["platform"]["name"] for one in shown] == platform_names(world, second)[::-1]
    [link] = [one["pdf_url"] for one in shown if one["pdf_url"]]
    answer = world.owner.get(link)
    assert (answer.status_code, answer.headers["location"]) == (303, paid["invoice_pdf"])
    foreign = world.visitor().sign_in(stranger.owner_email)
    own_id = link.split("/")[5]
    assert foreign.get(f"{MERCHANT}/invoices/{own_id}/pdf").status_code == 404
