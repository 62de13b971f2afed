"""Units of `max_team_members`: one for each person, in however many stores of a merchant (D14)."""

from collections.abc import Collection

from app.contracts.features import gate
from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.tenancy.repositories import seats
from app.modules.tenancy.services.limits import MAX_TEAM_MEMBERS


def take_seat(work: UnitOfWork, owner: Owner, user_id: int) -> None:
    """Take a unit for somebody who works for the merchant nowhere else yet.

    To be called last, when the membership is written. Raises what `gate().reserve` raises.
    """
    if add_seats(work, owner, [user_id]):
        gate().reserve(work, owner, {MAX_TEAM_MEMBERS: 1})


def give_up_seat(work: UnitOfWork, owner: Owner, user_id: int) -> None:
    """Give the unit back with somebody's last membership; called when that has ended."""
    if free_seats(work, owner, [user_id]):
        gate().release(work, owner, {MAX_TEAM_MEMBERS: 1})


def add_seats(work: UnitOfWork, owner: Owner, user_ids: Collection[int]) -> int:
    """Seat people who have joined; returns how many units are to be taken.

    A seat that stands may be just about to go, so it is locked; one that has gone is made anew.
    """
    work.session.flush()
    new, waiting = 0, set(user_ids)
    while waiting:
        new += seats.add_seats(work.session, owner, waiting)
        waiting -= seats.lock_seats(work.session, owner, waiting)
    return new


def free_seats(work: UnitOfWork, owner: Owner, user_ids: Collection[int]) -> int:
    """Take away the seats of people who are in no store any more; returns the units to give back.

    The seats are locked before memberships are looked at: who is being invited elsewhere in this
    moment holds the lock, and is then seen.
    """
    work.session.flush()
    seated = seats.lock_seats(work.session, owner, user_ids)
    gone = seated - seats.working_for(work.session, owner, seated)
    return seats.remove_seats(work.session, owner, gone) if gone else 0
