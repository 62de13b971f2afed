"""Adding rows up by day; the days are given as instants, since databases know too few zones."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, literal, select
from sqlalchemy.orm import Session


def sums_by_day(
    session: Session,
    at: SQLColumnExpression[datetime] | SQLColumnExpression[datetime | None],
    own: Sequence[ColumnElement[bool]],
    starts: Sequence[datetime],
    *amounts: SQLColumnExpression[int],
) -> list[tuple[int, ...]]:
    """Return, for each span between an instant and the next, the number of rows and sums.

    `starts` ascend, and the last of them ends the last span. One statement, whatever the rows.
    """
    spans = len(starts) - 1
    span = case(
        *((at < end, literal(place)) for place, end in enumerate(starts[1:])), else_=spans
    ).label("span")
    rows = session.execute(
        select(span, func.count(), *(func.sum(one) for one in amounts))
        .where(*own, at >= starts[0], at < starts[-1])
        .group_by("span")
    )
    found = {place: tuple(int(value) for value in values) for place, *values in rows}
    nothing = (0,) * (1 + len(amounts))
    return [found.get(place, nothing) for place in range(spans)]


def net_by_day(
    session: Session,
    own: Sequence[ColumnElement[bool]],
    starts: Sequence[datetime],
    *,
    came: SQLColumnExpression[datetime],
    went: SQLColumnExpression[datetime | None],
    amount: SQLColumnExpression[int] | None = None,
) -> list[int]:
    """Return, span by span as `sums_by_day`, what came less what went: rows, or their amount."""
    amounts = () if amount is None else (amount,)
    arrived = sums_by_day(session, came, own, starts, *amounts)
    left = sums_by_day(session, went, own, starts, *amounts)
    return [plus[-1] - minus[-1] for plus, minus in zip(arrived, left, strict=True)]
