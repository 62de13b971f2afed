"""Starts the system as a process does, opens every page and every list, and prints as JSON how
each was answered."""

import json
import sys
from pathlib import Path

from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from app import bootstrap
from app.bootstrap import System
from app.contracts.navigation import navigation
from app.kit.db import database
from app.kit.migrations import upgrade
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import a_shop, a_super_admin
from tests.integration.browser import Visitor


def main(folder: Path) -> dict[str, dict[str, int]]:
    """Return the status of each rail entry and of each GET route without ids, by address."""
    system = bootstrap.start(
        database_url=f"sqlite:///{folder / 'walk.sqlite3'}", jobs="off", log_level="error"
    )
    upgrade(database(), system.migrations)
    app = system.web_app()
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner)
    client = TestClient(app, raise_server_exceptions=False)
    owner = Visitor(client).sign_in(shop.owner_email)
    admin = Visitor(TestClient(app, raise_server_exceptions=False)).sign_in(a_super_admin())

    def status(address: str) -> int:
        path = address.format(store_code=shop.store_code)
        visitor = admin if "/admin" in path else owner
        return int(visitor.get(path, headers={"X-Store-Code": shop.store_code}).status_code)

    plain = {path for path in _readable(system) if "{" not in path.replace("{store_code}", "")}
    return {
        "rail": {entry.href: status(entry.href) for entry in navigation()},
        "routes": {path: status(path) for path in sorted(plain)},
    }


def _readable(system: System) -> set[str]:
    routers = [router for module in system.modules for router in module.routers]
    routes = [route for router in routers for route in router.routes]
    return {
        one.path for one in routes if isinstance(one, APIRoute) and "GET" in (one.methods or ())
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
