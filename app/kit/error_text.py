"""What is kept of an error for people who look after the system."""

from sqlalchemy.exc import DBAPIError

LENGTH = 2000


def error_text(error: Exception) -> str:
    """Name and message of an error, without the statements and values of a database's."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return f"{type(error).__name__}: {said}"[:LENGTH]
