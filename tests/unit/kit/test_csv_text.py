"""CSV that no spreadsheet runs."""

import pytest

from app.kit.csv_text import csv_text, unguarded


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_it_guards_what_a_spreadsheet_would_run(text: str) -> None:
    written = csv_text([[text]])
    assert written.strip('"').startswith("'")
    assert unguarded(f"'{text}") == text


def test_it_leaves_numbers_and_plain_texts_alone() -> None:
    assert csv_text([["a,b", -5, "it's"], ["'quoted'"]]) == "\"a,b\",-5,it's\r\n'quoted'\r\n"
    assert unguarded("'quoted'") == "'quoted'"
