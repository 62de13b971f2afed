"""What a preview says is what the bill says, to the cent; and it is the right amount."""

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

import pytest

from sandbox.server import Sandbox, Settings
from sandbox.store.json_values import Json
from sandbox.wire.api import Request
from tests.integration.sandbox.world import DAY, KEY, NOW, World

HEADERS = {"authorization": f"Bearer {KEY}"}
Call = Callable[..., Json]


def in_process(sandbox: Sandbox) -> Call:
    """Requests without a network."""

    def call(path: str, /, **form: Any) -> Json:
        body = urlencode(flat(form))
        answer = sandbox.api.answer(Request("POST", path, body=body, headers=HEADERS))
        assert answer.status == 200, answer.body
        return answer.body

    return call


def over_http(world: World) -> Call:
    """The same requests over HTTP."""

    def call(path: str, /, **form: Any) -> Json:
        answer = world.http.post(path, data=flat(form))
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    return call


def flat(tree: Any, prefix: str = "") -> dict[str, str]:
    """A tree as the fields of a form."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    fields: dict[str, str] = {}
    for key, value in pairs:
        name = f"{prefix}[{key}]" if prefix else str(key)
        if isinstance(value, dict | list):
            fields |= flat(value, name)
        else:
            fields[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return fields


def upgrade_somebody(call: Call, dice: random.Random) -> tuple[Json, Json, Json]:
    """A random subscription, changed at a random moment: the preview, the bill, what it was."""
    clock = call("/v1/test_helpers/test_clocks", frozen_time=NOW + dice.randrange(400 * DAY))
    country = dice.choice(["LU", "DE", "FR", "US"])
    customer = call("/v1/customers", test_clock=clock["id"], address={"country": country})
    card = call("/v1/payment_methods/pm_card_visa/attach", customer=customer["id"])
    items = [an_item(call, dice) for _ in range(dice.choice([1, 1, 2]))]
    given: Json = {
        "customer": customer["id"],
        "items": items,
        "default_payment_method": card["id"],
        "automatic_tax": {"enabled": dice.random() < 0.5},
    }
    if dice.random() < 0.5:
        given["discounts"] = [{"coupon": a_coupon(call, dice)}]
    before = call("/v1/subscriptions", **given)
    start = before["items"]["data"][0]["current_period_start"]
    at = start + dice.randrange(1, 27 * DAY)
    move(call, clock, at)
    changed = [
        {"id": item["id"], "quantity": dice.randrange(1, 9), **price_of(call, dice)}
        for item in before["items"]["data"]
    ]
    change = {"items": changed, "proration_behavior": "always_invoice", "proration_date": at}
    preview = call(
        "/v1/invoices/create_preview",
        subscription=before["id"],
        subscription_details=change,
    )
    after = call(f"/v1/subscriptions/{before['id']}", **change, expand=["latest_invoice"])
    return preview, after["latest_invoice"], {**before, "discounted": "discounts" in given}


def move(call: Call, clock: Json, at: int) -> None:
    """Advance a clock; the sandbox does so in the background."""
    call(f"/v1/test_helpers/test_clocks/{clock['id']}/advance", frozen_time=at)
    call.settle()  # type: ignore[attr-defined]


def an_item(call: Call, dice: random.Random) -> Json:
    return {**price_of(call, dice), "quantity": dice.randrange(1, 9)}


def price_of(call: Call, dice: random.Random) -> Json:
    amount = dice.randrange(0, 50_000)
    behavior = dice.choice(["exclusive", "inclusive"])
    data = {"currency": "eur", "unit_amount": amount, "tax_behavior": behavior}
    product = call.product  # type: ignore[attr-defined]
    return {"price_data": {**data, "product": product, "recurring": {"interval": "month"}}}


def a_coupon(call: Call, dice: random.Random) -> str:
    duration = dice.choice(["once", "forever"])
    if dice.random() < 0.5:
        made = call("/v1/coupons", percent_off=dice.randrange(1, 100), duration=duration)
    else:
        off = {"amount_off": dice.randrange(1, 20_000), "currency": "eur"}
        made = call("/v1/coupons", duration=duration, **off)
    return str(made["id"])


def money(invoice: Json) -> Json:
    """What an invoice says about money, without ids."""
    names = ("subtotal", "total", "amount_due", "total_excluding_tax", "starting_balance")
    sums = {name: invoice[name] for name in names}
    taxes = [(tax["amount"], tax["taxable_amount"]) for tax in invoice["total_taxes"]]
    lines = [
        (line["amount"], line["description"], tuple(line["period"].values()))
        for line in invoice["lines"]["data"]
    ]
    return {**sums, "taxes": taxes, "lines": lines}


def check(preview: Json, bill: Json, before: Json) -> None:
    assert money(preview) == money(bill)
    assert bill["status"] == "paid"
    net = sum(line["amount"] for line in bill["lines"]["data"])
    assert bill["subtotal"] == net
    exclusive = [t for t in bill["total_taxes"] if t["tax_behavior"] == "exclusive"]
    assert bill["total"] == net + sum(tax["amount"] for tax in exclusive)
    for line in bill["lines"]["data"]:
        check_credit(line, before)


def check_credit(line: Json, before: Json) -> None:
    """A credit is the share of the undiscounted price at most, to the second."""
    if line["amount"] >= 0:
        return
    details = line["parent"]["subscription_item_details"]
    item = next(i for i in before["items"]["data"] if i["id"] == details["subscription_item"])
    start, end = item["current_period_start"], item["current_period_end"]
    whole = item["price"]["unit_amount"] * item["quantity"]
    share = Fraction(end - line["period"]["start"], end - start)
    assert -line["amount"] <= whole * share + Fraction(1, 2)
    if not before["discounted"]:
        assert abs(-line["amount"] - whole * share) <= Fraction(1, 2)


def test_previews_equal_bills_in_process(proof_size: Callable[..., int]) -> None:
    sandbox = Sandbox(Settings(seed="previews", system=lambda: float(NOW)))
    call = in_process(sandbox)
    run(call, sandbox.clocks.wait, proof_size("random upgrades", reduced=150, full=10_000))
    sandbox.stop()


def test_previews_equal_bills_over_http(world: World, proof_size: Callable[..., int]) -> None:
    size = proof_size("random upgrades over HTTP", reduced=15, full=200)
    run(over_http(world), world.running.sandbox.clocks.wait, size)


def run(call: Call, settle: Callable[[], None], size: int) -> None:
    call.settle = settle  # type: ignore[attr-defined]
    call.product = call("/v1/products", name="Plan")["id"]  # type: ignore[attr-defined]
    dice = random.Random(7)  # noqa: S311 - must repeat, not be secret
    for _ in range(size):
        preview, bill, before = upgrade_somebody(call, dice)
        check(preview, bill, before)


@pytest.mark.parametrize(
    ("at", "credit", "charge"),
    [(0, -3000, 9000), (15, -1500, 4500), (29, -100, 300)],
)
def test_an_upgrade_settles_the_rest_of_the_period(
    world: World, at: int, credit: int, charge: int
) -> None:
    clock = world.clock(1_788_220_800)  # 1 September 2026: thirty days
    subscription = world.subscribed(clock=clock, amount=3000)
    if at:
        world.advance(clock, 1_788_220_800 + at * DAY)
    item = subscription["items"].data[0].id
    change: Json = {"items": [{"id": item, "price": world.price(9000)}]}
    change["proration_behavior"] = "always_invoice"
    preview = world.v1.invoices.create_preview(
        {"subscription": subscription.id, "subscription_details": change}
    )
    assert [line.amount for line in preview.lines.data] == [credit, charge]
    assert preview.amount_due == credit + charge


def test_a_preview_leaves_nothing_behind(world: World) -> None:
    subscription = world.subscribed()
    with world.running.sandbox.database.rows() as rows:
        before = rows.execute("SELECT id, body FROM object ORDER BY id").fetchall()
    for _ in range(2):
        world.v1.invoices.create_preview({"subscription": subscription.id})
    with world.running.sandbox.database.rows() as rows:
        assert rows.execute("SELECT id, body FROM object ORDER BY id").fetchall() == before


def test_the_next_bill_holds_what_waits(world: World) -> None:
    clock = world.clock()
    subscription = world.subscribed(clock=clock)
    item = subscription["items"].data[0].id
    world.advance(clock, NOW + 10 * DAY)
    world.v1.subscriptions.update(
        subscription.id, {"items": [{"id": item, "price": world.price(9900)}]}
    )
    preview = world.v1.invoices.create_preview({"subscription": subscription.id})
    world.advance(clock, subscription["items"].data[0].current_period_end + 2 * 3600)
    latest = world.v1.subscriptions.retrieve(subscription.id).latest_invoice
    bill = world.v1.invoices.retrieve(latest)
    assert [line.amount for line in bill.lines.data] == [line.amount for line in preview.lines.data]
    assert (bill.total, bill.status) == (preview.total, "paid")
    assert len(bill.lines.data) == 3


def test_nothing_is_upcoming_for_a_subscription_that_ends(world: World) -> None:
    subscription = world.subscribed()
    world.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
    answer = world.http.post("/v1/invoices/create_preview", data={"subscription": subscription.id})
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "invoice_upcoming_none"


def test_a_lower_plan_by_schedule_shows_in_the_preview(world: World) -> None:
    subscription = world.subscribed(amount=9900)
    small = world.price(2900)
    schedule = world.v1.subscription_schedules.create({"from_subscription": subscription.id})
    phase = schedule.phases[0]
    now = {"start_date": phase.start_date, "end_date": phase.end_date}
    now["items"] = [{"price": phase["items"][0].price, "quantity": 1}]
    later = {"items": [{"price": small}]}
    world.v1.subscription_schedules.update(schedule.id, {"phases": [now, later]})
    preview = world.v1.invoices.create_preview({"subscription": subscription.id})
    assert preview.total == 2900
