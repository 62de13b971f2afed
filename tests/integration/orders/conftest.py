"""A shop with a plan."""

import pytest

from app.kit.db import Database
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_shop
from tests.integration.browser import Visitor


@pytest.fixture
def shop(database: Database) -> AShop:
    """A shop on Essential: 100 orders a month, no export."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    return shop


@pytest.fixture
def owner(client: Visitor, shop: AShop) -> Visitor:
    """The owner's browser."""
    return client.sign_in(shop.owner_email)
