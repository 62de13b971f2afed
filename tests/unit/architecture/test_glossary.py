"""Every text keeps to the words, the typography and the spelling of its language."""

import json
from collections.abc import Iterator

import pytest

from devtools.paths import ROOT
from tests.unit.architecture.catalogs import LOCALES, all_texts
from tests.unit.architecture.sources import Finding, expect_none
from tests.unit.architecture.wording import complaints, rules


def texts(locale: str) -> Iterator[tuple[str, str]]:
    """Keys with their forms, of the product and of the sandbox."""
    for key, entry in all_texts(locale).items():
        yield from ((key, form) for form in entry.forms)
    yield from json.loads((ROOT / f"sandbox/locales/{locale}.json").read_text()).items()


def findings(locale: str) -> Iterator[Finding]:
    held = rules(locale)
    for key, text in texts(locale):
        for what in complaints(text, locale, held):
            yield f"{locale} {key}: {what}"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_worded_as_the_glossary_says(locale: str) -> None:
    expect_none(findings(locale))


@pytest.mark.parametrize(
    ("locale", "text", "found"),
    [
        ("en", "It's saved", '"\'": straight mark, take the curved one'),
        ("en", "Saved!", "'!': no exclamation mark"),
        ("en", "No “plan", "'“plan': quotation mark without its partner"),
        ("en", "Your picture", "'picture': say image"),
        ("de", "Die Grenze ist erreicht", "'Grenze': say Limit"),
        ("de", "95 % belegt", "'%': no-break space before %"),
        ("de", "Der Tarif „{name}", "'„{name}': quotation mark without its partner"),
        ("fr", "Échec ; réessayez", "';': narrow no-break space beside it"),
        ("fr", "Erreur: {code}", "':': narrow no-break space before it"),
        ("fr", "un commerçant", "'commerçant': say marchand"),
        ("lb", "den Buttek", "'den ': the n falls before this consonant"),
        ("lb", "Äre Buttek a Är Equipe", "'a ': the n stays before this letter"),
        ("lb", "Rechnungen kucken", "'Rechnungen ': the n falls before this consonant"),
    ],
)
def test_the_check_finds_what_is_worded_otherwise(locale: str, text: str, found: str) -> None:
    assert complaints(text, locale, rules(locale)) == [found]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "Das 95-%-Band von „{name}“, wird geladen\u00a0…"),
        ("fr", "Voir https://exemple.lu\u202f: «\u202foui\u202f» à 12:00, 95\u202f%"),
        ("lb", "Den Tarif vun der Plattform, de Buttek vun {name} an en Dag vun API-Ufroen"),
    ],
)
def test_the_check_passes_what_is_worded_well(locale: str, text: str) -> None:
    assert complaints(text, locale, rules(locale)) == []
