"""Form bodies and query strings with nested keys, as Stripe's clients write them."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from sandbox.store.json_values import Json
from sandbox.wire.errors import invalid

KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
PART = re.compile(r"\[([^\[\]]*)\]")


def parse_form(text: str) -> Json:
    """A tree of dicts and lists with strings as leaves: `a[b]=1&c[0][d]=2&e[]=3`.

    Raises Stripe's 400 for keys that are not well formed or that contradict each other.
    """
    return tree_of(parse_qsl(text, keep_blank_values=True, max_num_fields=5000))


def tree_of(pairs: Iterable[tuple[str, str]]) -> Json:
    """The tree of key and value pairs."""
    tree: Json = {}
    for key, value in pairs:
        found = KEY.match(key)
        if found is None:
            raise invalid(f"Invalid parameter name: {key}", param=key)
        _place(tree, [found[1], *PART.findall(found[2])], value, key)
    return {key: _as_lists(value) for key, value in tree.items()}


def _place(tree: Json, parts: list[str], value: str, key: str) -> None:
    for part in parts[:-1]:
        tree = tree.setdefault(part or str(len(tree)), {})
        if not isinstance(tree, dict):
            raise invalid(f"Invalid hash and string: {key}", param=key)
    last = parts[-1] or str(len(tree))
    if isinstance(tree.get(last), dict):
        raise invalid(f"Invalid hash and string: {key}", param=key)
    tree[last] = value


def _as_lists(node: object) -> object:
    """Dicts whose keys are all numbers become lists, in the order of those numbers."""
    if not isinstance(node, dict):
        return node
    if node and all(key.isdigit() for key in node):
        return [_as_lists(node[key]) for key in sorted(node, key=int)]
    return {key: _as_lists(value) for key, value in node.items()}
