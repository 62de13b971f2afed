"""A merchant changes hands."""

from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.tenancy.repositories.admin_merchants import MerchantListed, get_merchant
from app.modules.tenancy.repositories.seats import lock_merchant
from app.modules.tenancy.services.manage_merchants import merchant_target, refuse_beyond_scope
from app.modules.tenancy.services.operator import Operator
from app.modules.tenancy.services.owners import OwnerDraft, end_memberships, take_owner


def change_owner(
    work: UnitOfWork,
    operator: Operator,
    merchant_id: int,
    *,
    draft: OwnerDraft,
    expected: int | None,
) -> MerchantListed:
    """Give a merchant to somebody else; the former owner loses all access to it.

    Raises MerchantNotFound, PreconditionFailed, MerchantBeyondScope, InvalidInput, AdminCannotOwn.
    """
    found = get_merchant(work.session, operator.scope, merchant_id)
    check_version(found.merchant.version, expected)
    refuse_beyond_scope(work, operator, merchant_id)
    owner = take_owner(work, draft, pointer="/email")
    if owner.id == found.owner.id:
        return found
    lock_merchant(work.session, merchant_id)  # nobody invites the new owner meanwhile
    end_memberships(work, owner.id, merchant_id=merchant_id)
    found.merchant.owner_user_id = owner.id
    work.session.flush()
    operator.record(
        work,
        "merchant.owner_changed",
        target=merchant_target(found.merchant),
        before={"owner_user_id": found.owner.id},
        after={"owner_user_id": owner.id},
    )
    return MerchantListed(found.merchant, owner, found.presence)
