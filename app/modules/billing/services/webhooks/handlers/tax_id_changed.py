"""The tax office's answer about a VAT number: one that does not hold is told to operators."""

from app.kit.db import UnitOfWork
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.webhooks.handlers.belonging import id_of, owner_of_customer
from app.modules.billing.services.webhooks.outcome import (
    Event,
    Handler,
    Outcome,
    each,
    ignored,
    processed,
)

UNVERIFIED = "unverified"


def _apply(work: UnitOfWork, event: Event) -> Outcome:
    tax_id = event.object
    owner = owner_of_customer(work, id_of(tax_id.get("customer")))
    if owner is None:
        return ignored()
    if (tax_id.get("verification") or {}).get("status") == UNVERIFIED:
        alert(
            work,
            "tax_id_unverified",
            key=tax_id["id"],
            platform_id=owner.platform_id,
            merchant_id=owner.merchant_id,
            tax_id=tax_id["id"],
        )
    return processed(owner)


HANDLER = Handler(each(_apply))
