"""An invoice could not be issued and will never be charged: operators are told (S13)."""

from app.kit.db import UnitOfWork
from app.modules.billing.gateways.shapes import invoice_snapshot
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.sync.ownership import find_belonging
from app.modules.billing.services.webhooks.outcome import (
    Event,
    Handler,
    Outcome,
    each,
    ignored,
    processed,
)


def _apply(work: UnitOfWork, event: Event) -> Outcome:
    news = invoice_snapshot(event.object)
    found = find_belonging(
        work,
        subscription_id=news.subscription_id,
        customer_id=news.customer_id,
        metadata=news.metadata,
    )
    if found is None:
        return ignored()
    error = event.object.get("last_finalization_error") or {}
    alert(
        work,
        "invoice_not_finalized",
        key=news.id,
        platform_id=found.owner.platform_id,
        merchant_id=found.owner.merchant_id,
        invoice=news.id,
        reason=error.get("code"),
    )
    return processed(found.owner)


HANDLER = Handler(each(_apply))
