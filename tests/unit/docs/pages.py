"""The documentation as a reader finds it: its own pages, the written ones, README and changelog."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import normpath

from devtools.paths import ROOT
from devtools.reference import pages as written_pages

DOCS = ROOT / "docs"
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LITERAL = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@cache
def site_pages() -> dict[str, str]:
    """Every page of the site by its path below `docs/`."""
    own = {
        path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(DOCS.rglob("*.md"))
    }
    return own | written_pages()


def links(text: str) -> Iterator[str]:
    """Targets of the links of a page, samples of code left out."""
    return (found[1] for found in _LINK.finditer(_FENCED.sub("", text)))


def anchors(text: str) -> set[str]:
    """Anchors of a page's headings, as the site makes them."""
    plain = _FENCED.sub("", text)
    return {_slug(found[1]) for found in _HEADING.finditer(plain)}


def broken_links(page: str, text: str, pages: dict[str, str]) -> Iterator[str]:
    """Links of a site's page that lead nowhere within the site."""
    for target in links(text):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        found = normpath(f"{Path(page).parent.as_posix()}/{path}") if path else page
        exists = found in pages or (DOCS / found).is_file()
        if not exists or (anchor and anchor not in anchors(pages.get(found, ""))):
            yield f"{page}: {target}"


def _slug(heading: str) -> str:
    plain = re.sub(r"[^\w\s-]", "", _LITERAL.sub(lambda one: one[0].strip("`"), heading))
    return re.sub(r"[\s]+", "-", plain.strip().lower())
