"""Jobs that keep subscriptions true (D40)."""

from app.kit.jobs import Done, OutsideJob, OutsideRun
from app.modules.billing.services.reconcile_stripe.run import reconcile_stripe
from app.modules.billing.settings import billing_settings


def sync_stripe_status(run: OutsideRun) -> Done:
    """Bring everything in step with Stripe that a lost webhook left behind (S16); hourly.

    Without keys there is nothing to do.
    """
    if not billing_settings().payments_configured:
        return Done()
    return Done(reconcile_stripe(repair=True, keep_alive=run.keep_alive).counts)


JOBS = (
    OutsideJob(
        name="billing.sync_stripe_status",
        schedule="23 * * * *",
        call=sync_stripe_status,
    ),
)
