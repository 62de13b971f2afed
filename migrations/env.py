"""Alembic's environment: the connection and the version table come from `kit.migrations`."""

from alembic import context

from app.kit.models import Base

config = context.config
context.configure(
    connection=config.attributes["connection"],
    version_table=config.attributes["version_table"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()
