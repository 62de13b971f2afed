"""Shapes of what somebody supposes, and of what it would change."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.modules.billing.public import PlannedFeature
from app.modules.monitoring.schemas.health import InfrastructureTierOut

TierCode = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MoveIn(_In):
    """So many percent of a tier's subscriptions go to another tier."""

    from_tier: TierCode
    to_tier: TierCode
    percent: Annotated[int, Field(ge=1, le=100)]


class LimitIn(_In):
    """A tier allows something else; `value` null is unlimited."""

    tier: TierCode
    feature: PlannedFeature
    value: Annotated[int, Field(ge=0, le=1_000_000_000)] | None


class GrowthIn(_In):
    """So many merchants more a month take a tier, over some months."""

    tier: TierCode
    per_month: Annotated[int, Field(ge=1, le=100_000)]
    months: Annotated[int, Field(ge=1, le=12)] = 1


class WhatIfIn(_In):
    """What is supposed, all of it at once; parts that are left out stay as they are."""

    move: MoveIn | None = None
    limit: LimitIn | None = None
    growth: GrowthIn | None = None


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AllowanceOut(_Out):
    """Finite limits added up, and how many subscriptions have none."""

    limit: int
    unlimited: int


class AllowanceChangeOut(_Out):
    """What is allowed now and then."""

    before: AllowanceOut
    after: AllowanceOut


class CentsChangeOut(_Out):
    """An amount now and then, in minor units."""

    before: int
    after: int


class DayChangeOut(_Out):
    """A day as expected now and then; null where it is not foreseen."""

    before: date | None
    after: date | None


class NextStepOut(BaseModel):
    """The next size of the infrastructure; null behind the largest, or without a forecast."""

    size: InfrastructureTierOut | None
    on: DayChangeOut
    insufficient_data: bool


class WhatIfOut(BaseModel):
    """What would change of theoretical limits, monthly revenue and the next step."""

    products: AllowanceChangeOut
    orders_monthly: AllowanceChangeOut
    mrr_cents: CentsChangeOut
    next_step: NextStepOut
