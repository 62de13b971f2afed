"""Stripe's way over HTTP."""

import threading

import httpx
import pytest
import stripe

from tests.integration.sandbox.world import KEY, World, sdk


def test_it_takes_bearer_and_basic_keys(world: World) -> None:
    basic = httpx.get(f"{world.running.url}/v1/account", auth=(KEY, ""))
    bearer = world.http.get("/v1/account")
    assert basic.status_code == bearer.status_code == 200
    assert basic.json()["id"] == bearer.json()["id"]
    assert basic.json()["id"].startswith("acct_")


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("nothing", "Invalid API Key provided: nothing********hing"),
        ("sk_live_abcdefghijkl", "Live keys are refused"),
        ("pk_test_abcdefghijkl", "Invalid API Key provided: pk_test_********ijkl"),
    ],
)
def test_it_refuses_other_keys(world: World, key: str, says: str) -> None:
    answer = httpx.get(
        f"{world.running.url}/v1/account", headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert says in answer.json()["error"]["message"]


def test_it_asks_for_a_key(world: World) -> None:
    error = httpx.get(f"{world.running.url}/v1/account").json()["error"]
    assert error["message"].startswith("You did not provide an API key.")


def test_it_numbers_its_answers(world: World) -> None:
    first, second = (world.http.get("/v1/account").headers for _ in range(2))
    assert first["request-id"].startswith("req_")
    assert first["request-id"] != second["request-id"]
    assert first["stripe-version"] == stripe.api_version


def test_the_same_idempotency_key_creates_once(world: World) -> None:
    made = world.v1.customers.create({"name": "A"}, {"idempotency_key": "k1"})
    again = world.v1.customers.create({"name": "A"}, {"idempotency_key": "k1"})
    assert again.id == made.id
    assert again.last_response.headers["idempotent-replayed"] == "true"
    assert again.last_response.headers["original-request"] == made.last_response.request_id
    assert len(world.v1.customers.list().data) == 1


def test_an_idempotency_key_for_another_body_is_refused(world: World) -> None:
    world.v1.customers.create({"name": "A"}, {"idempotency_key": "k1"})
    with pytest.raises(stripe.IdempotencyError) as refused:
        world.v1.customers.create({"name": "B"}, {"idempotency_key": "k1"})
    assert refused.value.http_status == 400
    assert [each.name for each in world.v1.customers.list().data] == ["A"]


def test_a_refused_request_frees_its_idempotency_key(world: World) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        world.v1.prices.create({"currency": "eur", "unit_amount": 1}, {"idempotency_key": "k1"})
    product = world.v1.products.create({"name": "A"}, {"idempotency_key": "k1"})
    assert product.name == "A"


def test_a_decline_is_replayed_too(world: World) -> None:
    subscription = unpaid_renewal(world)
    for _ in range(2):
        with pytest.raises(stripe.CardError) as refused:
            world.v1.invoices.pay(subscription.latest_invoice, {}, {"idempotency_key": "pay"})
        assert refused.value.code == "card_declined"
    charges = world.v1.charges.list({"customer": subscription.customer}).data
    assert len(charges) == 2


def unpaid_renewal(world: World) -> stripe.Subscription:
    customer = world.customer(card="pm_card_chargeCustomerFail")
    given = {"customer": customer, "items": [{"price": world.price()}]}
    subscription: stripe.Subscription = world.v1.subscriptions.create(given)
    assert subscription.status == "incomplete"
    return subscription


def test_one_of_many_requests_with_the_same_key_does_the_work(world: World) -> None:
    outcomes: list[str] = []

    def create() -> None:
        with sdk(world.running.url) as v1:
            try:
                outcomes.append(v1.customers.create({}, {"idempotency_key": "k"}).id)
            except stripe.APIError as error:
                outcomes.append(str(error.http_status))

    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(world.v1.customers.list().data) == 1
    assert len(set(outcomes) - {"409"}) == 1


def test_pages_walk_both_ways_over_all_rows(world: World) -> None:
    made = [world.v1.customers.create({"name": str(n)}).id for n in range(7)]
    page = world.v1.customers.list({"limit": 3})
    assert [each.id for each in page.auto_paging_iter()] == made[::-1]
    first = world.v1.customers.list({"limit": 3, "ending_before": made[2]})
    assert [each.id for each in first.data] == [made[5], made[4], made[3]]
    assert first.has_more is True
    last = world.v1.customers.list({"limit": 3, "starting_after": made[3]})
    assert ([each.id for each in last.data], last.has_more) == ([made[2], made[1], made[0]], False)


def test_ids_expand_to_objects_down_to_four_levels(world: World) -> None:
    customer = world.customer()
    given = {"customer": customer, "items": [{"price": world.price()}]}
    path = "latest_invoice.payments.data.payment.payment_intent.latest_charge"
    with pytest.raises(stripe.InvalidRequestError, match="more than 4 levels"):
        world.v1.subscriptions.create({**given, "expand": [path]})
    made = world.v1.subscriptions.create(
        {**given, "expand": ["latest_invoice.payments.data.payment.payment_intent", "customer"]}
    )
    assert made.customer.email == "owner@shop.test"
    payment = made.latest_invoice.payments.data[0].payment
    assert payment.payment_intent.status == "succeeded"
    listed = world.v1.subscriptions.list({"expand": ["data.latest_invoice"]}).data[0]
    assert listed.latest_invoice.status == "paid"
    assert world.v1.subscriptions.retrieve(made.id).latest_invoice == made.latest_invoice.id


def test_what_cannot_be_expanded_is_refused(world: World) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded") as refused:
        world.v1.customers.retrieve(world.customer(), {"expand": ["shoe_size"]})
    assert refused.value.param == "expand"


def test_an_old_version_is_spoken_on_request(world: World) -> None:
    subscription = world.subscribed()
    old = world.v1.invoices.retrieve(
        subscription.latest_invoice, options={"stripe_version": "2024-06-20"}
    )
    assert (old.subscription, old.paid, old.tax) == (subscription.id, True, None)
    assert old.lines.data[0].price.unit_amount == 2900
    assert "parent" not in old
    with pytest.raises(stripe.InvalidRequestError, match="Invalid Stripe API version: 2011-01-01"):
        world.v1.customers.list({}, {"stripe_version": "2011-01-01"})


def test_a_body_of_more_than_a_megabyte_is_refused(world: World) -> None:
    answer = world.http.post("/v1/customers", content=b"name=" + b"a" * 1_000_001)
    assert answer.status_code == 413
