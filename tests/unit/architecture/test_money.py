"""Money never becomes a float (D0): not by annotation, not by division, not by conversion."""

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
)

MONEY = re.compile(r"(^|_)(cents|amount|price|prices|amounts)$")


def float_money(source: Source) -> Iterator[Finding]:
    """Names of money annotated as float, divided by `/`, or turned into a float."""
    for node in ast.walk(source.tree):
        if _declares_float(node) or _converts(node):
            yield source.at(node, "money is whole minor units, never a float")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _is_money(node.left):
            yield source.at(node, "divide money by kit.money, which says how it rounds")


def _declares_float(node: ast.AST) -> bool:
    """Whether a variable, parameter or function of money's name is annotated as float."""
    if isinstance(node, ast.AnnAssign):
        return _is_money(node.target) and _names_float(node.annotation)
    if isinstance(node, ast.arg):
        return bool(MONEY.search(node.arg)) and _names_float(node.annotation)
    if isinstance(node, ast.FunctionDef):
        return bool(MONEY.search(node.name)) and _names_float(node.returns)
    return False


def _converts(node: ast.AST) -> bool:
    is_conversion = isinstance(node, ast.Call) and dotted_name(node.func) == "float"
    return is_conversion and any(_is_money(one) for one in ast.iter_child_nodes(node))


def _is_money(node: ast.AST) -> bool:
    return bool(MONEY.search(dotted_name(node).rpartition(".")[2]))


def _names_float(annotation: ast.expr | None) -> bool:
    return annotation is not None and any(
        isinstance(one, ast.Name) and one.id == "float" for one in ast.walk(annotation)
    )


def test_money_is_never_a_float() -> None:
    expect_none(finding for source in python_sources() for finding in float_money(source))


@pytest.mark.parametrize(
    "line",
    [
        "price_cents: float | None = None",
        "def charge(amount: float) -> None: ...",
        "def total_cents() -> float: ...",
        "euros = tier.price_monthly_cents / 100",
        "amount = float(row.amount_cents)",
    ],
)
def test_the_check_finds_float_money(line: str) -> None:
    assert len(list(float_money(Source("app/x.py", line)))) == 1
