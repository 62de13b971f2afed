"""An owner opens another store."""

from app.contracts.tenants import AdminScope, Owner
from app.kit.db import UnitOfWork
from app.modules.tenancy.exceptions import MerchantNotFound
from app.modules.tenancy.models import Merchant
from app.modules.tenancy.repositories.admin_platforms import get_platform
from app.modules.tenancy.repositories.admin_stores import StoreListed
from app.modules.tenancy.services.create_store import StoreDraft, open_store
from app.modules.tenancy.services.manage_stores import refuse_inactive

ALL_PLATFORMS = AdminScope(platform_ids=None)


def open_own_store(work: UnitOfWork, owner: Owner, *, draft: StoreDraft) -> StoreListed:
    """Open a further store for the owner's merchant, on a platform that is open.

    Raises PlatformNotFound, PlatformInactive, MerchantInactive, and what `open_store` raises.
    """
    merchant = work.session.get(Merchant, owner.merchant_id)
    if merchant is None:
        raise MerchantNotFound
    platform = get_platform(work.session, ALL_PLATFORMS, owner.platform_id).platform
    refuse_inactive(merchant, platform)
    return StoreListed(open_store(work, owner, draft=draft), merchant, platform)
