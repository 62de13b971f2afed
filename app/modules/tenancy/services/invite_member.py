"""Inviting somebody into a store's team, and sending the invitation again."""

from dataclasses import dataclass
from datetime import timedelta

from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.upsert import insert_or_ignore
from app.modules.core.public import record_audit
from app.modules.tenancy.exceptions import (
    AlreadyInvited,
    AlreadyMember,
    MemberNotFound,
    NotInvited,
    OwnerCannotBeMember,
    StoreNotFound,
)
from app.modules.tenancy.models import (
    MemberRole,
    MemberStatus,
    Merchant,
    StoreUser,
    User,
    UserType,
)
from app.modules.tenancy.repositories import accounts, team
from app.modules.tenancy.repositories.seats import hold_store
from app.modules.tenancy.services.emails import checked_email
from app.modules.tenancy.services.mails import mail_invitation
from app.modules.tenancy.services.seats import take_seat
from app.modules.tenancy.services.secrets import hash_secret, new_secret
from app.modules.tenancy.services.team_audit import Acting, membership

INVITATION_LIFE = timedelta(days=14)


@dataclass(frozen=True)
class Invitation:
    """Whom to invite, and what the person may do."""

    email: str
    role: MemberRole


def invite_member(
    work: UnitOfWork, store: StoreRef, *, invitation: Invitation, acting: Acting
) -> team.Member:
    """Invite somebody into a store for 14 days, by mail; a place in the team is taken at once.

    Unknown people get an account without a password, which the invitation lets them set.
    Raises InvalidInput, StoreNotFound, OwnerCannotBeMember, AlreadyMember, AlreadyInvited, and
    FeatureLimitReached or its kin of a full team (D16).
    """
    user = _account_of(work, checked_email(invitation.email), acting)
    owner_id = hold_store(work.session, store.owner, store.id)
    if owner_id is None:
        raise StoreNotFound
    if owner_id == user.id:
        raise OwnerCannotBeMember
    member = _membership(work, store, user, invitation.role)
    member.invited_by_user_id = acting.user_id
    _send(work, store, member, user, acting)
    record_audit(
        work,
        acting.actor,
        action="team.invited",
        target=membership(member),
        after={"role": member.role, "user_id": user.id},
        request_id=acting.request_id,
    )
    take_seat(work, store.owner, user.id)
    return member, user


def resend_invitation(
    work: UnitOfWork, store: StoreRef, *, member_id: int, acting: Acting
) -> team.Member:
    """Send an open invitation again, valid for 14 days from now; the former link stops working.

    Raises MemberNotFound, NotInvited.
    """
    found = team.find_present(work.session, store, member_id)
    if found is None:
        raise MemberNotFound
    member, user = found
    if member.status != MemberStatus.INVITED:
        raise NotInvited
    _send(work, store, member, user, acting)
    return member, user


def _account_of(work: UnitOfWork, email: str, acting: Acting) -> User:
    """Find the account of an address; two invitations at once make one account."""
    row = {
        "email": email,
        "display_name": "",
        "user_type": UserType.MEMBER,
        "locale": acting.locale,
        "is_active": True,
        "version": 1,
        "created_at": business_now(),
    }
    insert_or_ignore(work.session, User, [row])
    user = accounts.find_by_email(work.session, email)
    if user is None:
        raise LookupError(email)
    return user


def _membership(work: UnitOfWork, store: StoreRef, user: User, role: MemberRole) -> StoreUser:
    member = team.find_membership(work.session, store, user.id)
    if member is None:
        member = StoreUser(
            merchant_id=store.owner.merchant_id,
            platform_id=store.owner.platform_id,
            store_id=store.id,
            user_id=user.id,
            role=role,
            status=MemberStatus.INVITED,
            created_at=business_now(),
        )
        with work.conflicts({"store_users.store_id": AlreadyInvited}):
            work.session.add(member)
        return member
    if member.status == MemberStatus.ACTIVE:
        raise AlreadyMember
    if member.status == MemberStatus.INVITED:
        raise AlreadyInvited
    member.role, member.status, member.joined_at = role, MemberStatus.INVITED, None
    return member


def _send(work: UnitOfWork, store: StoreRef, member: StoreUser, user: User, acting: Acting) -> None:
    secret = new_secret()
    member.invitation_hash = hash_secret(secret)
    member.invitation_expires_at = business_now() + INVITATION_LIFE
    work.session.flush()
    mail_invitation(
        work,
        user,
        secret=secret,
        inviter=acting.name,
        store=store.name,
        merchant=work.session.get_one(Merchant, store.owner.merchant_id).name,
        role=member.role,
        locale=user.locale if user.password_hash else acting.locale,
    )
