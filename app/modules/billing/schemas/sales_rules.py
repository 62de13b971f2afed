"""Shapes of how a platform sells."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.kit.http.fields import Line
from app.modules.billing.schemas.platforms import PlatformBrief

Inbound = Literal["accept", "refuse"]
StripeLanguage = Literal["fr", "de"]


class SalesRulesPatch(BaseModel):
    """What may change; null stands for no tier."""

    model_config = ConfigDict(extra="forbid")

    default_tier_code: Line | None = None
    free_tier_code: Line | None = None
    inbound_after_expiry: Inbound = "accept"
    luxembourgish_as: StripeLanguage = "fr"


class SalesRulesOut(BaseModel):
    """How a platform sells: the tier that new merchants try out, the one that stands in for a plan
    that has ended, what becomes of shops' orders then, and Stripe's language for Luxembourgish."""

    model_config = ConfigDict(from_attributes=True)

    platform: PlatformBrief
    default_tier_code: str | None
    free_tier_code: str | None
    inbound_after_expiry: str
    luxembourgish_as: str
    version: int
