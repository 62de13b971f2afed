"""Shapes of comparisons with Stripe."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class DifferenceOut(BaseModel):
    """One column in which we differ."""

    ours: Any
    stripe: Any


class DriftOut(BaseModel):
    """A subscription that differed; `in_step_at` is when it last did not."""

    stripe_subscription_id: str
    purpose: str
    merchant_id: int
    platform_id: int
    lowers_access: bool
    in_step_at: datetime | None
    fields: dict[str, DifferenceOut]


class ReconciliationOut(BaseModel):
    """One walk over all subscriptions at Stripe; `drift` lists the first of what differed."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    started_at: datetime
    finished_at: datetime | None
    checked: int
    drifted: int
    repaired: int
    missing: int
    failed: int
    stopped: bool
    drift: list[DriftOut]
