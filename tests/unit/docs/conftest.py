"""The notes module of the guides, as a distribution of its own."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.unit.docs.samples import GUIDES, Distribution, files_of


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Distribution:
    """The module as the module guide ends with it, installed and migrated; not to be changed."""
    distribution = Distribution(tmp_path_factory.mktemp("notes"))
    files = files_of(GUIDES / "how-to-add-a-module.md")
    distribution.add(files)
    distribution.install(tomllib.loads(files["pyproject.toml"]))
    migrated = json.loads(distribution.run("app.cli.main", "migrate", "--json"))
    assert migrated == {"migrated": ["tierline", "notes"]}
    return distribution


@pytest.fixture
def notes(installed: Distribution, tmp_path: Path) -> Distribution:
    """A copy of it with a database of its own."""
    shutil.copytree(installed.folder, tmp_path, dirs_exist_ok=True)
    return Distribution(tmp_path)
