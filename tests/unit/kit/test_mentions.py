"""How texts mention somebody, and what is left of it."""

import pytest

from app.kit.mentions import Mentions

ZOE = Mentions.of("zoe@example.test", ["Zoé Weber", "Zoé"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to ZOE@example.test.", "Write to erased@erased.invalid."),
        ("mailto:zoe@example.test?x", "mailto:erased@erased.invalid?x"),
        ("?for=zoe%40example.test&x", "?for=erased@erased.invalid&x"),
        ("zoé weber’s.jpg", "erased’s.jpg"),
        ('{"by":"Zo\\u00e9 Weber"}', '{"by":"erased"}'),
        ('"Dear\\nZoé Weber"', '"Dear\\nerased"'),
    ],
)
def test_it_blots_out_an_address_and_a_full_name(text: str, left: str) -> None:
    assert ZOE.blotted(text) == left
    assert ZOE.found_in("other", text)


@pytest.mark.parametrize(
    "text",
    [
        "joe-zoe@example.test",
        "a.zoe@example.test",
        "zoe@example.test.lu",
        "zoe@example.test-it",
        "Zoé Weberlein",
        "Zoé’s wine",
    ],
)
def test_it_leaves_others_and_single_words(text: str) -> None:
    assert ZOE.blotted(text) == text
    assert not ZOE.found_in(text)


def test_it_blots_within_json_and_keeps_its_form() -> None:
    value = {"zoe@example.test": [{"name": "Zoé Weber"}, 1, None, True]}
    assert ZOE.blotted(value) == {"erased@erased.invalid": [{"name": "erased"}, 1, None, True]}


def test_it_knows_the_ascii_form_of_a_domain() -> None:
    mentions = Mentions.of("zoe@weingüter.example", [])
    left = mentions.blotted("to zoe@xn--weingter-b6a.example.")
    assert left == "to erased@erased.invalid."
