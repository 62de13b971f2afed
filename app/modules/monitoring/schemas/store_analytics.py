"""Shapes of a store's analytics."""

from datetime import date

from pydantic import BaseModel


class StoreSeriesOut(BaseModel):
    """One series: a number a day; money in minor units where `unit` is `cents`."""

    code: str
    name: str
    unit: str
    total: int
    values: list[int]
    expected: list[int]


class StoreAnalyticsOut(BaseModel):
    """The days, the last of them today, and what happened on each."""

    currency: str
    days: list[date]
    series: list[StoreSeriesOut]
