"""What a member may do in a store, and the end of a membership."""

from app.contracts.tenants import Owner, StoreRef
from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.core.public import record_audit
from app.modules.tenancy.exceptions import MemberNotFound
from app.modules.tenancy.models import MemberRole, MemberStatus, StoreUser
from app.modules.tenancy.repositories import team
from app.modules.tenancy.services.seats import give_up_seat
from app.modules.tenancy.services.team_audit import Acting, membership


def get_member(work: UnitOfWork, store: StoreRef, member_id: int) -> team.Member:
    """Return a member or invited person of a store. Raises MemberNotFound."""
    found = team.find_present(work.session, store, member_id)
    if found is None:
        raise MemberNotFound
    return found


def change_role(
    work: UnitOfWork,
    store: StoreRef,
    *,
    member_id: int,
    role: MemberRole,
    expected_version: int | None,
    acting: Acting,
) -> team.Member:
    """Give a member or invited person another role; it holds from their next request on.

    Raises MemberNotFound, PreconditionFailed.
    """
    member, user = get_member(work, store, member_id)
    check_version(member.version, expected_version)
    before, member.role = member.role, role
    work.session.flush()
    if before != role:
        record_audit(
            work,
            acting.actor,
            action="team.role_changed",
            target=membership(member),
            before={"role": before},
            after={"role": role},
            request_id=acting.request_id,
        )
    return member, user


def remove_member(work: UnitOfWork, store: StoreRef, *, member_id: int, acting: Acting) -> None:
    """Take somebody out of the team, or withdraw an invitation; the place becomes free.

    Access ends with the next request, whatever sessions and tokens there are.
    Raises MemberNotFound.
    """
    member, _user = get_member(work, store, member_id)
    before = member.status
    end_membership(work, member)
    record_audit(
        work,
        acting.actor,
        action="team.removed" if before == MemberStatus.ACTIVE else "team.invitation_withdrawn",
        target=membership(member),
        before={"role": member.role, "status": before},
        after={"status": member.status},
        request_id=acting.request_id,
    )


def end_membership(work: UnitOfWork, member: StoreUser) -> None:
    """End a membership or an invitation, by hand or by time; the one place where it ends."""
    member.status = MemberStatus.REMOVED
    member.invitation_hash = None
    member.invitation_expires_at = None
    work.session.flush()
    give_up_seat(work, Owner(member.merchant_id, member.platform_id), member.user_id)
