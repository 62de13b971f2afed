"""A sandbox with at least two of everything, to try every parameter on."""

from typing import Any
from urllib.parse import urlencode

from sandbox.server import Sandbox, Settings
from sandbox.store.json_values import Json
from sandbox.wire.api import Request
from tests.integration.sandbox.world import DAY, KEY, NOW

FEATURE = {"features__invoice_history__enabled": "true"}
HEADERS = {"authorization": f"Bearer {KEY}"}


class Scene:
    """The sandbox, and the ids of what is in it by name."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(Settings(seed="scene", system=lambda: float(NOW)))
        self.names: dict[str, str] = {}
        _things(self)
        _subscriptions(self)
        _invoices(self)
        _rest(self)

    def post(self, path: str, /, **form: Any) -> Json:
        """Send a form that must be accepted; dots in keys stand for brackets."""
        body = urlencode({brackets(key.replace("__", ".")): value for key, value in form.items()})
        request = Request("POST", path.format(**self.names), body=body, headers=HEADERS)
        answer = self.sandbox.api.answer(request)
        assert answer.status == 200, (path, answer.body)
        return answer.body

    def keep(self, name: str, path: str, /, **form: Any) -> Json:
        """Send a form and remember the id of what it makes."""
        made = self.post(path, **form)
        self.names[name] = made["id"]
        return made


def brackets(dotted: str) -> str:
    """`a.b.0.c` as `a[b][0][c]`."""
    first, *rest = dotted.split(".")
    return first + "".join(f"[{part}]" for part in rest)


def _things(scene: Scene) -> None:
    for letter in "ab":
        scene.keep(f"product_{letter}", "/v1/products", name=letter)
        scene.keep(f"clock_{letter}", "/v1/test_helpers/test_clocks", frozen_time=NOW)
        coupon = scene.keep(
            f"coupon_{letter}", "/v1/coupons", percent_off=10 if letter == "a" else 30
        )
        promotion = {"promotion__type": "coupon", "promotion__coupon": coupon["id"]}
        scene.keep(f"promo_{letter}", "/v1/promotion_codes", code=f"CODE{letter}", **promotion)
        percentage = 17 if letter == "a" else 8
        rate = {"display_name": "VAT", "percentage": percentage, "inclusive": "false"}
        scene.keep(f"rate_{letter}", "/v1/tax_rates", **rate)
        url = f"http://127.0.0.1:9/{letter}"
        scene.keep(
            f"hook_{letter}", "/v1/webhook_endpoints", url=url, enabled_events__0="charge.failed"
        )
        scene.keep(f"portal_{letter}", "/v1/billing_portal/configurations", name=letter, **FEATURE)
        customer = {"name": letter, "email": f"{letter}@shop.test", "address__country": "LU"}
        cus = scene.keep(f"cus_{letter}", "/v1/customers", **customer)["id"]
        for number, card in enumerate(("visa", "mastercard")):
            path = f"/v1/payment_methods/pm_card_{card}/attach"
            scene.keep(f"card_{letter}{number}", path, customer=cus)
        default = scene.names[f"card_{letter}0"]
        scene.post(f"/v1/customers/{cus}", invoice_settings__default_payment_method=default)
        value = "LU12345678" if letter == "a" else "LU87654321"
        scene.keep(f"txi_{letter}", f"/v1/customers/{cus}/tax_ids", type="eu_vat", value=value)
        txi = {"type": "eu_vat", "value": f"{value}0"}
        scene.keep(f"txi_{letter}2", f"/v1/customers/{cus}/tax_ids", **txi)
    monthly = {"currency": "eur", "recurring__interval": "month"}
    for name, amount in (("small", 2900), ("large", 9900), ("third", 700)):
        given = {"product": scene.names["product_a"], "unit_amount": amount, **monthly}
        scene.keep(name, "/v1/prices", lookup_key=name, **given)
    yearly = {"currency": "eur", "recurring__interval": "year", "unit_amount": 29000}
    scene.keep("yearly", "/v1/prices", product=scene.names["product_b"], **yearly)
    for name, amount in (("once_a", 500), ("once_b", 900)):
        given = {"product": scene.names["product_b"], "unit_amount": amount, "currency": "eur"}
        scene.keep(name, "/v1/prices", **given)
    tried = {"currency": "eur", "recurring__interval": "month", "recurring__trial_period_days": 9}
    given = {"product": scene.names["product_b"], "unit_amount": 100, **tried}
    scene.keep("with_trial", "/v1/prices", **given)
    scene.keep("bare", "/v1/customers", name="without card or country")
    for number, card in enumerate(("authenticationRequired", "chargeCustomerFail")):
        shop: dict[str, Any] = {"name": card, "payment_method": f"pm_card_{card}"}
        shop["invoice_settings__default_payment_method"] = f"pm_card_{card}"
        scene.keep(f"cus_bad{number}", "/v1/customers", **shop)


def _subscriptions(scene: Scene) -> None:
    for letter in "ab":
        given = {"customer": scene.names[f"cus_{letter}"], "items__0__price": "{small}"}
        given["items__0__price"] = scene.names["small"]
        more = {"collection_method": "send_invoice", "days_until_due": 5} if letter == "b" else {}
        made = scene.keep(f"sub_{letter}", "/v1/subscriptions", **given, **more)
        scene.names[f"item_{letter}"] = made["items"]["data"][0]["id"]
        scene.names[f"inv_{letter}"] = made["latest_invoice"]
    two = {"customer": scene.names["cus_a"], "items__0__price": scene.names["small"]}
    two |= {"items__1__price": scene.names["large"], "discounts__0__coupon": "{}"}
    two["discounts__0__coupon"] = scene.names["coupon_a"]
    made = scene.keep("sub_two", "/v1/subscriptions", **two)
    for number, item in enumerate(made["items"]["data"]):
        scene.names[f"two_{number}"] = item["id"]
    with scene.sandbox.work() as work:
        discounts = work.select("discount", order="seq ASC")
        scene.names["di_a"] = discounts[0]["id"]
    other = {"customer": scene.names["cus_b"], "items__0__price": scene.names["small"]}
    other["discounts__0__coupon"] = scene.names["coupon_b"]
    scene.keep("sub_other", "/v1/subscriptions", **other)
    with scene.sandbox.work() as work:
        scene.names["di_b"] = work.select("discount")[0]["id"]
    trial = {"customer": scene.names["cus_a"], "items__0__price": scene.names["small"]}
    made = scene.keep("sub_trial", "/v1/subscriptions", trial_period_days=9, **trial)
    scene.names["item_trial"] = made["items"]["data"][0]["id"]
    for number, card in enumerate(("authenticationRequired", "chargeCustomerFail")):
        path = f"/v1/payment_methods/pm_card_{card}/attach"
        scene.keep(f"bad_{number}", path, customer=scene.names["cus_a"])
    for name, card in (("sub_asks", "bad_0"), ("sub_fails", "bad_1")):
        made = scene.keep(name, "/v1/subscriptions", **two)
        scene.names[f"{name}_0"] = made["items"]["data"][0]["id"]
        scene.names[f"{name}_1"] = made["items"]["data"][1]["id"]
        scene.post(f"/v1/subscriptions/{made['id']}", default_payment_method=scene.names[card])
    paused = {"trial_settings__end_behavior__missing_payment_method": "pause"}
    paused |= {"customer": scene.names["bare"], "items__0__price": scene.names["small"]}
    scene.keep("sub_paused", "/v1/subscriptions", trial_end=NOW + DAY, **paused)
    scene.sandbox.clocks.advance_account(NOW + 5 * DAY)
    scene.sandbox.clocks.wait()
    scene.post(
        "/v1/customers/{bare}",
        invoice_settings__default_payment_method=scene.post(
            "/v1/payment_methods/pm_card_visa/attach", customer=scene.names["bare"]
        )["id"],
    )
    for letter in "ab":
        for name, sub in (("sched", f"sub_{letter}"),):
            path = "/v1/subscription_schedules"
            made = scene.keep(f"{name}_{letter}", path, from_subscription=scene.names[sub])
            scene.names["phase_start"] = str(made["phases"][0]["start_date"])
            scene.names["phase_end"] = str(made["phases"][0]["end_date"])
    scene.keep("sub_free", "/v1/subscriptions", **two)


def _invoices(scene: Scene) -> None:
    for letter in "ab":
        cus = scene.names[f"cus_{letter}"]
        item = {"customer": cus, "amount": 500, "currency": "eur"}
        scene.keep(f"ii_{letter}", "/v1/invoiceitems", **item)
        scene.post("/v1/invoiceitems", **item)
        include = {"pending_invoice_items_behavior": "include"}
        scene.keep(f"draft_{letter}", "/v1/invoices", customer=cus, **include)
        scene.post("/v1/invoiceitems", **item)
        made = scene.keep(f"open_{letter}", "/v1/invoices", customer=cus, **include)
        scene.post(f"/v1/invoices/{made['id']}/finalize")
        scene.keep(f"waiting_{letter}", "/v1/invoiceitems", **item)
        with scene.sandbox.work() as work:
            charge = (
                work.select("charge", "customer = ?", (cus,), order="seq ASC")[0]
                if (letter == "a")
                else work.select("charge", "customer = ?", (cus,))[0]
            )
            scene.names[f"charge_{letter}"] = charge["id"]
            scene.names[f"intent_{letter}"] = charge["payment_intent"]
            for kind, name in (("invoice_payment", "inpay"), ("payment_intent", "pi")):
                found = work.select(kind, order="seq ASC")
                scene.names[f"{name}_{letter}"] = found[0 if letter == "a" else -1]["id"]
                scene.names[f"{name}_mid"] = found[1]["id"]
        scene.keep(f"refund_{letter}", "/v1/refunds", charge=charge["id"], amount=100)
    bad = {"customer": scene.names["cus_bad0"], "amount": 500, "currency": "eur"}
    scene.post("/v1/invoiceitems", **bad)
    include = {"pending_invoice_items_behavior": "include"}
    made = scene.keep("open_asks", "/v1/invoices", customer=bad["customer"], **include)
    scene.post(f"/v1/invoices/{made['id']}/finalize")


def _rest(scene: Scene) -> None:
    for letter in "ab":
        session = {
            "mode": "subscription",
            "customer": scene.names[f"cus_{letter}"],
            "success_url": "https://shop.test/",
            "line_items__0__price": scene.names["small"],
            "line_items__0__quantity": 1,
            "line_items__1__price": scene.names["large"],
            "line_items__1__quantity": 1,
        }
        scene.keep(f"session_{letter}", "/v1/checkout/sessions", **session)
        given = {"source": "tok_visa"}
        scene.keep(f"source_{letter}", f"/v1/customers/{scene.names['cus_a']}/sources", **given)
    scene.post("/v1/checkout/sessions/{session_b}/expire")
    with scene.sandbox.work() as work:
        events = work.select("event", order="seq ASC")
        scene.names["event_a"], scene.names["event_b"] = events[0]["id"], events[9]["id"]
        work.connection.execute("UPDATE delivery SET state = 'delivered' WHERE id = 1")
