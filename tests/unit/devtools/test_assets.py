from pathlib import Path
from types import SimpleNamespace

import pytest

from devtools import assets, frontend, node
from devtools.failure import Failure

TEMPLATE = "app/modules/core/templates/core/page.html"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A small tree, and a build that counts how often it runs."""
    for name in (*assets.MAKERS, TEMPLATE, "app/kit/menu.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    builds: list[str] = []

    def build(tools: str) -> None:
        (tmp_path / "build" / "static").mkdir(parents=True, exist_ok=True)
        builds.append(tools)

    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "BUILD", tmp_path / "build")
    monkeypatch.setattr(assets, "STAMP", tmp_path / "build" / "static.stamp")
    monkeypatch.setattr(node, "find_node", lambda: "tools")
    monkeypatch.setattr(frontend, "build_frontend", build)
    return SimpleNamespace(root=tmp_path, builds=builds)


def test_builds_once_for_the_same_tree(tree: SimpleNamespace) -> None:
    assets.ensure_frontend()
    assets.ensure_frontend()
    assert tree.builds == ["tools"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package-lock.json", "{}"),
        (TEMPLATE, "<p>"),
        ("app/modules/core/static/js/new.js", "1"),
        ("app/kit/menu.py", 'icon="house"'),
    ],
)
def test_builds_again_when_what_it_is_made_from_changes(
    tree: SimpleNamespace, name: str, text: str
) -> None:
    assets.ensure_frontend()
    (tree.root / name).parent.mkdir(parents=True, exist_ok=True)
    (tree.root / name).write_text(text)
    assets.ensure_frontend()
    assert tree.builds == ["tools", "tools"]


def test_does_not_build_for_python_that_names_no_icon(tree: SimpleNamespace) -> None:
    assets.ensure_frontend()
    (tree.root / "app" / "kit" / "menu.py").write_text("changed = True")
    assets.ensure_frontend()
    assert tree.builds == ["tools"]


def test_builds_again_after_a_build_that_failed(
    tree: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assets.ensure_frontend()
    (tree.root / TEMPLATE).write_text("<p>")
    with monkeypatch.context() as broken:
        broken.setattr(frontend, "build_frontend", _fail)
        with pytest.raises(Failure):
            assets.ensure_frontend()
    (tree.root / TEMPLATE).write_text("")
    assets.ensure_frontend()
    assert tree.builds == ["tools", "tools"]


def _fail(tools: str) -> None:
    raise Failure(f"The build with {tools} failed.")
