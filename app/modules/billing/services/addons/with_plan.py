"""Add-ons follow the plan: they stop renewing with it and are restored with it (D24)."""

from app.contracts.tenants import Owner
from app.kit import outbox
from app.kit.db import UnitOfWork
from app.modules.billing.repositories import addons

FOLLOW_PLAN = "billing.addons_follow_plan"


def let_addons_follow(work: UnitOfWork, owner: Owner) -> None:
    """Bring the merchant's add-ons in line with its plan, after the commit.

    To be called in every transaction that changes a plan. One whose end is scheduled or has come
    stops the renewals, each add-on stays to its own paid end; one that goes on restores them.
    Whoever handles the message reads how the plan stands by then, so once too often does no harm.
    """
    if addons.at_stripe(work.session, owner):
        outbox.put(work, FOLLOW_PLAN, owner._asdict())
