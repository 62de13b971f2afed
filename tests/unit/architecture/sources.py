"""The product's files as the architecture tests read them."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from devtools.paths import ROOT

Finding = str


@dataclass(frozen=True)
class Source:
    """One file: where it lies below the root, and what it says."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed Python."""
        return ast.parse(self.text, self.path)

    @property
    def module(self) -> str | None:
        """The product's module that owns the file, if one does."""
        parts = self.path.split("/")
        return parts[2] if parts[:2] == ["app", "modules"] and len(parts) > 3 else None

    @property
    def inner_path(self) -> str:
        """Path below the module's folder, or below the root."""
        return self.path.split("/", 3)[3] if self.module else self.path

    def at(self, node: ast.AST, what: str) -> Finding:
        """`file:line: what` for something found here."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


def sources(*patterns: str) -> Iterator[Source]:
    """Every file of the tree that fits one of the patterns, in order."""
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if path.is_file() and "__pycache__" not in path.parts:
            yield Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def python_sources() -> list[Source]:
    """The product's Python, without tests and tools."""
    return list(sources("app/**/*.py"))


def template_folders() -> list[Path]:
    """The template folder of each module."""
    return sorted(ROOT.glob("app/modules/*/templates"))


def dotted_name(node: ast.AST) -> str:
    """`a.b.c` for a chain of attributes; what a call or an index yields is left out."""
    if isinstance(node, ast.Attribute):
        return f"{dotted_name(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def docstrings(tree: ast.Module) -> set[int]:
    """Identities of the constants that document something."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, owners) and node.body]
    return {
        id(one.value)
        for one in first
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    }


def strings(source: Source) -> Iterator[tuple[ast.Constant, str]]:
    """Every string of a Python file that is no docstring."""
    documentation = docstrings(source.tree)
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Constant) or id(node) in documentation:
            continue
        if isinstance(node.value, str):
            yield node, node.value


def expect_none(findings: Iterable[Finding]) -> None:
    """Fail with every finding on a line of its own."""
    found = list(findings)
    assert not found, "\n".join(["", *found])
