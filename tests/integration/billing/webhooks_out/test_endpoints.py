"""Endpoints in the hands of owners."""

import pytest

from app.kit.db import unit_of_work
from app.modules.billing.models import WebhookEndpoint
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_shop
from tests.integration.billing.webhooks_out.conftest import ENDPOINTS
from tests.integration.browser import Visitor

GOOD = {"url": "https://hooks.example.com/tierline", "events": ["invoice.paid"]}


def count() -> int:
    with unit_of_work(read_only=True) as work:
        return work.session.query(WebhookEndpoint).count()


def test_it_tells_the_secret_once_and_keeps_none(owner: Visitor) -> None:
    made = owner.post(ENDPOINTS, json=GOOD).json()
    assert made["secret"].startswith("whsec_")
    assert "secret" not in owner.get(f"{ENDPOINTS}/{made['id']}").json()
    [shown] = owner.get(ENDPOINTS).json()["items"]
    assert shown["url"] == GOOD["url"]
    with unit_of_work(read_only=True) as work:
        row = work.session.get_one(WebhookEndpoint, made["id"])
        kept = {one.name: str(getattr(row, one.name)) for one in row.__table__.columns}
    assert made["secret"].removeprefix("whsec_") not in "".join(kept.values())


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "https://user:pass@hooks.example.com/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fd00::1]/",
        "https://[fec0::1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[::7f00:1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://localhost/",
        "https://LOCALHOST./",
        "https://hooks.localhost/",
        "https://intranet/",
        "https://hooks..example.com/",
        "https://" + 64 * "h" + ".example.com/",
        "https://①②⑦.0.0.1/",
        "https://hooks.example.com:99999/",
        "hooks.example.com",
    ],
)
def test_it_refuses_addresses_that_are_not_public(owner: Visitor, url: str) -> None:
    answer = owner.post(ENDPOINTS, json=GOOD | {"url": url})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/url"
    assert count() == 0


def test_it_needs_the_feature_in_the_plan(client: Visitor) -> None:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    client.sign_in(shop.owner_email)
    answer = client.post(ENDPOINTS, json=GOOD)
    assert (answer.status_code, answer.json()["error_code"]) == (403, "feature_not_available")
    assert count() == 0


def test_it_changes_what_is_given_and_refuses_an_old_version(owner: Visitor) -> None:
    made = owner.post(ENDPOINTS, json=GOOD)
    path = f"{ENDPOINTS}/{made.json()['id']}"
    etag = {"If-Match": made.headers["etag"]}
    changed = owner.patch(path, json={"is_active": False}, headers=etag)
    assert changed.json() | {"is_active": True} == owner.get(path).json() | {"is_active": True}
    assert (changed.json()["is_active"], changed.json()["events"]) == (False, ["invoice.paid"])
    assert owner.patch(path, json={"is_active": True}, headers=etag).status_code == 412
    assert owner.patch(path, json={"events": []}).status_code == 422
    assert owner.patch(path, json={"events": ["invoice.lost"]}).status_code == 422


def test_it_deletes_an_endpoint_with_its_log(owner: Visitor) -> None:
    path = f"{ENDPOINTS}/{owner.post(ENDPOINTS, json=GOOD).json()['id']}"
    assert owner.delete(path).status_code == 204
    assert owner.get(path).json()["error_code"] == "webhook_endpoint_not_found"
    assert count() == 0


def test_a_store_has_ten_endpoints_at_most(owner: Visitor, shop: AShop) -> None:
    for _ in range(10):
        assert owner.post(ENDPOINTS, json=GOOD).status_code == 201
    answer = owner.post(ENDPOINTS, json=GOOD)
    assert answer.status_code == 409
    assert answer.json()["error_code"] == "too_many_webhook_endpoints"


def test_the_page_offers_a_larger_plan_where_the_plan_has_none(client: Visitor) -> None:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    client.sign_in(shop.owner_email)
    page = client.get(f"/store/{shop.store_code}/webhooks").text
    assert "Your plan does not include webhooks" in page
    assert "Add an endpoint" not in page
