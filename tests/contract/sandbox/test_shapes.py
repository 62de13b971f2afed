"""Every object that leaves has the shape of the SDK's class at the installed version (S20)."""

import json
from pathlib import Path
from typing import Any

import pytest
import stripe

from sandbox.contract.classes import CLASSES
from sandbox.store.json_values import public
from sandbox.wire.versions import OLDEST, rendered
from tests.contract.sandbox.shapes import problems
from tests.contract.sandbox.story import stored, tell
from tests.integration.sandbox.world import a_world

PAYLOADS = Path(__file__).parent / "payloads"
WITHOUT_ID = {"tax.settings"}
NOT_STORED = {"line_item", "subscription_item", "plan", "item", *WITHOUT_ID}


@pytest.fixture(scope="module")
def objects() -> list[dict[str, Any]]:
    """All objects of a story that makes every kind."""
    with a_world() as world:
        tell(world)
        return [json.loads(json.dumps(each)) for each in stored(world)]


def test_the_story_makes_every_kind(objects: list[dict[str, Any]]) -> None:
    assert {each["object"] for each in objects} == set(CLASSES) - NOT_STORED


def test_every_object_fits_its_class(objects: list[dict[str, Any]]) -> None:
    found = [problem for each in objects for problem in problems(public(each))]
    assert sorted(set(found)) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": 7}, "customer.name: 7 is no str"),
        ({"shoe_size": 44}, "customer.shoe_size: the SDK does not know it"),
        ({"created": "now"}, "customer.created: 'now' is no int"),
        ({"livemode": None}, "customer.livemode: None is no bool"),
        ({"address": {"city": 1}}, "customer.address.city: 1 is no str"),
    ],
)
def test_it_would_see_a_wrong_object(
    objects: list[dict[str, Any]], change: dict[str, Any], problem: str
) -> None:
    customer = next(each for each in objects if each["object"] == "customer")
    assert problem in problems(public(customer | change))


def test_every_event_carries_an_object_that_fits(objects: list[dict[str, Any]]) -> None:
    events = [each for each in objects if each["object"] == "event"]
    found = [p for event in events for p in problems(public(event["data"]["object"]))]
    assert sorted(set(found)) == []
    types = set(stripe.Event.__annotations__["type"].__args__)
    assert {event["type"] for event in events} <= types


@pytest.mark.parametrize("version", [stripe.api_version, OLDEST])
@pytest.mark.parametrize(
    ("sample", "kind"),
    [
        ("customer.subscription.updated", "subscription"),
        ("invoice.paid", "invoice"),
        ("checkout.session.completed", "checkout.session"),
    ],
)
def test_it_has_the_keys_of_the_samples(
    objects: list[dict[str, Any]], version: str, sample: str, kind: str
) -> None:
    text = (PAYLOADS / f"{sample}.{version}.json").read_text("utf-8")
    expected = json.loads(text)["data"]["object"]
    made = rendered(next(each for each in objects if each["object"] == kind), version)
    assert isinstance(made, dict)
    assert set(expected) - set(made) == set()
    if kind == "invoice":
        line, sample_line = made["lines"]["data"][0], expected["lines"]["data"][0]
        assert set(sample_line) - set(line) == set()
    if kind == "subscription":
        item, sample_item = made["items"]["data"][0], expected["items"]["data"][0]
        assert set(sample_item) - set(item) == set()
        assert set(sample_item["plan"]) - set(item["plan"]) == set()


def test_the_old_version_has_no_keys_of_the_new(objects: list[dict[str, Any]]) -> None:
    for kind, sample in (
        ("subscription", "customer.subscription.updated"),
        ("invoice", "invoice.paid"),
    ):
        text = (PAYLOADS / f"{sample}.{OLDEST}.json").read_text("utf-8")
        expected = json.loads(text)["data"]["object"]
        made = rendered(next(each for each in objects if each["object"] == kind), OLDEST)
        assert isinstance(made, dict)
        assert set(made) - set(expected) == set()
