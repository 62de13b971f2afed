"""Every error by its HTTP status, with its text."""

from collections.abc import Iterator

import app.cli.main  # noqa: F401 - brings in whatever can raise a named error
from app.kit.errors import AppError
from app.kit.http.problems import STATUS_OF_FAMILY
from devtools.reference.markdown import code, document, table
from devtools.reference.texts import text

LEAD = (
    "Errors answer as RFC 9457 documents of the type `application/problem+json`: `title`, "
    "`status`, `detail` in the reader's language, `error_code`, `params` (what stands in braces "
    "here) and `request_id`; a 422 lists the wrong values in `errors` by JSON pointer. "
    "Codes are stable, texts are not."
)


def page() -> str:
    """The whole page, one section a status."""
    parts = []
    for family, status in STATUS_OF_FAMILY.items():
        parts += [f"## {status} {text(f'errors.title.{status}')}\n", f"{_first_line(family)}\n"]
        found = sorted((one for one in errors() if _status_of(one) == status), key=_code_of)
        rows = [[code(one.code), text(f"errors.{one.code}")] for one in found]
        parts.append(table(["Code", "Text"], rows))
    return document("Errors", LEAD, *parts)


def errors(family: type[AppError] = AppError) -> Iterator[type[AppError]]:
    """A family of errors and all below it, of the product alone."""
    if family.__module__.startswith("app."):
        yield family
    for below in family.__subclasses__():
        yield from errors(below)


def _status_of(error: type[AppError]) -> int:
    return next(STATUS_OF_FAMILY[one] for one in error.__mro__ if one in STATUS_OF_FAMILY)


def _code_of(error: type[AppError]) -> str:
    return error.code


def _first_line(family: type[AppError]) -> str:
    return (family.__doc__ or "").strip().splitlines()[0]
