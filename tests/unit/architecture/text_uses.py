"""Which texts the product asks for: in Python, in templates and in scripts."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, nodes

from tests.unit.architecture.sources import Source, dotted_name, strings

KEY = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
PREFIX = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\.$")
# What is looked up by a code that somebody else made has rules of its own.
BY_CODE = {"errors.", "validation."}
ASKING = {"translate", "translate_count", "t", "tn"}
# Fields of declarations that hold keys: navigation entries, features, metrics.
KEY_FIELDS = re.compile(r"^(label|group|\w+_key)$")
SCRIPT_CALL = re.compile(r"""\bt(n?)\(\s*["']([^"'`]+)["']""")
SCRIPT_STRING = re.compile(r"""["']([a-z][\w.]*)["']|`([a-z][\w.]*\.)\$\{""")


@dataclass(frozen=True)
class Use:
    """A text asked for by a literal key, with the parameters given, if they can be read off."""

    source: Source
    line: int
    key: str
    counts: bool = False
    parameters: frozenset[str] | None = None

    def __str__(self) -> str:
        return f"{self.source.path}:{self.line}: {self.key}"


def uses(source: Source) -> Iterator[Use]:
    """Every text that a file asks for by a literal key."""
    if source.path.endswith(".py"):
        yield from _uses_of_python(source)
    elif source.path.endswith(".js"):
        yield from _uses_of_script(source)
    else:
        yield from _uses_of_template(source)


def mentions(source: Source) -> Iterator[str]:
    """Every string of a file that may be a key, or the beginning of keys (it ends with a dot)."""
    if source.path.endswith(".py"):
        found = [text for _, text in strings(source)]
    elif source.path.endswith(".js"):
        found = [whole or start for whole, start in SCRIPT_STRING.findall(source.text)]
    else:
        found = [str(one.value) for one in _parse(source).find_all(nodes.Const)]
    for text in found:
        if KEY.match(text) or (PREFIX.match(text) and text not in BY_CODE):
            yield text


def _uses_of_python(source: Source) -> Iterator[Use]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        name = dotted_name(node.func).rpartition(".")[2]
        if name in ASKING and node.args and _is_text(node.args[0]):
            counts = name in {"translate_count", "tn"}
            given = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            is_open = any(keyword.arg is None for keyword in node.keywords)
            yield Use(source, node.lineno, _text(node.args[0]), counts, None if is_open else given)
        for keyword in node.keywords:
            holds_key = keyword.arg is not None and KEY_FIELDS.match(keyword.arg)
            if holds_key and _is_text(keyword.value) and KEY.match(_text(keyword.value)):
                yield Use(source, node.lineno, _text(keyword.value))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _text(node: ast.expr) -> str:
    return str(getattr(node, "value", ""))


def _uses_of_script(source: Source) -> Iterator[Use]:
    for match in SCRIPT_CALL.finditer(source.text):
        line = source.text.count("\n", 0, match.start()) + 1
        yield Use(source, line, match[2], counts=match[1] == "n")


def _uses_of_template(source: Source) -> Iterator[Use]:
    for call in _parse(source).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in ASKING or not call.args:
            continue
        given = frozenset(keyword.key for keyword in call.kwargs)
        for literal in _branches(call.args[0]):
            yield Use(
                source,
                call.lineno,
                literal,
                counts=call.node.name == "tn",
                parameters=None if call.dyn_kwargs else given,
            )


def _branches(key: nodes.Expr) -> Iterator[str]:
    """The literal keys that an expression can yield: itself, or both sides of an `if`."""
    if isinstance(key, nodes.Const):
        yield str(key.value)
    elif isinstance(key, nodes.CondExpr):
        yield from _branches(key.expr1)
        if key.expr2 is not None:
            yield from _branches(key.expr2)


def _parse(source: Source) -> nodes.Template:
    return Environment(autoescape=True).parse(source.text)
