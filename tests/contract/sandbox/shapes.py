"""Whether an object has the shape of the SDK's class for it, at the installed version."""

import decimal
import importlib
import sys
from functools import cache
from types import UnionType
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

import stripe

from sandbox.contract.classes import CLASSES, class_of

NAMES = {path.rpartition(".")[2]: kind for kind, path in CLASSES.items()}


def problems(value: Any, path: str = "") -> list[str]:
    """What is wrong with a Stripe object, by path; an empty list if nothing is."""
    return _object_problems(value, class_of(value["object"]), path or value["object"])


def _object_problems(value: Any, cls: Any, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path}: {value!r} is no object"]
    hints = _fields(cls)
    found = [f"{path}.{name}: the SDK does not know it" for name in value if name not in hints]
    for name, hint in hints.items():
        if name in value:
            found += _problems(value[name], hint, f"{path}.{name}", cls, name)
        elif type(None) not in get_args(hint):
            found.append(f"{path}.{name}: missing")
    return found


@cache
def _fields(cls: Any) -> dict[str, Any]:
    return {
        name: hint
        for name, hint in cls.__annotations__.items()
        if "ClassVar" not in str(hint) and not name.startswith("_")
    }


def _problems(value: Any, hint: Any, path: str, owner: Any, name: str) -> list[str]:
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    attempts = [_one(value, option, path, owner, name) for option in options]
    if any(not attempt for attempt in attempts):
        return []
    return min((a for a in attempts if a), key=len) if attempts else []


def _one(value: Any, hint: Any, path: str, owner: Any, name: str) -> list[str]:
    origin = get_origin(hint)
    if hint is type(None):
        return [] if value is None else [f"{path}: not null"]
    if origin is Literal:
        allowed = get_args(hint)
        return [] if value in allowed else [f"{path}: {value!r} is none of {allowed[:6]}"]
    if origin is list:
        return _list_problems(value, get_args(hint)[0], path, owner, name)
    if origin is stripe.ListObject:
        return _page_problems(value, get_args(hint)[0], path, owner)
    if isinstance(hint, ForwardRef | str):
        return _named_problems(value, hint, path, owner)
    if origin is dict or "UntypedStripeObject" in str(hint):
        return [] if isinstance(value, dict) else [f"{path}: {value!r} is no map"]
    return _plain_problems(value, hint, path)


def _plain_problems(value: Any, hint: Any, path: str) -> list[str]:
    if hint is Any:
        return []
    if isinstance(hint, type) and issubclass(hint, stripe.StripeObject):
        return _object_problems(value, hint, path)
    wanted = {float: (int, float), decimal.Decimal: (str,)}.get(hint, (hint,))
    fits = isinstance(value, wanted) and (hint is bool or not isinstance(value, bool))
    return [] if fits else [f"{path}: {value!r} is no {getattr(hint, '__name__', hint)}"]


def _list_problems(value: Any, item: Any, path: str, owner: Any, name: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{path}: {value!r} is no list"]
    return [
        problem
        for index, each in enumerate(value)
        for problem in _problems(each, item, f"{path}[{index}]", owner, name)
    ]


def _page_problems(value: Any, item: Any, path: str, owner: Any) -> list[str]:
    if not isinstance(value, dict) or value.get("object") != "list":
        return [f"{path}: no list object"]
    missing = {"data", "has_more", "url"} - set(value)
    found = [f"{path}.{name}: missing" for name in sorted(missing)]
    for index, each in enumerate(value.get("data", [])):
        found += _problems(each, item, f"{path}[{index}]", owner, "data")
    return found


def _named_problems(value: Any, hint: Any, path: str, owner: Any) -> list[str]:
    """A class that is named by its text: nested in its owner, or a resource of its own."""
    name = hint.__forward_arg__ if isinstance(hint, ForwardRef) else hint
    cls = _resolve(name.rpartition(".")[2], owner)
    if cls is None:
        return [f"{path}: unknown class {name}"]
    return _object_problems(value, cls, path)


@cache
def _resolve(name: str, owner: Any) -> Any:
    module = sys.modules[owner.__module__]
    outer = owner.__qualname__.split(".")
    scope: Any = module
    for part in outer:
        scope = getattr(scope, part)
        if hasattr(scope, name):
            return getattr(scope, name)
    if name in NAMES:
        return class_of(NAMES[name])
    aliases = {"CardResource": "Card", "DiscountResource": "Discount", "TaxIdResource": "TaxId"}
    found = getattr(stripe, aliases.get(name, name), None)
    return found or getattr(importlib.import_module("stripe.billing"), name, None)
