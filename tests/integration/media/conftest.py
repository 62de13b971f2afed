"""A shop with a plan, and a folder of its own for its files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.kit.db import Database
from app.modules.media.gateways.storage import media_storage
from app.modules.media.settings import media_settings
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_shop
from tests.integration.browser import Visitor


@pytest.fixture(autouse=True)
def media_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of this test's files."""
    root = tmp_path / "media"
    monkeypatch.setenv("MEDIA_ROOT", str(root))
    forget_storage()
    yield root
    forget_storage()


def forget_storage() -> None:
    """Let the settings be read anew."""
    media_settings.cache_clear()
    media_storage.cache_clear()


@pytest.fixture
def shop(database: Database) -> AShop:
    """A shop on Essential: 1000 MB, 3 images a product."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    return shop


@pytest.fixture
def owner(client: Visitor, shop: AShop) -> Visitor:
    """The owner's browser."""
    return client.sign_in(shop.owner_email)
