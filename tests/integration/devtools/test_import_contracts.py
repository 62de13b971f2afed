import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from devtools.paths import ROOT

# Each file breaks one contract by the one thing it imports.
BREACHES = {
    "app/kit/x.py": "app.modules",
    "app/modules/core/public.py": "app.modules.tenancy.public",
    "app/modules/core/models/x.py": "app.modules.core.services.y",
    "app/modules/tenancy/services/x.py": "app.modules.core.models.x",
    "app/contracts/x.py": "sqlalchemy",
    "app/modules/billing/services/x.py": "stripe",
    "app/modules/media/services/x.py": "fastapi",
    "app/modules/media/routes/x.py": "jinja2",
    "sandbox/x.py": "app.kit",
    "app/main.py": "sandbox",
    "app/wiring.py": "app.modules.core.public",
}
ALLOWED = {
    "app/modules/core/services/y.py": "app.modules.core.models",
    "app/modules/core/public.py": "decimal",
    "app/modules/tenancy/public.py": "app.modules.core.public",
    "app/modules/billing/gateways/x.py": "stripe",
    "app/modules/billing/routes/x.py": "fastapi",
    "app/kit/templating.py": "jinja2",
    "app/contracts/y.py": "decimal",
    "app/cli/x.py": "sandbox.x",
    "app/bootstrap.py": "app.modules.core.public",
    "app/wiring.py": "app.kit.templating",
}


def contract_names() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    write(tmp_path, ALLOWED)
    return tmp_path


def write(tree: Path, imports: dict[str, str]) -> None:
    for name, imported in imports.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"import {imported}\n")
    for root in ("app", "sandbox"):
        for folder in [tree / root, *(tree / root).rglob("*/")]:
            folder.mkdir(exist_ok=True)
            (folder / "__init__.py").touch()


def verdicts(tree: Path) -> tuple[int, str]:
    """The linter's exit code and what it printed, on one line."""
    command = [sys.executable, "-m", "devtools.checks.imports"]
    # The tree shadows the product's own packages, which the linter finds by the search path.
    run = subprocess.run(
        command,
        cwd=tree,
        env={"PYTHONPATH": f"{tree}"},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, " ".join(run.stdout.split())


def test_every_contract_holds_for_imports_that_are_allowed(tree: Path) -> None:
    write(tree, dict.fromkeys(["app/modules/core/models/x.py", "sandbox/x.py"], "decimal"))
    code, printed = verdicts(tree)
    assert [name for name in contract_names() if f"{name} KEPT" not in printed] == []
    assert code == 0


def test_every_contract_breaks_for_the_import_it_forbids(tree: Path) -> None:
    write(tree, BREACHES)
    code, printed = verdicts(tree)
    assert [name for name in contract_names() if f"{name} BROKEN" not in printed] == []
    assert code == 1
