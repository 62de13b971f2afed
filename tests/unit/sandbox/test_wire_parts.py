"""Forms, keys, parameters, coverage, versions, signatures and chaos, each by itself."""

import base64
import json
import time
from collections import Counter
from typing import Any

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from sandbox.store.identifiers import token
from sandbox.store.json_values import changed_from, clone, public, public_text
from sandbox.webhooks.chaos import CALM, NEAR, Chaos, copies
from sandbox.webhooks.signature import signature
from sandbox.wire.coverage import covered_tree, leaves, refuse_uncovered, uncovered
from sandbox.wire.errors import StripeError
from sandbox.wire.form import parse_form
from sandbox.wire.keys import LiveKeyError, check_key, refuse_live_key
from sandbox.wire.metadata import merged_metadata
from sandbox.wire.params import node_of, read_struct
from sandbox.wire.versions import NEWEST, OLDEST, check_version


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", {}),
        ("a=1&b=", {"a": "1", "b": ""}),
        ("a[b][c]=1&a[d]=2", {"a": {"b": {"c": "1"}, "d": "2"}}),
        ("a[]=x&a[]=y", {"a": ["x", "y"]}),
        ("a[0][b]=1&a[1][b]=2", {"a": [{"b": "1"}, {"b": "2"}]}),
        ("a[10]=k&a[9]=j", {"a": ["j", "k"]}),
        ("a%5Bb%5D=%C3%BC+x", {"a": {"b": "ü x"}}),
    ],
)
def test_a_form_becomes_a_tree(text: str, tree: dict[str, Any]) -> None:
    assert parse_form(text) == tree


@pytest.mark.parametrize("text", ["a[b=1", "[a]=1", "a=1&a[b]=2", "a[b]=1&a=2"])
def test_a_form_that_contradicts_itself_is_refused(text: str) -> None:
    with pytest.raises(StripeError) as refused:
        parse_form(text)
    assert refused.value.status == 400


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    status = 200
    try:
        parse_form(text)
    except StripeError as error:
        status = error.status
    assert status in (200, 400)


def test_keys_come_as_bearer_or_basic() -> None:
    basic = base64.b64encode(b"sk_test_1234567:").decode()
    assert check_key("Bearer sk_test_1234567") == "sk_test_1234567"
    assert check_key(f"Basic {basic}") == "sk_test_1234567"
    assert check_key("bearer rk_test_1234567") == "rk_test_1234567"


@pytest.mark.parametrize("header", [None, "", "Basic ???", "Digest x", "Bearer sk_test_"])
def test_what_is_no_key_is_401(header: str | None) -> None:
    with pytest.raises(StripeError) as refused:
        check_key(header)
    assert refused.value.status == 401


@pytest.mark.parametrize("key", ["sk_live_x", "rk_live_x", "pk_live_x"])
def test_a_live_key_stops_the_start(key: str) -> None:
    with pytest.raises(LiveKeyError, match="STRIPE_SECRET_KEY holds a live key") as refused:
        refuse_live_key("STRIPE_SECRET_KEY", key)
    assert key not in str(refused.value)
    refuse_live_key("STRIPE_SECRET_KEY", "sk_test_x")
    refuse_live_key("STRIPE_SECRET_KEY", None)


def test_parameters_get_the_types_of_the_sdk() -> None:
    form = parse_form(
        "customer=cus_1&items[0][price]=price_1&items[0][quantity]=2&trial_end=now"
        "&automatic_tax[enabled]=true&metadata[a]=1&discounts="
    )
    assert read_struct(node_of("SubscriptionCreateParams"), form) == {
        "customer": "cus_1",
        "items": [{"price": "price_1", "quantity": 2}],
        "trial_end": "now",
        "automatic_tax": {"enabled": True},
        "metadata": {"a": "1"},
        "discounts": "",
    }


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("shoe=1", "parameter_unknown"),
        ("items[0][quantity]=two", "parameter_invalid_integer"),
        ("off_session=1", "parameter_invalid_boolean"),
        ("customer=", "parameter_invalid_empty"),
        ("automatic_tax[liability][type]=self", "parameter_missing"),
    ],
)
def test_wrong_parameters_have_stripes_code(form: str, code: str) -> None:
    with pytest.raises(StripeError) as refused:
        read_struct(node_of("SubscriptionCreateParams"), parse_form(form))
    assert refused.value.code == code


def test_coverage_is_written_with_braces() -> None:
    tree = covered_tree("name address{city country} metadata")
    assert tree == {"name": None, "address": {"city": None, "country": None}, "metadata": None}
    node = node_of("CustomerCreateParams")
    assert set(leaves(tree, node)) == {"name", "address.city", "address.country", "metadata"}
    missing = uncovered(tree, node)
    assert "address.line1" in missing
    assert "phone" in missing
    assert "address" not in missing


def test_what_is_not_covered_is_refused_by_its_name() -> None:
    tree = covered_tree("items{price}")
    refuse_uncovered(tree, {"items": [{"price": "a"}]})
    with pytest.raises(StripeError) as refused:
        refuse_uncovered(tree, {"items": [{"price": "a", "plan": "b"}]})
    assert refused.value.error["param"] == "items[plan]"


def test_versions_are_two() -> None:
    assert check_version(None) == NEWEST
    assert check_version(OLDEST) == OLDEST
    with pytest.raises(StripeError):
        check_version("2020-08-27")


def test_the_sdk_verifies_the_signature() -> None:
    payload = b'{"id": "evt_1", "object": "event"}'
    header = signature(payload, secret="whsec_a", timestamp=int(time.time()))
    assert stripe.Webhook.construct_event(payload, header, "whsec_a").id == "evt_1"
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(payload, header, "whsec_b")
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(payload + b" ", header, "whsec_a")
    late = signature(payload, secret="whsec_a", timestamp=int(time.time()) - 301)
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(payload, late, "whsec_a")


def test_calm_delivers_once_in_order() -> None:
    assert [copies(CALM, number, api_version=None)[0].position for number in range(1, 9)] == [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
    ]


@given(st.text(max_size=8), st.integers(1, 10_000))
def test_chaos_depends_on_seed_and_number_alone(seed: str, number: int) -> None:
    chaos = Chaos(seed, duplicate=0.5, shuffle=0.5, delay=0.5, drop=0.5, old_version=0.5)
    first = copies(chaos, number, api_version=OLDEST)
    assert copies(chaos, number, api_version=OLDEST) == first
    assert all(copy.position >= number - NEAR for copy in first)


def test_chaos_goes_wrong_about_as_often_as_told() -> None:
    chaos = Chaos("x", duplicate=0.3, drop=0.1)
    counts = Counter(len(copies(chaos, number, api_version=None)) for number in range(10_000))
    lost = sum(copies(chaos, number, api_version=None)[0].lost for number in range(10_000))
    assert 2_800 < counts[2] < 3_200
    assert 850 < lost < 1_150


def test_ids_depend_on_seed_and_number() -> None:
    made = {token("seed", number) for number in range(20_000)}
    assert len(made) == 20_000
    assert token("seed", 7) == token("seed", 7)
    assert token("other", 7) != token("seed", 7)
    assert len(token("seed", 7, length=14)) == 14


def test_metadata_is_merged_and_emptied() -> None:
    assert merged_metadata({"a": "1", "b": "2"}, {"b": "", "c": "3"}) == {"a": "1", "c": "3"}
    assert merged_metadata({"a": "1"}, "") == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc_"), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(JSON)
def test_a_clone_is_equal_and_apart(value: Any) -> None:
    assert clone(value) == value
    assert not isinstance(value, dict | list) or clone(value) is not value


@given(JSON)
def test_both_ways_to_hide_agree(value: Any) -> None:
    assert public_text(json.dumps(value)) == public(value)


def test_changes_are_told_as_stripe_tells_them() -> None:
    before = {"a": 1, "b": {"x": 1, "y": 2}, "c": [1], "_": {"secret": 1}}
    after = {"a": 1, "b": {"x": 1, "z": 3}, "c": [2], "_": {"secret": 2}}
    assert changed_from(before, after) == {"b": {"z": None, "y": 2}, "c": [1]}
