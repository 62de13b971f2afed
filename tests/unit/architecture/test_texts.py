"""Every text that the product asks for is there in all languages, and none is there for nothing."""

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from app.bootstrap import MODULES
from tests.unit.architecture.app_errors import error_codes
from tests.unit.architecture.catalogs import (
    Entry,
    Texts,
    all_texts,
    incomplete,
    locale_folders,
    read_folder,
    same_words,
)
from tests.unit.architecture.sources import (
    Finding,
    Source,
    expect_none,
    python_sources,
    sources,
    strings,
)
from tests.unit.architecture.text_uses import Use, mentions, uses

FILES = [
    *sources("app/**/*.py"),
    *sources("app/modules/*/templates/**/*.*"),
    *sources("app/modules/*/static/**/*.js"),
]
SAME_ON_PURPOSE = Path(__file__).with_name("same_in_luxembourgish.txt")


def unanswered(asked: Iterable[Use], texts: Texts) -> list[Finding]:
    """Uses of keys that there are not, of counted ones as plain, or with parameters missing."""
    found = []
    for use in asked:
        entry = texts.get(use.key)
        if entry is None:
            found.append(f"{use} has no text")
        elif use.counts != entry.is_plural and use.parameters is not None:
            found.append(f"{use} counts here or in the catalog only")
        elif use.parameters is not None:
            missing = entry.parameters - use.parameters - {"count"}
            found += [f"{use} is not given {name}" for name in sorted(missing)]
    return found


def unused(texts: Iterable[str], mentioned: Iterable[str], codes: set[str]) -> list[str]:
    """Keys that no file mentions, wholly or by their beginning."""
    known = set(mentioned) | codes
    beginnings = tuple(one for one in known if one.endswith("."))
    return [key for key in texts if key not in known and not key.startswith(beginnings)]


@pytest.mark.parametrize("folder", locale_folders(), ids=lambda folder: folder.parent.name)
def test_all_languages_have_the_same_texts(folder: Path) -> None:
    expect_none(incomplete(read_folder(folder)))


@pytest.mark.parametrize("folder", locale_folders(), ids=lambda folder: folder.parent.name)
def test_luxembourgish_has_words_of_its_own(folder: Path) -> None:
    reviewed = frozenset(SAME_ON_PURPOSE.read_text(encoding="utf-8").splitlines())
    expect_none(same_words(read_folder(folder), reviewed))


def test_no_text_was_reviewed_for_nothing() -> None:
    found = [
        one for folder in locale_folders() for one in same_words(read_folder(folder), frozenset())
    ]
    reviewed = SAME_ON_PURPOSE.read_text(encoding="utf-8").splitlines()
    expect_none(text for text in reviewed if not any(repr(text) in one for one in found))


def test_every_text_asked_for_is_there_with_its_parameters() -> None:
    asked = [use for source in FILES for use in uses(source)]
    assert len(asked) > 100, "the search itself must find the texts"
    expect_none(unanswered(asked, all_texts("en")))


def test_no_text_is_there_for_nothing() -> None:
    codes = {f"errors.{code}" for code in error_codes()}
    named = {text for source in python_sources() for _, text in strings(source)}
    codes |= {f"validation.{code}" for code in [*named, *pydantic_codes()]}
    mentioned = [key for source in FILES for key in mentions(source)]
    expect_none(unused(all_texts("en"), mentioned, codes | feature_texts()))


def test_every_declared_feature_has_its_texts() -> None:
    assert len(feature_texts()) > 60, "the search itself must find the features"
    expect_none(sorted(feature_texts() - set(all_texts("en"))))


def feature_texts() -> set[str]:
    """The texts of all declared features."""
    declared = [one for module in MODULES if module.features for one in module.features.declare()]
    keys = {
        key for one in declared for key in (one.name_key, one.usage_name_key, one.description_key)
    }
    return {key for key in keys if key is not None}


def pydantic_codes() -> list[str]:
    """The codes of wrong values that Pydantic itself reports, and ours for all others."""
    return ["invalid", *get_args(ErrorType)]


def entry(*forms: str, is_plural: bool = False) -> Entry:
    return Entry(forms, is_plural=is_plural)


@pytest.mark.parametrize(
    ("lb", "found"),
    [
        ({}, "a.po x.y: is missing in lb"),
        ({"x.y": entry("Moien")}, "a.po x.y: the languages name different parameters"),
        ({"x.y": entry("{name}", "", is_plural=True)}, "a.po x.y: counts in some languages only"),
        ({"x.y": entry(" ")}, "a.po x.y: has an empty or missing form in lb"),
    ],
)
def test_the_check_finds_an_incomplete_language(lb: Texts, found: str) -> None:
    whole = {"a.po": {"x.y": entry("Hi {name}")}}
    assert found in incomplete({"de": whole, "en": whole, "fr": whole, "lb": {"a.po": lb}})


def test_the_check_finds_a_copied_text() -> None:
    german = {"a.po": {"x.y": entry("Speichern"), "x.z": entry("Team")}}
    folder = {"de": german, "en": {}, "fr": {}, "lb": german}
    assert same_words(folder, frozenset({"Team"})) == ["a.po x.y: 'Speichern' is also de"]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("a.py", "i18n.translate('ui.gone')", "a.py:1: ui.gone has no text"),
        ("a.py", "NavigationEntry(label='ui.gone')", "a.py:1: ui.gone has no text"),
        ("a.html", "{{ t('ui.gone' if x else 'ui.save') }}", "a.html:1: ui.gone has no text"),
        ("a.html", "\n{{ t('ui.hello') }}", "a.html:2: ui.hello is not given name"),
        ("a.html", "{{ t('ui.n') }}", "a.html:1: ui.n counts here or in the catalog only"),
        ("a.js", "x = t(\n 'ui.gone')", "a.js:1: ui.gone has no text"),
    ],
)
def test_the_check_finds_a_text_that_is_not_there(path: str, text: str, found: str) -> None:
    texts = {
        "ui.save": entry("Save"),
        "ui.hello": entry("Hello {name}"),
        "ui.n": entry("{count} day", "{count} days", is_plural=True),
    }
    assert unanswered(uses(Source(path, text)), texts) == [found]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "x = 'ui.a'"),
        ("a.py", "x = f'ui.{code}'"),
        ("a.html", "{{ t('ui.' ~ code) }}"),
        ("a.js", "t(`ui.${code}`)"),
    ],
)
def test_the_check_finds_a_text_for_nothing(path: str, text: str) -> None:
    mentioned = list(mentions(Source(path, text)))
    assert unused(["ui.a", "other.a", "errors.a"], mentioned, {"errors.b"}) == [
        "other.a",
        "errors.a",
    ]
