"""JSON values as the sandbox handles them: plain dicts and lists."""

import json
from typing import Any

Json = dict[str, Any]

HIDDEN = "_"
"""Key under which an object keeps what the sandbox knows and the wire never shows."""


def clone(value: Any) -> Any:
    """A deep copy of a JSON value; much faster than `copy.deepcopy` for plain JSON."""
    if isinstance(value, dict):
        return {key: clone(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clone(item) for item in value]
    return value


def compact(value: Any) -> str:
    """JSON text without spaces."""
    return json.dumps(value, separators=(",", ":"))


def public_text(text: str) -> Any:
    """Parsed JSON without the hidden part of any object in it."""
    return json.loads(text, object_hook=_without_hidden)


def _without_hidden(obj: Json) -> Json:
    obj.pop(HIDDEN, None)
    return obj


def public(value: Any) -> Any:
    """A deep copy without the hidden part of any object in it."""
    if isinstance(value, dict):
        return {key: public(item) for key, item in value.items() if key != HIDDEN}
    if isinstance(value, list):
        return [public(item) for item in value]
    return value


def hidden(obj: Json) -> Json:
    """The hidden part of an object, made when missing."""
    part: Json = obj.setdefault(HIDDEN, {})
    return part


def changed_from(before: Any, after: Json) -> Json:
    """The old values of what changed, shaped like an event's `previous_attributes`.

    Nested objects are compared key by key, lists as a whole, as Stripe does.
    """
    previous: Json = {}
    for key, new in after.items():
        if key == HIDDEN:
            continue
        old = before.get(key)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            inner = changed_from(old, new)
            inner.update({k: public(v) for k, v in old.items() if k not in new and k != HIDDEN})
            if inner:
                previous[key] = inner
        elif public(old) != public(new):
            previous[key] = public(old)
    return previous
