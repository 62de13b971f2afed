"""What billing gives to every page: `feature(code)`, for what a template shows locked."""

from typing import Any

from app.contracts.features import FeatureAnswer, gate
from app.contracts.tenants import StoreRef
from app.kit.http.context import request_context


def page_context(_request: Any) -> dict[str, Any]:
    """Return `feature`; the page must not be rendered inside a unit of work to use it."""
    return {"feature": _feature}


def _feature(code: str) -> FeatureAnswer | None:
    """Return the advisory answer for the store of the page; None on pages of no store.

    Raises FeatureNotFound.
    """
    store = getattr(request_context().place, "store", None)
    return gate().check(store.owner, code) if isinstance(store, StoreRef) else None
