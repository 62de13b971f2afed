"""The bells."""

import sqlalchemy as sa
from alembic import op

from app.kit.models import BigInt, UtcDateTime

revision = "toy0001"
down_revision = None


def upgrade() -> None:
    """Make the module's table."""
    op.create_table(
        "toy_bells",
        sa.Column("id", BigInt, primary_key=True, autoincrement=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("rung_at", UtcDateTime(), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("toy_bells")
