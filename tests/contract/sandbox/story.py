"""A story in which every kind of object of the sandbox comes into being."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from sandbox.store.json_values import Json
from tests.integration.sandbox.world import DAY, NOW, Browser, World

ADDRESS = {"line1": "1 Rue de la Gare", "postal_code": "1111", "city": "Luxembourg"}


def tell(world: World) -> None:
    """Subscribe, change, fail, recover, refund, schedule, cancel; with tax and discounts."""
    v1 = world.v1
    clock = world.clock()
    customer = world.customer(
        test_clock=clock,
        address={**ADDRESS, "country": "LU"},
        shipping={"name": "Shop", "address": ADDRESS},
        tax_id_data=[{"type": "eu_vat", "value": "LU12345678"}],
    )
    small, large = world.price(2900, lookup_key="small"), world.price(9900)
    coupon = v1.coupons.create({"percent_off": 20, "duration": "forever"})
    code = {"promotion": {"type": "coupon", "coupon": coupon.id}, "code": "WELCOME"}
    v1.promotion_codes.create(code)
    rate = v1.tax_rates.create({"display_name": "VAT", "percentage": 17, "inclusive": True})
    subscription = v1.subscriptions.create(
        {
            "customer": customer,
            "items": [{"price": small, "quantity": 2}],
            "automatic_tax": {"enabled": True},
            "discounts": [{"coupon": coupon.id}],
        }
    )
    world.advance(clock, NOW + 10 * DAY)
    change(world, subscription, large)
    fail_and_recover(world, clock, subscription)
    charge = v1.charges.list({"customer": customer}).data[0]
    v1.refunds.create({"charge": charge.id, "amount": 100, "reason": "requested_by_customer"})
    manual_invoice(world, customer, rate.id)
    checkout_and_portal(world, customer, small)
    world.http.post(f"/v1/customers/{customer}/sources", data={"source": "tok_visa"})
    world.settle()


def change(world: World, subscription: Any, price: str) -> None:
    v1 = world.v1
    item = subscription["items"].data[0].id
    items = [{"id": item, "price": price}]
    change = {"items": items, "proration_behavior": "always_invoice"}
    v1.invoices.create_preview({"subscription": subscription.id, "subscription_details": change})
    v1.subscriptions.update(subscription.id, change)
    schedule = v1.subscription_schedules.create({"from_subscription": subscription.id})
    phase = schedule.phases[0]
    now = {"start_date": phase.start_date, "end_date": phase.end_date}
    later = {"items": [{"price": price, "quantity": 1}], "metadata": {"phase": "two"}}
    phases = [now | {"items": [{"price": price, "quantity": 2}]}, later]
    v1.subscription_schedules.update(schedule.id, {"phases": phases})


def fail_and_recover(world: World, clock: str, subscription: Any) -> None:
    v1 = world.v1
    bad = v1.payment_methods.attach(
        "pm_card_chargeCustomerFail", {"customer": subscription.customer}
    )
    v1.subscriptions.update(subscription.id, {"default_payment_method": bad.id})
    world.advance(clock, NOW + 33 * DAY)
    owed = v1.invoices.list({"subscription": subscription.id, "status": "open"}).data[0]
    v1.invoices.pay(owed.id, {"payment_method": "pm_card_visa"})
    v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})


def manual_invoice(world: World, customer: str, rate: str) -> None:
    v1 = world.v1
    item = {"customer": customer, "amount": 500, "currency": "eur", "tax_rates": [rate]}
    v1.invoice_items.create({**item, "description": "Set-up"})
    v1.invoice_items.create({**item, "amount": 100})
    invoice = v1.invoices.create(
        {"customer": customer, "pending_invoice_items_behavior": "include"}
    )
    v1.invoices.finalize_invoice(invoice.id)


def checkout_and_portal(world: World, customer: str, price: str) -> None:
    v1 = world.v1
    session = v1.checkout.sessions.create(
        {
            "mode": "subscription",
            "customer": customer,
            "line_items": [{"price": price, "quantity": 1}],
            "success_url": "https://shop.test/",
            "allow_promotion_codes": True,
            "tax_id_collection": {"enabled": True},
            "subscription_data": {"trial_period_days": 7},
        }
    )
    with closing(Browser(world.running.url)) as browser:
        browser.open(session.url)
        browser.pay()
    v1.billing_portal.configurations.create({"features": {"invoice_history": {"enabled": True}}})
    flow = {"type": "payment_method_update"}
    v1.billing_portal.sessions.create({"customer": customer, "flow_data": flow})


def stored(world: World) -> Iterator[Json]:
    """Every object that the sandbox holds, as it goes over the wire."""
    with world.running.sandbox.work() as work:
        rows = work.connection.execute("SELECT id FROM object ORDER BY seq").fetchall()
        for (object_id,) in rows:
            found = work.find(object_id)
            assert found is not None
            yield found
