"""Customers as the engine makes them."""

from sandbox.contract.skeleton import blank
from sandbox.engine.time import follow_clock
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import invalid

ADDRESS = ("city", "country", "line1", "line2", "postal_code", "state")
EU_VAT_LENGTHS = range(4, 15)


def make_customer(work: Transaction, *, test_clock: str | None = None) -> Json:
    """Keep a new customer about whom nothing is known; its time is that of its test clock."""
    customer = blank(
        "customer",
        work.new_id("customer"),
        balance=0,
        delinquent=False,
        invoice_prefix=work.token(length=8).upper(),
        invoice_settings={
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        metadata={},
        next_invoice_sequence=1,
        preferred_locales=[],
        tax_exempt="none",
        test_clock=test_clock,
    )
    follow_clock(work, customer)
    customer["created"] = work.now
    return work.add(customer)


def address_from(given: Json | str | None) -> Json | None:
    """A whole address from the parts that were given."""
    if not isinstance(given, dict):
        return None
    return {name: given.get(name) or None for name in ADDRESS}


def add_tax_id(work: Transaction, customer: Json, *, kind: str, value: str) -> Json:
    """Keep a tax id of a customer; Stripe's 400 for a European VAT number that cannot be one."""
    number = "".join(value.split()).upper()
    if kind == "eu_vat" and not _looks_like_vat(number):
        raise invalid(f"Invalid value for eu_vat: {value}", param="value", code="tax_id_invalid")
    tax_id = blank(
        "tax_id",
        work.new_id("tax_id"),
        country=number[:2] if kind == "eu_vat" else None,
        created=work.now,
        customer=customer["id"],
        owner={
            "account": None,
            "application": None,
            "customer": customer["id"],
            "customer_account": None,
            "type": "customer",
        },
        type=kind,
        value=number,
        verification={"status": "verified", "verified_address": None, "verified_name": None},
    )
    tax_id["_"] = {"clock": customer["test_clock"] or ""}
    work.add(tax_id)
    work.emit("customer.tax_id.created", tax_id)
    return tax_id


def _looks_like_vat(number: str) -> bool:
    return len(number) in EU_VAT_LENGTHS and number[:2].isalpha() and number[2:].isalnum()
