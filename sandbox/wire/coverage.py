"""Which of Stripe's parameters an endpoint of the sandbox understands.

Written as words with braces, for example `name address{city country} metadata`. What Stripe has
and the sandbox does not is refused by name, never taken and forgotten.
"""

import re

from sandbox.store.json_values import Json
from sandbox.wire.errors import StripeError, invalid
from sandbox.wire.params import Node

Covered = dict[str, "Covered | None"]

WORD = re.compile(r"[a-z0-9_]+|[{}]")


def covered_tree(text: str) -> Covered:
    """The tree of a coverage text; a leaf covers everything below it."""
    root: Covered = {}
    stack = [root]
    last = ""
    for word in WORD.findall(text):
        if word == "{":
            inner: Covered = {}
            stack[-1][last] = inner
            stack.append(inner)
        elif word == "}":
            stack.pop()
        else:
            stack[-1][word] = None
            last = word
    return root


def refuse_uncovered(tree: Covered, params: Json, path: str = "") -> None:
    """Stripe's 400 for the first parameter that the sandbox does not cover."""
    for key, value in params.items():
        inner = f"{path}[{key}]" if path else key
        if key not in tree:
            raise _not_covered(inner)
        below = tree[key]
        for each in value if isinstance(value, list) else [value]:
            if below is not None and isinstance(each, dict):
                refuse_uncovered(below, each, inner)


def leaves(tree: Covered, node: Node, path: str = "") -> dict[str, Node]:
    """Every covered parameter that carries a value, by its dotted path, with its SDK type."""
    found: dict[str, Node] = {}
    for key, below in tree.items():
        fields = node.fields or {}
        inner = fields[key].item or fields[key] if fields[key].item else fields[key]
        name = f"{path}.{key}" if path else key
        if below is None:
            found[name] = fields[key]
        else:
            found |= leaves(below, inner, name)
    return found


def uncovered(tree: Covered, node: Node, path: str = "") -> list[str]:
    """Parameters that the SDK has and the sandbox refuses, the uppermost of each branch."""
    missing: list[str] = []
    for key, inner in (node.fields or {}).items():
        name = f"{path}.{key}" if path else key
        if key not in tree:
            missing.append(name)
        elif (below := tree[key]) is not None:
            missing += uncovered(below, inner.item or inner, name)
    return missing


def _not_covered(param: str) -> StripeError:
    return invalid(
        f"The parameter {param} is not covered by this sandbox: it would have no effect.",
        param=param,
        code="parameter_not_covered",
    )
