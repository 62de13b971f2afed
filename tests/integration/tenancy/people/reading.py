"""Looking at what is in the database, and at links in mails."""

import re
from typing import Any

from sqlalchemy import func, select

from app.kit.db import unit_of_work
from app.kit.mail import KeptMail
from app.modules.tenancy.models import StoreUser, User


def count(table: type[Any]) -> int:
    """How many rows a table has."""
    with unit_of_work(read_only=True) as work:
        return work.session.scalar(select(func.count()).select_from(table)) or 0


def the_user(email: str) -> User:
    """The account of an address."""
    with unit_of_work(read_only=True) as work:
        return work.session.scalars(select(User).where(User.email == email)).one()


def the_member(member_id: int) -> StoreUser:
    """A membership by id."""
    with unit_of_work(read_only=True) as work:
        return work.session.get_one(StoreUser, member_id)


def token_of(mail: KeptMail) -> str:
    """The secret at the end of the mail's link."""
    found = re.search(r"https://shop\.example/[a-z-]+/(\S+)", mail.text)
    assert found is not None, mail.text
    return found[1]
