"""Further merchants of a scaled demo, in set inserts: an owner, a merchant and a store each."""

from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import InstrumentedAttribute

from app.contracts.demo import DemoPlan
from app.kit.db import UnitOfWork
from app.kit.models import Base
from app.modules.tenancy.demo.names import FAMILY_NAMES, TRADES
from app.modules.tenancy.models import Merchant, Platform, Store, User, UserType

ROWS_AT_ONCE = 5_000


def add_further_merchants(
    work: UnitOfWork, plan: DemoPlan, platform: Platform, *, password_hash: str
) -> None:
    """Add as many merchants as the plan's scale says, all on one platform."""
    work.session.flush()
    for begin in range(0, plan.scale, ROWS_AT_ONCE):
        numbers = range(begin, min(begin + ROWS_AT_ONCE, plan.scale))
        users = [_user(number, plan, password_hash) for number in numbers]
        owners = _insert(work, User, User.id, users)
        merchants = _insert(
            work,
            Merchant,
            Merchant.id,
            [_merchant(*one, plan) for one in zip(numbers, owners, strict=True)],
        )
        stores = [_store(*one, platform, plan) for one in zip(numbers, merchants, strict=True)]
        work.session.execute(insert(Store), stores)


def _insert(
    work: UnitOfWork,
    model: type[Base],
    key: InstrumentedAttribute[int],
    rows: list[dict[str, Any]],
) -> list[int]:
    """Insert rows and return their ids in the same order."""
    statement = insert(model).returning(key, sort_by_parameter_order=True)
    return list(work.session.scalars(statement, rows))


def _name(number: int) -> str:
    trade, _ = TRADES[number % len(TRADES)]
    return f"{trade} {FAMILY_NAMES[number // len(TRADES) % len(FAMILY_NAMES)]} {number + 1}"


def _user(number: int, plan: DemoPlan, password_hash: str) -> dict[str, Any]:
    return {
        "email": f"owner@shop-{number + 1}.test",
        "email_verified_at": plan.now,
        "display_name": f"Owner {number + 1}",
        "password_hash": password_hash,
        "user_type": UserType.MERCHANT_OWNER,
        "locale": TRADES[number % len(TRADES)][1],
        "created_at": plan.now,
    }


def _merchant(number: int, owner_id: int, plan: DemoPlan) -> dict[str, Any]:
    return {
        "name": _name(number),
        "owner_user_id": owner_id,
        "contact_email": f"office@shop-{number + 1}.test",
        "created_at": plan.now,
    }


def _store(number: int, merchant_id: int, platform: Platform, plan: DemoPlan) -> dict[str, Any]:
    code = f"shop-{number + 1}"
    return {
        "code": code,
        "subdomain": code,
        "name": _name(number),
        "merchant_id": merchant_id,
        "platform_id": platform.id,
        "created_at": plan.now,
    }
