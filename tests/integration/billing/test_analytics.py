"""Movements of revenue and cohorts, read from changes alone, to the cent (D19, D27)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import AddOnChange, MerchantSubscription, SubscriptionChange
from app.modules.billing.repositories.revenue_rows import Movement
from app.modules.billing.services.revenue.analytics import Analytics, read_analytics
from app.modules.billing.services.revenue.months import months_until
from app.modules.tenancy.models import Merchant, User
from tests.factories.billing import a_subscription, an_addon, shipped_tiers
from tests.factories.tenancy import AShop, a_platform_admin, a_shop, a_super_admin
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries

URL = "/api/v1/admin/subscriptions/analytics"
LIFECYCLES = 1_000
PRICES = (4900 * 12, 9900 * 12, 19900 * 12, 49000, 99001, 199003)
ZONE = ZoneInfo("Europe/Luxembourg")


@dataclass(frozen=True)
class State:
    """Where a life stands: status, source, and what a year costs."""

    status: str
    source: str
    arr_cents: int

    @property
    def counted(self) -> int:
        earns = self.status in {"active", "past_due"} and self.source in {"stripe", "manual"}
        return self.arr_cents if earns else 0

    def told(self) -> dict[str, Any]:
        return {"status": self.status, "billing_source": self.source}


@pytest.fixture
def shop(database: Database) -> AShop:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    return shop


@pytest.fixture
def subscription(shop: AShop) -> MerchantSubscription:
    subscription_id = a_subscription(shop.owner)
    with unit_of_work(read_only=True) as work:
        return work.session.get_one(MerchantSubscription, subscription_id)


def change(
    of: MerchantSubscription, life: int, at: datetime, before: State | None, after: State
) -> SubscriptionChange:
    return SubscriptionChange(
        subscription_id=life,
        merchant_id=of.merchant_id,
        platform_id=of.platform_id,
        at=at,
        cause="test",
        before=None if before is None else before.told(),
        after=after.told(),
        arr_cents_before=0 if before is None else before.arr_cents,
        arr_cents_after=after.arr_cents,
    )


def lived(of: MerchantSubscription, *changes: tuple[datetime, State]) -> None:
    with unit_of_work() as work:
        before = None
        for at, after in changes:
            work.session.add(change(of, of.id, at, before, after))
            work.session.flush()
            before = after


def read(months: int = 12) -> Analytics:
    with unit_of_work(read_only=True) as work:
        return read_analytics(work, AdminScope(None), months=months)


def ago(days: int) -> datetime:
    return business_now() - timedelta(days=days)


TRIAL = State("trial", "trial", 0)
ESSENTIAL = State("active", "stripe", 58_800)
BUSINESS = State("active", "stripe", 238_800)
LATE = State("past_due", "stripe", 58_800)
GIVEN = State("active", "comp", 58_800)
ENDED = State("cancelled", "stripe", 58_800)


def test_each_kind_of_movement_has_its_sum(subscription: MerchantSubscription) -> None:
    lived(
        subscription,
        (ago(300), TRIAL),
        (ago(270), ESSENTIAL),
        (ago(230), BUSINESS),
        (ago(190), LATE),
        (ago(150), ENDED),
        (ago(110), ESSENTIAL),
    )
    sums = {
        movement: sum(month.arr_cents[movement] for month in read().months) for movement in Movement
    }
    assert sums == {
        Movement.NEW: 58_800,
        Movement.EXPANSION: 180_000,
        Movement.CONTRACTION: -180_000,
        Movement.CHURN: -58_800,
        Movement.REACTIVATION: 58_800,
    }


def test_arrears_move_nothing_and_a_gift_is_churn(subscription: MerchantSubscription) -> None:
    lived(subscription, (ago(60), ESSENTIAL), (ago(50), LATE), (ago(40), GIVEN))
    moved = read().months
    assert sum(month.subscriptions[Movement.NEW] for month in moved) == 1
    assert sum(month.arr_cents[Movement.CHURN] for month in moved) == -58_800
    assert moved[-1].closing_arr_cents == 0


def test_what_was_before_the_months_looked_at_opens_the_first(
    subscription: MerchantSubscription,
) -> None:
    lived(subscription, (ago(300), ESSENTIAL))
    first = read(months=2).months[0]
    assert (first.opening_arr_cents, first.paying_at_start) == (58_800, 1)
    assert first.arr_cents[Movement.NEW] == 0


def addon_lived(addon_id: int, platform_id: int, *changes: tuple[datetime, int]) -> None:
    """Let an add-on bring so much a year from each of these instants on."""
    with unit_of_work() as work:
        before = 0
        for at, after in changes:
            work.session.add(
                AddOnChange(
                    store_addon_id=addon_id,
                    platform_id=platform_id,
                    at=at,
                    arr_cents_before=before,
                    arr_cents_after=after,
                )
            )
            before = after


def test_an_addon_expands_and_contracts_what_its_plan_brings(
    shop: AShop, subscription: MerchantSubscription
) -> None:
    lived(subscription, (ago(200), ESSENTIAL))
    addon_lived(an_addon(shop), shop.platform_id, (ago(100), 6_000), (ago(70), 22_800), (ago(5), 0))
    moved = read().months
    assert sum(month.arr_cents[Movement.EXPANSION] for month in moved) == 22_800
    assert sum(month.arr_cents[Movement.CONTRACTION] for month in moved) == -22_800
    assert sum(month.subscriptions[Movement.EXPANSION] for month in moved) == 0
    assert moved[-1].closing_arr_cents == 58_800


def lives(random: Random) -> Iterator[list[tuple[datetime, State]]]:
    """Make up lives of a year and a half: trials, upgrades, arrears, gifts, ends, returns."""
    now = business_now()
    for _ in range(LIFECYCLES):
        at = now - timedelta(days=random.randrange(30, 540), seconds=random.randrange(86_400))
        life = [(at, TRIAL)]
        while random.random() < 0.85:
            at += timedelta(days=random.randrange(1, 90), seconds=random.randrange(86_400))
            if at > now:
                break
            status = random.choice(["active", "active", "active", "past_due", "cancelled"])
            source = random.choice(["stripe", "stripe", "manual", "comp"])
            life.append((at, State(status, source, random.choice(PRICES))))
        yield life


def addon_lives(random: Random) -> Iterator[list[tuple[datetime, int]]]:
    """Make up what add-ons bring from some instants of a year and a half on."""
    for _ in range(LIFECYCLES // 10):
        days = sorted(random.sample(range(540), 3), reverse=True)
        yield [(ago(day), random.choice([0, 1_500, 6_000, 22_801])) for day in days]


def test_the_movements_of_a_thousand_lives_add_up_to_the_cent(
    shop: AShop, subscription: MerchantSubscription
) -> None:
    every, held = list(lives(Random(20))), list(addon_lives(Random(21)))  # noqa: S311
    addon_id = an_addon(shop)
    for changes in held:
        addon_lived(addon_id, shop.platform_id, *changes)
    with unit_of_work() as work:
        one = work.session.get_one(MerchantSubscription, subscription.id)
        ids = [one.id] + [a_copy(work.session, one, number) for number in range(1, LIFECYCLES)]
        for life_id, life in zip(ids, every, strict=True):
            before: State | None = None
            for at, after in life:
                work.session.add(change(one, life_id, at, before, after))
                before = after
    found = read()
    starts = [start for _, start in months_until(business_now(), ZONE, 12)]
    for place, month in enumerate(found.months):
        assert month.opening_arr_cents == truth(every, held, starts[place])
        assert month.closing_arr_cents == truth(every, held, starts[place + 1])
        assert month.paying_at_end == paying(every, starts[place + 1])
    assert sum(one.size for one in found.cohorts) == sum(
        month.subscriptions[Movement.NEW] for month in found.months
    )
    for cohort in found.cohorts:
        assert all(0 <= share <= 1 for share in cohort.retention)


def a_copy(session: Session, one: MerchantSubscription, number: int) -> int:
    """Add a subscription of another merchant; only its id matters here."""
    shop = a_bare_merchant(session, number)
    copy = MerchantSubscription(
        merchant_id=shop,
        platform_id=one.platform_id,
        tier_id=one.tier_id,
        status="active",
        billing_source="manual",
        period_start=one.period_start,
        period_end=one.period_end,
        usage_anchor=one.usage_anchor,
        currency="EUR",
        created_at=one.created_at,
    )
    session.add(copy)
    session.flush()
    return copy.id


def a_bare_merchant(session: Session, number: int) -> int:
    merchant = Merchant(
        name=f"Merchant {number}",
        owner_user_id=session.scalars(select(User.id).limit(1)).one(),
        contact_email="office@example.test",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    session.add(merchant)
    session.flush()
    return merchant.id


def states_at(every: list[list[tuple[datetime, State]]], at: datetime) -> Iterator[State]:
    for life in every:
        known = [state for when, state in life if when < at]
        if known:
            yield known[-1]


def truth(
    every: list[list[tuple[datetime, State]]], held: list[list[tuple[datetime, int]]], at: datetime
) -> int:
    of_addons = sum(next((cents for when, cents in reversed(one) if when < at), 0) for one in held)
    return of_addons + sum(state.counted for state in states_at(every, at))


def paying(every: list[list[tuple[datetime, State]]], at: datetime) -> int:
    return sum(state.counted > 0 for state in states_at(every, at))


def test_a_cohort_is_followed_month_after_month(subscription: MerchantSubscription) -> None:
    days = months_until(business_now(), ZONE, 4)
    began = days[0][1] + timedelta(days=3)
    lived(subscription, (began, ESSENTIAL), (days[2][1] + timedelta(hours=1), ENDED))
    (cohort,) = read(months=4).cohorts
    assert (cohort.month, cohort.size) == (days[0][0], 1)
    assert cohort.retention == [1.0, 1.0, 0.0, 0.0]


def test_the_api_tells_figures_months_and_cohorts(
    visitor: Callable[[], Visitor], subscription: MerchantSubscription
) -> None:
    lived(subscription, (ago(70), ESSENTIAL))
    admin = visitor().sign_in(a_super_admin())
    found = admin.get(f"{URL}?months=6").json()
    assert (found["arr_cents"], found["mrr_cents"], found["paying"]) == (58_800, 4_900, 1)
    assert (found["arpu_cents"], found["ltv_cents"]) == (4_900, None)
    assert len(found["months"]) == 6
    assert found["months"][-1]["closing_mrr_cents"] == 4_900
    assert found["expected"] == []  # too few complete months
    assert admin.get(f"{URL}?months=1").status_code == 422


def test_a_platform_admin_sees_the_own_revenue_alone(
    visitor: Callable[[], Visitor], subscription: MerchantSubscription
) -> None:
    lived(subscription, (ago(70), ESSENTIAL))
    elsewhere = visitor().sign_in(a_platform_admin(a_shop().platform_id))
    found = elsewhere.get(URL).json()
    assert (found["arr_cents"], found["months"][-1]["closing_arr_cents"]) == (0, 0)


def test_a_growing_year_has_an_outlook(subscription: MerchantSubscription) -> None:
    life = [(ago(400 - 30 * n), State("active", "stripe", 60_000 + 6_000 * n)) for n in range(13)]
    lived(subscription, *life)
    expected = read().expected
    assert len(expected) == 6
    assert expected[0].mean > 120_000
    assert expected[0].low_95 <= expected[0].mean <= expected[0].high_95
    assert expected[-1].mean > expected[0].mean


def test_the_statements_do_not_depend_on_the_months(subscription: MerchantSubscription) -> None:
    lived(subscription, (ago(300), ESSENTIAL))

    def statements(months: int) -> int:
        with counted_queries() as counted:
            read(months)
        return len(counted)

    assert statements(2) == statements(24)
