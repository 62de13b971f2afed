from pathlib import Path

import pytest

from devtools.failure import Failure
from devtools.services import browser


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole search path, and no installer that works."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "APPLICATIONS", ())
    monkeypatch.setattr(browser, "PYTHON", program(tmp_path, "python", code=1))
    return folder


def program(folder: Path, name: str, *, code: int = 0, does: str = "") -> Path:
    script = folder / name
    script.write_text(f"#!/bin/sh\n{does}\nexit {code}\n")
    script.chmod(0o755)
    return script


def test_takes_the_given_program(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(path, "chromium")
    given = program(path, "my-browser")
    monkeypatch.setenv("CHROMIUM", str(given))
    assert browser.find_browser() == given


def test_refuses_a_given_program_that_does_not_start(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(path, "chromium")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(Failure, match="CHROMIUM=/nowhere/chromium does not start"):
        browser.find_browser()


def test_passes_over_an_installed_program_that_does_not_start(path: Path) -> None:
    program(path, "chromium", code=127)
    chrome = program(path, "google-chrome")
    assert browser.find_browser() == chrome


def test_takes_the_browser_that_an_installer_brings(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = path / "chromium"
    brings = f'printf "#!/bin/sh\\nexit 0\\n" > {new}; /bin/chmod +x {new}'
    program(path, "apt-get", does=f'[ "$1" = update ] || {{ {brings}; }}')
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert browser.find_browser() == new
    assert "It failed: exit code 1" in capsys.readouterr().out  # Playwright had nothing


@pytest.mark.usefixtures("path")
def test_names_the_remedy_when_none_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(Failure, match=r"set CHROMIUM .* --without browser"):
        browser.find_browser()


def test_asks_no_package_manager_without_the_right_to_use_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = path / "asked"
    program(path, "apt-get", does=f"/bin/echo asked > {asked}")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(Failure):
        browser.find_browser()
    assert not asked.exists()
