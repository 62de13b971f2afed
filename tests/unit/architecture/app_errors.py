"""Every error that the product can name, and where it is raised with which parameters."""

import ast
from collections.abc import Iterator

import app.bootstrap  # noqa: F401 - names every module, and so brings in every error
from app.kit.errors import AppError
from tests.unit.architecture.sources import Source, dotted_name, python_sources


def error_classes(family: type[AppError] = AppError) -> Iterator[type[AppError]]:
    """A family of errors and all below it, of the product alone."""
    if family.__module__.startswith("app."):
        yield family
    for below in family.__subclasses__():
        yield from error_classes(below)


def error_codes() -> set[str]:
    """The stable code of every error."""
    return {one.code for one in error_classes()}


def validation_codes() -> set[str]:
    """The code of every wrong value that a service reports."""
    return {code for source in python_sources() for _, code, _ in wrong_values(source)}


def wrong_values(source: Source) -> Iterator[tuple[int, str, frozenset[str] | None]]:
    """Line, code and parameters of each `InvalidInput.at(pointer, code, …)`."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        code = node.args[1]
        if dotted_name(node.func).endswith("InvalidInput.at") and isinstance(code, ast.Constant):
            yield node.lineno, str(code.value), _given(node)


def raised(source: Source) -> Iterator[tuple[int, str, frozenset[str] | None]]:
    """Line, class and parameters of each error that is made or raised; None: not to be read off."""
    names = {one.__name__ for one in error_classes()}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and dotted_name(node.func).rpartition(".")[2] in names:
            yield node.lineno, dotted_name(node.func).rpartition(".")[2], _given(node)
        if isinstance(node, ast.Raise) and isinstance(node.exc, (ast.Name, ast.Attribute)):
            name = dotted_name(node.exc).rpartition(".")[2]
            if name in names:
                yield node.lineno, name, frozenset()


def _given(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)
