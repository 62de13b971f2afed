"""Seeing what a merchant's owner sees, without changing anything; audited (D2, D28)."""

from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.db import UnitOfWork
from app.modules.core.public import AuditTarget, record_audit
from app.modules.tenancy.exceptions import MerchantBeyondScope, MerchantNotFound
from app.modules.tenancy.models import Merchant, UserSession, UserType
from app.modules.tenancy.repositories.admin_merchants import get_merchant, has_stores_beyond
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.operator import Operator
from app.modules.tenancy.services.secrets import hash_secret


def begin_view(work: UnitOfWork, operator: Operator, merchant_id: int, *, session: str) -> None:
    """Let a browser, by the secret of its session, look at a merchant as its owner does.

    Raises MerchantNotFound, and MerchantBeyondScope for one that also sells on platforms which
    are none of the operator's business.
    """
    _get_visible(work.session, operator.scope, merchant_id)
    _set(work, session, merchant_id)
    operator.record(work, "merchant.view_begun", target=_target(merchant_id))


def end_view(work: UnitOfWork, identity: Identity, *, session: str) -> int | None:
    """Give a browser its own eyes back; returns whose it had, None where there was no view."""
    hashed = hash_secret(session)
    query = select(UserSession.viewing_merchant_id).where(UserSession.token_hash == hashed)
    merchant_id = work.session.scalar(query)
    if merchant_id is None:
        return None
    _set(work, session, None)
    target = _target(merchant_id)
    record_audit(work, identity.actor, action="merchant.view_ended", target=target)
    return merchant_id


def through_their_eyes(session: Session, admin: Identity, merchant_id: int) -> Identity:
    """Return who an admin is while looking; the admin where that is no longer allowed."""
    if admin.user_type not in {UserType.SUPER_ADMIN, UserType.PLATFORM_ADMIN}:
        return admin
    try:
        merchant = _get_visible(session, admin.admin_scope, merchant_id)
    except (MerchantNotFound, MerchantBeyondScope):
        return admin
    return replace(
        admin,
        user_type=UserType.MERCHANT_OWNER,
        merchant_ids=frozenset({merchant_id}),
        member_roles={},
        admin_grants={},
        viewing=merchant.name,
    )


def _get_visible(session: Session, scope: AdminScope, merchant_id: int) -> Merchant:
    merchant = get_merchant(session, scope, merchant_id).merchant
    if has_stores_beyond(session, scope, merchant_id):
        raise MerchantBeyondScope
    return merchant


def _set(work: UnitOfWork, session: str, merchant_id: int | None) -> None:
    work.session.execute(
        update(UserSession)
        .where(UserSession.token_hash == hash_secret(session))
        .values(viewing_merchant_id=merchant_id)
    )


def _target(merchant_id: int) -> AuditTarget:
    return AuditTarget("merchant", merchant_id, merchant_id=merchant_id)
