"""Templates stay in their module, stand where they are asked for, and hold nothing inline."""

import re
from collections.abc import Iterator

import pytest
from jinja2 import Environment, nodes
from jinja2.meta import find_referenced_templates

from devtools.checks.templates import findings
from devtools.paths import ROOT
from tests.unit.architecture.sources import (
    Finding,
    Source,
    expect_none,
    python_sources,
    sources,
    strings,
    template_folders,
)

SHELL = "core"  # the frame and macros that every module builds its pages of
TEMPLATE = re.compile(r"^\w+(/[\w-]+)+\.(html|txt)$")
TEMPLATES = list(sources("app/modules/*/templates/**/*.*"))
NAMES = {
    path.relative_to(folder).as_posix()
    for folder in template_folders()
    for path in folder.rglob("*")
}
PICKED = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def borrowed(source: Source, known: set[str]) -> Iterator[Finding]:
    """Templates and static files of other modules, or none, that a template makes use of."""
    tree = Environment(autoescape=True).parse(source.text)
    for name in find_referenced_templates(tree):
        if name is not None and name not in known:
            yield f"{source.path}: there is no template {name}"
        if name is not None and name.split("/")[0] not in {source.module, SHELL}:
            yield f"{source.path}: {name} belongs to another module"
    for node in tree.find_all(PICKED):
        if not isinstance(getattr(node, "template", None), (nodes.Const, nodes.CondExpr)):
            yield f"{source.path}:{node.lineno}: write the template's name out"
    for name in _assets(tree):
        first = name.split("/")[0]
        is_modules = (ROOT / "app" / "modules" / first).is_dir()
        if is_modules and first not in {source.module, SHELL}:
            yield f"{source.path}: {name} belongs to another module"


def _assets(tree: nodes.Template) -> Iterator[str]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "asset":
            yield from (str(one.value) for one in call.args if isinstance(one, nodes.Const))


def rendered_elsewhere(source: Source, known: set[str]) -> Iterator[Finding]:
    """Names of templates in Python that there are not, or that are another module's."""
    for node, text in strings(source):
        if not TEMPLATE.match(text):
            continue
        if text not in known:
            yield source.at(node, f"there is no template {text}")
        if source.module and text.split("/")[0] not in {source.module, SHELL}:
            yield source.at(node, f"{text} belongs to another module")


def test_every_template_lies_under_its_modules_name() -> None:
    strays = [
        source.path
        for source in TEMPLATES
        if not source.inner_path.startswith(f"templates/{source.module}/")
    ]
    expect_none(strays)


def test_no_template_borrows_from_another_module() -> None:
    expect_none(finding for source in TEMPLATES for finding in borrowed(source, NAMES))


def test_no_module_renders_what_is_not_there_or_not_its_own() -> None:
    expect_none(one for source in python_sources() for one in rendered_elsewhere(source, NAMES))


@pytest.mark.parametrize("folder", template_folders(), ids=lambda folder: folder.parent.name)
def test_no_template_holds_anything_inline(folder: object) -> None:
    pages = [source for source in TEMPLATES if (ROOT / source.path).is_relative_to(str(folder))]
    expect_none(
        f"{page.path}:{finding}"
        for page in pages
        if page.path.endswith(".html")
        for finding in findings(ROOT / page.path)
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('{% extends "tenancy/x.html" %}', "tenancy/x.html belongs to another module"),
        ('{% from "tenancy/x.html" import a %}', "tenancy/x.html belongs to another module"),
        ('{% include "core/gone.html" %}', "there is no template core/gone.html"),
        ("{% include which %}", "write the template's name out"),
        ('{{ asset("tenancy/js/x.js") }}', "tenancy/js/x.js belongs to another module"),
    ],
)
def test_the_check_finds_what_a_template_borrows(line: str, found: str) -> None:
    source = Source("app/modules/media/templates/media/y.html", line)
    assert found in "\n".join(borrowed(source, {"tenancy/x.html"}))


def test_the_check_finds_a_page_of_another_module() -> None:
    source = Source("app/modules/media/routes/pages.py", "render_page(r, 'tenancy/x.html')")
    assert list(rendered_elsewhere(source, {"tenancy/x.html"})) == [
        "app/modules/media/routes/pages.py:1: tenancy/x.html belongs to another module"
    ]
    assert "there is no template" in "\n".join(rendered_elsewhere(source, set()))
