"""Orders that shops and marketplaces send (D17)."""

from collections.abc import Callable
from typing import Any

from app.kit.db import unit_of_work
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.tenancy.services.tokens import TokenDraft, add_token
from tests.factories.billing import an_override
from tests.factories.orders import ORDER, count_orders
from tests.factories.tenancy import AShop, a_platform, a_super_admin
from tests.factories.usage import counter_of, true_count_of
from tests.integration.browser import Visitor

URL = "/api/v1/store/orders/inbound"
MONTH = "max_orders_per_month"


def service(client: Visitor, platform_id: int, scopes: tuple[str, ...]) -> Visitor:
    """A program of the platform itself."""
    with unit_of_work() as work:
        draft = TokenDraft("shop", scopes)
        _, secret = add_token(work, draft, user_id=None, platform_id=platform_id, created_by=1)
    return client.as_program(secret)


def send(program: Visitor, shop: AShop, external_id: str = "web-1") -> Any:
    body = {**ORDER, "external_id": external_id}
    return program.post(URL, body, headers={"X-Store-Code": shop.store_code})


def end_subscription(shop: AShop) -> None:
    with unit_of_work() as work:
        work.session.query(MerchantSubscription).update({"status": "cancelled"})
        entitlements_changed(work, shop.platform_id, shop.merchant_id)


def test_it_takes_an_order_in_once(client: Visitor, shop: AShop) -> None:
    program = service(client, shop.platform_id, ("orders:inbound",))
    first, again = send(program, shop), send(program, shop)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (first.json()["source"], first.json()["external_id"]) == ("inbound", "web-1")
    assert first.json()["accepted_while_restricted"] is False
    assert counter_of(shop.owner, MONTH) == true_count_of(shop.owner, MONTH) == 1


def test_it_takes_orders_in_above_the_limit(client: Visitor, shop: AShop) -> None:
    an_override(shop.owner, MONTH, 1)
    program = service(client, shop.platform_id, ("orders:inbound",))
    for name in ("a", "b", "c"):
        assert send(program, shop, name).status_code == 201
    assert counter_of(shop.owner, MONTH) == true_count_of(shop.owner, MONTH) == 3


def test_it_marks_what_comes_after_the_subscription(client: Visitor, shop: AShop) -> None:
    end_subscription(shop)
    program = service(client, shop.platform_id, ("orders:inbound",))
    assert send(program, shop).json()["accepted_while_restricted"] is True
    assert true_count_of(shop.owner, MONTH) == 1


def test_it_refuses_after_the_subscription_where_the_platform_wants_it(
    client: Visitor, visitor: Callable[[], Visitor], shop: AShop
) -> None:
    end_subscription(shop)
    rules = f"/api/v1/admin/subscriptions/platforms/{shop.platform_id}/rules"
    operator = visitor().sign_in(a_super_admin())
    assert operator.patch(rules, {"inbound_after_expiry": "refuse"}).status_code == 200
    answer = send(service(client, shop.platform_id, ("orders:inbound",)), shop)
    assert answer.status_code == 403
    assert answer.json()["error_code"] == "subscription_inactive"
    assert count_orders(shop) == 0


def test_it_needs_the_scope_and_the_stores_own_platform(client: Visitor, shop: AShop) -> None:
    reader = service(client, shop.platform_id, ("read",))
    assert send(reader, shop).status_code == 403
    foreign = service(client, a_platform(), ("orders:inbound",))
    assert send(foreign, shop).status_code == 404
    assert count_orders(shop) == 0


def test_it_shows_a_platforms_program_nothing_else_of_the_store(
    client: Visitor, shop: AShop
) -> None:
    program = service(client, shop.platform_id, ("read", "orders:inbound"))
    headers = {"X-Store-Code": shop.store_code}
    assert program.get("/api/v1/store/orders", headers=headers).status_code == 403
    assert program.get("/api/v1/store/products", headers=headers).status_code == 403


def test_it_numbers_inbound_and_manual_orders_together(owner: Visitor, shop: AShop) -> None:
    assert owner.post("/api/v1/store/orders", ORDER).json()["number"] == 1
    assert send(owner, shop).json()["number"] == 2
