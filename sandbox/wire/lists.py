"""List pages: newest first, walked by `starting_after` and `ending_before`."""

from collections.abc import Sequence
from typing import Any

from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import invalid

PAGING = "limit starting_after ending_before"
OPERATORS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


class Filter:
    """Conditions on the objects of a list, collected from the parameters of a request."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[Any] = []

    def where(self, condition: str, *values: Any) -> "Filter":
        """Add a piece of SQL with its values."""
        self.conditions.append(condition)
        self.values += values
        return self

    def equal(self, params: Json, *names: str) -> "Filter":
        """Objects whose fields equal the parameters of the same names, as far as given."""
        for name in names:
            if name in params:
                value = params[name]
                value = int(value) if isinstance(value, bool) else value
                self.where(f"json_extract(body, '$.{name}') = ?", value)
        return self

    def column(self, params: Json, *names: str) -> "Filter":
        """The same for the indexed columns customer and subscription."""
        for name in names:
            if name in params:
                self.where(f"{name} = ?", params[name])
        return self

    def times(self, params: Json, *names: str, field: str | None = None) -> "Filter":
        """Objects whose times lie in the range of the parameter, or equal it.

        The field is called as the parameter unless `field` names another.
        """
        for name in names:
            wanted = params.get(name)
            if wanted is None:
                continue
            bounds = wanted.items() if isinstance(wanted, dict) else [("=", wanted)]
            for operator, value in bounds:
                sign = OPERATORS.get(operator, "=")
                self.where(f"json_extract(body, '$.{field or name}') {sign} ?", int(value))
        return self


def list_page(
    work: Transaction, kind: str, params: Json, *, url: str, found: Filter | None = None
) -> Json:
    """One page of the objects of a kind that meet the conditions."""
    found = found or Filter()
    conditions, values = list(found.conditions), list(found.values)
    backwards = "ending_before" in params
    for name, sign in (("starting_after", "<"), ("ending_before", ">")):
        if name in params:
            conditions.append(f"seq {sign} (SELECT seq FROM object WHERE id = ?)")  # noqa: S608
            values.append(work.get(kind, params[name], param=name)["id"])
    limit = limit_of(params)
    order = "seq ASC" if backwards else "seq DESC"
    rows = work.select(kind, " AND ".join(conditions), values, order=f"{order} LIMIT {limit + 1}")
    page = rows[:limit]
    return list_of(page[::-1] if backwards else page, url=url, has_more=len(rows) > limit)


def limit_of(params: Json) -> int:
    """Rows of a page: 1 to 100, 10 when not said."""
    limit: int = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise invalid(
            "This value must be greater than or equal to 1 and at most 100.",
            param="limit",
            code="parameter_invalid_integer",
        )
    return limit


def list_of(objects: Sequence[Json], *, url: str, has_more: bool = False) -> Json:
    """A list object."""
    return {"object": "list", "data": list(objects), "has_more": has_more, "url": url}
