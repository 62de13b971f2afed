"""Which tax a customer pays when Stripe works it out: the standard VAT rates of the EU.

The seller sits in Luxembourg by default. Inside the EU the customer's country decides; a business
with a valid VAT number in another EU country pays none (reverse charge); outside the EU nothing is
collected.
"""

STANDARD_VAT = {
    "AT": "20", "BE": "21", "BG": "20", "CY": "19", "CZ": "21", "DE": "19", "DK": "25",
    "EE": "24", "ES": "21", "FI": "25.5", "FR": "20", "GR": "24", "HR": "25", "HU": "27",
    "IE": "23", "IT": "22", "LT": "21", "LU": "17", "LV": "21", "MT": "18", "NL": "21",
    "PL": "23", "PT": "23", "RO": "21", "SE": "25", "SI": "22", "SK": "23",
}  # fmt: skip


def vat_of(country: str | None, *, seller: str, has_vat_id: bool) -> tuple[str, str]:
    """The percentage and Stripe's reason for it."""
    if country not in STANDARD_VAT:
        return "0", "not_collecting"
    if has_vat_id and country != seller:
        return "0", "reverse_charge"
    return STANDARD_VAT[country], "standard_rated"
