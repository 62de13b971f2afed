"""Events reach merchants' systems: signed, once each, tried again, and on demand."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from sqlalchemy import select

from app.kit.db import unit_of_work
from app.kit.outbox import TRIES
from app.modules.billing.models import (
    DeliveryStatus,
    MerchantSubscription,
    OutboundEvent,
    SubscriptionStatus,
    WebhookDelivery,
    WebhookEndpoint,
)
from app.modules.billing.services.subscription_changes import record_change, told
from app.modules.billing.services.webhooks_out.emit import Happening, emit
from tests.factories.tenancy import AShop
from tests.integration.billing.webhooks_out.conftest import ENDPOINTS, EVERY, Deliver
from tests.integration.billing.webhooks_out.receiver import Receiver
from tests.integration.browser import Visitor


def an_endpoint(owner: Visitor, url: str) -> dict[str, Any]:
    answer = owner.post(ENDPOINTS, json={"url": url, "events": EVERY})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def happen(
    shop: AShop, key: str = "in_1", event: OutboundEvent = OutboundEvent.INVOICE_PAID
) -> None:
    with unit_of_work() as work:
        emit(work, [Happening(shop.owner, event, lambda: {"total_cents": 4900}, key)])


def is_signed(headers: dict[str, str], body: str, secret: str) -> bool:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}"
    digest = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    return f"v1,{digest}" in headers["webhook-signature"].split()


def change_status(status: SubscriptionStatus) -> None:
    with unit_of_work() as work:
        row = work.session.scalars(select(MerchantSubscription)).one()
        before = told(row)
        row.status = status
        record_change(work, row, cause="test", before=before, arr_cents_before=row.arr_cents)


def test_it_tells_of_a_change_of_plan_signed(
    owner: Visitor, shop: AShop, system_of_owner: Receiver, send: Deliver
) -> None:
    secret = an_endpoint(owner, system_of_owner.url)["secret"]
    change_status(SubscriptionStatus.PAST_DUE)
    [log] = send()
    assert (log.status, log.attempts, log.response_status) == ("delivered", 1, 204)
    [(headers, body)] = system_of_owner.got
    assert is_signed(headers, body, secret)
    message = json.loads(body)
    assert message["type"] == "subscription.updated"
    assert (message["data"]["tier_code"], message["data"]["status"]) == ("business", "past_due")
    assert headers["webhook-id"] == log.event_id
    assert headers["content-type"] == "application/json"
    assert headers["host"].startswith("localhost:")


def test_the_end_of_a_plan_is_told_although_webhooks_end_with_it(
    owner: Visitor, shop: AShop, system_of_owner: Receiver, send: Deliver
) -> None:
    an_endpoint(owner, system_of_owner.url)
    change_status(SubscriptionStatus.CANCELLED)
    happen(shop)
    assert [(log.event_type, log.status, log.attempts) for log in send()] == [
        ("subscription.cancelled", "delivered", 1),
        ("invoice.paid", "failed", 0),
    ]
    assert len(system_of_owner.got) == 1


def test_it_tells_once_of_what_happened_once_and_not_of_what_nobody_wants(
    owner: Visitor, shop: AShop, system_of_owner: Receiver, send: Deliver
) -> None:
    an_endpoint(owner, system_of_owner.url)
    happen(shop)
    happen(shop)
    happen(shop, event=OutboundEvent.INVOICE_PAYMENT_FAILED)
    assert [log.event_type for log in send()] == ["invoice.paid"]
    assert len(system_of_owner.got) == 1


def test_what_is_rolled_back_is_never_told(owner: Visitor, shop: AShop, send: Deliver) -> None:
    an_endpoint(owner, "https://hooks.example.com/")

    def tell_and_fail() -> None:
        with unit_of_work() as work:
            emit(work, [Happening(shop.owner, OutboundEvent.INVOICE_PAID, dict, "in_1")])
            raise LookupError

    with pytest.raises(LookupError):
        tell_and_fail()
    assert send() == []


def test_it_tries_again_with_the_same_id_until_it_is_taken(
    owner: Visitor, shop: AShop, system_of_owner: Receiver, send: Deliver
) -> None:
    an_endpoint(owner, system_of_owner.url)
    happen(shop)
    system_of_owner.status = 500
    [log] = send()
    assert (log.status, log.attempts, log.error) == ("waiting", 1, "HTTP 500")
    system_of_owner.status = 302  # a redirect is no answer, and is not followed
    assert send()[0].attempts == 2
    system_of_owner.status = 200
    [log] = send()
    assert (log.status, log.attempts, log.error) == ("delivered", 3, None)
    assert len({headers["webhook-id"] for headers, _ in system_of_owner.got}) == 1
    assert len(system_of_owner.got) == 3


def test_it_gives_up_after_eight_tries_and_sends_again_on_demand(
    owner: Visitor, shop: AShop, system_of_owner: Receiver, send: Deliver
) -> None:
    endpoint = an_endpoint(owner, system_of_owner.url)
    happen(shop)
    system_of_owner.status = 503
    tried = [send()[0].attempts for _ in range(TRIES + 2)]
    assert tried == [1, 2, 3, 4, 5, 6, 7, 8, 8, 8]
    assert send()[0].status == DeliveryStatus.FAILED
    system_of_owner.status = 200
    path = f"{ENDPOINTS}/{endpoint['id']}/deliveries"
    [shown] = owner.get(path).json()["items"]
    assert (shown["status"], shown["response_status"]) == ("failed", 503)
    assert owner.post(f"{path}/{shown['id']}/replay").status_code == 202
    [log] = send()
    assert (log.status, log.attempts) == (DeliveryStatus.DELIVERED, TRIES + 1)


def test_a_receiver_that_is_gone_is_switched_off(
    owner: Visitor, shop: AShop, system_of_owner: Receiver, send: Deliver
) -> None:
    endpoint = an_endpoint(owner, system_of_owner.url)
    happen(shop)
    system_of_owner.status = 410
    assert send()[0].status == "failed"
    assert owner.get(f"{ENDPOINTS}/{endpoint['id']}").json()["is_active"] is False
    happen(shop, "in_2")
    assert len(send()) == 1


def test_a_rotated_secret_signs_beside_the_former_one(
    owner: Visitor, shop: AShop, system_of_owner: Receiver, send: Deliver
) -> None:
    endpoint = an_endpoint(owner, system_of_owner.url)
    answer = owner.post(f"{ENDPOINTS}/{endpoint['id']}/secret").json()
    assert answer["secret"] != endpoint["secret"]
    happen(shop)
    send()
    [(headers, body)] = system_of_owner.got
    assert is_signed(headers, body, endpoint["secret"])
    assert is_signed(headers, body, answer["secret"])


def test_a_name_that_leads_into_a_private_network_is_refused_when_it_is_sent(
    owner: Visitor, shop: AShop, send: Deliver
) -> None:
    an_endpoint(owner, "https://localhost.example.com/")
    with unit_of_work() as work:
        happened = {"total_cents": 1}
        emit(work, [Happening(shop.owner, OutboundEvent.INVOICE_PAID, lambda: happened, "in_1")])
    with unit_of_work() as work:
        log = work.session.scalars(select(WebhookDelivery)).one()
        work.session.get_one(WebhookEndpoint, log.endpoint_id).url = "https://localhost/"
    [log] = send()
    assert (log.status, log.error) == ("failed", "leads into a private network")
