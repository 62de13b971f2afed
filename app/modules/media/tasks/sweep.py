"""Removes objects that no row knows: what crashes between storage and database leave behind."""

from app.kit.jobs import Done, OutsideJob, OutsideRun
from app.modules.media.services.verify_storage import sweep_orphans


def sweep(_run: OutsideRun) -> Done:
    """Remove what is older than any upload could take; daily (D38)."""
    return Done({"removed": sweep_orphans()})


SWEEP = OutsideJob(name="media.sweep", schedule="50 3 * * *", call=sweep)
