"""The sprite holds the icons that are named, and only those."""

from pathlib import Path

import pytest

from devtools.failure import Failure
from devtools.icons import used_icons, write_sprite

SUN = '<svg class="a" viewBox="0 0 24 24">\n  <circle cx="12" />\n  <path d="M1" />\n</svg>\n'


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    return folder


@pytest.fixture
def icons(tmp_path: Path) -> Path:
    folder = tmp_path / "icons"
    folder.mkdir()
    for name in ("sun", "moon"):
        (folder / f"{name}.svg").write_text(SUN)
    return folder


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.html", '{{ icon("sun") }}'),
        ("a.html", "{{ icon('sun', size=20) }}"),
        ("a.html", '{{ button("x", icon_name="sun") }}'),
        ("a.html", '{% call menu("x", trigger_icon="sun") %}'),
        ("a.js", 'const entry = { icon: "sun" };'),
        ("a.py", 'NavigationEntry(label="x", icon="sun")'),
    ],
)
def test_finds_every_way_to_name_an_icon(sources: Path, file: str, text: str) -> None:
    (sources / file).write_text(text)
    assert used_icons(sources) == {"sun": sources / file}


def test_leaves_variables_alone(sources: Path) -> None:
    (sources / "a.html").write_text('{{ icon(entry.icon) }} <link rel="icon" href="sun">')
    assert used_icons(sources) == {}


def test_writes_one_symbol_for_each_icon_used(sources: Path, icons: Path, tmp_path: Path) -> None:
    (sources / "a.html").write_text('{{ icon("sun") }}{{ icon("sun") }}')
    write_sprite(sources, icons, tmp_path / "out" / "icons.svg")
    assert (tmp_path / "out" / "icons.svg").read_text() == (
        '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="sun" viewBox="0 0 24 24">'
        '<circle cx="12" /><path d="M1" /></symbol></svg>\n'
    )


def test_refuses_a_name_that_the_set_lacks_and_says_where_it_stands(
    sources: Path, icons: Path, tmp_path: Path
) -> None:
    (sources / "a.html").write_text('{{ icon("sunn") }}')
    with pytest.raises(Failure, match=r"sunn in a\.html"):
        write_sprite(sources, icons, tmp_path / "icons.svg")
    assert not (tmp_path / "icons.svg").exists()
