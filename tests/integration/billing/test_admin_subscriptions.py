"""Subscriptions as operators look them up: filters, pages, CSV, and what they add up to."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.models import (
    BillingSource,
    MerchantSubscription,
    StoreAddOn,
    SubscriptionStatus,
    SubscriptionTally,
)
from app.modules.billing.repositories import tallies
from app.modules.billing.services.figures import fold
from app.modules.billing.services.figures.record import note_addon
from tests.factories.billing import a_subscription, an_addon, an_override, shipped_tiers
from tests.factories.tenancy import AShop, a_platform_admin, a_shop
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries

BASE = "/api/v1/admin/subscriptions"


def another(shop: AShop, tier: str = "essential", **more: Any) -> AShop:
    other = a_shop(shop.platform_id)
    a_subscription(other.owner, tier, **more)
    return other


def found(admin: Visitor, query: str = "") -> list[int]:
    answer = admin.get(f"{BASE}?{query}")
    assert answer.status_code == 200, answer.text
    return [row["merchant"]["id"] for row in answer.json()["items"]]


def test_a_row_tells_merchant_platform_tier_revenue_features_and_exceptions(
    admin: Visitor, shop: AShop
) -> None:
    an_override(shop.owner, "max_products", 500)
    an_override(shop.owner, "max_stores", 5, expires_at=business_now() - timedelta(days=1))
    row = admin.get(BASE).json()["items"][0]
    assert row["merchant"]["id"] == shop.merchant_id
    assert row["platform"]["id"] == shop.platform_id
    assert row["tier"] == {"code": "essential", "name": "Essential"}
    assert (row["mrr_cents"], row["status"], row["billing_source"]) == (4900, "active", "manual")
    assert "max_products" in row["feature_codes"]
    assert row["overrides_count"] == 1


def test_filters_narrow_and_add_up(admin: Visitor, shop: AShop) -> None:
    due = another(shop, "professional", status=SubscriptionStatus.PAST_DUE)
    comp = another(shop, "professional", source=BillingSource.COMP)
    an_override(comp.owner, "max_products", 1)
    assert found(admin) == [comp.merchant_id, due.merchant_id, shop.merchant_id]
    assert found(admin, "tier=professional") == [comp.merchant_id, due.merchant_id]
    assert found(admin, "tier=professional&status=past_due") == [due.merchant_id]
    assert found(admin, "past_due=true") == [due.merchant_id]
    assert found(admin, "past_due=false") == [comp.merchant_id, shop.merchant_id]
    assert found(admin, "billing_source=comp") == [comp.merchant_id]
    assert found(admin, "overrides=any") == [comp.merchant_id]
    assert found(admin, "overrides=grandfathered") == []
    assert found(admin, "tier=nothing") == []
    soon = (business_now() + timedelta(days=31)).isoformat().replace("+", "%2B")
    assert len(found(admin, f"renewing_before={soon}")) == 3
    now = business_now().isoformat().replace("+", "%2B")
    assert found(admin, f"renewing_before={now}") == []


def test_search_begins_a_merchants_name(admin: Visitor, shop: AShop) -> None:
    name = admin.get(BASE).json()["items"][0]["merchant"]["name"]
    assert shop.merchant_id in found(admin, f"search={name[:4].lower()}")
    assert found(admin, "search=no such merchant") == []


def test_pages_follow_each_other_without_gap_or_double(admin: Visitor, shop: AShop) -> None:
    others = [another(shop) for _ in range(4)]
    seen: list[int] = []
    cursor = ""
    while True:
        page = admin.get(f"{BASE}?limit=2&sort=period_end&cursor={cursor}").json()
        seen += [row["merchant"]["id"] for row in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted([shop.merchant_id, *(one.merchant_id for one in others)])


def test_fifty_rows_cost_as_many_queries_as_one(admin: Visitor, shop: AShop) -> None:
    with counted_queries() as one:
        found(admin)
    for _ in range(5):
        another(shop, "professional")
    with counted_queries() as six:
        found(admin)
    assert len(six) == len(one)


def test_an_admin_of_another_platform_finds_nothing(
    visitor: Callable[[], Visitor], shop: AShop
) -> None:
    foreign = a_shop()
    shipped_tiers(foreign.platform_id)
    other = visitor().sign_in(a_platform_admin(foreign.platform_id))
    assert found(other) == []
    assert found(other, f"platform_id={shop.platform_id}") == []
    stats = other.get(f"{BASE}/stats?platform_id={shop.platform_id}").json()
    assert (stats["total"], stats["tier_distribution"]) == (0, {})


def test_the_export_holds_what_the_filters_find(admin: Visitor, shop: AShop) -> None:
    another(shop, "professional")
    answer = admin.get(f"{BASE}/export.csv?tier=essential")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert len(rows) == 1
    assert (rows[0]["merchant_id"], rows[0]["mrr"], rows[0]["interval"]) == (
        str(shop.merchant_id),
        "49.00",
        "month",
    )


def test_figures_follow_every_change_to_the_cent(admin: Visitor, shop: AShop) -> None:
    trying = another(shop, status=SubscriptionStatus.TRIAL, source=BillingSource.TRIAL)
    another(shop, "business", source=BillingSource.COMP)
    before = admin.get(f"{BASE}/stats").json()
    assert (before["total"], before["trials"], before["arr_cents"]) == (3, 1, 4900 * 12)
    plan = f"{BASE}/merchants/{trying.merchant_id}/platforms/{shop.platform_id}"
    write = {"billing_source": "manual", "tier_code": "professional"}
    assert admin.put(plan, write).status_code == 200
    stats = admin.get(f"{BASE}/stats?platform_id={shop.platform_id}").json()
    assert (stats["mrr_cents"], stats["arr_cents"]) == (4900 + 9900, 12 * (4900 + 9900))
    assert (stats["arpu_cents"], stats["trial_conversion_rate"]) == (7400, 1.0)
    assert stats["tier_distribution"] == {
        "essential": 1,
        "professional": 1,
        "business": 1,
        "enterprise": 0,
    }
    assert (stats["by_status"]["active"], stats["by_status"]["trial"]) == (3, 0)
    assert stats["tiers"] == {"total": 4, "active": 4, "public": 3}
    assert admin.put(plan, {"status": "cancelled"}).status_code == 200
    after = admin.get(f"{BASE}/stats").json()
    assert (after["arr_cents"], after["by_status"]["cancelled"]) == (4900 * 12, 1)


def sums() -> list[Any]:
    with unit_of_work(read_only=True) as work:
        since = business_now().date() - timedelta(days=90)
        rows = tallies.sums(work.session, None, since=since)
        return sorted(map(repr, (row for row in rows if row.amount_sum or row.arr_cents_sum)))


def test_folding_changes_no_figure_and_leaves_one_row_a_key(
    shop: AShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for status in (SubscriptionStatus.ACTIVE, SubscriptionStatus.TRIAL):
        another(shop, status=status)
        another(shop, status=status)
    addon_id = an_addon(shop, arr_cents=1500)
    with unit_of_work() as work:
        addon = work.session.get_one(StoreAddOn, addon_id)
        addon.arr_cents = 0
        note_addon(work, addon, arr_before=1500)
    before = sums()
    monkeypatch.setattr(fold, "WORTH_FOLDING", 1)
    with unit_of_work() as work:
        assert fold.fold_tallies(work) > 0
    assert sums() == before
    with unit_of_work() as work:
        assert fold.fold_tallies(work) == 0
        rows, keys = tallies.counts(work.session)
    assert rows == keys


def test_counting_anew_finds_what_was_kept_all_along(shop: AShop) -> None:
    another(shop, "professional", status=SubscriptionStatus.PAST_DUE)
    another(shop, source=BillingSource.COMP)
    before = sums()
    with unit_of_work() as work:
        tallies.count_anew(work.session)
    assert sums() == before
    with unit_of_work() as work:
        work.session.query(MerchantSubscription).delete()
        tallies.count_anew(work.session)
    with unit_of_work(read_only=True) as work:
        assert work.session.query(SubscriptionTally).filter_by(day=None).count() == 0
