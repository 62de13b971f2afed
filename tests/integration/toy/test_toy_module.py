"""A module from another distribution plugs in by its entry point, and goes away by a setting."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from devtools.paths import ROOT

DISTRIBUTION = Path(__file__).with_name("distribution")
NO_REDIS = "redis://127.0.0.1:1/0"  # nobody listens there


def look(folder: Path, **environment: str) -> dict[str, Any]:
    """What a process sees that has the distribution on its path."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.integration.toy.probe", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(DISTRIBUTION), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    seen: dict[str, Any] = json.loads(run.stdout)
    return seen


@pytest.fixture(scope="module")
def plugged_in(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The system with the toy."""
    return look(tmp_path_factory.mktemp("toy"))


def test_it_runs_beside_the_products_own_modules(plugged_in: dict[str, Any]) -> None:
    assert plugged_in["modules"][-1] == "toy"
    assert {"core", "tenancy"} <= set(plugged_in["modules"])
    assert plugged_in["permissions"] == ["toy.ring", "toy.view"]


def test_it_brings_a_page_in_four_languages(plugged_in: dict[str, Any]) -> None:
    assert plugged_in["pages"] == {"de": "Klingel", "en": "Bell", "fr": "Sonnette", "lb": "Schell"}
    assert plugged_in["script"] == 200


def test_it_brings_a_link_of_the_rail(plugged_in: dict[str, Any]) -> None:
    assert plugged_in["navigation"] == ["/admin/toy"]
    assert plugged_in["home"] is True


def test_it_brings_an_api_with_permissions_of_its_own(plugged_in: dict[str, Any]) -> None:
    assert plugged_in["described"] == ["/api/v1/admin/toy/bells"]
    assert plugged_in["ring"] == [201, 403]


def test_it_brings_a_job_and_a_migration(plugged_in: dict[str, Any]) -> None:
    assert plugged_in["jobs"] == ["toy.ring_nightly"]
    assert plugged_in["behind"] == ["tierline", "toy"]
    assert plugged_in["not_ready"] is None
    assert plugged_in["tables"] == ["alembic_version_toy", "toy_bells"]
    assert plugged_in["bells"] == ["nightly", "by hand"]


def test_all_of_it_vanishes_by_a_setting(tmp_path: Path) -> None:
    seen = look(tmp_path, MODULES_DISABLED="toy", REDIS_URL=NO_REDIS)
    assert "toy" not in seen["modules"]
    assert seen["behind"] == ["tierline"]
    gone = ("permissions", "jobs", "navigation", "tables", "described")
    assert [seen[one] for one in gone] == [[], [], [], [], []]
    assert (seen["text"], seen["home"]) == (False, False)
    assert set(seen["pages"].values()) == {404}
    assert (seen["script"], seen["bells"], seen["ring"]) == (404, 404, [404, 404])
    # Redis is named, and away: the rest goes on.
    assert "redis" in seen["health"]
    assert seen["loaded"] == ["redis"]


def test_neither_celery_nor_redis_is_loaded_where_nobody_wants_them(
    plugged_in: dict[str, Any],
) -> None:
    assert "redis" not in plugged_in["health"]
    assert plugged_in["loaded"] == []
