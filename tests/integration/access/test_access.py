"""Every route answers everybody as the table says, and a refusal writes nothing (D2).

SQLite alone: who may is decided before any database is asked to write.
"""

import shutil
from pathlib import Path
from unittest.mock import create_autospec

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.routing import Route

from app.bootstrap import System
from app.contracts.features import FeatureGateProtocol, gate
from app.kit.db import unit_of_work
from app.kit.rate_limit import RateLimiter
from tests.integration.access.bodies import body_for
from tests.integration.access.rows import contents
from tests.integration.access.scene import Scene, build_scene
from tests.integration.access.table import ROWS, Row, read_table


@pytest.fixture(scope="session")
def scene(
    web_app: FastAPI, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Scene:
    """Built once; every test works on copies."""
    file = tmp_path_factory.mktemp("access") / "scene.sqlite3"
    shutil.copy(sqlite_template, file)
    return build_scene(web_app, file)


@pytest.fixture(autouse=True)
def nothing_else_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open every feature and lift rate limits: who may is the question here."""
    opened = create_autospec(FeatureGateProtocol, instance=True)
    monkeypatch.setattr(gate, "_implementation", opened)
    monkeypatch.setattr(RateLimiter, "_ask", lambda _self, _key, _record: None)


def declared_routes(system: System, web_app: FastAPI) -> set[str]:
    """Every route of every module, and those of the kit."""
    routes = [route for module in system.modules for one in module.routers for route in one.routes]
    routes += [route for route in web_app.routes if isinstance(route, Route)]
    return {
        f"{method} {route.path}"
        for route in routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }


def ask(web_app: FastAPI, scene: Scene, row: Row, who: str) -> str:
    """The answer in the table's words."""
    request = body_for(row, scene.names)
    headers = {"Accept": "*/*" if row.path.startswith("/api/") else "text/html"}
    if row.path.startswith("/api/v1/store/"):
        headers["X-Store-Code"] = str(scene.names["store_code"])
    address = row.path.replace("{path:path}", "core/js/app.js").format(**scene.names)
    visitor = scene.passes[who].visitor(web_app)
    answer = visitor._send(
        row.method, address, **request | {"headers": headers | request.get("headers", {})}
    )
    if answer.status_code == 303 and answer.headers["location"].startswith("/login"):
        return "login"
    return "ok" if answer.status_code < 400 else str(answer.status_code)


def test_every_route_has_a_row_and_every_row_a_route(system: System, web_app: FastAPI) -> None:
    declared, listed = declared_routes(system, web_app), {row.route for row in ROWS}
    assert sorted(declared - listed) == [], "routes without a row"
    assert sorted(listed - declared) == [], "rows without a route"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_it_answers_everybody_as_the_table_says(
    web_app: FastAPI, scene: Scene, row: Row, tmp_path: Path
) -> None:
    wrong = {}
    for who, expected in row.expected.items():
        may_write = row.method != "GET" and expected == "ok"
        with scene.opened(tmp_path, fresh=may_write) as copy:
            answer = ask(web_app, scene, row, who)
            if answer != expected:
                wrong[who] = f"{answer} instead of {expected}"
            elif not may_write and contents(copy) != scene.rows:
                wrong[who] = f"{expected}, and something was written"
    assert wrong == {}


def test_a_row_with_a_missing_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        read_table("method path nobody super\nGET /x 401")


def test_the_proof_notices_a_single_changed_value(scene: Scene, tmp_path: Path) -> None:
    with scene.opened(tmp_path) as copy:
        with unit_of_work() as work:
            work.session.execute(text("UPDATE users SET display_name = 'x' WHERE id = 1"))
        assert contents(copy) != scene.rows
