"""The gate: exact units in the caller's transaction, advisory answers from tables."""

from datetime import timedelta

import pytest

from app.contracts.features import Access, Reason, gate
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.modules.billing.exceptions import (
    FeatureLimitReached,
    FeatureNotAvailable,
    SubscriptionInactive,
)
from app.modules.billing.models import SubscriptionStatus, UsageCounter
from app.modules.billing.services.windows import EPOCH
from tests.factories.billing import a_subscription, a_tier_limit, an_override, shipped_tiers
from tests.factories.tenancy import AShop, a_shop

PRODUCTS = "max_products"


def start_counter(owner: Owner, used: int, code: str = PRODUCTS) -> None:
    with unit_of_work() as work:
        work.session.add(
            UsageCounter(
                merchant_id=owner.merchant_id,
                platform_id=owner.platform_id,
                feature_code=code,
                window_start=EPOCH,
                used=used,
            )
        )


def used_by(owner: Owner, code: str = PRODUCTS) -> int:
    with unit_of_work(read_only=True) as work:
        return (
            work.session.query(UsageCounter)
            .filter_by(merchant_id=owner.merchant_id, feature_code=code)
            .one()
            .used
        )


def reserve(owner: Owner, units: int = 1, code: str = PRODUCTS) -> None:
    with unit_of_work() as work:
        gate().reserve(work, owner, {code: units})


def reserve_and_fail(owner: Owner) -> None:
    with unit_of_work() as work:
        gate().reserve(work, owner, {PRODUCTS: 5})
        raise ZeroDivisionError


def test_it_takes_units_up_to_the_limit_and_not_one_more(shop: AShop) -> None:
    start_counter(shop.owner, 199)
    reserve(shop.owner)
    with pytest.raises(FeatureLimitReached) as refused:
        reserve(shop.owner)
    assert refused.value.params == {
        "feature_code": PRODUCTS,
        "current": 200,
        "limit": 200,
        "upgrade_to": {
            "code": "professional",
            "name": "Professional",
            "price_monthly_cents": 9900,
        },
    }
    assert used_by(shop.owner) == 200


def test_it_gives_the_unit_back_when_the_transaction_is_rolled_back(shop: AShop) -> None:
    start_counter(shop.owner, 10)
    with pytest.raises(ZeroDivisionError):
        reserve_and_fail(shop.owner)
    assert used_by(shop.owner) == 10


def test_it_obeys_a_limit_that_was_just_lowered(shop: AShop) -> None:
    start_counter(shop.owner, 150)
    assert gate().check(shop.owner, PRODUCTS).remaining == 50
    a_tier_limit(shop.platform_id, "essential", PRODUCTS, 150)
    with pytest.raises(FeatureLimitReached):
        reserve(shop.owner)
    assert gate().check(shop.owner, PRODUCTS).reason is Reason.LIMIT_REACHED


def test_it_obeys_an_override_at_once_in_either_direction(shop: AShop) -> None:
    start_counter(shop.owner, 200)
    an_override(shop.owner, PRODUCTS, 201)
    reserve(shop.owner)
    assert used_by(shop.owner) == 201
    answer = gate().check(shop.owner, PRODUCTS)
    assert (answer.limit, answer.current, answer.scope) == (201, 201, "merchant_override")


def test_it_shows_its_own_process_each_unit_at_once(shop: AShop) -> None:
    start_counter(shop.owner, 3)
    assert gate().check(shop.owner, PRODUCTS).current == 3
    reserve(shop.owner, 2)
    assert gate().check(shop.owner, PRODUCTS).current == 5


def test_it_takes_all_of_several_units_or_none(shop: AShop) -> None:
    start_counter(shop.owner, 0)
    start_counter(shop.owner, 1, "max_stores")
    with unit_of_work() as work, pytest.raises(FeatureLimitReached):
        gate().reserve(work, shop.owner, {PRODUCTS: 1, "max_stores": 1})
    assert used_by(shop.owner) == 0
    assert used_by(shop.owner, "max_stores") == 1


def test_it_closes_at_the_instant_a_local_trial_ends(database: Database) -> None:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    past = business_now() - timedelta(microseconds=1)
    a_subscription(shop.owner, status=SubscriptionStatus.TRIAL, trial_ends_at=past)
    assert gate().access(shop.owner) is Access.RESTRICTED
    with pytest.raises(SubscriptionInactive):
        reserve(shop.owner)


def test_it_refuses_what_the_plan_lacks_and_names_the_tier_that_has_it(shop: AShop) -> None:
    with pytest.raises(FeatureNotAvailable) as refused:
        gate().require(shop.owner, "bulk_import")
    assert refused.value.upgrade_to is not None
    assert refused.value.upgrade_to.code == "professional"


def test_it_gives_units_back(shop: AShop) -> None:
    start_counter(shop.owner, 7)
    with unit_of_work() as work:
        gate().release(work, shop.owner, {PRODUCTS: 2})
    assert used_by(shop.owner) == 5
