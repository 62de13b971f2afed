"""No parameter that is accepted is without effect: two values, two outcomes."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.wire.api import Request
from sandbox.wire.coverage import leaves, refuse_uncovered
from sandbox.wire.endpoints import ENDPOINTS, Endpoint, Router
from sandbox.wire.errors import StripeError
from sandbox.wire.form import tree_of
from sandbox.wire.params import Node, read_struct
from tests.contract.sandbox.scene import Scene, brackets
from tests.contract.sandbox.trials import TRIALS

ROUTER = Router(ENDPOINTS)
INDEX = {"items": 0, "phases": 1}


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    """Two of everything."""
    made = Scene()
    yield made
    made.sandbox.stop()


def endpoint_of(trial: str) -> Endpoint:
    """The endpoint that a trial's request reaches."""
    method, _, path = trial.partition(" ")
    found = ROUTER.find(method, path)
    assert found is not None, trial
    return found[0]


def parameters() -> list[tuple[str, str]]:
    """Every covered parameter of every endpoint."""
    return [
        (trial, name)
        for trial in TRIALS
        for name in leaves(endpoint_of(trial).covered, endpoint_of(trial).node())
    ]


def test_every_endpoint_with_parameters_is_tried() -> None:
    tried = {(each.method, each.path) for each in map(endpoint_of, TRIALS)}
    with_parameters = {(each.method, each.path) for each in ENDPOINTS if each.covered}
    assert with_parameters - tried == set()


@pytest.mark.parametrize(("trial", "name"), parameters())
def test_two_values_give_two_outcomes(scene: Scene, trial: str, name: str) -> None:
    node = leaves(endpoint_of(trial).covered, endpoint_of(trial).node())[name]
    base, trials = TRIALS[trial]
    path, values, extra = chosen(trial, name, node, trials)
    first, second = (
        outcome(scene, trial, {**base, **extra}, place=path, value=each) for each in values
    )
    assert first != second
    assert "ok" in (first[0], second[0]), (first, second)


def chosen(
    trial: str, name: str, node: Node, trials: dict[str, Any]
) -> tuple[str, tuple[str, str], dict[str, str]]:
    """Where to put the values, which ones, and what else the request needs."""
    for path, found in trials.items():
        if re.sub(r"\.\d+", "", path) == name:
            place = f"{path}.0" if node.item and not node.item.fields else path
            place = f"{place}.key" if node.free_map else place
            place = f"{place}.gte" if node.fields and "gte" in node.fields else place
            return place, found[:2], found[2] if len(found) > 2 else {}
    parts = name.split(".")
    place = ".".join(f"{part}.{INDEX[part]}" if part in INDEX else part for part in parts)
    if node.free_map:
        return f"{place}.key", ("a", "b"), {}
    if node.item:
        options = node.item.choices or ("a", "b")
        return f"{place}.0", (options[0], options[1]), {}
    if bool in node.scalars:
        return place, ("true", "false"), {}
    if node.choices:
        return place, (node.choices[0], node.choices[1]), {}
    numeric = node.scalars & {int, float}
    return place, (("11", "12") if numeric else ("aa", "bb")), {}


def outcome(
    scene: Scene, trial: str, base: dict[str, str], *, place: str, value: str
) -> tuple[str, str]:
    """What a request answers and leaves behind; all of it is undone."""
    method, _, path = trial.partition(" ")
    target = base.get("@", path)
    form = {key: each for key, each in base.items() if key != "@"} | {place: value}
    pairs = [
        (brackets(key), each.format(**scene.names)) for key, each in form.items() if each != ""
    ]
    path = target.format(**scene.names)
    request = Request(method, path)
    found = ROUTER.find(request.method, request.path)
    assert found is not None
    endpoint, ids = found
    with scene.sandbox.work() as work, work.rehearsal():
        try:
            params = read_struct(endpoint.node(), tree_of(pairs))
            refuse_uncovered(endpoint.covered, params)
            answer = endpoint.handler(work, params, **ids)
        except StripeError as error:
            if not error.commits:
                return "refused", json.dumps(error.body())
            answer = error.body()
        work.flush()
        rows = work.connection.execute("SELECT id, body FROM object ORDER BY seq").fetchall()
        return "ok", json.dumps([answer, rows])
