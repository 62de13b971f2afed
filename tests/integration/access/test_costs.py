"""Every page and every answer costs the same number of queries, however much there is.

SQLite alone: both databases are asked the same.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from fastapi import FastAPI

from app.contracts.features import feature_providers
from app.modules.billing.services.tables import tables
from tests.factories.billing import a_subscription, an_override
from tests.factories.bulk import add_orders, add_products
from tests.factories.tenancy import AShop, a_member, a_shop, a_store
from tests.factories.toy_features import connect_toy
from tests.integration.access.scene import Scene, build_scene
from tests.integration.access.table import ROWS, Row
from tests.integration.queries import counted_queries

# Exports are read in pieces of a thousand rows each; what is static asks no database.
STREAMED = ("/export.csv", "/static/{path:path}")
SEVERAL = 30  # of what single pages show as a whole; lists show fifty at once
READ = [
    (row, who)
    for row in ROWS
    if row.method == "GET" and not row.path.endswith(STREAMED)
    for who in ("owner", "super")
    if row.expected[who] == "ok"
]


@pytest.fixture
def scene(web_app: FastAPI, sqlite_template: Path, tmp_path: Path) -> Iterator[Scene]:
    """Two tenants, as the table of access knows them; features are put back at the end."""
    connected = feature_providers()
    file = tmp_path / "scene.sqlite3"
    shutil.copy(sqlite_template, file)
    yield build_scene(web_app, file)
    feature_providers.connect(connected)
    tables().forget_all()
    tables().vouch(0.0)


def queries_of(web_app: FastAPI, scene: Scene, row: Row, who: str) -> int:
    """Ask with nothing known, while somebody else keeps the tables true."""
    visitor = scene.passes[who].visitor(web_app)
    headers = {"Accept": "*/*" if row.path.startswith("/api/") else "text/html"}
    if row.path.startswith("/api/v1/store/"):
        headers["X-Store-Code"] = str(scene.names["store_code"])
    tables().forget_all()
    tables().vouch(monotonic() + 60)
    with counted_queries() as queries:
        answer = visitor.get(row.path.format(**scene.names), headers=headers)
    assert answer.status_code < 400, f"{row}: {answer.text}"
    return len(queries)


def costs(web_app: FastAPI, scene: Scene) -> dict[str, int]:
    return {f"{row} as {who}": queries_of(web_app, scene, row, who) for row, who in READ}


def add_much(shop: AShop, rows: int) -> None:
    """Put much beside what there is, in the same store, merchant and platform."""
    add_products(shop, "many-", rows)
    add_orders(shop, "many-", rows, after=1_000)
    for _ in range(SEVERAL):
        a_member(shop)
        a_store(shop.merchant_id, shop.platform_id)
        another = a_shop(shop.platform_id)
        a_subscription(another.owner, "essential")


def test_every_page_and_answer_costs_the_same_whatever_is_declared_and_stored(
    web_app: FastAPI, scene: Scene, tmp_path: Path, proof_size: Callable[..., int]
) -> None:
    rows = proof_size("products and orders behind every page", reduced=2_000, full=1_000_000)
    names = scene.names
    shop = AShop(
        int(names["platform_id"]),
        int(names["merchant_id"]),
        int(names["store_id"]),
        str(names["store_code"]),
        int(names["user_id"]),
        "",
    )
    with scene.opened(tmp_path, fresh=True):
        an_override(shop.owner, "max_products", None)  # a refusal also looks for what helps
        an_override(shop.owner, "revenue_forecast", None)  # without it nothing is foreseen
        add_products(shop, "few-", 10)
        add_orders(shop, "few-", 10, after=100)
        connect_toy(3)
        few = costs(web_app, scene)
        connect_toy_instead(300)
        add_much(shop, rows)
        many = costs(web_app, scene)
    grown = {what: (few[what], many[what]) for what in few if many[what] != few[what]}
    assert grown == {}


def connect_toy_instead(number: int) -> None:
    """Replace the toy module that is connected."""
    feature_providers.connect(feature_providers()[:-1])
    connect_toy(number)
