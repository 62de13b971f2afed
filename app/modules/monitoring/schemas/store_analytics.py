"""Shapes of a store's analytics."""

from datetime import date

from pydantic import BaseModel

from app.modules.billing.public import Accuracy


class StoreSeriesOut(BaseModel):
    """One series: a number a day; money in minor units where `unit` is `cents`.

    `expected` begins with today; it is empty without a forecast.
    """

    code: str
    name: str
    unit: str
    total: int
    values: list[int]
    expected: list[int]
    accuracy: Accuracy | None


class StoreAnalyticsOut(BaseModel):
    """The days, the last of them today, and what happened on each."""

    currency: str
    days: list[date]
    series: list[StoreSeriesOut]


class LimitOutlookOut(BaseModel):
    """A finite limit, and the day on which it is reached at the present pace.

    `limit_reached_on` is null where that is not foreseen, or not known from too little data.
    """

    feature_code: str
    name: str
    current: int
    limit: int
    limit_reached_on: date | None
    insufficient_data: bool
    accuracy: Accuracy | None


class LimitOutlooksOut(BaseModel):
    """What is expected of each limit, looking ahead to the day `until`."""

    until: date
    limits: list[LimitOutlookOut]
