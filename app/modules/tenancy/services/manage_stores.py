"""Stores in the hands of admins: created, changed, deleted, restored."""

from typing import Any

from app.contracts.features import gate
from app.contracts.hooks import store_deleted_hooks, store_restored_hooks
from app.contracts.tenants import AdminScope, Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.core.public import AuditTarget
from app.modules.tenancy.exceptions import (
    MerchantInactive,
    PlatformInactive,
    StoreNotFound,
    SubdomainTaken,
)
from app.modules.tenancy.models import Merchant, Platform, Store
from app.modules.tenancy.repositories.admin_merchants import get_merchant
from app.modules.tenancy.repositories.admin_platforms import get_platform
from app.modules.tenancy.repositories.admin_stores import StoreListed, get_store
from app.modules.tenancy.repositories.scoping import tenants_of_admin
from app.modules.tenancy.repositories.seats import people_in
from app.modules.tenancy.repositories.stores import reference_of
from app.modules.tenancy.services.create_store import (
    StoreDraft,
    checked_name,
    checked_slug,
    open_store,
)
from app.modules.tenancy.services.limits import MAX_STORES, MAX_TEAM_MEMBERS
from app.modules.tenancy.services.operator import Operator, apply_changes
from app.modules.tenancy.services.seats import add_seats, free_seats
from app.modules.tenancy.services.service_visits import forget_services


def add_store(
    work: UnitOfWork, operator: Operator, owner: Owner, *, draft: StoreDraft
) -> StoreListed:
    """Open a store for a merchant in scope.

    Raises MerchantNotFound, PlatformNotFound, MerchantInactive, PlatformInactive, and what
    `open_store` raises.
    """
    merchant = get_merchant(work.session, operator.scope, owner.merchant_id).merchant
    platform = get_platform(work.session, operator.scope, owner.platform_id).platform
    return record_new_store(work, operator, merchant, platform, draft=draft)


def record_new_store(
    work: UnitOfWork,
    operator: Operator,
    merchant: Merchant,
    platform: Platform,
    *,
    draft: StoreDraft,
) -> StoreListed:
    """Open a store for a merchant and on a platform that were found in scope, with its trail."""
    refuse_inactive(merchant, platform)
    store = open_store(work, Owner(merchant.id, platform.id), draft=draft)
    after = {"code": store.code, "subdomain": store.subdomain, "name": store.name}
    operator.record(work, "store.created", target=_target(store), after=after)
    return StoreListed(store, merchant, platform)


def refuse_inactive(merchant: Merchant, platform: Platform) -> None:
    """Refuse a new store where either is closed. Raises MerchantInactive, PlatformInactive."""
    if not merchant.is_active:
        raise MerchantInactive
    if not platform.is_active:
        raise PlatformInactive


def update_store(
    work: UnitOfWork,
    operator: Operator,
    store_id: int,
    *,
    changes: dict[str, Any],
    expected: int | None,
) -> StoreListed:
    """Change name, subdomain or activity.

    Raises StoreNotFound (a deleted one too), PreconditionFailed, InvalidInput, SubdomainTaken.
    """
    found = _get_standing(work, operator.scope, store_id)
    check_version(found.store.version, expected)
    with work.conflicts({"stores.subdomain": SubdomainTaken}):
        before, after = apply_changes(found.store, _checked(changes))
    if after:
        operator.record(
            work, "store.updated", target=_target(found.store), before=before, after=after
        )
    return found


def delete_store(work: UnitOfWork, operator: Operator, store_id: int) -> None:
    """Take a store out of sight with what it holds; row, code and history stay.

    Raises StoreNotFound.
    """
    found = _get_standing(work, operator.scope, store_id)
    found.store.deleted_at = business_now()
    work.after_commit(forget_services)
    work.session.flush()
    operator.record(work, "store.deleted", target=_target(found.store))
    store = reference_of(found.store, found.platform)
    for hook in store_deleted_hooks():
        hook.store_deleted(work, store)
    freed = free_seats(work, store.owner, people_in(work.session, store.owner, store.id))
    gate().release(work, store.owner, _units(freed))


def restore_store(work: UnitOfWork, operator: Operator, store_id: int) -> StoreListed:
    """Bring a deleted store back with what it held; one that stands stays as it is.

    Raises StoreNotFound, and FeatureLimitReached or its kin where it, its team or its things no
    longer fit (D14).
    """
    found = get_store(work.session, tenants_of_admin(operator.scope), store_id)
    if found.store.deleted_at is not None:
        found.store.deleted_at = None
        work.session.flush()
        operator.record(work, "store.restored", target=_target(found.store))
        store = reference_of(found.store, found.platform)
        for hook in store_restored_hooks():
            hook.store_restored(work, store)
        seated = add_seats(work, store.owner, people_in(work.session, store.owner, store.id))
        gate().reserve(work, store.owner, _units(seated))
    return found


def _get_standing(work: UnitOfWork, scope: AdminScope, store_id: int) -> StoreListed:
    found = get_store(work.session, tenants_of_admin(scope), store_id)
    if found.store.deleted_at is not None:
        raise StoreNotFound
    return found


def _units(members: int) -> dict[str, int]:
    """One store, and the people who are in no other one."""
    return {MAX_STORES: 1, MAX_TEAM_MEMBERS: members} if members else {MAX_STORES: 1}


def _checked(changes: dict[str, Any]) -> dict[str, Any]:
    checked = dict(changes)
    if "name" in checked:
        checked["name"] = checked_name(checked["name"])
    if "subdomain" in checked:
        checked["subdomain"] = checked_slug(checked["subdomain"], pointer="/subdomain")
    return checked


def _target(store: Store) -> AuditTarget:
    return AuditTarget(
        "store", store.id, platform_id=store.platform_id, merchant_id=store.merchant_id
    )
