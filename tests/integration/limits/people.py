"""What happens to the people who work for a merchant."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.kit.outbox.models import OutboxRow
from app.modules.tenancy.models import MemberRole, StoreUser, User, UserType
from app.modules.tenancy.services.change_member import change_role, remove_member
from app.modules.tenancy.services.change_owner import change_owner
from app.modules.tenancy.services.end_invitations import end_expired_invitations
from app.modules.tenancy.services.invitation import Acceptance, accept_invitation
from app.modules.tenancy.services.invite_member import (
    Invitation,
    invite_member,
    resend_invitation,
)
from app.modules.tenancy.services.manage_users import update_user
from app.modules.tenancy.services.owners import OwnerDraft
from app.modules.tenancy.services.sessions import Browser
from tests.integration.limits.actors import ACTING, OPERATOR
from tests.integration.limits.life import Life, refused, undone, which

SOMEBODY = Browser("127.0.0.1", "")
people = st.integers(min_value=0, max_value=4)
roles = st.sampled_from(MemberRole)


class People(Life):
    """Every write of members, owners and kinds of accounts."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses = [f"{n}.{self.owner_id}@example.test" for n in range(5)]

    @rule(place=which, person=people, role=roles, undo=undone)
    def invite_somebody(self, place: int, person: int, role: MemberRole, undo: bool) -> None:
        invitation = Invitation(self.addresses[person], role)
        with self.attempt(undo) as work:
            invite_member(work, self.store(place), invitation=invitation, acting=ACTING)

    @rule(chosen=which, undo=undone)
    def invite_somebody_again(self, chosen: int, undo: bool) -> None:
        for store, member_id in self._membership(chosen):
            with self.attempt(undo) as work:
                resend_invitation(work, store, member_id=member_id, acting=ACTING)

    @rule(person=people)
    def accept_the_last_invitation(self, person: int) -> None:
        with unit_of_work(read_only=True) as work:
            address = User.email == self.addresses[person]
            user_id = work.session.scalar(select(User.id).where(address))
            mails = work.session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc()))
            invitations = [one for one in mails if one.payload["to"] == self.addresses[person]]
        if invitations:
            secret = invitations[0].payload["context"]["path"].removeprefix("/invite/")
            with refused():
                accept_invitation(secret, Acceptance(), signed_in_user_id=user_id, browser=SOMEBODY)

    @rule(days=st.integers(min_value=0, max_value=14), undo=undone)
    def invitations_expire(self, days: int, undo: bool) -> None:
        self.clock.advance(timedelta(days=days))
        with self.attempt(undo) as work:
            end_expired_invitations(work, at=business_now(), limit=100)

    @rule(chosen=which, role=roles, undo=undone)
    def give_somebody_another_role(self, chosen: int, role: MemberRole, undo: bool) -> None:
        for store, member_id in self._membership(chosen):
            with self.attempt(undo) as work:
                change_role(
                    work, store, member_id=member_id, role=role,
                    expected_version=None, acting=ACTING,
                )  # fmt: skip

    @rule(chosen=which, undo=undone)
    def take_somebody_out(self, chosen: int, undo: bool) -> None:
        for store, member_id in self._membership(chosen):
            with self.attempt(undo) as work:
                remove_member(work, store, member_id=member_id, acting=ACTING)

    @rule(person=people, undo=undone)
    def somebody_becomes_the_owner(self, person: int, undo: bool) -> None:
        draft = OwnerDraft(self.addresses[person])
        with self.attempt(undo) as work:
            change_owner(work, OPERATOR, self.owner.merchant_id, draft=draft, expected=None)

    @rule(person=people, kind=st.sampled_from(UserType), undo=undone)
    def an_account_becomes_another_kind(self, person: int, kind: UserType, undo: bool) -> None:
        with self.attempt(undo) as work:
            address = User.email == self.addresses[person]
            user_id = work.session.scalar(select(User.id).where(address))
            update_user(
                work, OPERATOR, user_id or 0, changes={"user_type": kind},
                platforms=None, expected=None,
            )  # fmt: skip

    def _membership(self, chosen: int) -> list[tuple[StoreRef, int]]:
        stores = {one.id: one for one in self.stores}
        with unit_of_work(read_only=True) as work:
            rows = work.session.scalars(
                select(StoreUser)
                .where(StoreUser.merchant_id == self.owner.merchant_id)
                .order_by(StoreUser.id)
            ).all()
        if not rows:
            return []
        row = rows[chosen % len(rows)]
        return [(stores[row.store_id], row.id)]
