"""What Stripe says of an add-on becomes ours."""

from app.kit.db import UnitOfWork
from app.modules.billing.gateways.snapshots import ScheduleSnapshot, SubscriptionSnapshot


def apply_addon(
    work: UnitOfWork, snapshot: SubscriptionSnapshot, schedule: ScheduleSnapshot | None
) -> None:
    """Write the whole state of an add-on's subscription; the plan is never touched (D29, S12)."""
    raise NotImplementedError
