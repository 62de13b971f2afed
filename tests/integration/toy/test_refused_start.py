"""A system that cannot run says why in sentences and ends with code 2, without a trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.paths import ROOT

DISTRIBUTION = Path(__file__).with_name("distribution")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"MODULES_DISABLED": "toys"}, "MODULES_DISABLED names 'toys', which is no module"),
        ({"MODULES_DISABLED": "tenancy"}, "MODULES_DISABLED names 'tenancy', which cannot be"),
        ({"TOY_LOUDNESS": "11"}, "TOY_LOUDNESS: Input should be less than or equal to 10."),
        ({"DATABASE_URL": "mysql://u:hunter2@h"}, "DATABASE_URL: must begin with sqlite:///"),
    ],
)
def test_it_says_what_to_change(tmp_path: Path, environment: dict[str, str], sentence: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "app.cli.main", "doctor"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{DISTRIBUTION}", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stderr.startswith("tierline cannot start.\n")
    assert sentence in run.stderr
    assert "Traceback" not in run.stderr
    assert "hunter2" not in run.stderr
    assert list(tmp_path.iterdir()) == []
