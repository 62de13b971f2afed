"""Add-ons follow the plan: they stop renewing with it and are restored with it (D24)."""

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork


def plan_ended(work: UnitOfWork, owner: Owner) -> None:
    """Stop the renewals of the merchant's add-ons, after the commit; each stays to its paid end."""
    raise NotImplementedError


def plan_restored(work: UnitOfWork, owner: Owner) -> None:
    """Restore the renewals that the end of the plan had stopped, after the commit."""
    raise NotImplementedError
