"""Tax rates: those set by hand, and those that Stripe finds by the customer's place."""

from fractions import Fraction

from sandbox.contract.skeleton import blank
from sandbox.engine.tax_table import vat_of
from sandbox.engine.taxing import Rate
from sandbox.store.json_values import HIDDEN, Json
from sandbox.store.transaction import Transaction

SELLER_COUNTRY = "LU"


def manual_rate(rate: Json, *, exempt: str) -> Rate:
    """A rate set by hand; a customer who is exempt or pays the tax himself is charged none."""
    percentage = Fraction(str(rate["percentage"]))
    if exempt == "none":
        return Rate(rate["id"], percentage, rate["inclusive"])
    reason = "reverse_charge" if exempt == "reverse" else "customer_exempt"
    return Rate(rate["id"], Fraction(0), rate["inclusive"], reason)


def automatic_rate(work: Transaction, invoice: Json, *, inclusive: bool) -> Rate | None:
    """The rate by place of the invoice's customer; None while the place is not known."""
    country = (invoice["customer_address"] or {}).get("country")
    if not country:
        return None
    has_vat_id = any(tax_id["type"] == "eu_vat" for tax_id in invoice["customer_tax_ids"] or [])
    percentage, reason = vat_of(country, seller=SELLER_COUNTRY, has_vat_id=has_vat_id)
    if invoice["customer_tax_exempt"] != "none":
        percentage = "0"
        exempt = invoice["customer_tax_exempt"] == "exempt"
        reason = "customer_exempt" if exempt else "reverse_charge"
    rate = _kept_rate(work, country, percentage, inclusive=inclusive)
    return Rate(rate["id"], Fraction(percentage), inclusive, reason)


def _kept_rate(work: Transaction, country: str, percentage: str, *, inclusive: bool) -> Json:
    name = f"{country}:{percentage}:{inclusive}"
    found = work.first("tax_rate", "json_extract(body, '$._.automatic') = ?", (name,))
    if found is not None:
        return found
    rate = make_rate(
        work, display_name="VAT", percentage=float(percentage), inclusive=inclusive, country=country
    )
    rate |= {"active": False, "tax_type": "vat", HIDDEN: {"automatic": name}}
    return work.save(rate)


def make_rate(
    work: Transaction,
    *,
    display_name: str,
    percentage: float,
    inclusive: bool,
    country: str | None = None,
) -> Json:
    """Keep a new tax rate."""
    return work.add(
        blank(
            "tax_rate",
            work.new_id("tax_rate"),
            active=True,
            country=country,
            created=work.now,
            display_name=display_name,
            effective_percentage=percentage,
            inclusive=inclusive,
            jurisdiction=country,
            jurisdiction_level="country" if country else None,
            metadata={},
            percentage=percentage,
            rate_type="percentage",
        )
    )
