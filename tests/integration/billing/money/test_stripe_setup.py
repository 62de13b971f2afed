"""`tierline stripe setup`: an account from nothing, and again (S3, S10)."""

import pytest

from app.kit.db import unit_of_work
from app.modules.billing.exceptions import OtherStripeAccount
from app.modules.billing.models import StripeAccount, SubscriptionTier, TierPrice
from app.modules.billing.services.stripe_setup.setup import set_up_stripe
from app.modules.billing.services.stripe_setup.steps import SetupReport
from app.modules.billing.services.stripe_setup.webhook import EVENTS
from app.modules.billing.settings import billing_settings
from tests.factories.billing import shipped_tiers
from tests.factories.tenancy import a_platform, a_super_admin
from tests.integration.billing.money.world import BILLING, NOW, World

BASE = "http://127.0.0.1:8000"
ENDPOINT = f"{BASE}/api/v1/webhooks/stripe"


@pytest.fixture
def platform_id(bare_world: World) -> int:
    """A platform with what is shipped, and nothing at Stripe yet."""
    platform_id = a_platform("market")
    shipped_tiers(platform_id)
    return platform_id


def set_up(*, dry_run: bool = False) -> SetupReport:
    return set_up_stripe(base_url=BASE, dry_run=dry_run)


def knows_secret(report: SetupReport, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what the command asks for: set the secret that it printed."""
    assert report.webhook_secret is not None
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", report.webhook_secret)
    billing_settings.cache_clear()


def test_makes_everything_from_nothing(bare_world: World, platform_id: int) -> None:
    report = set_up()
    assert report.changes == 1 + 9 + 4 * 2 + 5 + 2  # account, products, prices, portal, webhook
    products = {one["id"] for one in bare_world.listed("products")}
    assert "tierline_market_tier_professional" in products
    assert "tierline_market_addon_domain" in products
    prices = {one["lookup_key"]: one["unit_amount"] for one in bare_world.listed("prices")}
    assert prices["tierline_market_tier_professional_month"] == 9900
    assert prices["tierline_market_tier_professional_year"] == 99000
    assert prices["tierline_market_addon_email_5_month"] == 500
    [endpoint] = bare_world.listed("webhook_endpoints")
    assert (endpoint["url"], endpoint["api_version"]) == (ENDPOINT, "2026-10-28.endive")
    assert endpoint["enabled_events"] == list(EVENTS)
    with unit_of_work(read_only=True) as work:
        account = work.session.query(StripeAccount).one()
        tier = work.session.query(SubscriptionTier).filter_by(code="business").one()
        kept = work.session.query(TierPrice).filter_by(tier_id=tier.id, is_current=True)
        ids = {price.stripe_price_id for price in kept}
    assert account.webhook_endpoint_id == endpoint["id"]
    assert tier.stripe_product_id == "tierline_market_tier_business"
    assert ids == {tier.stripe_price_monthly_id, tier.stripe_price_annual_id}
    assert None not in ids


def test_changes_nothing_the_second_time(
    bare_world: World, platform_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    knows_secret(set_up(), monkeypatch)
    before = _events(bare_world)
    again = set_up()
    assert (again.changes, again.webhook_secret) == (0, None)
    assert _events(bare_world) == before


def test_finds_again_what_was_made_before_an_answer_was_lost(
    bare_world: World, platform_id: int
) -> None:
    set_up()
    with unit_of_work() as work:
        work.session.query(TierPrice).update({"stripe_price_id": None})
        work.session.query(SubscriptionTier).update(
            {
                "stripe_product_id": None,
                "stripe_price_monthly_id": None,
                "stripe_price_annual_id": None,
            }
        )
    prices = {one["id"] for one in bare_world.listed("prices")}
    set_up()
    assert {one["id"] for one in bare_world.listed("prices")} == prices
    with unit_of_work(read_only=True) as work:
        tiers = work.session.query(SubscriptionTier).all()
    assert {one.stripe_price_monthly_id for one in tiers} < prices


def test_only_tells_in_a_dry_run(bare_world: World, platform_id: int) -> None:
    report = set_up(dry_run=True)
    assert report.changes == 25
    assert bare_world.listed("products") == bare_world.listed("webhook_endpoints") == []
    with unit_of_work(read_only=True) as work:
        assert work.session.query(StripeAccount).count() == 0


def test_makes_a_new_price_for_a_new_amount(bare_world: World, platform_id: int) -> None:
    set_up()
    root = bare_world.visitor().sign_in(a_super_admin())
    path = "/api/v1/admin/subscriptions/tiers/essential"
    root.patch(path, {"price_monthly_cents": 5900})
    told = root.post(f"{path}/stripe-sync?dry_run=true").json()
    outcomes = {one["name"]: one["outcome"] for one in told}
    assert outcomes == {
        "tierline_market_tier_essential": "unchanged",
        "tierline_market_tier_essential_month": "created",
        "tierline_market_tier_essential_year": "unchanged",
    }
    assert root.post(f"{path}/stripe-sync").status_code == 200
    keyed = [one for one in bare_world.listed("prices") if one["unit_amount"] in (4900, 5900)]
    assert {one["unit_amount"]: one["lookup_key"] for one in keyed} == {
        4900: None,
        5900: "tierline_market_tier_essential_month",
    }


def test_replaces_an_endpoint_whose_secret_nobody_knows(
    bare_world: World, platform_id: int
) -> None:
    first = set_up()
    second = set_up()
    assert second.webhook_secret not in (None, first.webhook_secret)
    assert [one["url"] for one in bare_world.listed("webhook_endpoints")] == [ENDPOINT]


def test_refuses_the_key_of_another_account(bare_world: World, platform_id: int) -> None:
    set_up()
    with unit_of_work() as work:
        work.session.query(StripeAccount).one().account_id = "acct_another"
    before = _events(bare_world)
    with pytest.raises(OtherStripeAccount):
        set_up()
    assert _events(bare_world) == before


def test_begins_nothing_at_another_account(world: World) -> None:
    with unit_of_work() as work:
        work.session.add(
            StripeAccount(id=1, account_id="acct_another", livemode=False, set_up_at=NOW)
        )
    wish = {"tier_code": "professional", "is_annual": False}
    refused = world.owner.post(f"{BILLING}/checkout", wish)
    assert (refused.status_code, refused.json()["error_code"]) == (409, "other_stripe_account")
    assert world.listed("customers") == []


def _events(world: World) -> list[str]:
    return [one["id"] for one in world.listed("events")]
