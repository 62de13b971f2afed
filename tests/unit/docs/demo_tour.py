"""Takes the steps of the tutorial in a demo of its own; prints what happened as JSON."""

import json
import sys
from typing import Any

from starlette.testclient import TestClient

from app import bootstrap
from app.cli.demo import SIGN_INS, seed
from app.contracts.demo import DEMO_PASSWORD
from app.kit.db import database, unit_of_work
from app.kit.migrations import upgrade
from app.modules.tenancy.public import TokenDraft, add_user_token
from tests.integration.browser import Visitor
from tests.unit.docs.curl import run_curl
from tests.unit.docs.samples import TUTORIAL, files_of

PRODUCTS = "/api/v1/store/products"
NEW = {"name": "Stollen", "sku": "stollen", "price_cents": 1290}


def main() -> None:
    """Seed a demo and go through the page from top to bottom."""
    system = bootstrap.start()
    upgrade(database(), system.migrations)
    seed(system, scale=0)
    web_app = system.web_app()

    def visit(email: str) -> Visitor:
        return Visitor(TestClient(web_app)).sign_in(email, DEMO_PASSWORD)

    tour = {
        "homes": {one: visit(one).get("/").headers["location"] for one in SIGN_INS},
        "foreign": visit("staff@demo.test").get("/store/schmit/products").status_code,
        "created": _create_and_delete(visit("owner@demo.test")),
        "limit": _pass_the_limit(visit("owner@schmit.test"), TestClient(web_app)),
    }
    json.dump(tour, sys.stdout)


def _create_and_delete(owner: Visitor) -> list[int]:
    """Products in use before, with one more, and after it is deleted again."""
    store = {"X-Store-Code": "weber"}

    def used() -> int:
        meters = owner.get("/api/v1/store/billing/usage", headers=store).json()
        return int(next(one["current"] for one in meters if one["name"] == "Products"))

    seen = [used()]
    product = owner.post(PRODUCTS, NEW, headers=store).json()
    seen.append(used())
    owner.delete(f"{PRODUCTS}/{product['id']}", headers=store)
    return [*seen, used()]


def _pass_the_limit(owner: Visitor, operator: TestClient) -> dict[str, Any]:
    commands = files_of(TUTORIAL)
    with unit_of_work() as work:
        scopes = ("admin:read", "admin:write")
        draft = TokenDraft(name="Tutorial", scopes=scopes, expires_in_days=None)
        _, token = add_user_token(work, "admin@demo.test", draft=draft)

    def explained() -> dict[str, Any]:
        answer = run_curl(operator, commands["explain"], TOKEN=token).json()
        return dict(next(one for one in answer if one["code"] == "max_products"))

    refused, before = owner.post(PRODUCTS, NEW), explained()
    written = run_curl(operator, commands["override"], TOKEN=token)
    return {
        "refused": refused.json()["error_code"],
        "helps": refused.json()["params"]["upgrade_to"]["code"],
        "before": [before["reason"], before["limit"], before["current"]],
        "override": written.status_code,
        "accepted": owner.post(PRODUCTS, NEW).status_code,
        "sources": [part["source"] for part in explained()["parts"]],
    }


if __name__ == "__main__":
    main()
