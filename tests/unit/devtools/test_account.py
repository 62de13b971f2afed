import pwd
from pathlib import Path

import pytest

from devtools.failure import Failure
from devtools.services.account import Account, server_account


def test_is_this_processs_own_unless_that_is_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert server_account() == Account(None, None)


def test_is_an_unprivileged_one_for_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("pwd.getpwnam", _only_nobody)
    assert server_account() == Account(65534, 65533)


def test_names_the_remedy_when_root_has_no_other_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("pwd.getpwnam", {}.__getitem__)
    with pytest.raises(Failure, match="set TEST_DATABASE_URL"):
        server_account()


@pytest.mark.parametrize(("code", "can"), [("exit 0", True), ("exit 1", False)])
def test_knows_which_programs_it_can_run(tmp_path: Path, code: str, can: bool) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n{code}\n")
    program.chmod(0o755)
    assert Account(None, None).can_run(program) is can
    program.chmod(0o644)
    assert not Account(None, None).can_run(program)


def _only_nobody(name: str) -> pwd.struct_passwd:
    if name != "nobody":
        raise KeyError(name)
    return pwd.struct_passwd(("nobody", "x", 65534, 65533, "", "/", "/bin/false"))
