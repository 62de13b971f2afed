"""Links of the site and of the README lead somewhere, and every page is in the navigation."""

from devtools.paths import ROOT
from tests.unit.docs.pages import broken_links, links, site_pages


def test_every_link_of_the_site_leads_somewhere() -> None:
    pages = site_pages()
    assert [
        broken for page, text in pages.items() for broken in broken_links(page, text, pages)
    ] == []


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    targets = [one.partition("#")[0] for one in links((ROOT / "README.md").read_text())]
    inside = [one for one in targets if not one.startswith(("http://", "https://"))]
    assert inside
    assert [one for one in inside if not (ROOT / one).exists()] == []


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    assert [page for page in site_pages() if f" {page}\n" not in navigation] == []


def test_the_check_finds_a_broken_link_and_anchor() -> None:
    pages = {"a/b.md": "# One thing", "c.md": ""}
    text = "[1](b.md) [2](../c.md) [3](none.md) [4](b.md#one-thing) [5](b.md#two)"
    assert list(broken_links("a/d.md", text, pages)) == [
        "a/d.md: none.md",
        "a/d.md: b.md#two",
    ]
