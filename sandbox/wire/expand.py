"""`expand[]=a.b.c`: ids replaced by the objects that they name."""

from collections.abc import Callable

from sandbox.store.json_values import Json, public
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, invalid

Includable = Callable[[Transaction, Json], Json | None]
INCLUDABLE: dict[tuple[str, str], Includable] = {}
"""Fields that are there only when asked for, by kind and name."""

DEEPEST = 4


def includable(kind: str, name: str) -> Callable[[Includable], Includable]:
    """Register the function below as the source of a field that only `expand` shows."""

    def register(source: Includable) -> Includable:
        INCLUDABLE[kind, name] = source
        return source

    return register


def expand(work: Transaction, answer: Json, paths: list[str]) -> None:
    """Expand an answer in place (on a copy of the stored objects).

    Raises Stripe's 400 for a path that leads nowhere or is deeper than four.
    """
    for path in paths:
        parts = path.split(".")
        depth = len(parts) - parts.count("data")
        if depth > DEEPEST:
            raise invalid(
                f"You cannot expand more than {DEEPEST} levels of a property. Property: {path}",
                param="expand",
            )
        _expand(work, answer, parts, path)


def _expand(work: Transaction, node: object, parts: list[str], path: str) -> None:
    if isinstance(node, list):
        for each in node:
            _expand(work, each, parts, path)
        return
    if not isinstance(node, dict) or not parts:
        return
    name, rest = parts[0], parts[1:]
    kind = node.get("object")
    source = INCLUDABLE.get((kind, name)) if isinstance(kind, str) else None
    if source is not None and not node.get(name):
        from_source = source(work, node)
        node[name] = copied(from_source)
    elif name not in node:
        raise _not_expandable(path)
    elif isinstance(node[name], str):
        found = work.find(node[name])
        if found is None:
            raise _not_expandable(path)
        node[name] = copied(found)
    elif isinstance(node[name], list) and node[name] and isinstance(node[name][0], str):
        node[name] = [copied(work.find(each)) for each in node[name]]
    _expand(work, node[name], rest, path)


def copied(obj: Json | None) -> Json | None:
    """A copy of a stored object that may be changed without changing what is stored."""
    return None if obj is None else public(obj)


def _not_expandable(path: str) -> StripeError:
    return invalid(
        f"This property cannot be expanded ({path}). You may want to try expanding 'data.{path}' "
        "instead, if this is a list.",
        param="expand",
    )
