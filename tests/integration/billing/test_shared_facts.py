"""Plans that one process read, for the others: fewer statements, and never another answer."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from app.contracts.features import Access
from app.contracts.tenants import Owner
from app.kit.clocks import business_now, system_now
from app.kit.db import Database, unit_of_work
from app.kit.measures import REGISTRY
from app.kit.redis_link import RedisLink
from app.kit.shared import SharedCache, configure_shared_cache, shared_cache
from app.kit.shared.in_redis import CacheInRedis
from app.modules.billing.models import EntitlementEpoch, MerchantSubscription, SubscriptionStatus
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.load_entitlements import Loaded, load_entitlements
from app.modules.billing.services.shared_facts import load_committed
from tests.factories.billing import a_tier_limit, an_override
from tests.factories.tenancy import AShop, a_shop
from tests.integration.queries import counted_statements
from tests.integration.redis_servers import OwnRedis

PRODUCTS = "max_products"


class Apart:
    """A cache with a part of its own in a Redis that others use too; remembers its keys."""

    def __init__(self, cache: SharedCache) -> None:
        self._cache = cache
        self._part = uuid4().hex
        self.keys: list[str] = []

    def get(self, key: str) -> bytes | None:
        """As `SharedCache.get`."""
        return self._cache.get(f"{self._part}:{key}")

    def put(self, key: str, value: bytes, *, life: timedelta) -> None:
        """As `SharedCache.put`."""
        assert timedelta() < life <= timedelta(minutes=10)
        self.keys.append(key)
        self._cache.put(f"{self._part}:{key}", value, life=life)


@pytest.fixture
def cache(redis_url: str) -> Iterator[Apart]:
    """The cache that all processes share, in a real Redis."""
    before, link = shared_cache(), RedisLink(redis_url)
    cache = Apart(CacheInRedis(link))
    configure_shared_cache(cache)
    yield cache
    configure_shared_cache(before)
    link.close()


def read(owner: Owner) -> tuple[Loaded, int]:
    """Load as a process does that knows nothing yet; with the number of statements."""
    with counted_statements() as statements, unit_of_work(read_only=True) as work:
        loaded = load_committed(work.session, owner)
    return loaded, len(statements)


def read_alone(owner: Owner) -> Loaded:
    """Load from the database alone."""
    with unit_of_work(read_only=True) as work:
        return load_entitlements(work.session, owner)


def measured(how: str) -> float:
    """How many plans came this way, as Prometheus is told."""
    return REGISTRY.get_sample_value("tierline_shared_plans_total", {"how": how}) or 0


def limit_of(loaded: Loaded) -> int | None:
    return loaded.entitlements.limits[PRODUCTS].value


@pytest.mark.redis
def test_it_asks_the_database_for_the_version_alone_once_somebody_has_read(
    shop: AShop, cache: Apart
) -> None:
    an_override(shop.owner, "max_team_members", None, expires_at=business_now() + timedelta(days=3))
    before = measured("read"), measured("found")
    first, statements = read(shop.owner)
    again, statements_again = read(shop.owner)
    assert again == first == read_alone(shop.owner)
    assert (statements, statements_again) == (7, 1)
    assert (measured("read"), measured("found")) == (before[0] + 1, before[1] + 1)


@pytest.mark.redis
def test_it_reads_anew_what_was_changed_for_the_merchant_or_its_platform(
    shop: AShop, cache: Apart
) -> None:
    assert limit_of(read(shop.owner)[0]) == 200
    a_tier_limit(shop.platform_id, "essential", PRODUCTS, 300)
    assert limit_of(read(shop.owner)[0]) == 300
    an_override(shop.owner, PRODUCTS, 5)
    loaded, _statements = read(shop.owner)
    assert (limit_of(loaded), loaded.stamp) == (5, read_alone(shop.owner).stamp)


@pytest.mark.redis
def test_it_never_leaves_to_others_what_is_not_committed(shop: AShop, cache: Apart) -> None:
    class Undone(Exception):
        pass

    def change_and_undo() -> None:
        with unit_of_work() as work:
            work.session.execute(
                update(MerchantSubscription).values(status=SubscriptionStatus.CANCELLED)
            )
            entitlements_changed(work, shop.platform_id, shop.merchant_id)
            load_entitlements(work.session, shop.owner)  # as whoever reserves units does
            raise Undone

    with pytest.raises(Undone):
        change_and_undo()
    assert cache.keys == []
    loaded, _statements = read(shop.owner)
    assert loaded.entitlements.access is Access.FULL


@pytest.mark.redis
def test_it_does_not_believe_a_version_of_the_database_before_its_backup_was_restored(
    shop: AShop, cache: Apart
) -> None:
    read(shop.owner)
    an_override(shop.owner, PRODUCTS, 5)
    read(shop.owner)  # kept as the version that is undone now
    with unit_of_work() as work:
        work.session.execute(
            update(EntitlementEpoch).values(changed_at=system_now() + timedelta(seconds=1))
        )
    _loaded, statements = read(shop.owner)
    assert statements == 7


@pytest.mark.redis
@pytest.mark.parametrize(
    "left", [b"", b"\n", b"{}", b"\xff\x00", b"%s\n", b"%s\n{}", b'%s\n{"plan": 7}']
)
def test_it_reads_for_itself_where_what_is_kept_makes_no_sense(
    shop: AShop, cache: Apart, left: bytes
) -> None:
    first, _statements = read(shop.owner)
    (key,) = cache.keys
    label = (cache.get(key) or b"").partition(b"\n")[0]
    cache.put(key, left.replace(b"%s", label), life=timedelta(minutes=1))
    assert read(shop.owner) == (first, 7)
    assert read(shop.owner) == (first, 1)


@pytest.mark.redis
def test_it_keeps_nothing_of_a_merchant_of_whom_nothing_was_ever_said(
    database: Database, cache: Apart
) -> None:
    shop = a_shop()
    loaded, _statements = read(shop.owner)
    assert loaded.entitlements.access is Access.RESTRICTED
    assert cache.keys == []


@pytest.mark.redis
def test_it_closes_by_its_own_clock_what_another_process_read_while_it_was_open(
    shop: AShop, cache: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_at = business_now() + timedelta(hours=1)
    an_override(shop.owner, PRODUCTS, 5, expires_at=ends_at)
    assert limit_of(read(shop.owner)[0]) == 5
    monkeypatch.setattr(
        "app.modules.billing.services.load_entitlements.business_now", lambda: ends_at
    )
    loaded, statements = read(shop.owner)
    assert (limit_of(loaded), statements) == (200, 1)


@pytest.mark.redis
def test_it_goes_on_while_redis_is_killed_and_when_it_is_back_empty(
    shop: AShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.kit.redis_link.AWAY_S", 0.0)
    before, redis = shared_cache(), OwnRedis.begin(tmp_path)
    link = RedisLink(redis.url)
    configure_shared_cache(CacheInRedis(link))
    try:
        first, _statements = read(shop.owner)
        assert read(shop.owner) == (first, 1)
        redis.stop()
        with capture_logs() as logs:
            assert read(shop.owner) == (first, 7)
        assert {entry["event"] for entry in logs} == {"redis_away"}
        redis.start()
        assert [read(shop.owner) for _ in range(2)] == [(first, 7), (first, 1)]
    finally:
        configure_shared_cache(before)
        link.close()
        redis.stop()
