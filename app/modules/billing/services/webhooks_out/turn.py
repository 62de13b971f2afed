"""Background work of its own, so that slow receivers keep no mail waiting."""

from app.kit.outbox import OutboxDelivery
from app.modules.billing.services.webhooks_out.deliver import deliver
from app.modules.billing.services.webhooks_out.emit import WEBHOOK_OUT

_delivery = OutboxDelivery({WEBHOOK_OUT: deliver})


def deliver_next() -> bool:
    """Send what has waited longest; False when nothing is due."""
    return _delivery.deliver_next()
