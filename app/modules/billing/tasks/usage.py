"""Jobs that keep counters true."""

from app.kit.db import unit_of_work
from app.kit.jobs import Done, OutsideJob, OutsideRun
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.reconcile import Drift, reconcile

TOLD = 20


def reconcile_usage(run: OutsideRun) -> Done:
    """Count all rows anew, correct counters that drifted, tell operators of them; daily (D16)."""
    merchants, drifts = 0, list[Drift]()
    for step in reconcile():
        merchants += step.merchants
        drifts += step.drifts
        run.keep_alive()
    if drifts:
        _tell(run, drifts)
    return Done({"merchants": merchants, "drifts": len(drifts)})


def _tell(run: OutsideRun, drifts: list[Drift]) -> None:
    found = {
        f"merchant {one.merchant_id}, {one.feature_code}": f"{one.counter} → {one.true}"
        for one in drifts[:TOLD]
    }
    with unit_of_work() as work:
        alert(work, "usage_drift", key=run.slot.isoformat(), counters=len(drifts), found=found)


JOBS = (OutsideJob(name="billing.reconcile_usage", schedule="30 2 * * *", call=reconcile_usage),)
