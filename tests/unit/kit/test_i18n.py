"""Texts in four languages: choice of language, plurals, parameters, what is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from app.kit import i18n
from app.kit.i18n import (
    LOCALES,
    Catalogs,
    best_locale,
    catalogs,
    configure_catalogs,
    knows,
    translate,
    translate_count,
)

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
DAYS = """
msgid "x.days"
msgid_plural "x.days"
msgstr[0] "{count} {one}"
msgstr[1] "{count} {many}"

msgid "x.hello"
msgstr "Hi {name}"
"""


@pytest.fixture(autouse=True)
def two_texts(tmp_path: Path) -> Iterator[None]:
    """Catalogs with one plain and one counted text."""
    for locale in LOCALES:
        (tmp_path / locale).mkdir()
        (tmp_path / locale / "x.po").write_text(HEAD + DAYS, encoding="utf-8")
    before = catalogs()
    configure_catalogs(Catalogs([tmp_path]))
    yield
    configure_catalogs(before)


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("de", {0: "many", 1: "one", 2: "many"}),
        ("en", {0: "many", 1: "one", 2: "many"}),
        ("fr", {0: "one", 1: "one", 2: "many"}),
        ("lb", {0: "many", 1: "one", 2: "many"}),
    ],
)
def test_it_takes_the_plural_of_the_language(locale: str, forms: dict[int, str]) -> None:
    for count, word in forms.items():
        text = translate_count("x.days", count, locale, one="one", many="many")
        assert text == f"{count} {word}"


def test_it_fills_in_what_it_is_given() -> None:
    assert translate("x.hello", "de", name="{name} <b>") == "Hi {name} <b>"


def test_it_answers_the_key_where_there_is_no_text_and_logs_it() -> None:
    with capture_logs() as logs:
        assert translate("x.gone", "fr") == "x.gone"
    assert logs == [
        {"event": "text_missing", "key": "x.gone", "locale": "fr", "log_level": "error"}
    ]
    assert (knows("x.gone"), knows("x.hello")) == (False, True)


def test_it_answers_the_text_where_a_parameter_is_missing_and_logs_it() -> None:
    with capture_logs() as logs:
        assert translate("x.hello", "en", other=1) == "Hi {name}"
    assert [entry["event"] for entry in logs] == ["text_parameter_missing"]


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("", "en"),
        ("lb", "lb"),
        ("de-AT", "de"),
        ("FR-fr", "fr"),
        ("it,es;q=0.9", "en"),
        ("en;q=0.1,de;q=0.9", "de"),
        ("de;q=zero,fr", "fr"),
        ("de,fr", "de"),
        ("*", "en"),
    ],
)
def test_it_chooses_the_language_that_is_wanted_most(header: str, locale: str) -> None:
    assert best_locale(header) == locale


def test_it_hands_scripts_the_texts_of_their_prefixes_alone() -> None:
    given = i18n.catalogs().having("en", ("x.d",))
    assert list(given) == ["x.days"]
