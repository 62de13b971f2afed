"""A new merchant signs up: owner, company, first store and plan in one transaction (D3)."""

from dataclasses import dataclass

from app.contracts.hooks import MerchantCreated, merchant_created_hooks
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.tenancy.exceptions import EmailTaken, PlatformNotFound
from app.modules.tenancy.models import Merchant, Platform, User, UserType
from app.modules.tenancy.repositories.platforms import find_open_platform
from app.modules.tenancy.services.create_store import StoreDraft, create_store
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
    """Create everything, start the trial through the hooks and return a session's secret.

    Raises InvalidInput, PlatformNotFound, EmailTaken, StoreCodeTaken, and what the hooks raise:
    nothing is written then.
    """
    email = checked_email(signup.email)
    hashed = hash_password(signup.password)
    with unit_of_work() as work:
        platform = find_open_platform(work.session, signup.platform_code)
        if platform is None:
            raise PlatformNotFound
        user = _add_owner(work, signup, email=email, password_hash=hashed)
        merchant = _add_merchant(work, signup, user=user)
        owner = Owner(merchant.id, platform.id)
        _tell(work, MerchantCreated(owner, signup.tier_code))
        create_store(work, owner, draft=StoreDraft(signup.store_code, signup.store_name))
        send_verification(work, user)
        return begin_session(work, user.id, browser=browser)
