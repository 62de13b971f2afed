"""Answers that tell of stores."""

from app.modules.tenancy.repositories.admin_stores import StoreListed
from app.modules.tenancy.schemas.stores import StoreOut


def store_out(found: StoreListed) -> StoreOut:
    """Return the answer for a store that was found."""
    return StoreOut.of(
        found.store, merchant=found.merchant, platform=found.platform, status=found.status
    )
