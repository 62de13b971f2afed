"""A shop whose plan has webhooks, a receiver, and the way there."""

from collections.abc import Callable, Iterator

import pytest
from structlog.testing import capture_logs

from app.kit.db import Database, unit_of_work
from app.kit.outbox import OutboxDelivery
from app.kit.outbox.models import OutboxRow
from app.modules.billing.models import WebhookDelivery
from app.modules.billing.services.webhooks_out.deliver import deliver
from app.modules.billing.services.webhooks_out.emit import WEBHOOK_OUT
from app.modules.billing.settings import billing_settings
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_shop
from tests.integration.billing.webhooks_out.receiver import Receiver, receiver
from tests.integration.browser import Visitor

ENDPOINTS = "/api/v1/store/webhook-endpoints"
EVERY = ["subscription.updated", "subscription.cancelled", "limit.reached", "invoice.paid"]
Deliver = Callable[[], list[WebhookDelivery]]


@pytest.fixture
def private_allowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Receivers of tests are on this machine."""
    monkeypatch.setenv("WEBHOOKS_ALLOW_PRIVATE", "true")
    billing_settings.cache_clear()
    yield
    monkeypatch.undo()
    billing_settings.cache_clear()


@pytest.fixture
def shop(database: Database) -> AShop:
    """A merchant with the tier that has webhooks."""
    shop = a_shop(code="weber")
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "business")
    return shop


@pytest.fixture
def owner(client: Visitor, shop: AShop) -> Visitor:
    """The shop's owner, signed in."""
    return client.sign_in(shop.owner_email)


@pytest.fixture
def system_of_owner(private_allowed: None) -> Iterator[Receiver]:
    """What listens."""
    with receiver() as listening:
        yield listening


@pytest.fixture
def send(database: Database) -> Deliver:
    """Tries everything that waits, also what waits for its next try; returns the log."""

    def run() -> list[WebhookDelivery]:
        with unit_of_work() as work:
            for row in work.session.query(OutboxRow).filter_by(kind=WEBHOOK_OUT, status="waiting"):
                row.available_at = row.created_at
        with capture_logs():
            OutboxDelivery({WEBHOOK_OUT: deliver}).deliver_due()
        with unit_of_work(read_only=True) as work:
            return list(work.session.query(WebhookDelivery).order_by(WebhookDelivery.id))

    return run
