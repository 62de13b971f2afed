"""The one account of a sandbox and its billing settings."""

from sandbox.contract.skeleton import blank
from sandbox.store.json_values import Json, hidden
from sandbox.store.transaction import Transaction

DUNNING_ENDS = ("cancel", "unpaid", "past_due")
DEFAULTS: Json = {"dunning_days": [3, 5, 7], "dunning_end": "cancel"}


def the_account(work: Transaction) -> Json:
    """The account, made on first use."""
    found = work.first("account", "1 = 1", ())
    if found is not None:
        return found
    account = blank(
        "account",
        work.new_id("account")[:21],
        business_profile={"name": "Sandbox"},
        business_type="company",
        charges_enabled=True,
        country="LU",
        created=work.now,
        default_currency="eur",
        details_submitted=True,
        email="owner@sandbox.test",
        metadata={},
        payouts_enabled=True,
        settings={
            "branding": {},
            "card_payments": {"statement_descriptor_prefix": None},
            "dashboard": {"display_name": "Sandbox", "timezone": "Etc/UTC"},
            "invoices": {"default_account_tax_ids": None},
            "payments": {"statement_descriptor": "SANDBOX"},
        },
        type="standard",
    )
    account["_"] = dict(DEFAULTS)
    return work.add(account)


def billing_settings(work: Transaction) -> Json:
    """Days between the retries of a failed payment, and what follows the last one."""
    return hidden(the_account(work))
