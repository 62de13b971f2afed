"""A new merchant signs up: owner, company, first store and plan in one transaction (D3)."""

from dataclasses import dataclass

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.tenancy.exceptions import EmailTaken, PlatformNotFound
from app.modules.tenancy.models import Merchant, User, UserType
from app.modules.tenancy.repositories.open_platforms import find_open_platform
from app.modules.tenancy.services.create_store import (
    StoreDraft,
    begin_on_platform,
    checked_name,
    checked_slug,
    create_store,
)
from app.modules.tenancy.services.emails import checked_email
from app.modules.tenancy.services.passwords import hash_password
from app.modules.tenancy.services.sessions import Browser, begin_session
from app.modules.tenancy.services.verify_email import send_verification


@dataclass(frozen=True)
class Signup:
    """What somebody who signs up has filled in; `tier_code` is the plan chosen, if any."""

    merchant_name: str
    store_name: str
    store_code: str
    email: str
    password: str
    platform_code: str
    locale: str
    display_name: str = ""
    tier_code: str | None = None


def sign_up(signup: Signup, *, browser: Browser) -> str:
    """Create everything, start the trial through the hooks, and return the secret of a session.

    Raises InvalidInput, PlatformNotFound, EmailTaken, StoreCodeTaken, SubdomainTaken, and what
    the hooks raise: nothing is written then.
    """
    email = checked_email(signup.email)
    merchant_name = checked_name(signup.merchant_name, pointer="/merchant_name")
    store = StoreDraft(
        checked_slug(signup.store_code, pointer="/store_code"),
        checked_name(signup.store_name, pointer="/store_name"),
    )
    hashed = hash_password(signup.password)
    with unit_of_work() as work:
        platform = find_open_platform(work.session, signup.platform_code)
        if platform is None:
            raise PlatformNotFound
        user = _add_owner(work, signup, email=email, password_hash=hashed)
        owner = Owner(_add_merchant(work, merchant_name, user=user).id, platform.id)
        begin_on_platform(work, owner, tier_code=signup.tier_code)
        create_store(work, owner, draft=store)
        send_verification(work, user)
        return begin_session(work, user.id, browser=browser)


def _add_owner(work: UnitOfWork, signup: Signup, *, email: str, password_hash: str) -> User:
    user = User(
        email=email,
        display_name=signup.display_name,
        password_hash=password_hash,
        user_type=UserType.MERCHANT_OWNER,
        locale=signup.locale,
        created_at=business_now(),
    )
    with work.conflicts({"users.email": EmailTaken}):
        work.session.add(user)
    return user


def _add_merchant(work: UnitOfWork, name: str, *, user: User) -> Merchant:
    merchant = Merchant(
        name=name, owner_user_id=user.id, contact_email=user.email, created_at=business_now()
    )
    work.session.add(merchant)
    work.session.flush()
    return merchant
