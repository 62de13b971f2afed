"""Who owns a merchant: a new person, or one with an account already."""

from dataclasses import dataclass

from sqlalchemy import select

from app.kit.db import UnitOfWork
from app.modules.tenancy.exceptions import AdminCannotOwn
from app.modules.tenancy.models import MemberStatus, StoreUser, User, UserType
from app.modules.tenancy.repositories.accounts import find_by_email
from app.modules.tenancy.services.change_member import end_membership
from app.modules.tenancy.services.emails import checked_email
from app.modules.tenancy.services.open_account import open_account

_ADMINS = frozenset({UserType.SUPER_ADMIN, UserType.PLATFORM_ADMIN})


@dataclass(frozen=True)
class OwnerDraft:
    """An owner to be; name and language count for a new account alone."""

    email: str
    display_name: str = ""
    locale: str | None = None


def take_owner(work: UnitOfWork, draft: OwnerDraft, *, pointer: str = "/owner/email") -> User:
    """Return the account that is to own a merchant, a new one if nobody has this address.

    A member becomes an owner. Raises InvalidInput, AdminCannotOwn.
    """
    user = find_by_email(work.session, checked_email(draft.email, pointer=pointer))
    if user is None:
        return open_account(
            work,
            draft.email,
            user_type=UserType.MERCHANT_OWNER,
            display_name=draft.display_name,
            locale=draft.locale,
            pointer=pointer,
        )
    if user.user_type in _ADMINS:
        raise AdminCannotOwn
    user.user_type = UserType.MERCHANT_OWNER
    work.session.flush()
    return user


def end_memberships(work: UnitOfWork, user_id: int, *, merchant_id: int) -> None:
    """End what somebody was in a merchant's stores; an owner may do everything there anyway."""
    standing = select(StoreUser).where(
        StoreUser.merchant_id == merchant_id,
        StoreUser.user_id == user_id,
        StoreUser.status != MemberStatus.REMOVED,
    )
    for membership in work.session.scalars(standing):
        end_membership(work, membership)
