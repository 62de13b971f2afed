"""Add-ons follow the plan: they stop renewing with it and are restored with it (D24)."""

from app.contracts.tenants import Owner
from app.kit import outbox
from app.kit.db import UnitOfWork

FOLLOW_PLAN = "billing.addons_follow_plan"


def plan_ended(work: UnitOfWork, owner: Owner) -> None:
    """Stop the renewals of the merchant's add-ons, after the commit; each stays to its paid end.

    To be called when the end of a plan is scheduled, and when it has ended, in the transaction
    that writes it; once too often does no harm.
    """
    _follow(work, owner)


def plan_restored(work: UnitOfWork, owner: Owner) -> None:
    """Restore the renewals that the end of the plan had stopped, after the commit.

    To be called when a scheduled end is taken back, and when a plan begins again.
    """
    _follow(work, owner)


def _follow(work: UnitOfWork, owner: Owner) -> None:
    """Both are one message: whoever handles it reads how the plan stands by then."""
    outbox.put(work, FOLLOW_PLAN, owner._asdict())
