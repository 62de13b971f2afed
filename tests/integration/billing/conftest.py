"""A merchant on a tier, and who looks after its platform."""

from collections.abc import Callable

import pytest

from app.kit.db import Database
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_shop, a_super_admin
from tests.integration.browser import Visitor


@pytest.fixture
def shop(database: Database) -> AShop:
    """A merchant on the Essential tier."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    return shop


@pytest.fixture
def admin(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    """A super admin, signed in."""
    return visitor().sign_in(a_super_admin())
