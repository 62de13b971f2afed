"""The face of paying: what needs no Stripe, and what is worked out before it is asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.contracts.features import FeatureType
from app.kit.db import unit_of_work
from app.kit.pagination import PageRequest
from app.modules.billing.exceptions import (
    AlreadyOnThisPlan,
    InvoiceNotFound,
    ManagedByOperator,
    NoActiveSubscriptionError,
    PaymentSystemNotConfiguredError,
    SubscriptionNotCancelledError,
    TierNotFoundError,
)
from app.modules.billing.gateways.schedule_phases import downgrade_phases
from app.modules.billing.models import (
    AddOnProduct,
    BillingHistory,
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
)
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.billing_service import BillingService
from app.modules.billing.services.buyer import Buyer
from app.modules.billing.services.change_effects import compared
from app.modules.billing.services.checkout import SHORTEST_TRIAL, first_charge_at
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.limits import Limit
from app.modules.billing.services.tier_changes import TierChange
from app.modules.tenancy.public import get_store_by_code
from tests.factories.tenancy import AShop, a_shop

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def buyer(shop: AShop) -> Buyer:
    """The shop's owner on the way to paying."""
    with unit_of_work(read_only=True) as work:
        store = get_store_by_code(work, shop.store_code)
    return Buyer(store, Actor("user:1"), "en", "https://shop.test")


def held(shop: AShop, **values: Any) -> None:
    """Change the columns of the shop's subscription."""
    with unit_of_work() as work:
        row = work.session.query(MerchantSubscription).filter_by(merchant_id=shop.merchant_id).one()
        for name, value in values.items():
            setattr(row, name, value)


def in_trial(shop: AShop) -> None:
    """Let the shop be in its local trial."""
    ends_at = NOW + timedelta(days=3650)
    held(shop, status="trial", billing_source="trial", trial_ends_at=ends_at)


class TestTiers:
    """Which tiers can be chosen, and what choosing them means."""

    def test_offers_the_public_tiers_with_their_price_and_meaning(self, shop: AShop) -> None:
        in_trial(shop)
        with unit_of_work(read_only=True) as work:
            offered = BillingService().get_tiers(work, shop.owner)
        assert [(one.tier.code, one.tier.price_monthly_cents) for one in offered] == [
            ("essential", 4900),
            ("professional", 9900),
            ("business", 19900),
        ]
        assert [one.is_current for one in offered] == [True, False, False]
        assert {one.monthly for one in offered} == {TierChange.CHECKOUT}

    def test_changes_a_local_trial_at_once(self, shop: AShop) -> None:
        in_trial(shop)
        service = BillingService()
        changed = service.change_tier(buyer(shop), tier_code="business", is_annual=True)
        assert (changed.status, changed.amount_due_cents) == ("applied", 0)
        with unit_of_work(read_only=True) as work:
            current = [one for one in service.get_tiers(work, shop.owner) if one.is_current]
        assert [one.tier.code for one in current] == ["business"]

    def test_previews_what_a_local_trial_would_lose(self, shop: AShop) -> None:
        in_trial(shop)
        service = BillingService()
        service.change_tier(buyer(shop), tier_code="business", is_annual=False)
        preview = service.preview_change(shop.owner, tier_code="professional", is_annual=False)
        assert (preview.kind, preview.amount_due_cents) == ("downgrade", 0)
        assert (preview.next_amount_cents, preview.next_date) == (9900, None)
        lost = {one.code for one in preview.effects.lost}
        assert "advanced_analytics" in lost
        assert "analytics_dashboard" not in lost

    def test_knows_no_tier_of_that_code(self, shop: AShop) -> None:
        in_trial(shop)
        with pytest.raises(TierNotFoundError):
            BillingService().change_tier(buyer(shop), tier_code="gold", is_annual=False)

    def test_refuses_the_plan_that_there_is(self, shop: AShop) -> None:
        in_trial(shop)
        with pytest.raises(AlreadyOnThisPlan):
            BillingService().change_tier(buyer(shop), tier_code="essential", is_annual=False)

    @pytest.mark.parametrize("status", [SubscriptionStatus.EXPIRED, SubscriptionStatus.CANCELLED])
    def test_changes_nothing_that_has_ended(self, shop: AShop, status: SubscriptionStatus) -> None:
        held(shop, status=status)
        with pytest.raises(NoActiveSubscriptionError):
            BillingService().change_tier(buyer(shop), tier_code="business", is_annual=False)

    def test_leaves_what_the_operator_bills(self, shop: AShop) -> None:
        with pytest.raises(ManagedByOperator):
            BillingService().cancel(buyer(shop))

    def test_takes_nothing_back_that_was_not_cancelled(self, shop: AShop) -> None:
        in_trial(shop)
        with pytest.raises(SubscriptionNotCancelledError):
            BillingService().reactivate(buyer(shop))


class TestInvoices:
    """Invoices are read from our own rows."""

    def test_lists_them_newest_first_without_drafts_and_strangers(self, shop: AShop) -> None:
        stranger = a_shop(shop.platform_id)
        with unit_of_work() as work:
            for owner, day, status in (
                (shop.owner, 1, "paid"),
                (shop.owner, 3, "open"),
                (shop.owner, 2, "void"),
                (shop.owner, 4, "draft"),
                (stranger.owner, 5, "paid"),
            ):
                work.session.add(
                    BillingHistory(
                        merchant_id=owner.merchant_id,
                        platform_id=owner.platform_id,
                        invoice_date=NOW + timedelta(days=day),
                        subtotal_cents=100,
                        total_cents=100,
                        currency="EUR",
                        status=status,
                        created_at=NOW,
                    )
                )
        with unit_of_work(read_only=True) as work:
            page = BillingService().list_invoices(work, shop.owner, PageRequest())
        assert [one.status for one in page.items] == ["open", "void", "paid"]

    def test_knows_no_document_of_an_unknown_invoice(self, shop: AShop) -> None:
        with pytest.raises(InvoiceNotFound):
            BillingService().get_pdf_link(shop.owner, 7)

    def test_there_is_no_next_bill_without_stripe(self, shop: AShop) -> None:
        with pytest.raises(NoActiveSubscriptionError):
            BillingService().get_upcoming_invoice(shop.owner)


class TestAddOns:
    """The five add-ons of the requirement are there to be sold."""

    def test_ships_them_with_their_prices(self, shop: AShop) -> None:
        with unit_of_work(read_only=True) as work:
            rows = work.session.query(AddOnProduct).order_by(AddOnProduct.display_order).all()
        assert [(one.code, one.category, one.price_cents, one.billing_period) for one in rows] == [
            ("domain", "domain", 1500, "year"),
            ("ssl_premium", "ssl", 4900, "year"),
            ("email_5", "email", 500, "month"),
            ("email_10", "email", 900, "month"),
            ("email_25", "email", 1900, "month"),
        ]


class TestWithoutKeys:
    """Nothing can be paid before Stripe is set up."""

    def test_says_so_before_anything_is_written(self, shop: AShop) -> None:
        with pytest.raises(PaymentSystemNotConfiguredError):
            BillingService().start_checkout(buyer(shop), tier_code="business", is_annual=False)
        with pytest.raises(PaymentSystemNotConfiguredError):
            BillingService().open_portal(buyer(shop))


def subscribed(**values: Any) -> MerchantSubscription:
    """A subscription that is in no database."""
    facts: dict[str, Any] = {
        "status": "trial",
        "billing_source": BillingSource.TRIAL,
        "trial_ends_at": NOW + SHORTEST_TRIAL,
        "period_end": NOW + SHORTEST_TRIAL,
    }
    return MerchantSubscription(**facts | values)


class TestFirstCharge:
    """Nobody loses time that was given or paid (S5, D19)."""

    def test_comes_after_the_trial(self) -> None:
        ends_at = NOW + timedelta(days=20)
        assert first_charge_at(subscribed(trial_ends_at=ends_at), NOW) == ends_at

    def test_comes_at_once_with_less_than_two_days_left(self) -> None:
        late = NOW + timedelta(seconds=1)
        assert first_charge_at(subscribed(), late) is None

    def test_leaves_stripe_the_two_days_it_asks_for(self) -> None:
        charged_at = first_charge_at(subscribed(), NOW)
        assert charged_at == NOW + SHORTEST_TRIAL + timedelta(minutes=2)

    @pytest.mark.parametrize("source", [BillingSource.MANUAL, BillingSource.COMP])
    def test_comes_after_what_the_operator_gave(self, source: BillingSource) -> None:
        until = NOW + timedelta(days=90)
        row = subscribed(status="active", billing_source=source, period_end=until)
        assert first_charge_at(row, NOW) == until

    @pytest.mark.parametrize("status", ["expired", "cancelled"])
    def test_comes_at_once_after_an_end(self, status: str) -> None:
        row = subscribed(status=status, billing_source=BillingSource.MANUAL)
        assert first_charge_at(row, NOW) is None
        assert first_charge_at(None, NOW) is None


class TestEffects:
    """What another tier would take away (D22)."""

    def test_exceeds_only_what_is_used_and_limited(self, shop: AShop) -> None:
        none = {code: Limit(None, enabled=True) for code in registry().declarations}
        after = none | {
            "max_products": Limit(10, enabled=True),
            "max_stores": Limit(3, enabled=True),
            "max_email_addresses": Limit(0, enabled=False),
        }
        usage = {"max_products": 11, "max_stores": 3, "max_email_addresses": None}
        effects = compared(none, after, usage)
        [exceeded] = effects.exceeded
        assert (exceeded.declaration.code, exceeded.current, exceeded.new_limit) == (
            "max_products",
            11,
            10,
        )
        assert [one.code for one in effects.lost] == ["max_email_addresses"]

    def test_a_limit_that_goes_is_exceeded_by_any_use(self, shop: AShop) -> None:
        none = {code: Limit(None, enabled=True) for code in registry().declarations}
        after = none | {"max_api_requests_per_day": Limit(0, enabled=False)}
        effects = compared(none, after, {"max_api_requests_per_day": 1})
        assert [one.new_limit for one in effects.exceeded] == [0]
        assert effects.lost[0].feature_type is FeatureType.QUANTITATIVE


RUNNING: dict[str, Any] = {
    "items": [
        {
            "price": "price_large",
            "quantity": 2,
            "tax_rates": [{"id": "txr_1"}],
            "discounts": [{"coupon": "ten", "discount": None, "promotion_code": None}],
            "metadata": {"line": "1"},
            "plan": "price_large",
            "billing_thresholds": None,
        }
    ],
    "start_date": 100,
    "end_date": 200,
    "currency": "eur",
    "application_fee_percent": None,
    "automatic_tax": {"enabled": True, "liability": {"type": "self", "account": None}},
    "collection_method": "charge_automatically",
    "default_payment_method": {"id": "pm_1"},
    "default_tax_rates": [{"id": "txr_2"}],
    "description": "As agreed",
    "discounts": [{"coupon": None, "discount": "di_1", "promotion_code": None}],
    "invoice_settings": {
        "account_tax_ids": ["atxi_1"],
        "days_until_due": None,
        "issuer": {"type": "account", "account": "acct_1"},
    },
    "metadata": {"tierline_purpose": "plan"},
    "on_behalf_of": None,
    "transfer_data": None,
    "trial_end": 150,
}
SETTINGS: dict[str, Any] = {
    "automatic_tax": {"enabled": True},
    "collection_method": "charge_automatically",
    "default_payment_method": "pm_1",
    "default_tax_rates": ["txr_2"],
    "description": "As agreed",
    "discounts": [{"discount": "di_1"}],
    "invoice_settings": {
        "account_tax_ids": ["atxi_1"],
        "issuer": {"type": "account", "account": "acct_1"},
    },
    "metadata": {"tierline_purpose": "plan"},
}
ITEM: dict[str, Any] = {
    "price": "price_large",
    "quantity": 2,
    "tax_rates": ["txr_1"],
    "discounts": [{"coupon": "ten"}],
    "metadata": {"line": "1"},
}


class TestPhases:
    """A downgrade names every setting, for Stripe resets what it does not hear of (S7)."""

    def test_differ_in_nothing_but_time_and_price(self) -> None:
        now, then = downgrade_phases(RUNNING, price_id="price_small", interval="month")
        assert now == SETTINGS | {
            "items": [ITEM],
            "start_date": 100,
            "end_date": 200,
            "trial_end": 150,
            "proration_behavior": "none",
        }
        assert then == SETTINGS | {
            "items": [ITEM | {"price": "price_small"}],
            "start_date": 200,
            "duration": {"interval": "month", "interval_count": 1},
            "proration_behavior": "none",
        }

    def test_name_no_more_than_there_is(self) -> None:
        bare = {
            "items": [{"price": {"id": "price_large"}, "quantity": None}],
            "start_date": 100,
            "end_date": 200,
        }
        now, _then = downgrade_phases(bare, price_id="price_small", interval="year")
        assert now == {
            "items": [{"price": "price_large", "quantity": 1}],
            "start_date": 100,
            "end_date": 200,
            "proration_behavior": "none",
        }
