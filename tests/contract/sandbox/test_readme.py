"""The README says what the code does."""

import re

import stripe

from sandbox.coverage_table import README, with_table
from sandbox.engine.cards import CARDS, TOKENS
from sandbox.resources.webhook_endpoints import PATH
from sandbox.webhooks.delivery import Backoff
from sandbox.wire.endpoints import ENDPOINTS
from sandbox.wire.params import node_of
from sandbox.wire.versions import NEWEST

TEXT = README.read_text("utf-8")


def test_its_table_is_made_from_the_code() -> None:
    assert with_table(TEXT) == TEXT


def test_every_endpoint_takes_parameters_that_the_sdk_has() -> None:
    for endpoint in ENDPOINTS:
        assert endpoint.params_name is not None
        known = node_of(endpoint.params_name).fields or {}
        assert set(endpoint.covered) - set(endpoint.older) <= set(known), endpoint.path


def test_no_endpoint_is_registered_twice() -> None:
    names = [(endpoint.method, endpoint.path) for endpoint in ENDPOINTS]
    assert len(names) == len(set(names))
    assert ("GET", PATH) in names


def test_its_cards_are_those_of_the_code() -> None:
    listed = dict(re.findall(r"\| ([\d ]{19}) \| `pm_card_(\w+)`", TEXT))
    assert {number.replace(" ", ""): token for number, token in listed.items()} == {
        number: next(token for token, of in TOKENS.items() if of == number)
        for number in CARDS
        if number in {each.replace(" ", "") for each in listed}
    }
    assert len(listed) == 10


def test_it_names_the_pauses_between_deliveries() -> None:
    *first, last = (f"{seconds:g}" for seconds in Backoff().seconds)
    assert f"after {', '.join(first)} and {last} real seconds" in TEXT


def test_the_newest_version_is_the_sdks() -> None:
    assert stripe.api_version == NEWEST
