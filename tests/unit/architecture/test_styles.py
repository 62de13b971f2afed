"""What style sheets and templates leave alone (ADR 0015)."""

import re

from devtools.paths import ROOT

CONTAINERS = re.compile(r"@container|container-type|container:\s")


def test_no_style_asks_for_the_width_of_a_container() -> None:
    modules = ROOT / "app" / "modules"
    sources = [*modules.rglob("static/**/*.css"), *modules.rglob("templates/**/*.html")]
    assert [path.name for path in sources if CONTAINERS.search(path.read_text("utf-8"))] == []
    assert len(sources) > 50
