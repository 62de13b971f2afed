"""Shapes of business time (S21)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictInt

from app.kit.http.fields import Line

MOST_DAYS = 1_830


class ClockMoveIn(BaseModel):
    """Where to move business time: exactly one of `to`, `advance_days` and `until`.

    `store_code` says whose trial or renewal `until` means; without it the earliest of all.
    """

    model_config = ConfigDict(extra="forbid")

    to: AwareDatetime | None = None
    advance_days: Annotated[StrictInt, Field(ge=1, le=MOST_DAYS)] | None = None
    until: Literal["trial_end", "next_renewal"] | None = None
    store_code: Annotated[Line, Field(max_length=63)] | None = None


class ClockErrorOut(BaseModel):
    """What ended the last move before its target."""

    error_code: str
    detail: str


class ClockOut(BaseModel):
    """Business time, and where it is going."""

    now: datetime
    moving: bool
    target: datetime | None
    error: ClockErrorOut | None
