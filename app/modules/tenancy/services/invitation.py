"""What an invitation says, and accepting it."""

from dataclasses import dataclass

from sqlalchemy import update

from app.kit.clocks import business_now, system_now
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.errors import InvalidInput
from app.modules.tenancy.exceptions import InvitationNotFound
from app.modules.tenancy.models import MemberStatus, StoreUser, User
from app.modules.tenancy.repositories import team
from app.modules.tenancy.services.confirm_password import confirm_password
from app.modules.tenancy.services.passwords import hash_password
from app.modules.tenancy.services.secrets import hash_secret
from app.modules.tenancy.services.sessions import Browser, begin_session


@dataclass(frozen=True)
class InvitationView:
    """An invitation as its reader sees it; `is_new` when the person still has to choose a
    password, `valid` until its time is over."""

    member_id: int
    user_id: int
    email: str
    merchant: str
    store: str
    store_code: str
    role: str
    valid: bool
    is_new: bool


@dataclass(frozen=True)
class Acceptance:
    """What comes with an acceptance: a name and first password, or the present password."""

    password: str | None = None
    display_name: str = ""


@dataclass(frozen=True)
class Accepted:
    """Where an acceptance leads; `session_secret` is None for who was signed in already."""

    store_code: str
    session_secret: str | None


def read_invitation(work: UnitOfWork, secret: str) -> InvitationView:
    """Return an open invitation, even when its 14 days are over. Raises InvitationNotFound."""
    found = team.find_invitation(work.session, hash_secret(secret))
    if found is None:
        raise InvitationNotFound
    member, user, store, merchant = found
    return InvitationView(
        member_id=member.id,
        user_id=user.id,
        email=user.email,
        merchant=merchant.name,
        store=store.name,
        store_code=store.code,
        role=member.role,
        valid=_is_open(member),
        is_new=user.password_hash is None,
    )


def accept_invitation(
    secret: str, acceptance: Acceptance, *, signed_in_user_id: int | None, browser: Browser
) -> Accepted:
    """Join the team: as oneself if signed in, else by the password, a new or the present one.

    Raises InvitationNotFound (used, withdrawn or too old), InvalidInput, WrongPassword,
    TooManySignIns.
    """
    with unit_of_work(read_only=True) as work:
        invitation = read_invitation(work, secret)
    if not invitation.valid:
        raise InvitationNotFound
    is_oneself = signed_in_user_id == invitation.user_id
    first_hash = None if is_oneself else _prove(invitation, acceptance, address=browser.address)
    with unit_of_work() as work:
        _join(work, invitation, secret)
        if first_hash is not None:
            _open_account(work, invitation, first_hash, display_name=acceptance.display_name)
        session = None if is_oneself else begin_session(work, invitation.user_id, browser=browser)
    return Accepted(invitation.store_code, session)


def _prove(invitation: InvitationView, acceptance: Acceptance, *, address: str) -> str | None:
    """Return the hash of a new person's password; of a known person check the present one."""
    if not acceptance.password:
        raise InvalidInput.at("/password", "password_needed")
    if invitation.is_new:
        return hash_password(acceptance.password)
    confirm_password(invitation.user_id, acceptance.password, address=address)
    return None


def _join(work: UnitOfWork, invitation: InvitationView, secret: str) -> None:
    """Turn the invitation into a membership; of two acceptances at once one succeeds."""
    joined = work.session.execute(
        update(StoreUser)
        .where(
            StoreUser.id == invitation.member_id,
            StoreUser.invitation_hash == hash_secret(secret),
            StoreUser.status == MemberStatus.INVITED,
            StoreUser.invitation_expires_at > business_now(),
        )
        .values(
            status=MemberStatus.ACTIVE,
            joined_at=business_now(),
            invitation_hash=None,
            invitation_expires_at=None,
            version=StoreUser.version + 1,
        )
        .returning(StoreUser.id)
    )
    if joined.first() is None:
        raise InvitationNotFound


def _open_account(
    work: UnitOfWork, invitation: InvitationView, password_hash: str, *, display_name: str
) -> None:
    """Give a new person's account its first password; the mail has proven the address."""
    opened = work.session.execute(
        update(User)
        .where(User.id == invitation.user_id, User.password_hash.is_(None))
        .values(
            password_hash=password_hash,
            display_name=display_name,
            email_verified_at=system_now(),
            version=User.version + 1,
        )
        .returning(User.id)
    )
    if opened.first() is None:  # the account got its password by another invitation meanwhile
        raise InvitationNotFound


def _is_open(member: StoreUser) -> bool:
    return (
        member.invitation_expires_at is not None and member.invitation_expires_at > business_now()
    )
