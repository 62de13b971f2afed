"""What changed for a merchant between two states of a plan; pure."""

from enum import Enum, auto

from app.modules.billing.models import SubscriptionStatus
from app.modules.billing.services.sync.plan_state import IN_ARREARS, PlanState


class Transition(Enum):
    """Something that the owner, or others of this module, have to know of."""

    BEGAN = auto()
    PLAN_CHANGED = auto()
    END_SCHEDULED = auto()
    END_WITHDRAWN = auto()
    RECOVERED = auto()
    ENDED = auto()


def transitions(before: PlanState, after: PlanState) -> list[Transition]:
    """Return what happened, in the order in which it is told."""
    if after.has_ended:
        return [] if before.has_ended else [Transition.ENDED]
    is_same = before.stripe_subscription_id == after.stripe_subscription_id
    happened = {
        Transition.BEGAN: not is_same,
        Transition.PLAN_CHANGED: not before.has_ended
        and (before.tier_id != after.tier_id or (is_same and before.is_annual != after.is_annual)),
        Transition.RECOVERED: before.status in IN_ARREARS
        and after.status is SubscriptionStatus.ACTIVE,
        Transition.END_SCHEDULED: after.cancel_at is not None
        and (not is_same or before.cancel_at is None),
        Transition.END_WITHDRAWN: is_same
        and before.cancel_at is not None
        and after.cancel_at is None,
    }
    return [transition for transition, it_did in happened.items() if it_did]
