"""Further merchants of a scaled demo: an owner, a merchant and a store each, by three statements.

The database makes the rows itself; a hundred thousand of them take seconds.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Join,
    Select,
    SQLColumnExpression,
    String,
    cast,
    insert,
    literal,
    select,
)

from app.contracts.demo import DemoPlan
from app.kit.db import UnitOfWork
from app.kit.models import Base
from app.kit.set_rows import choices, chosen, numbers
from app.modules.tenancy.demo.names import FAMILY_NAMES, TRADES
from app.modules.tenancy.models import Merchant, Platform, Store, User, UserType
from app.modules.tenancy.repositories.demo_stores import FURTHER

Columns = dict[str, SQLColumnExpression[Any]]


def add_further_merchants(
    work: UnitOfWork, plan: DemoPlan, platform: Platform, *, password_hash: str
) -> None:
    """Add as many merchants as the plan's scale says, all on one platform."""
    work.session.flush()
    further = _Further(plan)
    created_at = literal(plan.now, User.created_at.type)
    users: Columns = {
        "email": further.email,
        "email_verified_at": created_at,
        "display_name": literal("Owner ").concat(further.ordinal),
        "password_hash": literal(password_hash),
        "user_type": literal(UserType.MERCHANT_OWNER, User.user_type.type),
        "locale": further.locale,
        "created_at": created_at,
    }
    _insert(work, User, users, further, further.rows)
    owned = further.rows.join(User, User.email == further.email)
    merchants: Columns = {
        "name": further.name,
        "owner_user_id": User.id,
        "contact_email": literal("office@").concat(further.code).concat(".test"),
        "created_at": created_at,
    }
    _insert(work, Merchant, merchants, further, owned)
    stores: Columns = {
        "code": further.code,
        "subdomain": further.code,
        "name": further.name,
        "merchant_id": Merchant.id,
        "platform_id": literal(platform.id),
        "created_at": created_at,
    }
    kept = owned.join(Merchant, Merchant.owner_user_id == User.id)
    _insert(work, Store, stores, further, kept)


class _Further:
    """A row for each further merchant, with what its names are made of."""

    def __init__(self, plan: DemoPlan) -> None:
        every = numbers(plan.scale)
        trades = choices("trades", {"trade": String(), "locale": String()}, TRADES)
        families = choices("families", {"family": String()}, [(one,) for one in FAMILY_NAMES])
        self.rows: Join = every.join(trades, chosen(trades, len(TRADES), every.c.n)).join(
            families, chosen(families, len(FAMILY_NAMES), every.c.n // len(TRADES))
        )
        self.n: ColumnElement[int] = every.c.n
        self.ordinal = cast(every.c.n + 1, String)
        self.locale = trades.c.locale
        self.name = (
            trades.c.trade.concat(" ").concat(families.c.family).concat(" ").concat(self.ordinal)
        )
        self.code = literal(FURTHER).concat(self.ordinal)
        self.email = literal("owner@").concat(self.code).concat(".test")


def _insert(
    work: UnitOfWork, model: type[Base], columns: Columns, further: _Further, rows: Join
) -> None:
    source: Select[Any] = select(*columns.values()).select_from(rows).order_by(further.n)
    work.session.execute(insert(model).from_select(list(columns), source))
