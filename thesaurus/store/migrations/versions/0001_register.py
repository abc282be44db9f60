"""The register of releases, their sealed parts and their history."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("system", sa.String(40), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("licence", sa.Text),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_release"),
        sa.UniqueConstraint("system", "version", name="uq_release_system_version"),
    )
    op.create_index(
        "uq_release_one_active",
        "release",
        ["system"],
        unique=True,
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_table(
        "release_part",
        sa.Column("release_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("release_id", "name", name="pk_release_part"),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name="fk_release_part_release_id_release",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "release_event",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("release_id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("from_state", sa.String(20)),
        sa.Column("to_state", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_release_event"),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name="fk_release_event_release_id_release",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_release_event_release_id", "release_event", ["release_id"])


def downgrade() -> None:
    op.drop_table("release_event")
    op.drop_table("release_part")
    op.drop_table("release")
