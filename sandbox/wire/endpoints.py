"""The register of endpoints: what is called, with which parameters, by whom it is answered."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.store.json_values import Json
from sandbox.wire.coverage import Covered, covered_tree
from sandbox.wire.params import Node, node_of

Handler = Callable[..., Json]


@dataclass(frozen=True)
class Endpoint:
    """One method and path of the API."""

    method: str
    path: str
    handler: Handler
    params_name: str | None
    covered: Covered
    older: dict[str, Node] = field(default_factory=dict)

    def node(self) -> Node:
        """The shape of its parameters: the SDK's, and what clients of older versions send."""
        if self.params_name is None:
            return Node(fields=dict(self.older))
        node = node_of(self.params_name)
        if not self.older:
            return node
        return Node(fields={**(node.fields or {}), **self.older}, required=node.required)


ENDPOINTS: list[Endpoint] = []


def endpoint(
    method: str,
    path: str,
    params: str | None = None,
    *,
    covers: str = "",
    older: dict[str, Node] | None = None,
) -> Callable[[Handler], Handler]:
    """Register the function below as the answer to METHOD PATH.

    `params` names the SDK's typed parameters, `covers` those of them that have an effect here,
    `older` those that the newest version no longer has but clients without a version still send.
    """

    def register(handler: Handler) -> Handler:
        covered = covered_tree(covers) | dict.fromkeys(older or {})
        ENDPOINTS.append(Endpoint(method, path, handler, params, covered, older or {}))
        return handler

    return register


def pattern_of(path: str) -> re.Pattern[str]:
    """The expression that a path template stands for."""
    named = path.replace("{id}", "{object_id}")
    return re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", named) + "$")


class Router:
    """Finds the endpoint of a request."""

    def __init__(self, endpoints: list[Endpoint]) -> None:
        self._fixed = {(e.method, e.path): e for e in endpoints if "{" not in e.path}
        self._patterns = [(e, pattern_of(e.path)) for e in endpoints if "{" in e.path]

    def find(self, method: str, path: str) -> tuple[Endpoint, dict[str, Any]] | None:
        """The endpoint and the ids in its path, or None."""
        if fixed := self._fixed.get((method, path)):
            return fixed, {}
        for each, pattern in self._patterns:
            if each.method == method and (found := pattern.match(path)):
                return each, found.groupdict()
        return None
