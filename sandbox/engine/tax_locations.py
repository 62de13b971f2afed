"""Where a customer is taxed, and whether that is known."""

from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import invalid


def customer_tax_ids(work: Transaction, customer: Json) -> list[Json]:
    """Type and value of a customer's tax ids, oldest first."""
    kept = work.select("tax_id", "customer = ?", (customer["id"],), order="seq ASC")
    return [{"type": each["type"], "value": each["value"]} for each in kept]


def require_location(customer: Json) -> None:
    """Raise Stripe's 400 when automatic tax is asked for a customer without a country."""
    if not (customer["address"] or {}).get("country"):
        raise invalid(
            "The customer's location isn't recognized. Set a valid customer address in order to "
            "automatically calculate tax.",
            param="automatic_tax[enabled]",
            code="customer_tax_location_invalid",
        )
