"""Platforms, merchants, stores and people; each returns the id, or what names it."""

from dataclasses import dataclass
from functools import cache
from itertools import count

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.tenancy.models import (
    MemberRole,
    MemberStatus,
    Merchant,
    Platform,
    PlatformAdmin,
    Store,
    StoreUser,
    User,
    UserType,
)
from app.modules.tenancy.services.passwords import hash_password
from tests.integration.browser import PASSWORD

_numbers = count(1)


@dataclass(frozen=True)
class AShop:
    """A merchant with one store on a platform, and its owner's address."""

    platform_id: int
    merchant_id: int
    store_id: int
    store_code: str
    owner_id: int
    owner_email: str

    @property
    def owner(self) -> Owner:
        """Who holds the subscription."""
        return Owner(self.merchant_id, self.platform_id)


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


def a_platform(code: str | None = None, *, name: str = "Platform", currency: str = "EUR") -> int:
    """Add a platform."""
    with unit_of_work() as work:
        platform = Platform(
            code=code or f"platform{next(_numbers)}",
            name=name,
            currency=currency,
            created_at=business_now(),
        )
        work.session.add(platform)
        work.session.flush()
        return platform.id


def a_user(
    email: str | None = None,
    *,
    user_type: UserType = UserType.MERCHANT_OWNER,
    display_name: str = "",
    locale: str = "en",
    is_active: bool = True,
) -> tuple[int, str]:
    """Add a person who can sign in with `PASSWORD`; returns id and address."""
    address = email or f"person{next(_numbers)}@example.test"
    with unit_of_work() as work:
        user = User(
            email=address,
            email_verified_at=business_now(),
            display_name=display_name,
            password_hash=_password_hash(),
            user_type=user_type,
            locale=locale,
            is_active=is_active,
            created_at=business_now(),
        )
        work.session.add(user)
        work.session.flush()
        return user.id, address


def a_super_admin(email: str = "root@example.test") -> str:
    """Add somebody who may do everything; returns the address."""
    return a_user(email, user_type=UserType.SUPER_ADMIN)[1]


def a_platform_admin(*platform_ids: int, granted: tuple[str, ...] = ()) -> str:
    """Add an admin of some platforms; returns the address."""
    user_id, email = a_user(user_type=UserType.PLATFORM_ADMIN)
    with unit_of_work() as work:
        for platform_id in platform_ids:
            work.session.add(
                PlatformAdmin(user_id=user_id, platform_id=platform_id, granted=list(granted))
            )
    return email


def a_merchant(owner_user_id: int, *, name: str = "Merchant") -> int:
    """Add a merchant without stores."""
    with unit_of_work() as work:
        merchant = Merchant(
            name=name,
            owner_user_id=owner_user_id,
            contact_email=f"office{next(_numbers)}@example.test",
            created_at=business_now(),
        )
        work.session.add(merchant)
        work.session.flush()
        return merchant.id


def a_store(merchant_id: int, platform_id: int, *, code: str | None = None) -> tuple[int, str]:
    """Add a store; returns id and code."""
    chosen = code or f"store{next(_numbers)}"
    with unit_of_work() as work:
        store = Store(
            code=chosen,
            subdomain=chosen,
            name=chosen.title(),
            merchant_id=merchant_id,
            platform_id=platform_id,
            created_at=business_now(),
        )
        work.session.add(store)
        work.session.flush()
        return store.id, chosen


def a_shop(platform_id: int | None = None, *, code: str | None = None) -> AShop:
    """Add an owner with a merchant and a store, on a new platform unless one is given."""
    platform = platform_id if platform_id is not None else a_platform()
    owner_id, email = a_user()
    merchant_id = a_merchant(owner_id)
    store_id, store_code = a_store(merchant_id, platform, code=code)
    return AShop(platform, merchant_id, store_id, store_code, owner_id, email)


def a_member(shop: AShop, role: MemberRole = MemberRole.STAFF) -> str:
    """Add somebody who works in a shop's store; returns the address."""
    user_id, email = a_user(user_type=UserType.MEMBER)
    with unit_of_work() as work:
        work.session.add(
            StoreUser(
                merchant_id=shop.merchant_id,
                platform_id=shop.platform_id,
                store_id=shop.store_id,
                user_id=user_id,
                role=role,
                status=MemberStatus.ACTIVE,
                joined_at=business_now(),
                created_at=business_now(),
            )
        )
    return email
