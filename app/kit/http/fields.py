"""Values that bodies and addresses share: what no database could store is refused at the door."""

import unicodedata
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

MAX_ID = 2**63 - 1
_BREAKS = frozenset("\n\r\t")


def _without_control_characters(text: str) -> str:
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        raise PydanticCustomError("control_characters", "control characters are not accepted")
    return text


def _without_control_characters_but_breaks(text: str) -> str:
    _without_control_characters("".join(sign for sign in text if sign not in _BREAKS))
    return text


Line = Annotated[
    str, StringConstraints(strip_whitespace=True), AfterValidator(_without_control_characters)
]
"""One line of text, without blanks around it."""

Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    AfterValidator(_without_control_characters_but_breaks),
]
"""Text of any number of lines, without blanks around it."""

Id = Annotated[int, Path(ge=1, le=MAX_ID)]
"""An id in an address."""
