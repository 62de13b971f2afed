"""What the demo's merchants do with money; each scene is what an owner does on the pages."""

from collections.abc import Callable

from app.kit.db import unit_of_work
from app.modules.billing.gateways.sandbox_buyer import pay_invoice, pay_page, use_card
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.repositories import entitlement_rows
from app.modules.billing.services.addons.purchase import purchase_addon
from app.modules.billing.services.billing_service import BillingService
from app.modules.billing.services.buyer import Buyer
from app.modules.billing.services.sync import sync_now

Scene = Callable[[Buyer], None]

VISA = "4242424242424242"
FAILS_WHEN_CHARGED = "4000000000000341"
GOOD_CARD, BAD_CARD = "pm_card_visa", "pm_card_chargeCustomerFail"


def subscribe(tier: str, *, is_annual: bool = False, card: str = VISA) -> Scene:
    """Buy a plan on Stripe's page and come back."""

    def play(buyer: Buyer) -> None:
        service = BillingService()
        started = service.start_checkout(buyer, tier_code=tier, is_annual=is_annual)
        pay_page(started.checkout_url, card_number=card, name=buyer.store.name)
        service.get_checkout(buyer.owner, started.session_id, sync=True)

    return play


def change(tier: str, *, is_annual: bool = False) -> Scene:
    """Change the plan, up at once or down with the next period."""

    def play(buyer: Buyer) -> None:
        BillingService().change_tier(buyer, tier_code=tier, is_annual=is_annual)

    return play


def cancel(reason: str, *, immediately: bool = False) -> Scene:
    """End the plan with its period, or at once."""

    def play(buyer: Buyer) -> None:
        BillingService().cancel(buyer, reason=reason, immediately=immediately)

    return play


def reactivate(buyer: Buyer) -> None:
    """Take the end back."""
    BillingService().reactivate(buyer)


def let_card_fail(buyer: Buyer) -> None:
    """Have a card whose next charge the bank will decline."""
    _use_card(buyer, BAD_CARD)


def mend_card(buyer: Buyer) -> None:
    """Enter a card that works, and pay what is open."""
    subscription = _use_card(buyer, GOOD_CARD)
    running, _ = fetch_subscription(subscription)
    if running.status == "past_due" and running.latest_invoice_id is not None:
        pay_invoice(running.latest_invoice_id)
    sync_now(subscription)


def buy(addon: str, *, domain_name: str | None = None) -> Scene:
    """Buy an add-on for the store."""

    def play(buyer: Buyer) -> None:
        started = purchase_addon(buyer, addon_code=addon, domain_name=domain_name)
        pay_page(started.checkout_url, card_number=VISA, name=buyer.store.name)
        BillingService().get_checkout(buyer.owner, started.session_id, sync=True)

    return play


def _use_card(buyer: Buyer, card: str) -> str:
    subscription = _plan(buyer)
    assert subscription.stripe_customer_id is not None
    assert subscription.stripe_subscription_id is not None
    use_card(subscription.stripe_customer_id, subscription.stripe_subscription_id, card)
    return subscription.stripe_subscription_id


def _plan(buyer: Buyer) -> MerchantSubscription:
    with unit_of_work(read_only=True) as work:
        found = entitlement_rows.find_subscription(work.session, buyer.owner)
    assert found is not None, "the cast subscribes before it does anything else"
    return found
