"""What is counted of searches and choices, and perimeters."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_revision"),
    )
    _counts()
    op.create_table(
        "perimeter",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200)),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_perimeter"),
    )
    op.create_table(
        "perimeter_code",
        sa.Column("perimeter", sa.String(40), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("perimeter", "code", name="pk_perimeter_code"),
        sa.ForeignKeyConstraint(
            ["perimeter"],
            ["perimeter.name"],
            name="fk_perimeter_code_perimeter_perimeter",
            ondelete="CASCADE",
        ),
    )


def _counts() -> None:
    op.create_table(
        "code_usage",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("chosen", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_code_usage"),
    )
    op.create_table(
        "search_day",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("searches", sa.BigInteger, nullable=False),
        sa.Column("empty", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_search_day"),
    )
    op.create_table(
        "chosen_rank",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("chosen", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", "rank", name="pk_chosen_rank"),
    )
    op.create_table(
        "empty_text",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("searches", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", "text", name="pk_empty_text"),
    )


def downgrade() -> None:
    for table in (
        *("perimeter_code", "perimeter", "empty_text", "chosen_rank", "search_day", "code_usage"),
        "revision",
    ):
        op.drop_table(table)
