"""Writing tenancy's demo data; the store codes are fixed, so that addresses can be told."""

from collections import Counter
from datetime import timedelta
from random import Random

from sqlalchemy import insert, select

from app.contracts.demo import DEMO_PASSWORD, DemoPlan
from app.contracts.hooks import (
    MerchantCreated,
    merchant_created_hooks,
    platform_created_hooks,
)
from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.tenancy.demo.further import add_further_merchants
from app.modules.tenancy.demo.merchants import MERCHANTS, DemoMerchant, demo_merchant
from app.modules.tenancy.demo.names import PLATFORMS
from app.modules.tenancy.demo.people import DemoPeople
from app.modules.tenancy.models import (
    MemberRole,
    MemberStatus,
    Merchant,
    Platform,
    PlatformAdmin,
    Store,
    StoreUser,
    TeamSeat,
    UserType,
)
from app.modules.tenancy.services.passwords import hash_password

TIER_OF_CHAINS = "professional"  # the lowest shipped one that allows several stores
STAFF_OF_WEBER = (
    ("manager@demo.test", MemberRole.MANAGER),
    ("staff@demo.test", MemberRole.STAFF),
)


def seed_demo(work: UnitOfWork, plan: DemoPlan) -> None:
    """Add platforms, the five people who can sign in, merchants, stores and their teams."""
    random = plan.random("tenancy")
    people = DemoPeople(work, plan, hash_password(DEMO_PASSWORD))
    platforms = _add_platforms(work, plan)
    people.add("admin@demo.test", "Alex Admin", UserType.SUPER_ADMIN, locale="en")
    helper = people.add("platform@demo.test", "Pat Platform", UserType.PLATFORM_ADMIN, locale="de")
    work.session.add(
        PlatformAdmin(
            user_id=helper.id, platform_id=platforms[0].id, granted=["billing.manage_tiers"]
        )
    )
    for number in range(MERCHANTS):
        _add_merchant(work, plan, people, platforms, demo_merchant(number, random))
    _add_team_of_weber(work, people)
    _add_teams(work, people, random)
    _seat_everybody(work)
    add_further_merchants(work, plan, platforms[0], password_hash=people.password_hash)


def _add_platforms(work: UnitOfWork, plan: DemoPlan) -> list[Platform]:
    platforms = [Platform(code=code, name=name, created_at=plan.now) for code, name in PLATFORMS]
    work.session.add_all(platforms)
    work.session.flush()
    for platform in platforms:
        for hook in platform_created_hooks():
            hook.platform_created(work, platform.id, platform.currency)
    return platforms


def _add_merchant(
    work: UnitOfWork,
    plan: DemoPlan,
    people: DemoPeople,
    platforms: list[Platform],
    demo: DemoMerchant,
) -> None:
    since = plan.now - timedelta(days=demo.age_days)
    owner = people.add(
        demo.owner_email, demo.owner_name, UserType.MERCHANT_OWNER, locale=demo.locale
    )
    merchant = Merchant(
        name=demo.name,
        owner_user_id=owner.id,
        contact_email=f"kontakt@{demo.code}.test",
        address_line=demo.street,
        postal_code=demo.postal_code,
        city=demo.city,
        country=demo.country,
        is_active=demo.is_active,
        is_verified=True,
        created_at=since,
    )
    work.session.add(merchant)
    work.session.flush()
    stores = Counter(demo.platform_of(n, platforms).id for n in range(demo.stores))
    for platform_id, number in stores.items():
        tier_code = TIER_OF_CHAINS if number > 1 else None
        for hook in merchant_created_hooks():
            hook.merchant_created(work, MerchantCreated(Owner(merchant.id, platform_id), tier_code))
    for n in range(demo.stores):
        code = demo.store_code(n)
        work.session.add(
            Store(
                code=code,
                subdomain=code,
                name=demo.store_name(n),
                merchant_id=merchant.id,
                platform_id=demo.platform_of(n, platforms).id,
                created_at=since,
            )
        )
    work.session.flush()


def _add_team_of_weber(work: UnitOfWork, people: DemoPeople) -> None:
    weber = work.session.query(Store).filter_by(code="weber").one()
    for email, role in STAFF_OF_WEBER:
        name = f"{email.split('@')[0].title()} Weber"
        person = people.add(email, name, UserType.MEMBER, locale="en")
        people.join(person, weber, role, MemberStatus.ACTIVE)


def _add_teams(work: UnitOfWork, people: DemoPeople, random: Random) -> None:
    """Give every third store somebody who works there, some of them only invited yet."""
    stores = work.session.query(Store).order_by(Store.id).all()
    for number, store in enumerate(stores):
        if number % 3 or store.code == "weber":
            continue
        email = f"team{number}@{store.code}.test"
        person = people.add(email, people.invented_name(random), UserType.MEMBER, locale="de")
        status = MemberStatus.INVITED if number % 12 == 0 else MemberStatus.ACTIVE
        people.join(person, store, random.choice(list(MemberRole)), status)


def _seat_everybody(work: UnitOfWork) -> None:
    """Give everybody in a team a seat, as inviting them would have done (D14)."""
    work.session.flush()
    seated = select(StoreUser.merchant_id, StoreUser.platform_id, StoreUser.user_id).distinct()
    columns = ["merchant_id", "platform_id", "user_id"]
    work.session.execute(insert(TeamSeat).from_select(columns, seated))
