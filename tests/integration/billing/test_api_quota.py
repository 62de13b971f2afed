"""API requests of a merchant's own programs: needed feature, daily quota, its end (D16, D17)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.contracts.features import gate
from app.contracts.tenants import Owner
from app.kit.clocks import Clocks, SettableClock, clocks, configure_clocks
from app.kit.db import Database, unit_of_work
from app.modules.billing.exceptions import ApiQuotaReached
from app.modules.billing.services.api_quota import ApiQuota
from app.modules.billing.services.gate import API_QUOTA, FeatureGate
from app.modules.billing.services.tables import tables
from app.modules.tenancy.models import Platform
from app.modules.tenancy.services.tokens import SCOPES, TokenDraft, add_token
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.orders import ORDER
from tests.factories.tenancy import AShop, a_platform, a_shop, a_store
from tests.factories.usage import counter_is, counter_of
from tests.integration.browser import Visitor

PRODUCTS = "/api/v1/store/products"
FEATURE = "/api/v1/store/billing/features/max_products"
INBOUND = "/api/v1/store/orders/inbound"
MERCHANT_STORES = "/api/v1/merchant/stores"
A_DAY = 5000  # of the shipped Professional tier
MIDNIGHT = datetime(2026, 11, 22, 23, tzinfo=UTC)  # in Luxembourg


@pytest.fixture
def clock() -> Iterator[SettableClock]:
    """Ten seconds before midnight in Luxembourg."""
    before = clocks()
    clock = SettableClock(MIDNIGHT - timedelta(seconds=10))
    configure_clocks(Clocks(system=clock))
    yield clock
    configure_clocks(before)
    tables().forget_all()


@pytest.fixture
def quota(monkeypatch: pytest.MonkeyPatch) -> ApiQuota:
    """The count of this process, begun anew."""
    quota = ApiQuota(API_QUOTA)
    monkeypatch.setattr(gate(), "quota", quota)
    return quota


@pytest.fixture
def shop(database: Database, clock: SettableClock, quota: ApiQuota) -> AShop:
    """A merchant on the Professional tier."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "professional")
    return shop


def a_token(shop: AShop, *, of_platform: bool = False) -> str:
    scopes = ("read", "orders:inbound") if of_platform else SCOPES
    with unit_of_work() as work:
        _, secret = add_token(
            work,
            TokenDraft("program", scopes),
            user_id=None if of_platform else shop.owner_id,
            platform_id=shop.platform_id if of_platform else None,
            created_by=shop.owner_id,
        )
    return secret


@pytest.fixture
def program(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    """A program of the merchant's own."""
    return visitor().as_program(a_token(shop))


@pytest.fixture
def service(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    """A service of the platform."""
    return visitor().as_program(a_token(shop, of_platform=True))


def ask(program: Visitor, shop: AShop, path: str = PRODUCTS) -> Any:
    return program.get(path, headers={"X-Store-Code": shop.store_code})


def test_it_lets_so_many_requests_in_a_day_and_no_more(
    program: Visitor, shop: AShop, quota: ApiQuota
) -> None:
    counter_is(shop.owner, API_QUOTA, A_DAY - 3)
    first = [ask(program, shop).status_code for _ in range(2)]
    quota.flush()
    then = [ask(program, shop).status_code for _ in range(3)]
    assert first + then == [200, 200, 200, 429, 429]
    quota.flush()
    assert counter_of(shop.owner, API_QUOTA) == A_DAY


def test_it_says_when_to_come_back_and_what_would_help(program: Visitor, shop: AShop) -> None:
    counter_is(shop.owner, API_QUOTA, A_DAY)
    refused = ask(program, shop)
    assert (refused.status_code, refused.json()["error_code"]) == (429, "api_quota_reached")
    assert refused.headers["Retry-After"] == "10"
    assert refused.headers["RateLimit-Policy"] == '"default";q=5000;w=86400'
    assert refused.headers["RateLimit"] == '"default";r=0;t=10'
    assert refused.json()["params"] == {
        "feature_code": API_QUOTA,
        "current": A_DAY,
        "limit": A_DAY,
        "upgrade_to": {"code": "business", "name": "Business", "price_monthly_cents": 19900},
        "retry_after_s": 10,
        "window_s": 86400,
    }


def test_it_begins_anew_at_midnight_on_the_platforms_clock(
    program: Visitor, shop: AShop, clock: SettableClock, quota: ApiQuota
) -> None:
    counter_is(shop.owner, API_QUOTA, A_DAY)
    clock.advance(timedelta(seconds=10) - timedelta(microseconds=1))
    assert ask(program, shop).status_code == 429
    clock.advance(timedelta(microseconds=1))
    tables().forget_usage(shop.owner)  # what is known may be a second old
    assert ask(program, shop).status_code == 200
    quota.flush()
    assert counter_of(shop.owner, API_QUOTA) == 1


def test_midnight_is_that_of_the_platform(program: Visitor, shop: AShop) -> None:
    with unit_of_work() as work:
        work.session.get_one(Platform, shop.platform_id).timezone = "America/New_York"
    tables().forget_all()
    counter_is(shop.owner, API_QUOTA, A_DAY)
    assert ask(program, shop).headers["Retry-After"] == str(6 * 3600 + 10)


def test_a_process_overshoots_by_no_more_than_what_others_have_not_written_yet(
    shop: AShop, quota: ApiQuota
) -> None:
    an_override(shop.owner, API_QUOTA, 10)
    gates = [FeatureGate(quota), FeatureGate(ApiQuota(API_QUOTA))]
    admitted = sum(one_in(asked, shop) for asked in gates for _ in range(30))
    assert admitted == 20
    for asked in gates:
        asked.quota.flush()
    assert counter_of(shop.owner, API_QUOTA) == 20
    assert [one_in(asked, shop) for asked in gates] == [False, False]


def one_in(asked: FeatureGate, shop: AShop) -> bool:
    try:
        asked.admit_api_request(shop.owner)
    except ApiQuotaReached:
        return False
    return True


def test_it_needs_the_feature(program: Visitor, shop: AShop, quota: ApiQuota) -> None:
    an_override(shop.owner, "api_access", None, is_enabled=False)
    refused = ask(program, shop)
    assert (refused.status_code, refused.json()["error_code"]) == (403, "feature_not_available")
    assert refused.json()["params"]["feature_code"] == "api_access"
    quota.flush()
    assert counter_of(shop.owner, API_QUOTA) is None


def test_a_platforms_service_is_not_counted(service: Visitor, shop: AShop, quota: ApiQuota) -> None:
    counter_is(shop.owner, API_QUOTA, A_DAY)
    an_override(shop.owner, "api_access", None, is_enabled=False)
    assert ask(service, shop, FEATURE).status_code == 200
    quota.flush()
    assert counter_of(shop.owner, API_QUOTA) == A_DAY


def test_inbound_orders_come_in_whatever_is_used(
    program: Visitor, shop: AShop, quota: ApiQuota
) -> None:
    counter_is(shop.owner, API_QUOTA, A_DAY)
    taken = program.post(
        INBOUND, {**ORDER, "external_id": "web-1"}, headers={"X-Store-Code": shop.store_code}
    )
    assert taken.status_code == 201, taken.text
    quota.flush()
    assert counter_of(shop.owner, API_QUOTA) == A_DAY


def test_merchant_pages_are_counted_like_those_of_stores(
    program: Visitor, shop: AShop, quota: ApiQuota
) -> None:
    counter_is(shop.owner, API_QUOTA, A_DAY - 1)
    assert program.get(MERCHANT_STORES).status_code == 200
    quota.flush()
    refused = program.get(MERCHANT_STORES)
    assert (refused.status_code, refused.json()["error_code"]) == (429, "api_quota_reached")
    assert counter_of(shop.owner, API_QUOTA) == A_DAY


def test_a_merchants_program_comes_in_by_any_of_its_plans(
    program: Visitor, shop: AShop, quota: ApiQuota
) -> None:
    an_override(shop.owner, "api_access", None, is_enabled=False)
    refused = program.get(MERCHANT_STORES)
    assert (refused.status_code, refused.json()["error_code"]) == (403, "feature_not_available")
    elsewhere = Owner(shop.merchant_id, a_platform())
    shipped_tiers(elsewhere.platform_id)
    a_subscription(elsewhere, "professional")
    a_store(shop.merchant_id, elsewhere.platform_id)
    assert program.get(MERCHANT_STORES).status_code == 200
    quota.flush()
    assert counter_of(shop.owner, API_QUOTA) is None
    assert counter_of(elsewhere, API_QUOTA) == 1


def test_people_in_a_browser_are_not_counted(client: Visitor, shop: AShop, quota: ApiQuota) -> None:
    client.sign_in(shop.owner_email)
    assert ask(client, shop).status_code == 200
    quota.flush()
    assert counter_of(shop.owner, API_QUOTA) is None


def test_it_writes_what_it_saw_when_the_process_ends(shop: AShop, quota: ApiQuota) -> None:
    quota.start()
    gate().admit_api_request(shop.owner)
    quota.stop()
    assert counter_of(shop.owner, API_QUOTA) == 1
