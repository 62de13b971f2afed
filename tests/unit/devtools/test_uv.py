import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools import uv
from devtools.failure import Failure
from devtools.paths import REQUIREMENTS
from devtools.stamps import fingerprint, leave


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    uv.find_uv.cache_clear()
    yield
    uv.find_uv.cache_clear()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty search path, and a boot environment that is in place already."""
    folder, boot = tmp_path / "bin", tmp_path / "boot"
    folder.mkdir()
    (boot / "bin").mkdir(parents=True)
    (boot / "bin" / "uv").touch()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(uv, "BOOT", boot)
    lock = REQUIREMENTS / "boot.txt"
    leave(boot / "stamp", fingerprint([lock], sys.version))
    return folder


def shim(folder: Path, *, code: int) -> Path:
    script = folder / "uv"
    script.write_text(f"#!/bin/sh\nexit {code}\n")
    script.chmod(0o755)
    return script


def test_takes_the_machines_own(path: Path) -> None:
    own = shim(path, code=0)
    assert uv.find_uv() == own


def test_takes_the_boot_environments_where_the_machines_does_not_run(path: Path) -> None:
    shim(path, code=127)
    assert uv.find_uv() == uv.BOOT / "bin" / "uv"


def test_makes_the_boot_environment_anew_when_its_lock_has_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(uv.BOOT / "stamp", "another lock")
    started: list[str] = []
    monkeypatch.setattr(uv, "run", lambda _command, what: started.append(what))
    assert uv.find_uv() == uv.BOOT / "bin" / "uv"
    assert [what.split(" (")[0] for what in started] == [
        "Making the boot environment",
        "Installing uv",
    ]
    assert list(path.iterdir()) == []


@pytest.mark.usefixtures("path")
def test_says_what_failed_and_how(monkeypatch: pytest.MonkeyPatch) -> None:
    leave(uv.BOOT / "stamp", "another lock")
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(Failure, match="python3-venv"):
        uv.find_uv()
