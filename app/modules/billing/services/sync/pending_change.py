"""Which change of plan a schedule at Stripe will make; pure (D21)."""

from app.modules.billing.gateways.snapshots import (
    PhaseSnapshot,
    ScheduleSnapshot,
    SubscriptionSnapshot,
)


def next_phase(
    snapshot: SubscriptionSnapshot, schedule: ScheduleSnapshot | None
) -> PhaseSnapshot | None:
    """Return the phase that follows the present period with another price; None without one."""
    if schedule is None or not schedule.is_live or schedule.id != snapshot.schedule_id:
        return None
    coming = (
        phase
        for phase in schedule.phases
        if phase.starts_at >= snapshot.period_end and phase.price_id != snapshot.price_id
    )
    return min(coming, key=lambda phase: phase.starts_at, default=None)
