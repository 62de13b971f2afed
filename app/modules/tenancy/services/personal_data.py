"""What tenancy knows of people, and how it forgets them."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import CursorResult, Select, delete, or_, select, update

from app.contracts.people import Person, Told
from app.kit.db import UnitOfWork
from app.kit.mentions import ERASED_EMAIL, ERASED_NAME, rows_of, united
from app.modules.core.public import PersonalTexts
from app.modules.tenancy.exceptions import LastSuperAdmin
from app.modules.tenancy.models import (
    ApiToken,
    MemberStatus,
    Merchant,
    OneTimeLink,
    PlatformAdmin,
    Store,
    StoreUser,
    User,
    UserSession,
    UserType,
)
from app.modules.tenancy.repositories import accounts, admin_users
from app.modules.tenancy.services.change_member import end_membership

_OWNED = (UserSession, ApiToken, OneTimeLink, PlatformAdmin)
_MERCHANT_DETAILS = ("contact_phone", "address_line", "postal_code", "city", "vat_number")


class TenancyPeople(PersonalTexts):
    """The account becomes a nameless row, so that what points to its id still stands."""

    def __init__(self) -> None:
        super().__init__(
            Merchant.name,
            Merchant.contact_email,
            Merchant.address_line,
            Store.name,
            ApiToken.name,
        )

    def names(self, work: UnitOfWork, email: str) -> Collection[str]:
        """Return the name of the account."""
        user = accounts.find_by_email(work.session, email)
        return [user.display_name] if user is not None and user.display_name else []

    def tell(self, work: UnitOfWork, person: Person) -> Told:
        """Return the account with all that hangs on it, and the merchants that the person owns."""
        found = {**super().tell(work, person)}
        for query in _rows_about(person):
            table = query.column_descriptions[0]["entity"].__tablename__
            if rows := rows_of(work.session, query):
                found[table] = united(rows, found.get(table, ()))
        return found

    def check_forgettable(self, work: UnitOfWork, person: Person) -> None:
        """Raise LastSuperAdmin where nobody would be left who may do everything."""
        if person.user_id is None:
            return
        user = admin_users.get_user(work.session, person.user_id)
        is_super = user.user_type == UserType.SUPER_ADMIN and user.is_active
        if is_super and admin_users.other_super_admins(work.session, user.id) == 0:
            raise LastSuperAdmin

    def forget(self, work: UnitOfWork, person: Person) -> Mapping[str, int]:
        """End every way in and every membership; empty the account and the merchants owned."""
        counts: Counter[str] = Counter()
        if person.user_id is not None:
            counts["store_users"] = _leave_teams(work, person.user_id)
            counts.update(_empty_account(work, person.user_id))
            counts["merchants"] = _empty_merchants(work, person)
        counts.update(super().forget(work, person))
        return counts


def _rows_about(person: Person) -> list[Select[Any]]:
    if person.user_id is None:
        return []
    owned = Merchant.id.in_(person.merchant_ids)
    return [
        select(User).where(User.id == person.user_id),
        select(StoreUser).where(StoreUser.user_id == person.user_id),
        select(Merchant).where(or_(owned, Merchant.contact_email == person.email)),
        *(select(model).where(model.user_id == person.user_id) for model in _OWNED),
    ]


def _leave_teams(work: UnitOfWork, user_id: int) -> int:
    present = select(StoreUser).where(
        StoreUser.user_id == user_id, StoreUser.status != MemberStatus.REMOVED
    )
    members = work.session.scalars(present.order_by(StoreUser.id)).all()
    for member in members:
        end_membership(work, member)
    return len(members)


def _empty_account(work: UnitOfWork, user_id: int) -> Mapping[str, int]:
    counts: Counter[str] = Counter(users=1)
    for model in _OWNED:
        gone = work.session.execute(delete(model).where(model.user_id == user_id))
        assert isinstance(gone, CursorResult)
        counts[model.__tablename__] = gone.rowcount
    user = accounts.lock_account(work.session, user_id)
    user.email = f"erased-{user_id}@erased.invalid"
    user.display_name = ""
    user.password_hash = user.email_verified_at = None
    user.is_active = False
    work.session.flush()
    return counts


def _empty_merchants(work: UnitOfWork, person: Person) -> int:
    """Take off how to reach them; nobody acts for them until they get another owner."""
    nameless = Merchant.name.in_(person.names)
    work.session.execute(
        update(Merchant)
        .where(Merchant.id.in_(person.merchant_ids), nameless)
        .values(name=ERASED_NAME)
        .execution_options(synchronize_session=False)
    )
    emptied = work.session.execute(
        update(Merchant)
        .where(Merchant.id.in_(person.merchant_ids))
        .values(
            contact_email=ERASED_EMAIL,
            is_active=False,
            version=Merchant.version + 1,
            **dict.fromkeys(_MERCHANT_DETAILS),
        )
        .execution_options(synchronize_session=False)
    )
    assert isinstance(emptied, CursorResult)
    return emptied.rowcount
