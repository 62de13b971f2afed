"""Adding a store: the one use case behind signup, owners and admins."""

import re
from dataclasses import dataclass

from app.contracts.features import gate
from app.contracts.hooks import MerchantCreated, merchant_created_hooks
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.modules.tenancy.exceptions import StoreCodeTaken, SubdomainTaken
from app.modules.tenancy.models import Store
from app.modules.tenancy.repositories.stores import has_had_store
from app.modules.tenancy.services.limits import MAX_STORES

MIN_CODE = 3
MAX_CODE = 40
MAX_NAME = 120
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class StoreDraft:
    """A store to be; its subdomain is its code unless given."""

    code: str
    name: str
    subdomain: str | None = None


def create_store(work: UnitOfWork, owner: Owner, *, draft: StoreDraft) -> Store:
    """Add a store for a merchant that is on the platform already.

    Raises InvalidInput, StoreCodeTaken, SubdomainTaken, and FeatureLimitReached or its kin where
    the plan allows no further one (D16).
    """
    store = Store(
        code=checked_slug(draft.code, pointer="/code"),
        subdomain=checked_slug(draft.subdomain or draft.code, pointer="/subdomain"),
        name=checked_name(draft.name),
        merchant_id=owner.merchant_id,
        platform_id=owner.platform_id,
        created_at=business_now(),
    )
    # Who chose only a code is told of the code; the databases differ in what they find first.
    taken = StoreCodeTaken if draft.subdomain is None else SubdomainTaken
    with work.conflicts({"stores.code": StoreCodeTaken, "stores.subdomain": taken}):
        work.session.add(store)
    gate().reserve(work, owner, {MAX_STORES: 1})
    return store


def open_store(work: UnitOfWork, owner: Owner, *, draft: StoreDraft) -> Store:
    """Add a store; with the first one the merchant begins on the platform (D3).

    Raises what `create_store` raises and what the hooks do.
    """
    if not has_had_store(work.session, owner):
        begin_on_platform(work, owner)
    return create_store(work, owner, draft=draft)


def begin_on_platform(work: UnitOfWork, owner: Owner, *, tier_code: str | None = None) -> None:
    """Tell whoever wants to know that a merchant begins on a platform, in this transaction."""
    for hook in merchant_created_hooks():
        hook.merchant_created(work, MerchantCreated(owner, tier_code))


def checked_slug(text: str, *, pointer: str) -> str:
    """Return a code for addresses: lower-case letters, digits, single hyphens between them.

    Raises InvalidInput.
    """
    slug = text.strip()
    if not (MIN_CODE <= len(slug) <= MAX_CODE and _SLUG.fullmatch(slug)):
        raise InvalidInput.at(pointer, "slug_invalid", shortest=MIN_CODE, longest=MAX_CODE)
    return slug


def checked_name(text: str, *, pointer: str = "/name") -> str:
    """Return a name without the spaces around it. Raises InvalidInput for an empty or long one."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= MAX_NAME:
        raise InvalidInput.at(pointer, "name_length", longest=MAX_NAME)
    return name
