"""Every template compiles and obeys the content security policy: nothing inline."""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from devtools.paths import ROOT

FOLDERS = ("app/modules/*/templates", "sandbox/**/templates")
# Data for scripts may stand in a page, code may not.
DATA_TYPES = {"application/json"}
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def main() -> int:
    """Print what is wrong with each template; 1 when something is."""
    found = [
        f"{path.relative_to(ROOT)}:{finding}"
        for pattern in FOLDERS
        for folder in sorted(ROOT.glob(pattern))
        for path in sorted(folder.rglob("*.html"))
        for finding in findings(path)
    ]
    for finding in found:
        print(finding)
    return 1 if found else 0


def findings(path: Path) -> Iterator[str]:
    """`line: what is wrong` for one template."""
    source = path.read_text(encoding="utf-8")
    try:
        Environment(autoescape=True).parse(source)
    except TemplateSyntaxError as error:
        yield f"{error.lineno}: {error.message}"
        return
    markup = _Markup()
    # Newlines stay, so that line numbers still fit; the quotes around an expression stay too.
    markup.feed(JINJA.sub(lambda match: "\n" * match[0].count("\n") or "x", source))
    yield from markup.findings


class _Markup(HTMLParser):
    """Collects what the browser would refuse: inline code, inline styles, event attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and "src" not in given and given.get("type") not in DATA_TYPES:
            self._report("a script without src")
        if tag == "style":
            self._report("a style element")
        for name in given:
            if name == "style":
                self._report(f"a style attribute on <{tag}>")
            if name.startswith("on"):
                self._report(f"the event attribute {name} on <{tag}>")

    def _report(self, what: str) -> None:
        self.findings.append(f"{self.getpos()[0]}: {what} (the content security policy forbids it)")


if __name__ == "__main__":
    sys.exit(main())
