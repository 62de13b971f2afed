"""Errors as people who look after the system read them."""

from sqlalchemy.exc import IntegrityError

from app.kit.error_text import error_text


def test_gives_name_and_message() -> None:
    assert error_text(OSError("disk is full")) == "OSError: disk is full"


def test_leaves_out_the_statement_and_values_of_a_database_error() -> None:
    cause = Exception("UNIQUE constraint failed: users.email")
    error = IntegrityError("INSERT INTO users VALUES (?)", {"email": "anna@shop.test"}, cause)
    assert error_text(error) == "IntegrityError: UNIQUE constraint failed: users.email"


def test_cuts_what_is_too_long_to_keep() -> None:
    assert len(error_text(ValueError("x" * 5000))) == 2000
