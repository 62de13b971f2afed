from pathlib import Path

import pytest

from devtools.checks.templates import findings


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>\n{% if x %}", "2: Unexpected end of template"),
        ("\n<script>alert(1)</script>", "2: a script without src"),
        ("{#\n\n#}<style>p{}</style>", "3: a style element"),
        ('<p style="color: red">', "1: a style attribute on <p>"),
        ('<a onclick="go()">', "1: the event attribute onclick on <a>"),
    ],
)
def test_finds_what_a_page_must_not_hold(tmp_path: Path, source: str, found: str) -> None:
    template = tmp_path / "page.html"
    template.write_text(source)
    (finding,) = findings(template)
    assert finding.startswith(found)


def test_accepts_scripts_by_address_data_and_expressions_in_attributes(tmp_path: Path) -> None:
    template = tmp_path / "page.html"
    template.write_text(
        '<script src="{{ asset("core/js/api.js") }}" type="module"></script>'
        '<script type="application/json" id="messages">{{ messages_json("ui.") }}</script>'
        '<div :style="width" @click="open" {% if hidden %}hidden{% endif %}></div>'
    )
    assert list(findings(template)) == []
