"""Who works in a store."""

from dataclasses import dataclass

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.kit.pagination import Page, PageRequest
from app.modules.tenancy.models import MemberRole, User
from app.modules.tenancy.repositories import team


@dataclass(frozen=True)
class TeamFilter:
    """Which members to list; None leaves a condition out. `status` is active or invited."""

    search: str | None = None
    role: MemberRole | None = None
    status: str | None = None


@dataclass(frozen=True)
class Team:
    """A page of members, and the owner, who is no member."""

    owner: User
    page: Page[team.Member]


def list_team(
    work: UnitOfWork, store: StoreRef, *, wanted: TeamFilter, request: PageRequest
) -> Team:
    """Return a page of a store's members and invited people, with its owner."""
    page = team.list_team(
        work.session,
        store,
        request=request,
        search=wanted.search,
        role=wanted.role,
        status=wanted.status,
    )
    return Team(team.owner_of(work.session, store), page)


def count_team(work: UnitOfWork, store: StoreRef) -> int:
    """Return how many people are active or invited in a store, the owner left aside (D14)."""
    return team.count_team(work.session, store)
