"""Jobs that tell owners of what the calendar and their own use bring about."""

from datetime import timedelta

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.jobs import Done, JobRun, More, StepJob
from app.modules.billing.repositories import usage_candidates
from app.modules.billing.services.feature_summary import THRESHOLDS
from app.modules.billing.services.lifecycle.trial_notices import tell_trial_ends
from app.modules.billing.services.lifecycle.usage_alerts import tell_usage
from app.modules.billing.services.windows import EPOCH

AT_ONCE = 200
LONGEST_WINDOW = timedelta(days=31)


def tell_ending_trials(work: UnitOfWork, run: JobRun) -> Done | More:
    """Tell owners that their trial ends in seven, three or one days; each once."""
    ending = tell_trial_ends(work, after=run.cursor or 0, limit=AT_ONCE)
    counts = {"trials": len(ending)}
    return More(ending[-1].id, counts) if len(ending) == AT_ONCE else Done(counts)


def alert_usage(work: UnitOfWork, run: JobRun) -> Done | More:
    """Tell owners that 70, 90 or 100 % of a limit are used; once in each window."""
    near = usage_candidates.near_limits(
        work.session,
        after=run.cursor or 0,
        thresholds=[int(one) for one in THRESHOLDS],
        since=business_now() - LONGEST_WINDOW,
        epoch=EPOCH,
        limit=AT_ONCE,
    )
    counts = {"told": sum(tell_usage(work, one.owner) for one in near)}
    return More(near[-1].subscription_id, counts) if len(near) == AT_ONCE else Done(counts)


JOBS = (
    StepJob(name="billing.tell_ending_trials", schedule="5 8 * * *", step=tell_ending_trials),
    StepJob(name="billing.alert_usage", schedule="35 * * * *", step=alert_usage),
)
