"""What tenancy gives to every page of a store or merchant: the switch to one's other places."""

from typing import Any

from app.kit.http.context import request_context
from app.modules.tenancy.guards import MerchantVisit, StoreVisit
from app.modules.tenancy.services.places import Place, own_places


def page_context(request: Any) -> dict[str, Any]:
    """Return `places`; the page must not be rendered inside a unit of work."""
    match request_context().place:
        case StoreVisit() as visit:
            places = own_places(visit.identity, here=f"/store/{visit.store.code}")
        case MerchantVisit() as visit:
            places = _from_merchant(visit, request.url.path)
        case _:
            return {}
    return {"places": [] if all(one.is_current for one in places) else places}


def _from_merchant(visit: MerchantVisit, path: str) -> list[Place]:
    """Another merchant is shown on the same page; what belongs to one alone, by its list."""
    page = "/".join(path.split("/")[:3])
    here = f"{page}?merchant_id={visit.merchant_id}"
    return own_places(visit.identity, here=here, merchant_page=page)
