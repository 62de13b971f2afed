"""Tables keep to their module, its tenants and its clock (D0, D2, house rules 4 and 9)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import (
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column, relationship

import app.bootstrap  # noqa: F401 - names every module, and so brings in every table
from app.kit.models import Base, UtcDateTime
from tests.unit.architecture.sources import Finding, expect_none

# From the bottom up, as the import linter has them; a module knows those before it alone.
ORDER = ("kit", "core", "tenancy", "media", "billing", "catalog", "orders", "monitoring")
KEYS = (PrimaryKeyConstraint, UniqueConstraint)  # what brings an index along
MONEY = ("_cents", "price", "amount", "total")
# The audit log names tenants by plain numbers, since it outlives them, and has entries of none.
# An event of Stripe's is kept before anybody knows whom it concerns.
TENANT_MAY_BE_ABSENT = {"audit_entries", "operator_alerts", "stripe_webhook_events"}


def owner(mapped: type) -> str:
    """The module that a mapped class belongs to; `kit` for those of the kit."""
    parts = mapped.__module__.split(".")
    return parts[2] if parts[:2] == ["app", "modules"] else "kit"


def strangers(base: type[DeclarativeBase]) -> Iterator[Finding]:
    """Relationships across modules, foreign keys upward, relationships that load by surprise."""
    mappers = list(base.registry.mappers)
    owners = {str(mapper.local_table): owner(mapper.class_) for mapper in mappers}
    for mapper in mappers:
        yield from _relationships(mapper)
        for key in mapper.local_table.foreign_keys:
            target = key.target_fullname.split(".")[0]
            if ORDER.index(owners[target]) > ORDER.index(owner(mapper.class_)):
                yield f"{mapper.local_table}: a foreign key up to {target}"


def _relationships(mapper: Mapper[object]) -> Iterator[Finding]:
    for one in mapper.relationships:
        name = f"{mapper.class_.__name__}.{one.key}"
        if owner(one.mapper.class_) != owner(mapper.class_):
            yield f"{name}: a relationship into another module"
        if one.lazy not in {"raise", "raise_on_sql", "noload"}:
            yield f"{name}: loads by surprise"


def wrong_columns(table: Table) -> Iterator[Finding]:
    """Times without a zone, times that the database fills in, and money that is not whole."""
    for column in table.columns:
        name = f"{table.name}.{column.name}"
        if isinstance(column.type, DateTime):
            yield f"{name}: a time that is no UtcDateTime"
        if isinstance(column.type, UtcDateTime) and (column.server_default or column.onupdate):
            yield f"{name}: a time that the database fills in"
        if isinstance(column.type, (Float, Numeric)) and column.name.endswith(MONEY):
            yield f"{name}: money is whole minor units"


def unguarded_tenants(table: Table) -> Iterator[Finding]:
    """Tables of merchants' rows that cannot be read merchant by merchant."""
    column = table.columns.get("merchant_id")
    if column is None or table.name in TENANT_MAY_BE_ABSENT:
        return
    if column.nullable:
        yield f"{table.name}: rows without a merchant are possible"
    keys = [one for one in table.constraints if isinstance(one, KEYS) and len(one.columns)]
    if "merchant_id" not in {one.columns[0].name for one in [*table.indexes, *keys]}:
        yield f"{table.name}: no index begins with merchant_id"


TABLES = sorted(Base.metadata.tables.values(), key=lambda table: table.name)


def test_every_table_belongs_to_a_module_in_the_known_order() -> None:
    assert {owner(mapper.class_) for mapper in Base.registry.mappers} <= set(ORDER)
    assert {str(mapper.local_table) for mapper in Base.registry.mappers} == {
        table.name for table in TABLES
    }


def test_no_table_reaches_into_a_higher_module_or_loads_by_surprise() -> None:
    expect_none(strangers(Base))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_keeps_utc_times_and_whole_money(table: Table) -> None:
    expect_none(wrong_columns(table))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_tenant_table_can_be_read_tenant_by_tenant(table: Table) -> None:
    expect_none(unguarded_tenants(table))


class Sample(DeclarativeBase):
    """Tables that break the rules."""


class Low(Sample):
    """Belongs to the core."""

    __tablename__ = "low"
    __module__ = "app.modules.core.models.low"
    id: Mapped[int] = mapped_column(primary_key=True)
    high_id: Mapped[int] = mapped_column(ForeignKey("high.id"))


class High(Sample):
    """Belongs to billing."""

    __tablename__ = "high"
    __module__ = "app.modules.billing.models.high"
    id: Mapped[int] = mapped_column(primary_key=True)
    lows = relationship(Low)


def test_the_check_finds_a_key_upward_and_a_relationship_across() -> None:
    assert sorted(strangers(Sample)) == [
        "High.lows: a relationship into another module",
        "High.lows: loads by surprise",
        "low: a foreign key up to high",
    ]


@pytest.mark.parametrize(
    "column",
    [
        Column("paid_at", DateTime(timezone=True)),
        Column("paid_at", UtcDateTime(), server_default="x"),
        Column("price_cents", Float()),
        Column("total", Numeric(10, 2)),
    ],
)
def test_the_check_finds_a_wrong_column(column: Column[object]) -> None:
    assert len(list(wrong_columns(Table("t", MetaData(), column)))) == 1


def test_the_check_finds_tenants_that_are_absent_or_not_indexed() -> None:
    metadata = MetaData()
    Table("merchants", metadata, Column("id", Integer, primary_key=True))
    absent = Table("a", metadata, Column("merchant_id", ForeignKey("merchants.id"), index=True))
    bare = Table("b", metadata, Column("merchant_id", ForeignKey("merchants.id"), nullable=False))
    second = Table(
        "c",
        metadata,
        Column("store_id", Integer),
        Column("merchant_id", Integer, nullable=False),
        Index("ix", "store_id", "merchant_id"),
    )
    assert list(unguarded_tenants(absent)) == ["a: rows without a merchant are possible"]
    assert list(unguarded_tenants(bare)) == ["b: no index begins with merchant_id"]
    assert list(unguarded_tenants(second)) == ["c: no index begins with merchant_id"]
