"""Telling everyone that what a merchant may do has changed (D18)."""

from collections.abc import Collection, Sequence

from app.contracts.tenants import Owner
from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.kit.shared import broadcast
from app.modules.billing.models import WHOLE_PLATFORM
from app.modules.billing.repositories import epochs
from app.modules.billing.services.tables import tables


def entitlements_changed(
    work: UnitOfWork, platform_id: int, merchant_id: int = WHOLE_PLATFORM
) -> None:
    """Begin a new version of a merchant's entitlements, or of a whole platform's.

    To be called in the transaction of the change, after it: this process knows at once, others
    within a second.
    """
    entitlements_of_all_changed(work, [Owner(merchant_id, platform_id)])


def entitlements_of_all_changed(work: UnitOfWork, owners: Collection[Owner]) -> None:
    """Do the same for several merchants."""
    work.session.flush()
    raised = epochs.raise_epochs(work.session, owners, at=system_now())
    work.after_commit(lambda: _tell(raised))


def _tell(raised: Sequence[epochs.Change]) -> None:
    for change in raised:
        tables().note_own(change)
    told = broadcast()
    if told is not None and raised:
        told.tell(epochs.CHANNEL, " ".join(change.text for change in raised))
