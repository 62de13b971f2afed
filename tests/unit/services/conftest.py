"""Services on an in-memory database of their own, with the real providers."""

from collections.abc import Iterator

import pytest

from app import bootstrap
from app.kit.db import Database, configure_database
from app.kit.models import Base
from app.modules.billing.services.tables import tables
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_shop


@pytest.fixture(scope="session", autouse=True)
def _system() -> None:
    bootstrap.start(database_url="sqlite://", log_level="error", jobs="off", _env_file=None)


@pytest.fixture
def shop() -> Iterator[AShop]:
    """A merchant on the Essential tier."""
    database = Database("sqlite://")
    configure_database(database)
    Base.metadata.create_all(database.engine)
    tables().forget_all()
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    yield shop
    tables().forget_all()
    database.dispose()
