"""Lists over HTTP: `?limit`, `?cursor`, `?sort`, `?search` in, one page out."""

from typing import Annotated, Any, Generic, Self, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel

from app.kit.pagination import DEFAULT_LIMIT, Page, PageRequest

Item = TypeVar("Item")


class PageOut(BaseModel, Generic[Item]):
    """One page of a list; `total` counts up to 10,000, beyond it is an estimate."""

    items: list[Item]
    next_cursor: str | None
    total: int
    total_is_estimate: bool

    @classmethod
    def of(cls, page: Page[Any]) -> Self:
        """Return a page whose items already have the form of the answer."""
        return cls(
            items=list(page.items),
            next_cursor=page.next_cursor,
            total=page.total,
            total_is_estimate=page.total_is_estimate,
        )


def page_request(
    limit: Annotated[int, Query()] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    sort: Annotated[str | None, Query(max_length=50)] = None,
) -> PageRequest:
    """Return which page is asked for. Raises InvalidInput for a limit outside 1..200."""
    return PageRequest(limit=limit, cursor=cursor or None, sort=sort or None)


Paging = Annotated[PageRequest, Depends(page_request)]
Search = Annotated[str | None, Query(max_length=200, description="Prefix of a name or mail")]
