"""A store's team."""

from typing import Annotated

from fastapi import Depends, Query, Response

from app.kit.db import unit_of_work
from app.kit.http.context import request_context
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import Paging, Search
from app.kit.http.router import api_router
from app.kit.i18n import current_locale
from app.modules.tenancy.guards import StoreVisit, in_store
from app.modules.tenancy.models import MemberRole
from app.modules.tenancy.permissions import MANAGE_TEAM, VIEW_TEAM
from app.modules.tenancy.schemas.team import InviteIn, MemberOut, OwnerOut, RoleIn, TeamOut
from app.modules.tenancy.services.change_member import change_role, get_member, remove_member
from app.modules.tenancy.services.invite_member import (
    Invitation,
    invite_member,
    resend_invitation,
)
from app.modules.tenancy.services.list_team import TeamFilter, list_team
from app.modules.tenancy.services.team_audit import Acting

router = api_router("/store/team", "Store team")
Viewing = Annotated[StoreVisit, Depends(in_store(VIEW_TEAM))]
Managing = Annotated[StoreVisit, Depends(in_store(MANAGE_TEAM))]


@router.get("")
def get_team(
    visit: Viewing,
    paging: Paging,
    search: Search = None,
    role: Annotated[MemberRole | None, Query()] = None,
    status: Annotated[str | None, Query(pattern="^(active|invited)$")] = None,
) -> TeamOut:
    """List members and invited people of the store, and name its owner."""
    with unit_of_work(read_only=True) as work:
        team = list_team(work, visit.store, wanted=TeamFilter(search, role, status), request=paging)
        page = team.page.map(lambda member: MemberOut.of(*member))
        return TeamOut(
            items=list(page.items),
            next_cursor=page.next_cursor,
            total=page.total,
            total_is_estimate=page.total_is_estimate,
            owner=OwnerOut(
                user_id=team.owner.id,
                email=team.owner.email,
                display_name=team.owner.display_name,
            ),
        )


@router.post("", status_code=201)
@idempotent
def post_member(body: InviteIn, visit: Managing) -> MemberOut:
    """Invite somebody by mail; the invitation is good for 14 days."""
    with unit_of_work() as work:
        member = invite_member(
            work,
            visit.store,
            invitation=Invitation(body.email, body.role),
            acting=_acting(visit),
        )
        return MemberOut.of(*member)


@router.get("/{member_id}")
def get_one(member_id: int, visit: Viewing, response: Response) -> MemberOut:
    """One member or invited person."""
    with unit_of_work(read_only=True) as work:
        member, user = get_member(work, visit.store, member_id)
        set_etag(response, member.version)
        return MemberOut.of(member, user)


@router.post("/{member_id}/resend")
def post_resend(member_id: int, visit: Managing) -> MemberOut:
    """Send an open invitation again; the former link stops working."""
    with unit_of_work() as work:
        return MemberOut.of(
            *resend_invitation(work, visit.store, member_id=member_id, acting=_acting(visit))
        )


@router.patch("/{member_id}")
def patch_member(
    member_id: int, body: RoleIn, visit: Managing, expected: ExpectedVersion, response: Response
) -> MemberOut:
    """Give somebody another role; it holds at once."""
    with unit_of_work() as work:
        member, user = change_role(
            work,
            visit.store,
            member_id=member_id,
            role=body.role,
            expected_version=expected,
            acting=_acting(visit),
        )
        set_etag(response, member.version)
        return MemberOut.of(member, user)


@router.delete("/{member_id}", status_code=204)
def delete_member(member_id: int, visit: Managing) -> None:
    """Take somebody out of the team, or withdraw an invitation."""
    with unit_of_work() as work:
        remove_member(work, visit.store, member_id=member_id, acting=_acting(visit))


def _acting(visit: StoreVisit) -> Acting:
    identity = visit.identity
    return Acting(
        actor=identity.actor,
        user_id=identity.user_id,
        name=identity.display_name,
        locale=identity.locale or current_locale(),
        request_id=request_context().request_id,
    )
