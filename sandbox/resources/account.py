"""The account itself, and its tax settings."""

from sandbox.engine.account import the_account
from sandbox.engine.tax_rates import SELLER_COUNTRY
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint


@endpoint("GET", "/v1/account", "AccountRetrieveParams")
def retrieve_account(work: Transaction, _params: Json) -> Json:
    """The one account of this sandbox."""
    return the_account(work)


@endpoint("GET", "/v1/tax/settings", "tax.SettingsRetrieveParams")
def retrieve_tax_settings(_work: Transaction, _params: Json) -> Json:
    """Where the seller sits, and that tax is worked out."""
    address = dict.fromkeys(("city", "line1", "line2", "postal_code", "state"))
    return {
        "object": "tax.settings",
        "defaults": {"provider": "stripe", "tax_behavior": "exclusive", "tax_code": None},
        "head_office": {"address": {**address, "country": SELLER_COUNTRY}},
        "livemode": False,
        "status": "active",
        "status_details": {"active": {}, "pending": None},
    }
