"""Every error has a code of its own and a text that its parameters fill."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.unit.architecture.app_errors import (
    error_classes,
    raised,
    validation_codes,
    wrong_values,
)
from tests.unit.architecture.catalogs import Entry, Texts, all_texts
from tests.unit.architecture.sources import Finding, Source, expect_none, python_sources

TEXTS = all_texts("en")


def unfilled(source: Source, texts: Texts) -> Iterator[Finding]:
    """Errors that are raised without a parameter of their text."""
    codes = {one.__name__: one.code for one in error_classes()}
    asked = [(line, f"errors.{codes[name]}", given) for line, name, given in raised(source)]
    asked += [(line, f"validation.{code}", given) for line, code, given in wrong_values(source)]
    for line, key, given in asked:
        wanted = texts[key].parameters if key in texts else frozenset()
        if given is not None and not wanted <= given:
            yield f"{source.path}:{line}: {key} needs {', '.join(sorted(wanted - given))}"


def test_every_error_has_a_text() -> None:
    expect_none(one.code for one in error_classes() if f"errors.{one.code}" not in TEXTS)


def test_every_wrong_value_has_a_text() -> None:
    expect_none(code for code in sorted(validation_codes()) if f"validation.{code}" not in TEXTS)


def test_no_two_errors_share_a_code() -> None:
    counted = Counter(one.code for one in error_classes() if "code" in vars(one))
    assert [code for code, times in counted.items() if times > 1] == []


def test_only_a_family_goes_without_a_code_of_its_own() -> None:
    nameless = [one for one in error_classes() if "code" not in vars(one)]
    assert [one.__name__ for one in nameless if not one.__subclasses__()] == []


def test_every_error_is_raised_with_what_its_text_says() -> None:
    expect_none(finding for source in python_sources() for finding in unfilled(source, TEXTS))


@pytest.mark.parametrize(
    "line",
    ["raise NotFound", "raise errors.NotFound(other=1)", "InvalidInput.at('/x', 'odd', a=1)"],
)
def test_the_check_finds_a_missing_parameter(line: str) -> None:
    texts = {
        "errors.not_found": Entry(("No {name} here",), is_plural=False),
        "validation.odd": Entry(("{value} is odd",), is_plural=False),
    }
    assert len(list(unfilled(Source("app/x.py", line), texts))) == 1
