"""What a request may say, derived from the typed parameters of the installed SDK (S20)."""

import importlib
import re
import sys
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from types import UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from stripe import RequestOptions, StripeContext

from sandbox.store.json_values import Json
from sandbox.wire.errors import StripeError, invalid, missing_param

OPTIONS_OF_THE_CLIENT = frozenset(RequestOptions.__annotations__)
"""Keys of the SDK's RequestOptions: they travel as headers, not in the form."""

INTEGER = re.compile(r"^-?\d{1,18}$")


@dataclass(frozen=True)
class Node:
    """What may stand at one place of a form."""

    scalars: frozenset[type] = frozenset()
    choices: tuple[str, ...] = ()
    empty_allowed: bool = False
    item: "Node | None" = None
    fields: "dict[str, Node] | None" = None
    required: frozenset[str] = field(default=frozenset())
    free_map: bool = False


@cache
def node_of(name: str) -> Node:
    """The shape of the SDK's `stripe.params.NAME`, for example `checkout.SessionCreateParams`."""
    package, _, class_name = name.rpartition(".")
    module = importlib.import_module(f"stripe.params.{package}" if package else "stripe.params")
    return _struct(getattr(module, class_name))


def _struct(typed_dict: Any) -> Node:
    module = vars(sys.modules[typed_dict.__module__])
    also = {**vars(sys.modules[RequestOptions.__module__]), "StripeContext": StripeContext}
    hints = get_type_hints(typed_dict, module, also, include_extras=True)
    fields = {
        name: _node(hint) for name, hint in hints.items() if name not in OPTIONS_OF_THE_CLIENT
    }
    required = frozenset(
        name for name, hint in hints.items() if name in fields and _is_required(typed_dict, hint)
    )
    return Node(fields=fields, required=required)


def _is_required(typed_dict: Any, hint: Any) -> bool:
    return bool(typed_dict.__total__) and get_origin(hint) is not NotRequired


def _node(hint: Any) -> Node:
    """The place that a type hint describes; unions are folded into one."""
    scalars: set[type] = set()
    choices: list[str] = []
    empty_allowed = free_map = False
    item = fields = None
    required: frozenset[str] = frozenset()
    for part in _parts(hint):
        origin = get_origin(part)
        if origin is Literal:
            values = [str(value) for value in get_args(part)]
            empty_allowed |= "" in values
            choices += [value for value in values if value]
        elif origin is list:
            item = _node(get_args(part)[0])
        elif origin is dict:
            free_map = True
        elif part in (int, float, bool, str, Decimal):
            scalars.add(part)
        elif hasattr(part, "__required_keys__"):
            inner = _struct(part)
            fields, required = inner.fields, inner.required
    return Node(frozenset(scalars), tuple(choices), empty_allowed, item, fields, required, free_map)


def _parts(hint: Any) -> list[Any]:
    origin = get_origin(hint)
    if origin in (NotRequired, Required):
        return _parts(get_args(hint)[0])
    if origin in (Union, UnionType):
        return [part for inner in get_args(hint) for part in _parts(inner)]
    return [hint]


def read(node: Node, value: Any, path: str) -> Any:
    """A form value with the types that the SDK promises; Stripe's 400 when it does not fit."""
    if value == "" and (node.empty_allowed or node.free_map):
        return ""
    if isinstance(value, dict):
        if node.free_map:
            return _read_map(value, path)
        if node.fields is not None:
            return read_struct(node, value, path)
        raise invalid(f"Invalid {'array' if node.item else 'string'}: {value}", param=path)
    if isinstance(value, list):
        if node.item is None:
            raise invalid(f"Invalid {'object' if node.fields else 'string'}", param=path)
        return [read(node.item, inner, f"{path}[{i}]") for i, inner in enumerate(value)]
    if node.scalars or node.choices:
        return _read_scalar(node, value, path)
    kind = "array" if node.item else "object"
    raise invalid(f"Invalid {kind}", param=path, code=f"parameter_invalid_{kind}")


def read_struct(node: Node, tree: Json, path: str = "") -> Json:
    """An object of the form; unknown keys and missing ones are Stripe's 400."""
    fields = node.fields or {}
    result: Json = {}
    for key, value in tree.items():
        inner = f"{path}[{key}]" if path else key
        if key not in fields:
            raise unknown(inner)
        result[key] = read(fields[key], value, inner)
    for key in sorted(node.required):
        if key not in result:
            raise missing_param(f"{path}[{key}]" if path else key)
    return result


def unknown(param: str) -> StripeError:
    """400 for a parameter that Stripe does not have."""
    return invalid(f"Received unknown parameter: {param}", param=param, code="parameter_unknown")


def _read_map(value: Json, path: str) -> Json:
    for key, inner in value.items():
        if not isinstance(inner, str):
            raise invalid("Metadata values must be strings", param=f"{path}[{key}]")
        if len(inner) > 500:
            raise invalid("Metadata values can have up to 500 characters", param=f"{path}[{key}]")
        if len(key) > 40:
            raise invalid("Metadata keys can have up to 40 characters", param=path)
    return dict(value)


def _read_scalar(node: Node, value: str, path: str) -> Any:
    if value in node.choices:
        return value
    scalars = node.scalars
    if int in scalars and INTEGER.match(value):
        return int(value)
    if float in scalars:
        return _read_float(value, path)
    if Decimal in scalars:
        return _read_decimal(value, path)
    if bool in scalars:
        if value in ("true", "false"):
            return value == "true"
        raise invalid(f"Invalid boolean: {value}", param=path, code="parameter_invalid_boolean")
    if node.choices:
        allowed = ", ".join(node.choices[:-1])
        text = f"{allowed}, or {node.choices[-1]}" if allowed else node.choices[-1]
        raise invalid(f"Invalid {path}: must be one of {text}", param=path)
    if int in scalars:
        raise invalid(f"Invalid integer: {value}", param=path, code="parameter_invalid_integer")
    if value == "":
        raise invalid(
            f"You passed an empty string for '{path}'. We assume empty values are an attempt to "
            f"unset a parameter; however '{path}' cannot be unset. You should remove '{path}' from "
            "your request or supply a non-empty value.",
            param=path,
            code="parameter_invalid_empty",
        )
    return value


def _read_float(value: str, path: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise invalid(f"Invalid decimal: {value}", param=path) from None


def _read_decimal(value: str, path: str) -> str:
    try:
        return str(Decimal(value))
    except InvalidOperation:
        raise invalid(f"Invalid decimal: {value}", param=path) from None
