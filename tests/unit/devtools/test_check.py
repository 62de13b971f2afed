import pytest

from devtools.commands import check

PASSING = check.Check("passing", "compileall", ("-q", "devtools/__init__.py"))
FAILING = check.Check("failing", "no_such_module")


def test_runs_every_check_although_one_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.run_checks([FAILING, PASSING]) == 1
    printed = capsys.readouterr().out
    assert "passing     ok" in printed
    assert "failing     failed" in printed
    assert "No module named no_such_module" in printed
    assert printed.splitlines()[-1] == "Failed: failing."


def test_ends_with_0_when_all_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.run_checks([PASSING]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 of 1 ok."


def test_refuses_a_check_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        check.main(["typos"])
    assert ended.value.code == 2
    assert "there is no check typos" in capsys.readouterr().err
