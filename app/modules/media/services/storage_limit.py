"""Bytes and the limit in megabytes (D38): exact, since any begun megabyte is a whole unit."""

from app.contracts.features import gate
from app.contracts.tenants import Owner, StoreRef
from app.kit.db import UnitOfWork
from app.modules.media.models.figures import Amount
from app.modules.media.repositories.totals import add_to_space, add_to_total
from app.modules.media.settings import MEGABYTE

MAX_STORAGE_MB = "max_storage_mb"
MEDIA_LIBRARY = "media_library"


def megabytes(byte_size: int) -> int:
    """Return how many megabytes are begun: at most the limit, just where the bytes are."""
    return -(-byte_size // MEGABYTE)


def refuse_closed_library(owner: Owner) -> None:
    """Refuse before any work: no library in the plan, or more is stored than it allows now.

    The second covers a lowered limit, where a file could still fit into a begun megabyte.
    Raises what the gate refuses with.
    """
    gate().require(owner, MEDIA_LIBRARY)
    used = gate().check(owner, MAX_STORAGE_MB).current
    gate().require_per_item(owner, MAX_STORAGE_MB, wanted=used)


def add_amount(
    work: UnitOfWork, store: StoreRef, amount: Amount, *, folder: str, kind: str
) -> None:
    """Count files that were written, or with a minus taken away, and settle the limit's units.

    To be called last: the figures stay locked until commit. Raises what the gate refuses with.
    """
    work.session.flush()
    add_to_total(work.session, store, amount, folder=folder, kind=kind)
    settle_space(work, store.owner, amount.byte_size)


def settle_space(work: UnitOfWork, owner: Owner, byte_size: int) -> None:
    """Count bytes of a merchant, and take or give back the megabytes that this begins or ends."""
    after = add_to_space(work.session, owner, byte_size)
    units = megabytes(after) - megabytes(after - byte_size)
    if units > 0:
        gate().reserve(work, owner, {MAX_STORAGE_MB: units})
    elif units < 0:
        gate().release(work, owner, {MAX_STORAGE_MB: -units})
