"""What makes no sense is refused as Stripe refuses it, and changes nothing."""

from typing import Any

import pytest
import stripe

from tests.integration.sandbox.world import DAY, NOW, World


def state(world: World) -> list[tuple[str, str]]:
    with world.running.sandbox.database.rows() as rows:
        return list(rows.execute("SELECT id, body FROM object ORDER BY id"))


def refuse(world: World, method: str, path: str, **form: str) -> dict[str, Any]:
    """Send a request that must be refused; its error, after checking that nothing changed."""
    before = state(world)
    answer = world.http.request(method, path, data=form)
    assert state(world) == before
    error: dict[str, Any] = answer.json()["error"]
    return {"status": answer.status_code, **error}


def test_an_unknown_endpoint(world: World) -> None:
    error = refuse(world, "POST", "/v1/shoes")
    assert (error["status"], error["type"]) == (404, "invalid_request_error")
    assert error["message"].startswith("Unrecognized request URL (POST: /v1/shoes)")


def test_an_unknown_parameter(world: World) -> None:
    error = refuse(world, "POST", "/v1/customers", shoe_size="44")
    assert (error["status"], error["code"]) == (400, "parameter_unknown")
    assert error["message"] == "Received unknown parameter: shoe_size"
    assert error["param"] == "shoe_size"


def test_a_parameter_that_would_have_no_effect(world: World) -> None:
    error = refuse(world, "POST", "/v1/products", name="A", shippable="true")
    assert (error["status"], error["code"]) == (400, "parameter_not_covered")
    assert error["param"] == "shippable"


@pytest.mark.parametrize(
    ("form", "param", "says"),
    [
        ({"unit_amount": "many"}, "unit_amount", "Invalid integer: many"),
        ({"unit_amount": "-1"}, "unit_amount", "Invalid non-negative integer"),
        ({"active": "maybe"}, "active", "Invalid boolean: maybe"),
        ({"recurring": "month"}, "recurring", "Invalid object"),
        ({"recurring[interval]": "blink"}, "recurring[interval]", "must be one of"),
        ({"currency": ""}, "currency", "You passed an empty string for 'currency'"),
        ({"metadata[a][b]": "1"}, "metadata[a]", "Metadata values must be strings"),
    ],
)
def test_a_wrong_type(world: World, form: dict[str, str], param: str, says: str) -> None:
    product = world.v1.products.create({"name": "A"}).id
    given = {"product": product, "currency": "eur", "unit_amount": "100"}
    error = refuse(world, "POST", "/v1/prices", **{**given, **form})
    assert (error["status"], error["param"]) == (400, param)
    assert says in error["message"]


def test_a_missing_parameter(world: World) -> None:
    error = refuse(world, "POST", "/v1/subscriptions", **{"items[0][price]": "price_x"})
    assert (error["status"], error["code"]) == (400, "parameter_missing")
    assert error["param"] == "customer"


def test_an_object_that_does_not_exist(world: World) -> None:
    error = refuse(world, "GET", "/v1/customers/cus_nobody")
    assert (error["status"], error["code"]) == (404, "resource_missing")
    assert error["message"] == "No such customer: 'cus_nobody'"
    error = refuse(world, "POST", "/v1/subscriptions", customer="cus_nobody")
    assert (error["status"], error["code"], error["param"]) == (
        400,
        "resource_missing",
        "customer",
    )


def test_an_object_of_another_kind(world: World) -> None:
    price = world.price()
    assert refuse(world, "GET", f"/v1/customers/{price}")["code"] == "resource_missing"


def test_an_update_without_the_item_id(world: World) -> None:
    subscription = world.subscribed()
    same = subscription["items"].data[0].price.id
    path = f"/v1/subscriptions/{subscription.id}"
    error = refuse(world, "POST", path, **{"items[0][price]": same})
    assert "Cannot add multiple subscription items with the same plan" in error["message"]
    error = refuse(world, "POST", path, **{"items[0][id]": "si_x", "items[0][price]": same})
    assert (error["code"], error["param"]) == ("resource_missing", "items[0][id]")


def test_an_expired_session_cannot_be_paid_or_changed(world: World) -> None:
    price = world.price()
    session = world.v1.checkout.sessions.create(
        {
            "mode": "subscription",
            "line_items": [{"price": price, "quantity": 1}],
            "success_url": "https://shop.test/",
        }
    )
    world.v1.checkout.sessions.expire(session.id)
    error = refuse(world, "POST", f"/v1/checkout/sessions/{session.id}/expire")
    assert (error["status"], error["code"]) == (400, "checkout_session_not_open")
    assert world.http.get(session.url).status_code == 410
    card = {"card_number": "4242424242424242", "card_expiry": "12/34", "card_cvc": "123"}
    before = state(world)
    assert world.http.post(session.url, data={**card, "email": "a@b.test"}).status_code == 410
    assert state(world) == before


def test_a_cancelled_subscription_cannot_be_changed(world: World) -> None:
    subscription = world.subscribed()
    world.v1.subscriptions.cancel(subscription.id)
    path = f"/v1/subscriptions/{subscription.id}"
    error = refuse(world, "POST", path, description="x")
    assert error["status"] == 400
    assert "canceled subscription" in error["message"]
    assert refuse(world, "DELETE", path)["code"] == "resource_missing"


def test_a_clock_moved_backwards(world: World) -> None:
    clock = world.clock()
    path = f"/v1/test_helpers/test_clocks/{clock}/advance"
    error = refuse(world, "POST", path, frozen_time=str(NOW - 1))
    assert (error["status"], error["param"]) == (400, "frozen_time")
    error = refuse(world, "POST", "/v1/sandbox/clock", frozen_time=str(NOW - DAY))
    assert error["message"] == "The clock only goes forward."


@pytest.mark.parametrize(
    "url", ["shop.test", "ftp://shop.test", "http://shop.test:99999", "http://["]
)
def test_an_address_that_webhooks_cannot_reach(world: World, url: str) -> None:
    form = {"url": url, "enabled_events[]": "*"}
    error = refuse(world, "POST", "/v1/webhook_endpoints", **form)
    assert (error["status"], error["code"], error["param"]) == (400, "url_invalid", "url")


def test_a_declined_card_is_not_saved(world: World) -> None:
    customer = world.customer(card=None)
    with pytest.raises(stripe.CardError) as refused:
        world.v1.payment_methods.attach("pm_card_chargeDeclined", {"customer": customer})
    assert (refused.value.code, refused.value.http_status) == ("card_declined", 402)
    assert world.v1.payment_methods.list({"customer": customer}).data == []


def test_a_number_that_is_no_test_card(world: World) -> None:
    with pytest.raises(stripe.CardError) as refused:
        world.v1.payment_methods.create({"type": "card", "card": {"number": "4111111111111111"}})
    assert refused.value.code == "incorrect_number"


def test_prices_of_different_intervals_in_one_subscription(world: World) -> None:
    prices = [world.price(), world.price(interval="year")]
    with pytest.raises(stripe.InvalidRequestError, match=r"same `recurring.interval`"):
        world.v1.subscriptions.create(
            {"customer": world.customer(), "items": [{"price": price} for price in prices]}
        )


def test_automatic_tax_without_a_place(world: World) -> None:
    given = {"customer": world.customer(), "items": [{"price": world.price()}]}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        world.v1.subscriptions.create({**given, "automatic_tax": {"enabled": True}})
    assert refused.value.code == "customer_tax_location_invalid"


def test_more_refunded_than_was_paid(world: World) -> None:
    subscription = world.subscribed()
    charge = world.v1.charges.list({"customer": subscription.customer}).data[0]
    world.v1.refunds.create({"charge": charge.id, "amount": 2000})
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        world.v1.refunds.create({"charge": charge.id, "amount": 901})
    world.v1.refunds.create({"charge": charge.id, "amount": 900})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        world.v1.refunds.create({"charge": charge.id})
    assert refused.value.code == "charge_already_refunded"
