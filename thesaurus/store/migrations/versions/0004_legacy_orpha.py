"""Several ORPHAcodes, or addresses of codes, in one cell of a legacy table."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _alter(sa.String(20), sa.String(200))


def downgrade() -> None:
    _alter(sa.String(200), sa.String(20))


def _alter(before: sa.String, after: sa.String) -> None:
    with op.batch_alter_table("legacy_entry") as table:
        table.alter_column("orpha", existing_type=before, type_=after, existing_nullable=True)
