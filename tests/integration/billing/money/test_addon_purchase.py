"""Buying add-ons (D29–D31)."""

from collections.abc import Iterator

import pytest

from app.contracts.features import gate
from app.kit.db import unit_of_work
from app.modules.billing.models import AddOnProduct, CheckoutIntent, MerchantSubscription
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.start_trial import start_trial
from tests.factories.tenancy import a_shop
from tests.integration.billing.money.addons import (
    ADDONS,
    Registry,
    a_registry,
    buy,
    newest_row,
    rows,
    sell_addons,
)
from tests.integration.billing.money.world import BILLING, World
from tests.integration.browser import Visitor


@pytest.fixture
def registry(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """The shop's platform sells add-ons, and names can be looked up."""
    with a_registry(monkeypatch) as opened:
        sell_addons(world.shop.platform_id)
        yield opened


def test_buys_a_domain_that_grants_what_it_says(world: World, registry: Registry) -> None:
    owner = world.shop.owner
    assert not gate().check(owner, "custom_domain").allowed
    addon = buy(world, "domain", "Münchner-Küche.de")
    assert addon.domain_name == "xn--mnchner-kche-dlbi.de"
    assert (addon.status, addon.fulfilment) == ("active", "waiting")
    assert (addon.unit_amount_cents, addon.currency, addon.arr_cents) == (1500, "EUR", 1500)
    assert gate().check(owner, "custom_domain").allowed
    [shown] = world.owner.get(f"{BILLING}/my-addons").json()
    assert shown["domain_shown"] == "münchner-küche.de"
    assert (shown["code"], shown["status"], shown["pending_change"]) == ("domain", "active", None)


def test_never_touches_the_plan(world: World, registry: Registry) -> None:
    world.subscribe("professional")
    before = world.row()
    buy(world, "email_5")
    after = world.row()
    assert after.stripe_subscription_id == before.stripe_subscription_id
    assert (after.status, after.tier_id, after.arr_cents) == (
        before.status,
        before.tier_id,
        before.arr_cents,
    )


def test_provisions_nothing_before_it_is_paid(world: World, registry: Registry) -> None:
    answer = world.owner.post(f"{ADDONS}/purchase", {"addon_code": "ssl_premium"})
    assert answer.status_code == 200, answer.text
    assert rows(world) == []
    assert world.owner.get(f"{BILLING}/my-addons").json() == []


def test_finds_an_open_checkout_of_the_same_name_again(world: World, registry: Registry) -> None:
    body = {"addon_code": "domain", "domain_name": "anna.lu"}
    first = world.owner.post(f"{ADDONS}/purchase", body).json()
    second = world.owner.post(f"{ADDONS}/purchase", body).json()
    assert first == second
    assert len(world.listed("checkout.sessions")) == 1


def test_sells_several_domains_at_once(world: World, registry: Registry) -> None:
    buy(world, "domain", "anna.lu")
    buy(world, "domain", "berta.lu")
    assert [one.domain_name for one in rows(world)] == ["anna.lu", "berta.lu"]


def test_reserves_a_name_while_somebody_is_paying_for_it(world: World, registry: Registry) -> None:
    body = {"addon_code": "domain", "domain_name": "anna.lu"}
    assert world.owner.post(f"{ADDONS}/purchase", body).status_code == 200
    refused = _another_shop(world).post(f"{ADDONS}/purchase", body)
    assert (refused.status_code, refused.json()["error_code"]) == (409, "domain_name_taken")


def test_frees_the_name_of_a_checkout_that_expired(world: World, registry: Registry) -> None:
    body = {"addon_code": "domain", "domain_name": "anna.lu"}
    session_id = world.owner.post(f"{ADDONS}/purchase", body).json()["session_id"]
    with unit_of_work() as work:
        work.session.query(CheckoutIntent).filter_by(session_id=session_id).one().status = "expired"
    assert _another_shop(world).post(f"{ADDONS}/purchase", body).status_code == 200


def test_refuses_a_name_that_a_store_has(world: World, registry: Registry) -> None:
    buy(world, "domain", "anna.lu")
    body = {"addon_code": "domain", "domain_name": "ANNA.lu."}
    refused = world.owner.post(f"{ADDONS}/purchase", body)
    assert (refused.status_code, refused.json()["error_code"]) == (409, "domain_name_taken")


def test_refuses_a_name_that_is_registered(world: World, registry: Registry) -> None:
    registry.registered.add("taken.lu")
    body = {"addon_code": "domain", "domain_name": "taken.lu"}
    refused = world.owner.post(f"{ADDONS}/purchase", body)
    assert (refused.status_code, refused.json()["error_code"]) == (409, "domain_name_taken")
    assert world.listed("checkout.sessions") == []


def test_sells_a_name_that_nobody_can_tell_of(world: World, registry: Registry) -> None:
    registry.is_broken = True
    assert buy(world, "domain", "anna.lu").fulfilment == "waiting"


@pytest.mark.parametrize(
    "typed", ["https://a.lu", "", "a" * 300, "😀.lu", "www.a.lu", "a.nosuchending"]
)
def test_refuses_what_is_no_name(world: World, registry: Registry, typed: str) -> None:
    body = {"addon_code": "domain", "domain_name": typed}
    refused = world.owner.post(f"{ADDONS}/purchase", body)
    assert refused.status_code == 422, refused.text
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/domain_name"]
    assert world.listed("checkout.sessions") == []


def test_wants_a_name_for_domains_alone(world: World, registry: Registry) -> None:
    missing = world.owner.post(f"{ADDONS}/purchase", {"addon_code": "domain"})
    unwanted = {"addon_code": "ssl_premium", "domain_name": "a.lu"}
    assert missing.status_code == 422
    assert world.owner.post(f"{ADDONS}/purchase", unwanted).status_code == 422


def test_sells_one_of_each(world: World, registry: Registry) -> None:
    body = {"addon_code": "email_5", "quantity": 2}
    assert world.owner.post(f"{ADDONS}/purchase", body).status_code == 422


def test_refuses_a_second_certificate(world: World, registry: Registry) -> None:
    buy(world, "ssl_premium")
    refused = world.owner.post(f"{ADDONS}/purchase", {"addon_code": "ssl_premium"})
    assert (refused.status_code, refused.json()["error_code"]) == (409, "addon_already_owned")


def test_refuses_a_second_purchase_that_no_webhook_told_of(
    world: World, registry: Registry
) -> None:
    body = {"addon_code": "ssl_premium"}
    session_id = world.owner.post(f"{ADDONS}/purchase", body).json()["session_id"]
    world.pay(session_id)
    refused = world.owner.post(f"{ADDONS}/purchase", body)
    assert (refused.status_code, refused.json()["error_code"]) == (409, "addon_already_owned")
    assert newest_row(world).status == "active"


def test_leads_to_a_change_where_another_pack_is_there(world: World, registry: Registry) -> None:
    addon = buy(world, "email_5")
    refused = world.owner.post(f"{ADDONS}/purchase", {"addon_code": "email_10"})
    assert (refused.status_code, refused.json()["error_code"]) == (409, "addon_change_instead")
    assert refused.json()["params"] == {"addon_id": addon.id}


def test_knows_no_foreign_or_inactive_addon(world: World, registry: Registry) -> None:
    with unit_of_work() as work:
        work.session.query(AddOnProduct).filter_by(code="ssl_premium").one().is_active = False
    for code in ("nothing", "ssl_premium"):
        refused = world.owner.post(f"{ADDONS}/purchase", {"addon_code": code})
        assert (refused.status_code, refused.json()["error_code"]) == (404, "addon_not_found")


def test_says_that_an_addon_has_no_price_yet(world: World, registry: Registry) -> None:
    with unit_of_work() as work:
        work.session.query(AddOnProduct).filter_by(code="email_5").one().stripe_price_id = None
    refused = world.owner.post(f"{ADDONS}/purchase", {"addon_code": "email_5"})
    assert refused.status_code == 400
    assert refused.json()["error_code"] == "stripe_price_not_configured"


def test_needs_full_access(world: World, registry: Registry) -> None:
    _write_status(world, "expired")
    refused = world.owner.post(f"{ADDONS}/purchase", {"addon_code": "email_5"})
    assert (refused.status_code, refused.json()["error_code"]) == (400, "no_active_subscription")


def test_asks_to_pay_the_plan_first(world: World, registry: Registry) -> None:
    world.subscribe("professional")
    _write_status(world, "past_due")
    refused = world.owner.post(f"{ADDONS}/purchase", {"addon_code": "email_5"})
    assert (refused.status_code, refused.json()["error_code"]) == (409, "pay_first")


def test_tells_what_choosing_each_means(world: World, registry: Registry) -> None:
    buy(world, "email_10")
    with unit_of_work() as work:
        work.session.query(AddOnProduct).filter_by(code="ssl_premium").one().stripe_price_id = None
    shown = {one["code"]: one["choice"] for one in world.owner.get(ADDONS).json()}
    assert shown == {
        "domain": "buy",
        "ssl_premium": "unavailable",
        "email_5": "downgrade",
        "email_10": "owned",
        "email_25": "upgrade",
    }


def test_looks_names_up(world: World, registry: Registry) -> None:
    registry.registered.add("taken.lu")
    path = f"{ADDONS}/domain-availability?name="
    free = world.owner.get(f"{path}Käse.lu").json()
    assert free == {
        "name": "xn--kse-qla.lu",
        "shown": "käse.lu",
        "valid": True,
        "available": True,
        "reason": None,
    }
    taken = world.owner.get(f"{path}taken.lu").json()
    assert (taken["valid"], taken["available"]) == (True, False)
    registry.is_broken = True
    unknown = world.owner.get(f"{path}free.lu").json()
    assert (unknown["valid"], unknown["available"]) == (True, None)
    assert unknown["reason"]
    wrong = world.owner.get(f"{path}https://a.lu/b").json()
    assert (wrong["valid"], wrong["available"]) == (False, None)


def _another_shop(world: World) -> Visitor:
    """The owner of another shop on the same platform, in its trial."""
    shop = a_shop(code="second", platform_id=world.shop.platform_id)
    with unit_of_work() as work:
        start_trial(work, shop.owner, tier_code="essential")
    return world.visitor().sign_in(shop.owner_email)


def _write_status(world: World, status: str) -> None:
    row_id = world.row().id
    with unit_of_work() as work:
        row = work.session.get_one(MerchantSubscription, row_id)
        row.status = status
        if status == "past_due":
            row.past_due_since = row.period_start
        entitlements_changed(work, row.platform_id, row.merchant_id)
