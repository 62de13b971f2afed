"""Static files: whose they are, under which address, and no way out of their folders."""

from pathlib import Path

import pytest

from app.kit.static_files import StaticFiles


@pytest.fixture
def files(tmp_path: Path) -> StaticFiles:
    """The build's output, and the folder of one module."""
    for path in ("built/css/app.css", "built/core/x.js", "core/js/a.js", "secret.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    (tmp_path / "core/js/out.js").symlink_to(tmp_path / "secret.txt")
    return StaticFiles(tmp_path / "built", {"core": tmp_path / "core"})


@pytest.mark.parametrize(
    ("path", "content"), [("css/app.css", "built/css/app.css"), ("core/js/a.js", "core/js/a.js")]
)
def test_it_finds_a_modules_files_and_the_builds(
    files: StaticFiles, path: str, content: str
) -> None:
    found = files.find(path)
    assert found is not None
    assert found.read_text() == content


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "core/../../secret.txt",
        "core/js/out.js",
        "core/js",
        "core",
        "",
        "core/x.js",
    ],
)
def test_it_finds_nothing_else(files: StaticFiles, path: str) -> None:
    assert files.find(path) is None


def test_the_address_changes_with_the_content_alone(files: StaticFiles, tmp_path: Path) -> None:
    first = files.url("css/app.css")
    assert first.startswith("/static/css/app.css?v=")
    again = StaticFiles(tmp_path / "built", {})
    assert again.url("css/app.css") == first
    (tmp_path / "built/css/app.css").write_text("other")
    assert StaticFiles(tmp_path / "built", {}).url("css/app.css") != first


def test_it_says_that_something_was_not_built(files: StaticFiles) -> None:
    with pytest.raises(FileNotFoundError, match=r"no static file css/gone\.css; build"):
        files.url("css/gone.css")
