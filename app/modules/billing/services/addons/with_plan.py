"""Add-ons follow the plan: they stop renewing with it and are restored with it (D24)."""

from collections.abc import Collection

from app.contracts.tenants import Owner
from app.kit import outbox
from app.kit.db import UnitOfWork
from app.modules.billing.repositories import addons

FOLLOW_PLAN = "billing.addons_follow_plan"


def let_addons_follow(work: UnitOfWork, owners: Collection[Owner]) -> None:
    """Bring the merchants' add-ons in line with their plans, after the commit.

    To be called in every transaction that changes a plan. One whose end is scheduled or has come
    stops the renewals, each add-on stays to its own paid end; one that goes on restores them.
    Whoever handles the message reads how the plan stands by then, so once too often does no harm.
    """
    with_addons = addons.owners_at_stripe(work.session, {one.merchant_id for one in owners})
    messages = [outbox.Draft(one._asdict()) for one in with_addons if one in owners]
    outbox.put_all(work, FOLLOW_PLAN, messages)
