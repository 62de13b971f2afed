"""The marks."""

import sqlalchemy as sa
from alembic import op

from app.kit.models import BigInt, UtcDateTime

revision = "clockwork0001"
down_revision = None


def upgrade() -> None:
    """Make the module's table."""
    op.create_table(
        "clockwork_marks",
        sa.Column("id", BigInt, primary_key=True, autoincrement=True),
        sa.Column("work", sa.String(), nullable=False),
        sa.Column("slot", UtcDateTime(), nullable=True),
        sa.Column("part", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("clockwork_marks")
