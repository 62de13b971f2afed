"""Shapes of revenue analytics; amounts in minor units, rates from 0 to 1, null without basis."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class RevenueMonthOut(BaseModel):
    """One month: annual revenue at both ends and the movements between them, to the cent."""

    month: date
    opening_arr_cents: int
    new_arr_cents: int
    expansion_arr_cents: int
    contraction_arr_cents: int
    churn_arr_cents: int
    reactivation_arr_cents: int
    closing_arr_cents: int
    closing_mrr_cents: int
    paying: int
    began: int
    ended: int
    logo_churn: float | None
    revenue_churn: float | None


class CohortOut(BaseModel):
    """Those who first paid in a month, and which part still paid at the end of each one since."""

    month: date
    size: int
    retention: list[float]


class ExpectedMonthOut(BaseModel):
    """Annual revenue expected at a month's end, with its intervals."""

    model_config = ConfigDict(from_attributes=True)

    month: date
    mean: int
    low_80: int
    high_80: int
    low_95: int
    high_95: int


class AccuracyOut(BaseModel):
    """How good the forecast was on months that it had not seen: error by that of "as before"
    (below 1 is better), and the share of months within their 95 % interval."""

    model_config = ConfigDict(from_attributes=True)

    mase: float
    coverage_95: float
    points: int


class AnalyticsOut(BaseModel):
    """What subscriptions bring, how that moves, and who stays (D27)."""

    currency: str
    mrr_cents: int
    arr_cents: int
    paying: int
    arpu_cents: int
    ltv_cents: int | None
    churn_rate_30d: float | None
    trial_conversion_rate: float | None
    months: list[RevenueMonthOut]
    cohorts: list[CohortOut]
    expected: list[ExpectedMonthOut]
    accuracy: AccuracyOut | None
