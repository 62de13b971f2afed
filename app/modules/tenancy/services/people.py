"""Everything that is known of one person, told or forgotten (D28)."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.contracts.people import Person, Told, personal_data
from app.kit.db import UnitOfWork
from app.modules.core.public import AuditTarget, record_audit
from app.modules.tenancy.exceptions import PersonUnknown
from app.modules.tenancy.models import Merchant
from app.modules.tenancy.repositories import accounts
from app.modules.tenancy.services.emails import normal_email
from app.modules.tenancy.services.people_by_command import ACTOR


def tell_of_person(work: UnitOfWork, email: str) -> Told:
    """Return what the modules know of whoever has an address, by table. Raises PersonUnknown."""
    return _known(work, _find_person(work, email))


def forget_person(work: UnitOfWork, email: str) -> dict[str, int]:
    """Remove or anonymise whoever has an address, everywhere but in bills.

    The audit log says that it was done and to which account, nothing else. Returns how many rows
    were touched, by table. Raises PersonUnknown, and what modules object, such as LastSuperAdmin.
    """
    person = _find_person(work, email)
    if person.user_id is None:
        _known(work, person)
    for module in personal_data():
        module.check_forgettable(work, person)
    counts: Counter[str] = Counter()
    for module in reversed(personal_data()):  # what leans on an account goes before it
        counts.update(module.forget(work, person))
    touched = {table: rows for table, rows in sorted(counts.items()) if rows}
    target = AuditTarget("user" if person.user_id else "person", person.user_id or 0)
    record_audit(work, ACTOR, action="person.erased", target=target, after={"rows": touched})
    return touched


def _find_person(work: UnitOfWork, email: str) -> Person:
    address = normal_email(email)
    user = accounts.find_by_email(work.session, address)
    names = {name.strip() for one in personal_data() for name in one.names(work, address)}
    return Person(
        email=address,
        user_id=user.id if user is not None else None,
        names=frozenset(names - {""}),
        merchant_ids=_owned_merchants(work, user.id) if user is not None else frozenset(),
    )


def _owned_merchants(work: UnitOfWork, user_id: int) -> frozenset[int]:
    return frozenset(
        work.session.scalars(select(Merchant.id).where(Merchant.owner_user_id == user_id))
    )


def _known(work: UnitOfWork, person: Person) -> Told:
    known: dict[str, list[Mapping[str, Any]]] = {}
    for module in personal_data():
        for table, rows in module.tell(work, person).items():
            known.setdefault(table, []).extend(rows)
    if not known:
        raise PersonUnknown
    return known
