"""The whole application with a few routes of its own that fail in every way there is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.bootstrap import System
from app.contracts.modules import ModuleDefinition
from app.kit.db import Database
from tests.integration.browser import Visitor
from tests.integration.conventions.trial_routes import calls, pages, router


@pytest.fixture(scope="session")
def trial_app(system: System) -> FastAPI:
    """The application with the trial routes beside its own."""
    trial = ModuleDefinition(code="trial", folder=Path(__file__).parent, routers=(router, pages))
    return replace(system, modules=[*system.modules, trial]).web_app()


@pytest.fixture
def trial(trial_app: FastAPI, database: Database) -> Visitor:
    """A browser at the trial routes."""
    calls.clear()
    return Visitor(TestClient(trial_app, raise_server_exceptions=False))


@pytest.fixture
def late_children(database: Database) -> Iterator[None]:
    """A table whose foreign key is looked at by the commit alone."""
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE late_children (parent_id INTEGER "
                "REFERENCES platforms (id) DEFERRABLE INITIALLY DEFERRED)"
            )
        )
    yield
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE late_children"))
