"""Shapes of tier limits and overrides."""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictInt

from app.kit.http.fields import MAX_ID, Line


class TierFeatureLimitEntry(BaseModel):
    """One feature of a tier; `limit_value` null is unlimited, 0 is none (D8)."""

    model_config = ConfigDict(extra="forbid")

    feature_code: Line = Field(max_length=80)
    limit_value: StrictInt | None = Field(default=None, le=MAX_ID)
    enabled: bool = True


class ImpactIn(BaseModel):
    """The limits that an operator has in mind."""

    model_config = ConfigDict(extra="forbid")

    limits: list[TierFeatureLimitEntry] = Field(max_length=500)


class OverMerchantOut(BaseModel):
    """A merchant that a wished limit would put over it."""

    id: int
    name: str
    feature_code: str
    current: int


class ImpactOut(BaseModel):
    """How many merchants would be over, at most 50 of them, and by which features (D26)."""

    over: int
    sample: list[OverMerchantOut]
    codes: list[str]


class OverrideIn(BaseModel):
    """An exception to write; `reset` returns to the tier's default (D9)."""

    model_config = ConfigDict(extra="forbid")

    feature_code: Line = Field(max_length=80)
    limit_value: StrictInt | None = Field(default=None, le=MAX_ID)
    is_enabled: bool = True
    reason: Line = Field(default="", max_length=500)
    expires_at: AwareDatetime | None = None
    reset: bool = False


class OverrideOut(BaseModel):
    """An exception for one merchant; an expired one counts as none (D9)."""

    model_config = ConfigDict(from_attributes=True)

    feature_code: str
    limit_value: int | None
    is_enabled: bool
    reason: str
    created_by: str
    created_at: datetime
    expires_at: datetime | None
