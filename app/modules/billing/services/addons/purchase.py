"""Buying an add-on for a store at Stripe's checkout (D29–D31, S9)."""

from dataclasses import dataclass

from app.contracts.features import Access
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.errors import InvalidInput
from app.modules.billing.exceptions import (
    AddOnAlreadyOwned,
    AddOnChangeInstead,
    AddOnNotFound,
    DomainNameTaken,
    NoActiveSubscriptionError,
    StripePriceNotConfiguredError,
)
from app.modules.billing.gateways.domains import is_available
from app.modules.billing.gateways.metadata import addon_metadata, read_metadata
from app.modules.billing.gateways.snapshots import CheckoutSnapshot
from app.modules.billing.gateways.stripe_checkout import SessionRequest, create_session
from app.modules.billing.gateways.stripe_customers import running_subscriptions
from app.modules.billing.models import AddOnProduct, CheckoutIntent, MerchantSubscription, Purpose
from app.modules.billing.repositories import addons, entitlement_rows
from app.modules.billing.services.addons.domain_names import Unfit, read_domain_name
from app.modules.billing.services.addons.kinds import is_domain, rival_of
from app.modules.billing.services.buyer import Buyer, audit_spending
from app.modules.billing.services.checkout import require_payments
from app.modules.billing.services.checkout_intents import IntentWish
from app.modules.billing.services.customers import ensure_customer
from app.modules.billing.services.load_entitlements import load_entitlements
from app.modules.billing.services.open_checkout import StartedCheckout, open_checkout
from app.modules.billing.services.planned_change import refuse_unpaid
from app.modules.billing.services.stripe_locale import stripe_locale
from app.modules.billing.services.sync import sync_now


@dataclass(frozen=True)
class AddOnSale:
    """What is sold, at which price of Stripe, in the language of the buyer; a name in ASCII."""

    product: AddOnProduct
    price_id: str
    domain_name: str | None
    locale: str
    access: Access
    plan: MerchantSubscription | None

    @property
    def subject(self) -> str:
        """What can be in one open checkout at a time: a kind of add-on, or a name."""
        return f"{self.product.category}:{self.domain_name or ''}"


def purchase_addon(
    buyer: Buyer, *, addon_code: str, domain_name: str | None = None
) -> StartedCheckout:
    """Lead a buyer to Stripe's page for an add-on; a domain name is reserved meanwhile.

    Raises PaymentSystemNotConfiguredError, AddOnNotFound, StripePriceNotConfiguredError,
    InvalidInput for a name that is none, PayFirst, NoActiveSubscriptionError, AddOnAlreadyOwned,
    AddOnChangeInstead, DomainNameTaken, CheckoutBusy, and as `gateways.client.ask`.
    """
    require_payments()
    with unit_of_work(read_only=True) as work:
        sale = _sale(work, buyer, addon_code, domain_name)
    _refuse_without_access(sale)
    if sale.domain_name is not None and is_available(sale.domain_name) is False:
        raise DomainNameTaken
    customer_id = ensure_customer(buyer.owner, locale=buyer.locale)
    _refuse_second(buyer, sale, customer_id)
    wish = IntentWish(
        owner=buyer.owner,
        customer_id=customer_id,
        store_id=buyer.store.id,
        purpose=Purpose.ADDON,
        subject=f"addon:{buyer.store.id}:{sale.subject}",
        actor=buyer.actor.name,
        addon_product_id=sale.product.id,
        domain_name=sale.domain_name,
    )

    def make(intent: CheckoutIntent) -> CheckoutSnapshot:
        request = _request(buyer, sale, customer_id, intent)
        return create_session(request, key=("checkout", intent.id, intent.created_at.isoformat()))

    started = open_checkout(wish, make, already=AddOnAlreadyOwned)
    _audit(buyer, sale, started)
    return started


def _sale(work: UnitOfWork, buyer: Buyer, code: str, typed_name: str | None) -> AddOnSale:
    platform_id = buyer.owner.platform_id
    product = addons.find_product(work.session, platform_id, code)
    if product is None or not product.is_active:
        raise AddOnNotFound
    if product.stripe_price_id is None:
        raise StripePriceNotConfiguredError
    name = _name_for(product, typed_name)
    _refuse_owned(work, buyer, product, name)
    return AddOnSale(
        product,
        product.stripe_price_id,
        name,
        stripe_locale(work, platform_id, buyer.locale),
        load_entitlements(work.session, buyer.owner).entitlements.access,
        entitlement_rows.find_subscription(work.session, buyer.owner),
    )


def _name_for(product: AddOnProduct, typed: str | None) -> str | None:
    """Return the name in ASCII; a domain needs one, nothing else takes one. Raises InvalidInput."""
    if not is_domain(product):
        if typed is not None:
            raise InvalidInput.at("/domain_name", "domain_not_wanted")
        return None
    name = read_domain_name(typed or "")
    if isinstance(name, Unfit):
        raise InvalidInput.at("/domain_name", f"domain_{name}")
    return name.ascii


def _refuse_owned(work: UnitOfWork, buyer: Buyer, product: AddOnProduct, name: str | None) -> None:
    if name is not None and addons.name_is_held(work.session, name):
        raise DomainNameTaken
    held = [(addon, one) for addon, one in addons.held_in_store(work.session, buyer.store)]
    rival = rival_of(product, held)
    if rival is None:
        return
    if rival[1].id == product.id:
        raise AddOnAlreadyOwned
    raise AddOnChangeInstead(addon_id=rival[0].id)


def _refuse_without_access(sale: AddOnSale) -> None:
    """Add-ons need full access, whoever bills the plan (D29)."""
    if sale.access is Access.FULL:
        return
    if sale.plan is not None:
        refuse_unpaid(sale.plan)
    raise NoActiveSubscriptionError


def _refuse_second(buyer: Buyer, sale: AddOnSale, customer_id: str) -> None:
    """Look at Stripe too: a payment that no webhook told us of yet must not be made twice."""
    for running in running_subscriptions(customer_id):
        bought = read_metadata(running.metadata)
        if bought is None or bought.purpose is not Purpose.ADDON:
            continue
        if bought.store_id != buyer.store.id or bought.domain_name != sale.domain_name:
            continue
        with unit_of_work(read_only=True) as work:
            product = addons.product_at_stripe(
                work.session,
                buyer.owner.platform_id,
                price_id=running.price_id,
                product_id=running.product_id,
            )
        if product is not None and product.category == sale.product.category:
            sync_now(running.id)
            raise AddOnAlreadyOwned


def _request(
    buyer: Buyer, sale: AddOnSale, customer_id: str, intent: CheckoutIntent
) -> SessionRequest:
    page = buyer.billing_page
    return SessionRequest(
        customer_id=customer_id,
        price_id=sale.price_id,
        reference=f"store-{buyer.store.id}",
        metadata=addon_metadata(
            buyer.owner, buyer.store.id, sale.product.code, domain_name=sale.domain_name
        ),
        locale=sale.locale,
        success_url=f"{page}?checkout=done&session={{CHECKOUT_SESSION_ID}}",
        cancel_url=f"{page}?checkout=cancelled",
        expires_at=intent.expires_at,
    )


def _audit(buyer: Buyer, sale: AddOnSale, started: StartedCheckout) -> None:
    with unit_of_work() as work:
        audit_spending(
            work,
            buyer,
            "addon.checkout_started",
            subscription=sale.plan,
            addon=sale.product.code,
            domain_name=sale.domain_name,
            session_id=started.session_id,
        )
