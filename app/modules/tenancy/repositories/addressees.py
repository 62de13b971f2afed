"""Who is written to: the owner of a merchant, and those who run the whole product."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.kit.among import among
from app.modules.tenancy.models import Merchant, User, UserType


@dataclass(frozen=True)
class Addressee:
    """Somebody who gets a mail, and in which language."""

    name: str
    email: str
    locale: str


def _people() -> Select[str, str, str]:
    return select(User.display_name, User.email, User.locale)


def owners_of(session: Session, merchant_ids: Collection[int]) -> dict[int, Addressee]:
    """Return the owners of merchants by merchant."""
    of_merchants = (
        _people()
        .add_columns(Merchant.id)
        .join_from(User, Merchant, Merchant.owner_user_id == User.id)
    )
    rows = session.execute(of_merchants.where(among(Merchant.id, merchant_ids)))
    return {merchant_id: Addressee(*person) for *person, merchant_id in rows}


def super_admins(session: Session) -> list[Addressee]:
    """Return the super admins who can sign in, in the order of their accounts."""
    active = _people().where(User.user_type == UserType.SUPER_ADMIN, User.is_active)
    return [Addressee(*row) for row in session.execute(active.order_by(User.id))]
