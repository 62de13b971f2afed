"""Finding the people who work in a store."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
from app.kit.pagination import Page, PageRequest, Sorting, paginate_rows
from app.modules.tenancy.models import MemberStatus, Merchant, Store, StoreUser, User
from app.modules.tenancy.repositories.scoping import starts_with

SORTING = Sorting(
    {
        "name": User.display_name,
        "email": User.email,
        "role": StoreUser.role,
        "status": StoreUser.status,
        "created_at": StoreUser.created_at,
    },
    tie=StoreUser.id,
    default="email",
)
PRESENT = (MemberStatus.ACTIVE, MemberStatus.INVITED)
Member = tuple[StoreUser, User]


def list_team(
    session: Session,
    store: StoreRef,
    *,
    request: PageRequest,
    search: str | None = None,
    role: str | None = None,
    status: str | None = None,
) -> Page[Member]:
    """Return a page of a store's members and invited people; the owner is none of them."""
    rows = _members(store).where(
        StoreUser.status.in_(PRESENT), starts_with(search, User.display_name, User.email)
    )
    if role:
        rows = rows.where(StoreUser.role == role)
    if status:
        rows = rows.where(StoreUser.status == status)
    filters = {"store": store.id, "search": search, "role": role, "status": status}
    page = paginate_rows(session, rows, sorting=SORTING, request=request, filters=filters)
    return page.map(lambda row: (row[0], row[1]))


def find_present(session: Session, store: StoreRef, member_id: int) -> Member | None:
    """Return a member or invited person of a store."""
    row = session.execute(
        _members(store).where(StoreUser.id == member_id, StoreUser.status.in_(PRESENT))
    ).first()
    return None if row is None else (row[0], row[1])


def find_membership(session: Session, store: StoreRef, user_id: int) -> StoreUser | None:
    """Return a person's membership in a store, a removed one too."""
    return session.scalars(
        select(StoreUser).where(StoreUser.store_id == store.id, StoreUser.user_id == user_id)
    ).first()


def owner_of(session: Session, store: StoreRef) -> User:
    """Return the owner of a store's merchant."""
    return session.scalars(
        select(User)
        .join(Merchant, Merchant.owner_user_id == User.id)
        .where(Merchant.id == store.owner.merchant_id)
    ).one()


def count_team(session: Session, store: StoreRef) -> int:
    """Return how many people are active or invited in a store; the owner is not counted (D14)."""
    return session.scalars(
        select(func.count())
        .select_from(StoreUser)
        .where(StoreUser.store_id == store.id, StoreUser.status.in_(PRESENT))
    ).one()


def find_invitation(
    session: Session, invitation_hash: str
) -> tuple[StoreUser, User, Store, Merchant] | None:
    """Return an open invitation with whom it invites where; an expired one too."""
    row = session.execute(
        select(StoreUser, User, Store, Merchant)
        .join(User, User.id == StoreUser.user_id)
        .join(Store, Store.id == StoreUser.store_id)
        .join(Merchant, Merchant.id == StoreUser.merchant_id)
        .where(
            StoreUser.invitation_hash == invitation_hash,
            StoreUser.status == MemberStatus.INVITED,
            Store.deleted_at.is_(None),
            Merchant.is_active,
            User.is_active,
        )
    ).first()
    return None if row is None else (row[0], row[1], row[2], row[3])


def expired_invitations(session: Session, *, at: datetime, limit: int) -> list[StoreUser]:
    """Return open invitations whose time is over, the oldest first."""
    return list(
        session.scalars(
            select(StoreUser)
            .where(
                StoreUser.status == MemberStatus.INVITED,
                StoreUser.invitation_expires_at <= at,
            )
            .order_by(StoreUser.id)
            .limit(limit)
        )
    )


def _members(store: StoreRef) -> Select[StoreUser, User]:
    return (
        select(StoreUser, User)
        .join(User, User.id == StoreUser.user_id)
        .where(
            StoreUser.merchant_id == store.owner.merchant_id,
            StoreUser.platform_id == store.owner.platform_id,
            StoreUser.store_id == store.id,
        )
    )
