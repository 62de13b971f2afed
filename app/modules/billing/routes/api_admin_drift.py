"""How far we were from Stripe, as the last comparisons found it (S16)."""

from app.kit.db import unit_of_work
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.billing.repositories import reconciliations
from app.modules.billing.routes.operating import Reader
from app.modules.billing.schemas.drift import DriftOut, ReconciliationOut

router = api_router("/admin/subscriptions", "Admin: subscriptions")


@router.get("/drift")
def get_drift(
    reader: Reader, paging: Paging, platform_id: int | None = None
) -> PageOut[ReconciliationOut]:
    """The comparisons with Stripe, the newest first, each with what differed in scope."""
    scope = reader.scope.narrowed(platform_id)
    with unit_of_work(read_only=True) as work:
        page = reconciliations.list_runs(work.session, paging)
        return PageOut[ReconciliationOut].of(
            page.map(
                lambda run: ReconciliationOut.model_validate(run).model_copy(
                    update={
                        "drift": [
                            DriftOut.model_validate(one)
                            for one in run.drift
                            if scope.includes(one["platform_id"])
                        ]
                    }
                )
            )
        )
