"""Jobs that tell owners of what the calendar and their own use bring about."""

from datetime import timedelta

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.jobs import Done, JobRun, More, StepJob
from app.modules.billing.repositories import lifecycle_rows, usage_candidates
from app.modules.billing.services.feature_summary import NOTICE_AT
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
    portion = lifecycle_rows.portion(work.session, after=run.cursor or 0, limit=AT_ONCE)
    near = usage_candidates.near_limits(
        work.session,
        [one.id for one in portion if not one.has_ended],
        percent=int(NOTICE_AT),
        since=business_now() - LONGEST_WINDOW,
        epoch=EPOCH,
    )
    counts = {"told": sum(tell_usage(work, owner) for owner in near)}
    return More(portion[-1].id, counts) if len(portion) == AT_ONCE else Done(counts)


JOBS = (
    StepJob(name="billing.tell_ending_trials", schedule="5 8 * * *", step=tell_ending_trials),
    StepJob(name="billing.alert_usage", schedule="35 * * * *", step=alert_usage),
)
