"""Merchants in the hands of admins: created with owner and first store, changed, closed."""

import re
from dataclasses import dataclass
from typing import Any

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.kit.http.etags import check_version
from app.modules.core.public import AuditTarget
from app.modules.tenancy.exceptions import MerchantBeyondScope
from app.modules.tenancy.models import Merchant
from app.modules.tenancy.repositories.admin_merchants import (
    MerchantListed,
    get_merchant,
    has_stores_beyond,
)
from app.modules.tenancy.repositories.admin_platforms import get_platform
from app.modules.tenancy.services.create_store import StoreDraft, checked_name
from app.modules.tenancy.services.emails import checked_email
from app.modules.tenancy.services.manage_stores import record_new_store
from app.modules.tenancy.services.operator import Operator, apply_changes
from app.modules.tenancy.services.owners import OwnerDraft, take_owner
from app.modules.tenancy.services.regional import checked_country

_VAT_NUMBER = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
_OPTIONAL_TEXTS = ("contact_phone", "address_line", "postal_code", "city")


@dataclass(frozen=True)
class FirstStore:
    """The store that a merchant begins with."""

    platform_id: int
    draft: StoreDraft


@dataclass(frozen=True)
class MerchantDraft:
    """A merchant to be; `details` are further fields of the merchant."""

    name: str
    owner: OwnerDraft
    details: dict[str, Any]
    store: FirstStore | None = None


def create_merchant(
    work: UnitOfWork, operator: Operator, *, draft: MerchantDraft
) -> MerchantListed:
    """Add a merchant with its owner and, if given, its first store, all or nothing.

    An admin of some platforms must name a first store: without one the merchant would be nobody's.
    Raises InvalidInput, AdminCannotOwn, PlatformNotFound, PlatformInactive, StoreCodeTaken,
    SubdomainTaken.
    """
    if draft.store is None and operator.scope.platform_ids is not None:
        raise InvalidInput.at("/store", "store_needed")
    details = checked_details({"name": draft.name, **draft.details})
    owner = take_owner(work, draft.owner)
    merchant = Merchant(
        owner_user_id=owner.id,
        created_at=business_now(),
        **{"contact_email": owner.email, **details},
    )
    work.session.add(merchant)
    work.session.flush()
    after = {"owner_user_id": owner.id, **details}
    operator.record(work, "merchant.created", target=merchant_target(merchant), after=after)
    if draft.store is not None:
        _open_first_store(work, operator, merchant, draft.store)
    return get_merchant(work.session, operator.scope, merchant.id)


def update_merchant(
    work: UnitOfWork,
    operator: Operator,
    merchant_id: int,
    *,
    changes: dict[str, Any],
    expected: int | None,
) -> MerchantListed:
    """Change a merchant's particulars, or close and reopen it.

    Raises MerchantNotFound, PreconditionFailed, InvalidInput, MerchantBeyondScope.
    """
    found = get_merchant(work.session, operator.scope, merchant_id)
    check_version(found.merchant.version, expected)
    if "is_active" in changes:
        refuse_beyond_scope(work, operator, merchant_id)
    before, after = apply_changes(found.merchant, checked_details(changes))
    if after:
        work.session.flush()
        operator.record(
            work,
            "merchant.updated",
            target=merchant_target(found.merchant),
            before=before,
            after=after,
        )
    return found


def refuse_beyond_scope(work: UnitOfWork, operator: Operator, merchant_id: int) -> None:
    """Keep an admin from deciding for other platforms. Raises MerchantBeyondScope."""
    if has_stores_beyond(work.session, operator.scope, merchant_id):
        raise MerchantBeyondScope


def checked_details(details: dict[str, Any]) -> dict[str, Any]:
    """Return fields of a merchant in the form that is stored. Raises InvalidInput."""
    checked = dict(details)
    if "name" in checked:
        checked["name"] = checked_name(checked["name"])
    if "contact_email" in checked:
        checked["contact_email"] = checked_email(checked["contact_email"], pointer="/contact_email")
    if "country" in checked:
        checked["country"] = checked_country(checked["country"])
    if "vat_number" in checked:
        checked["vat_number"] = _checked_vat_number(checked["vat_number"])
    for name in _OPTIONAL_TEXTS:
        if name in checked:
            checked[name] = (checked[name] or "").strip() or None
    return checked


def merchant_target(merchant: Merchant) -> AuditTarget:
    """Name a merchant in the audit log."""
    return AuditTarget("merchant", merchant.id, merchant_id=merchant.id)


def _open_first_store(
    work: UnitOfWork, operator: Operator, merchant: Merchant, store: FirstStore
) -> None:
    platform = get_platform(work.session, operator.scope, store.platform_id).platform
    try:
        record_new_store(work, operator, merchant, platform, draft=store.draft)
    except InvalidInput as wrong:
        raise wrong.below("/store") from None


def _checked_vat_number(text: str | None) -> str | None:
    number = re.sub(r"[\s.\-]", "", text or "").upper()
    if number and not _VAT_NUMBER.fullmatch(number):
        raise InvalidInput.at("/vat_number", "vat_number_invalid")
    return number or None
