"""Sent invoices, paused collection, credits, cancelling and everything else about money."""

from typing import Any

import pytest
import stripe

from tests.integration.sandbox.world import DAY, NOW, World


def invoices(world: World, subscription: Any) -> list[Any]:
    return list(world.v1.invoices.list({"subscription": subscription.id}).data)


def test_a_sent_invoice_waits_and_then_is_overdue(world: World) -> None:
    clock = world.clock()
    sent: dict[str, Any] = {"collection_method": "send_invoice"}
    subscription = world.subscribed(clock=clock, days_until_due=5, **sent)
    first = invoices(world, subscription)[0]
    assert (subscription.status, first.status, first.due_date) == ("active", "open", NOW + 5 * DAY)
    world.advance(clock, NOW + 5 * DAY)
    assert world.v1.subscriptions.retrieve(subscription.id).status == "past_due"
    assert "invoice.overdue" in world.receiver.types()
    paid = world.v1.invoices.pay(first.id, {"paid_out_of_band": True})
    assert (paid.status, paid.amount_paid) == ("paid", 2900)
    assert world.v1.subscriptions.retrieve(subscription.id).status == "active"
    old = world.v1.invoices.retrieve(first.id, options={"stripe_version": "2024-06-20"})
    assert old.paid_out_of_band is True


@pytest.mark.parametrize(
    ("behavior", "status"),
    [("void", "void"), ("mark_uncollectible", "uncollectible"), ("keep_as_draft", "draft")],
)
def test_paused_collection_takes_no_money(world: World, behavior: str, status: str) -> None:
    clock = world.clock()
    subscription = world.subscribed(clock=clock)
    pause = {"behavior": behavior, "resumes_at": NOW + 35 * DAY}
    world.v1.subscriptions.update(subscription.id, {"pause_collection": pause})
    world.advance(clock, NOW + 33 * DAY)
    assert invoices(world, subscription)[0].status == status
    world.advance(clock, NOW + 65 * DAY)
    assert world.v1.subscriptions.retrieve(subscription.id).pause_collection is None
    assert invoices(world, subscription)[0].status == "paid"


def test_a_downgrade_now_leaves_a_credit_that_the_next_bill_uses(world: World) -> None:
    clock = world.clock()
    subscription = world.subscribed(clock=clock, amount=9000)
    item = subscription["items"].data[0].id
    world.v1.subscriptions.update(
        subscription.id,
        {
            "items": [{"id": item, "price": world.price(3000)}],
            "proration_behavior": "always_invoice",
        },
    )
    customer = world.v1.customers.retrieve(subscription.customer)
    assert customer.balance == -6000
    latest = invoices(world, subscription)[0]
    assert (latest.total, latest.amount_due, latest.status) == (-6000, 0, "paid")
    assert latest.ending_balance == -6000
    world.advance(clock, NOW + 40 * DAY)
    renewal = invoices(world, subscription)[0]
    assert (renewal.total, renewal.starting_balance, renewal.amount_due) == (3000, -6000, 0)
    assert world.v1.customers.retrieve(subscription.customer).balance == -3000


def test_a_second_upgrade_credits_what_the_first_one_billed(world: World) -> None:
    clock = world.clock(1_788_220_800)  # 1 September 2026: thirty days
    subscription = world.subscribed(clock=clock, amount=3000)
    item = subscription["items"].data[0].id
    for day, amount in ((10, 6000), (20, 9000)):
        world.advance(clock, 1_788_220_800 + day * DAY)
        items = [{"id": item, "price": world.price(amount)}]
        change = {"items": items, "proration_behavior": "always_invoice"}
        world.v1.subscriptions.update(subscription.id, change)
    second, first = invoices(world, subscription)[:2]
    assert [line.amount for line in first.lines.data] == [-2000, 4000]
    assert [line.amount for line in second.lines.data] == [-2000, 3000]
    credited = second.lines.data[0].parent.subscription_item_details.proration_details
    assert credited.credited_items.invoice == first.id


def test_monthly_to_yearly_starts_a_new_period_now(world: World) -> None:
    clock = world.clock()
    subscription = world.subscribed(clock=clock)
    item = subscription["items"].data[0].id
    world.advance(clock, NOW + 15 * DAY)
    changed = world.v1.subscriptions.update(
        subscription.id, {"items": [{"id": item, "price": world.price(29000, interval="year")}]}
    )
    assert changed.billing_cycle_anchor == NOW + 15 * DAY
    assert changed["items"].data[0].current_period_end == NOW + 380 * DAY
    bill = invoices(world, subscription)[0]
    assert [line.amount for line in bill.lines.data] == [29000, -1450]


def test_an_ended_trial_is_billed_from_that_moment(world: World) -> None:
    clock = world.clock()
    subscription = world.subscribed(clock=clock, trial_period_days=20)
    world.advance(clock, NOW + 5 * DAY)
    ended = world.v1.subscriptions.update(subscription.id, {"trial_end": "now"})
    assert (ended.status, ended.trial_end) == ("active", NOW + 5 * DAY)
    assert invoices(world, subscription)[0].amount_paid == 2900


def test_a_trial_can_be_given_later_and_lengthened(world: World) -> None:
    clock = world.clock()
    subscription = world.subscribed(clock=clock)
    later = world.v1.subscriptions.update(
        subscription.id, {"trial_end": NOW + 50 * DAY, "proration_behavior": "none"}
    )
    assert (later.status, later.billing_cycle_anchor) == ("trialing", NOW + 50 * DAY)
    longer = world.v1.subscriptions.update(subscription.id, {"trial_end": NOW + 60 * DAY})
    assert longer.trial_end == NOW + 60 * DAY
    world.advance(clock, NOW + 61 * DAY)
    assert world.v1.subscriptions.retrieve(subscription.id).status == "active"


def test_cancelling_now_with_credit_and_last_invoice(world: World) -> None:
    clock = world.clock(1_788_220_800)  # 1 September 2026: thirty days
    subscription = world.subscribed(clock=clock, amount=3000)
    world.advance(clock, 1_788_220_800 + 10 * DAY)
    gone = world.v1.subscriptions.cancel(
        subscription.id,
        {"prorate": True, "invoice_now": True, "cancellation_details": {"feedback": "unused"}},
    )
    assert (gone.status, gone.cancellation_details.feedback) == ("canceled", "unused")
    assert invoices(world, subscription)[0].total == -2000
    assert world.v1.customers.retrieve(subscription.customer).balance == -2000


def test_a_planned_end_can_be_taken_back(world: World) -> None:
    subscription = world.subscribed()
    v1 = world.v1.subscriptions
    end = subscription["items"].data[0].current_period_end
    both = v1.update(subscription.id, {"cancel_at_period_end": True})
    assert (both.cancel_at, both.cancel_at_period_end) == (end, True)
    none = v1.update(subscription.id, {"cancel_at_period_end": False})
    assert (none.cancel_at, none.cancel_at_period_end, none.canceled_at) == (None, False, None)
    one = v1.update(subscription.id, {"cancel_at": "min_period_end"})
    assert (one.cancel_at, one.cancel_at_period_end) == (end, False)
    assert v1.update(subscription.id, {"cancel_at": ""}).cancel_at is None
    with pytest.raises(stripe.InvalidRequestError, match="must be in the future"):
        v1.update(subscription.id, {"cancel_at": NOW})
    with pytest.raises(stripe.InvalidRequestError, match="at the same time"):
        v1.update(subscription.id, {"cancel_at": end, "cancel_at_period_end": True})


def test_coupons_last_as_long_as_they_say(world: World) -> None:
    for duration, expected in (
        ({"duration": "once"}, [2900, 2900, 2900, 1450]),
        ({"duration": "forever"}, [1450, 1450, 1450, 1450]),
        ({"duration": "repeating", "duration_in_months": 2}, [2900, 2900, 1450, 1450]),
    ):
        clock = world.clock()
        coupon = world.v1.coupons.create({"percent_off": 50, **duration})
        subscription = world.subscribed(clock=clock, discounts=[{"coupon": coupon.id}])
        world.advance(clock, NOW + 100 * DAY)
        assert [invoice.total for invoice in invoices(world, subscription)] == expected


def test_a_fixed_amount_off_never_goes_below_nothing(world: World) -> None:
    off = {"amount_off": 5000, "currency": "eur", "duration": "once"}
    coupon = world.v1.coupons.create(off)
    subscription = world.subscribed(discounts=[{"coupon": coupon.id}])
    first = invoices(world, subscription)[0]
    assert (first.total, first.status) == (0, "paid")
    assert first.total_discount_amounts[0].amount == 2900


def test_a_used_up_or_ended_coupon_is_refused(world: World) -> None:
    once = world.v1.coupons.create({"percent_off": 50, "duration": "once", "max_redemptions": 1})
    world.subscribed(discounts=[{"coupon": once.id}])
    assert world.v1.coupons.retrieve(once.id).valid is False
    with pytest.raises(stripe.InvalidRequestError) as refused:
        world.subscribed(discounts=[{"coupon": once.id}])
    assert refused.value.code == "coupon_expired"
    gone = world.v1.coupons.create({"percent_off": 50, "duration": "once"})
    world.v1.coupons.delete(gone.id)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        world.subscribed(discounts=[{"coupon": gone.id}])
    assert refused.value.code == "resource_missing"


def test_promotion_codes_keep_their_conditions(world: World) -> None:
    coupon = world.v1.coupons.create({"percent_off": 50, "duration": "once"})
    base = {"promotion": {"type": "coupon", "coupon": coupon.id}}
    other = world.customer()
    theirs = world.v1.promotion_codes.create({**base, "customer": other})
    with pytest.raises(stripe.InvalidRequestError, match="not active"):
        world.subscribed(discounts=[{"promotion_code": theirs.id}])
    new_only = {**base, "restrictions": {"first_time_transaction": True}}
    first = world.v1.promotion_codes.create(new_only)
    subscription = world.subscribed(discounts=[{"promotion_code": first.id}])
    again = {"customer": subscription.customer, "items": [{"price": world.price()}]}
    with pytest.raises(stripe.InvalidRequestError, match="prior transactions"):
        world.v1.subscriptions.create({**again, "discounts": [{"promotion_code": first.id}]})
    limited = world.v1.promotion_codes.create({**base, "max_redemptions": 1, "code": "ONE"})
    world.subscribed(discounts=[{"promotion_code": limited.id}])
    assert world.v1.promotion_codes.retrieve(limited.id).active is False
    named = world.v1.promotion_codes.create({**base, "code": "WORD"})
    with pytest.raises(stripe.InvalidRequestError, match="already exists"):
        world.v1.promotion_codes.create({**base, "code": "word"})
    world.v1.promotion_codes.update(named.id, {"active": False})
    assert world.v1.promotion_codes.create({**base, "code": "word"}).active is True


def test_manual_rates_tax_inside_and_on_top(world: World) -> None:
    on_top = world.v1.tax_rates.create(
        {"display_name": "VAT", "percentage": 17, "inclusive": False}
    )
    inside = world.v1.tax_rates.create({"display_name": "VAT", "percentage": 17, "inclusive": True})
    for rate, total, tax in ((on_top, 3393, 493), (inside, 2900, 421)):
        subscription = world.subscribed(default_tax_rates=[rate.id])
        bill = invoices(world, subscription)[0]
        assert (bill.total, bill.total_taxes[0].amount) == (total, tax)
    exempt = world.customer(tax_exempt="reverse")
    given = {"customer": exempt, "items": [{"price": world.price()}]}
    free = world.v1.subscriptions.create({**given, "default_tax_rates": [on_top.id]})
    bill = world.v1.invoices.retrieve(free.latest_invoice)
    assert (bill.total, bill.total_taxes[0].taxability_reason) == (2900, "reverse_charge")


def test_an_invoice_whose_tax_is_unknown_is_not_finalized(world: World) -> None:
    clock = world.clock()
    customer = world.customer(test_clock=clock, address={"country": "LU"})
    given = {"customer": customer, "items": [{"price": world.price()}]}
    subscription = world.v1.subscriptions.create({**given, "automatic_tax": {"enabled": True}})
    world.v1.customers.update(customer, {"address": ""})
    world.advance(clock, NOW + 33 * DAY)
    stuck = invoices(world, subscription)[0]
    assert (stuck.status, stuck.automatic_tax.status) == ("draft", "requires_location_inputs")
    assert stuck.last_finalization_error.code == "customer_tax_location_invalid"
    assert "invoice.finalization_failed" in world.receiver.types()
    with pytest.raises(stripe.InvalidRequestError) as refused:
        world.v1.invoices.finalize_invoice(stuck.id)
    assert refused.value.code == "customer_tax_location_invalid"
    world.v1.customers.update(customer, {"address": {"country": "LU"}})
    assert world.v1.invoices.pay(stuck.id).amount_paid == 3393


def test_an_open_invoice_can_be_voided_or_written_off(world: World) -> None:
    subscription = world.subscribed(collection_method="send_invoice", days_until_due=3)
    owed = invoices(world, subscription)[0]
    off = world.v1.invoices.mark_uncollectible(owed.id)
    assert (off.status, off.status_transitions.marked_uncollectible_at) == ("uncollectible", NOW)
    assert world.v1.invoices.void_invoice(owed.id).status == "void"
    for act, says in (
        ("void_invoice", "only void open"),
        ("mark_uncollectible", "only mark open"),
        ("pay", "that is void"),
        ("finalize_invoice", "already finalized"),
    ):
        with pytest.raises(stripe.InvalidRequestError, match=says):
            getattr(world.v1.invoices, act)(owed.id)


def test_a_detached_card_pays_nothing_more(world: World) -> None:
    clock = world.clock()
    subscription = world.subscribed(clock=clock)
    customer = world.v1.customers.retrieve(subscription.customer)
    card = customer.invoice_settings.default_payment_method
    world.v1.subscriptions.update(subscription.id, {"default_payment_method": card})
    assert world.v1.payment_methods.detach(card).customer is None
    assert world.v1.subscriptions.retrieve(subscription.id).default_payment_method is None
    with pytest.raises(stripe.InvalidRequestError, match="not attached"):
        world.v1.payment_methods.detach(card)
    world.advance(clock, NOW + 33 * DAY)
    assert world.v1.subscriptions.retrieve(subscription.id).status == "past_due"


def test_items_can_be_added_changed_listed_and_removed(world: World) -> None:
    subscription = world.subscribed()
    v1 = world.v1.subscription_items
    extra = v1.create({"subscription": subscription.id, "price": world.price(500)})
    assert v1.retrieve(extra.id).price.unit_amount == 500
    assert v1.update(extra.id, {"quantity": 4}).quantity == 4
    listed = v1.list({"subscription": subscription.id}).data
    assert [item.quantity for item in listed] == [1, 4]
    assert v1.delete(extra.id).deleted is True
    with pytest.raises(stripe.InvalidRequestError) as refused:
        v1.retrieve(extra.id)
    assert refused.value.code == "resource_missing"
    with pytest.raises(stripe.InvalidRequestError, match="at least one active plan"):
        v1.delete(listed[0].id)


def test_customers_products_and_tax_ids_can_be_deleted(world: World) -> None:
    subscription = world.subscribed()
    v1 = world.v1
    txi = v1.customers.tax_ids.create(
        subscription.customer, {"type": "eu_vat", "value": "LU 1234 5678"}
    )
    assert (txi.value, txi.country, txi.verification.status) == ("LU12345678", "LU", "verified")
    assert v1.customers.tax_ids.delete(subscription.customer, txi.id).deleted is True
    assert v1.customers.tax_ids.list(subscription.customer).data == []
    assert v1.customers.delete(subscription.customer).deleted is True
    assert v1.customers.retrieve(subscription.customer).deleted is True
    assert v1.subscriptions.retrieve(subscription.id).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError, match="No such customer"):
        v1.customers.update(subscription.customer, {"name": "x"})
    product = v1.products.create({"name": "Unused"})
    assert v1.products.delete(product.id).deleted is True
    used = subscription["items"].data[0].price.product
    with pytest.raises(stripe.InvalidRequestError, match="user-created prices"):
        v1.products.delete(used)


def test_a_price_shows_its_changes_in_running_subscriptions(world: World) -> None:
    subscription = world.subscribed()
    price = subscription["items"].data[0].price.id
    world.v1.prices.update(price, {"nickname": "Renamed", "active": False})
    item = world.v1.subscriptions.retrieve(subscription.id)["items"].data[0]
    assert (item.price.nickname, item.plan.nickname, item.price.active) == ("Renamed",) * 2 + (
        False,
    )
    with pytest.raises(stripe.InvalidRequestError, match="only accepts active prices"):
        world.v1.subscriptions.create(
            {"customer": subscription.customer, "items": [{"price": price}]}
        )


def test_the_seller_and_his_tax_settings_can_be_read(world: World) -> None:
    assert world.v1.tax.settings.retrieve().head_office.address.country == "LU"
    assert world.http.get("/v1/account").json()["country"] == "LU"


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"dunning_end": "explode"}, "Invalid dunning_end"),
        ({"dunning_days[0]": "0"}, "Invalid dunning_days"),
        ({"shoe_size": "44"}, "unknown parameter"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    world: World, form: dict[str, str], says: str
) -> None:
    before = world.http.get("/v1/sandbox/settings").json()
    answer = world.http.post("/v1/sandbox/settings", data=form)
    assert answer.status_code == 400
    assert says in answer.json()["error"]["message"]
    assert world.http.get("/v1/sandbox/settings").json() == before
    assert before["dunning_days"] == [3, 5, 7]
    assert world.http.get("/v1/sandbox/nothing").status_code == 404
    assert world.http.post("/v1/sandbox/webhooks/flush").status_code == 200
