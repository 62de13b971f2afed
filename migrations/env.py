"""Alembic's environment: the connection and the version table come from `kit.migrations`."""

from typing import Any

from alembic import context

from app.kit.models import Base, BigInt, Json, UtcDateTime

config = context.config


def render_type(kind: str, item: Any, _context: Any) -> str | bool:
    """Write the column types that both databases share by their own names."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "UtcDateTime()"
    if kind == "type" and item in (BigInt, Json):
        return "BigInt" if item is BigInt else "Json"
    return False


context.configure(
    connection=config.attributes["connection"],
    version_table=config.attributes["version_table"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_type,
    transaction_per_migration=False,
)
context.run_migrations()
