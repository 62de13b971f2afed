"""Each module that may be left out by `MODULES_DISABLED` is missed by no page of the others."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap import MODULES
from app.contracts.modules import ModuleDefinition
from devtools.paths import ROOT

OPTIONAL = [module for module in MODULES if not module.required]


def walk(folder: Path, disabled: str) -> dict[str, dict[str, int]]:
    """How a process without the module answers."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.integration.conventions.page_walk", str(folder)],
        cwd=ROOT,
        env={**os.environ, "MODULES_DISABLED": disabled, "MEDIA_ROOT": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    seen: dict[str, dict[str, int]] = json.loads(run.stdout)
    return seen


@pytest.mark.parametrize("module", OPTIONAL, ids=lambda module: module.code)
def test_the_rest_goes_on_without_it(module: ModuleDefinition, tmp_path: Path) -> None:
    seen = walk(tmp_path, module.code)
    assert set(seen["rail"].values()) == {200}
    assert not {entry.href for entry in module.navigation} & set(seen["rail"])
    failed = {path: status for path, status in seen["routes"].items() if status >= 500}
    assert failed == {}
    assert seen["routes"]["/admin"] == 200
