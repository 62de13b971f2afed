"""Telling everyone that what a merchant may do has changed (D18)."""

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
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
    work.session.flush()
    epoch = epochs.raise_epoch(work.session, platform_id, merchant_id, at=system_now())
    work.after_commit(lambda: tables().note_own(platform_id, merchant_id, epoch))
