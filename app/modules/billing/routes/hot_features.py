"""`GET /api/v1/store/billing/features/{code}` for a platform's programs, where all is known.

The same answer as `api_store_billing.get_feature`, which takes over whenever anything has to be
read: an unknown token or store, usage that grew old, a closed feature whose offer costs a query.
"""

from app.kit.http.hot_lane import HotRequest
from app.modules.billing.permissions import VIEW_FEATURES
from app.modules.billing.schemas.features import FeatureAnswerOut
from app.modules.billing.services.tables import tables
from app.modules.tenancy.public import find_service_visit

PREFIX = "/api/v1/store/billing/features/"


def hot_feature(request: HotRequest) -> bytes | None:
    """Return the answer for an open feature, None where it is not at hand."""
    store_code = request.headers.get(b"x-store-code")
    if store_code is None:
        return None
    owner = find_service_visit(
        request.bearer, store_code.decode("latin-1"), permission=VIEW_FEATURES
    )
    code = request.rest
    table = None if owner is None else tables().warm(owner, code)
    answer = None if table is None else table.answer(code)
    if table is None or answer is None or not answer.allowed:
        return None
    out = FeatureAnswerOut.of(answer, offer=None, as_of=table.as_of(code), parts=None)
    return out.model_dump_json(exclude_unset=True).encode()
