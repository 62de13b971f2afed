"""The sandbox does not start where it must not (S17)."""

import json

import pytest

from sandbox.commands import main, parser
from sandbox.pages.locale import LANGUAGES, Speech, catalog
from sandbox.pages.pdf import printable
from sandbox.serve import NotLoopbackError, check_host


@pytest.mark.parametrize("name", ["STRIPE_SECRET_KEY", "STRIPE_API_KEY"])
def test_it_refuses_to_start_beside_a_live_key(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "sk_live_51abc")
    with pytest.raises(SystemExit) as stopped:
        main(["--port", "0"])
    assert str(stopped.value).startswith(f"{name} holds a live key.")
    assert "sk_live_51abc" not in str(stopped.value)


def test_it_refuses_addresses_beyond_this_machine() -> None:
    with pytest.raises(SystemExit, match=r"0\.0\.0\.0 can be reached by other machines"):
        main(["--host", "0.0.0.0", "--port", "0"])  # noqa: S104 - it must be refused
    with pytest.raises(NotLoopbackError):
        check_host("192.168.1.7", expose=False)
    check_host("192.168.1.7", expose=True)
    check_host("127.0.0.1", expose=False)


def test_it_listens_on_loopback_unless_told() -> None:
    given = parser().parse_args([])
    assert (given.host, given.port, given.data, given.expose) == (
        "127.0.0.1",
        12111,
        ":memory:",
        False,
    )


def test_all_languages_have_the_same_keys_and_values() -> None:
    keys = {language: set(catalog(language)) for language in LANGUAGES}
    assert keys["de"] == keys["en"] == keys["fr"] == keys["lb"]
    for key, text in catalog("en").items():
        places = json.dumps(sorted(part.split("}")[0] for part in text.split("{")[1:]))
        for language in LANGUAGES:
            found = catalog(language)[key]
            assert json.dumps(sorted(p.split("}")[0] for p in found.split("{")[1:])) == places
            assert found.strip()


@pytest.mark.parametrize(
    ("language", "amount", "day"),
    [
        ("de", "1.234,50\u00a0€", "22. November 2026"),
        ("en", "€1,234.50", "November 22, 2026"),
        ("fr", "1\u202f234,50\u00a0€", "22 novembre 2026"),
        ("lb", "1.234,50\u00a0€", "22. November 2026"),
    ],
)
def test_amounts_and_dates_are_written_in_the_language(
    language: str, amount: str, day: str
) -> None:
    speech = Speech(language)
    assert speech.money(123_450, "eur") == amount
    assert speech.day(1_795_348_800) == day


def test_amounts_without_minor_units_are_whole() -> None:
    assert Speech("en").money(1234, "jpy") == "¥1,234"


def test_letters_that_the_font_lacks_are_replaced() -> None:
    assert printable("Łódź – 5 € Bäckerei") == "?ódz ? 5 EUR Bäckerei"
