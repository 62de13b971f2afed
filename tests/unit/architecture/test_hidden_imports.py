"""Imports that the import linter cannot see: by a string, or for the type checker alone."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.unit.architecture.sources import (
    Finding,
    Source,
    dotted_name,
    expect_none,
    python_sources,
    strings,
)

DYNAMIC = {"import_module", "__import__", "exec", "eval", "run_module", "run_path"}
MODULE_NAME = re.compile(r"^app\.(modules|kit|contracts|bootstrap|cli)\b[\w.]*(:\w+)?$")
KNOWS_HTTP = ("routes/", "guards.py", "guards/", "module.py")


def string_imports(source: Source) -> Iterator[Finding]:
    """Imports by name at run time, and names of the product's modules in strings."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            name = dotted_name(node.func).rpartition(".")[2]
            if name in DYNAMIC:
                yield source.at(node, f"{name}() hides an import")
    for text_node, text in strings(source):
        if MODULE_NAME.match(text):
            yield source.at(text_node, f"the string {text!r} hides an import")


def http_below_routes(source: Source) -> Iterator[Finding]:
    """Imports of the web framework where only use cases, queries and tables belong."""
    if source.module is None or source.inner_path.startswith(KNOWS_HTTP):
        return
    for node in ast.walk(source.tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            if name.split(".")[0] in {"fastapi", "starlette"}:
                yield source.at(node, f"{name} is known to routes and guards alone")


def test_nobody_imports_by_a_string() -> None:
    expect_none(one for source in python_sources() for one in string_imports(source))


def test_nobody_below_the_routes_knows_http() -> None:
    expect_none(one for source in python_sources() for one in http_below_routes(source))


@pytest.mark.parametrize(
    "line",
    [
        "importlib.import_module('x')",
        "__import__('x')",
        "relationship('app.modules.tenancy.models.user.User')",
        "path = 'app.modules.billing.public:gate'",
    ],
)
def test_the_check_finds_a_hidden_import(line: str) -> None:
    assert list(string_imports(Source("app/x.py", line))) != []


def test_the_check_accepts_a_module_named_in_a_docstring() -> None:
    assert list(string_imports(Source("app/x.py", '"""app.modules.core"""'))) == []


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("app/modules/x/services/y.py", 1),
        ("app/modules/x/public.py", 1),
        ("app/modules/x/routes/api_y.py", 0),
        ("app/kit/http/app.py", 0),
    ],
)
def test_the_check_finds_http_below_the_routes(path: str, found: int) -> None:
    text = "if TYPE_CHECKING:\n    from fastapi import Request"
    assert len(list(http_below_routes(Source(path, text)))) == found
