"""Both payload shapes are read as the same thing (S13)."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.modules.billing.gateways.shapes import (
    UnreadableObject,
    checkout_snapshot,
    invoice_snapshot,
    subscription_snapshot,
)
from app.modules.billing.gateways.snapshots import LineSnapshot

PAYLOADS = Path(__file__).parent / "payloads"
OLD, NEW = "2024-06-20", "2026-10-28.endive"
READERS: dict[str, Any] = {
    "subscription": subscription_snapshot,
    "invoice": invoice_snapshot,
    "checkout.session": checkout_snapshot,
}
IN_BOTH = sorted(path.name.removesuffix(f".{OLD}.json") for path in PAYLOADS.glob(f"*.{OLD}.json"))


def load(name: str, version: str) -> dict[str, Any]:
    event = json.loads((PAYLOADS / f"{name}.{version}.json").read_text())
    found: dict[str, Any] = event["data"]["object"]
    return found


def read(name: str, version: str) -> Any:
    one = load(name, version)
    return READERS[one["object"]](one)


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize("name", IN_BOTH)
def test_reads_the_old_shape_as_the_new_one(name: str) -> None:
    assert read(name, OLD) == read(name, NEW)


def test_finds_the_period_on_the_item() -> None:
    one = read("customer.subscription.updated.past_due", NEW)
    assert (one.status, one.price_id, one.unit_amount_cents) == (
        "past_due",
        "price_pro_month_eur",
        2900,
    )
    assert (one.period_start, one.period_end) == (at(1792592000), at(1795184000))
    assert (one.currency, one.interval, one.has_payment_method) == ("EUR", "month", True)


def test_sees_a_cancellation_that_the_portal_scheduled() -> None:
    one = read("customer.subscription.updated.portal_cancel_flexible", NEW)
    assert one.ends_at == one.period_end
    assert not one.cancel_at_period_end


def test_sees_a_cancellation_at_the_period_end() -> None:
    one = read("customer.subscription.updated.cancel_at_period_end", OLD)
    assert one.ends_at == one.period_end


def test_reads_lines_taxes_and_the_buyer_of_an_invoice() -> None:
    one = read("invoice.payment_failed", NEW)
    assert (one.subtotal_cents, one.tax_cents, one.total_cents) == (2900, 493, 3393)
    assert one.tax_by_rate == (("txr_TestLU17", 493),)
    assert one.lines == (LineSnapshot("1 × Pro (at €29.00 / month)", 1, 2900),)
    assert one.subscription_id == "sub_TestSub0000001"
    assert one.buyer_name == "Example S.à r.l."


@pytest.mark.parametrize(
    ("coupon", "off"),
    [
        ({"percent_off": 25, "amount_off": None, "duration": "forever"}, 725),
        ({"percent_off": 33.3, "amount_off": None, "duration": "forever"}, 966),
        ({"percent_off": None, "amount_off": 1000, "duration": "forever"}, 1000),
        ({"percent_off": None, "amount_off": 9900, "duration": "forever"}, 2900),
        ({"percent_off": 50, "amount_off": None, "duration": "once"}, 0),
    ],
)
def test_counts_lasting_discounts_alone(coupon: dict[str, Any], off: int) -> None:
    one = load("customer.subscription.created", NEW)
    one["discounts"] = [{"id": "di_1", "source": {"type": "coupon", "coupon": coupon}}]
    assert subscription_snapshot(one).discount_cents == off


def test_does_not_guess_discounts_that_were_not_sent_along() -> None:
    one = load("customer.subscription.created", NEW)
    one["discounts"] = ["di_1"]
    assert subscription_snapshot(one).discount_cents == 0


@pytest.mark.parametrize("reader", [subscription_snapshot, invoice_snapshot])
def test_refuses_what_it_cannot_read(reader: Any) -> None:
    with pytest.raises(UnreadableObject):
        reader({"id": "sub_1", "items": {"data": []}})
