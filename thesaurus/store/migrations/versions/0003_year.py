"""Until when a left release is accepted, accounts, transcoding tables and legacy tables."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("release", sa.Column("accepted_until", sa.Date))
    _accounts()
    _legacy_tables()
    _transcoding()


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("name", name="pk_account"),
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("account", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.ForeignKeyConstraint(
            ["account"], ["account.name"], name="fk_api_key_account_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_api_key_account", "api_key", ["account"])


def _legacy_tables() -> None:
    op.create_table(
        "legacy_table",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200)),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_legacy_table"),
    )
    op.create_table(
        "legacy_entry",
        sa.Column("legacy_table", sa.String(40), nullable=False),
        sa.Column("code", sa.String(100), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("label", sa.Text),
        sa.Column("orpha", sa.String(20)),
        sa.Column("icd10", sa.String(200)),
        sa.PrimaryKeyConstraint("legacy_table", "code", name="pk_legacy_entry"),
        sa.ForeignKeyConstraint(
            ["legacy_table"],
            ["legacy_table.name"],
            name="fk_legacy_entry_legacy_table_legacy_table",
            ondelete="CASCADE",
        ),
    )


def _transcoding() -> None:
    op.create_table(
        "transcoding_table",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("target", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_transcoding_table"),
        sa.UniqueConstraint("source", "target", name="uq_transcoding_table_source"),
    )
    op.create_table(
        "transcoding_decision",
        sa.Column("table_id", sa.Integer, nullable=False),
        sa.Column("code", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("targets", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comment", sa.Text),
        sa.PrimaryKeyConstraint("table_id", "code", "version", name="pk_transcoding_decision"),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["transcoding_table.id"],
            name="fk_transcoding_decision_table_id_transcoding_table",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "transcoding_signature",
        sa.Column("table_id", sa.Integer, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("reopened_by", sa.String(200)),
        sa.Column("reopened_at", sa.DateTime(timezone=True)),
        sa.Column("reopened_why", sa.Text),
        sa.PrimaryKeyConstraint("table_id", "edition", name="pk_transcoding_signature"),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["transcoding_table.id"],
            name="fk_transcoding_signature_table_id_transcoding_table",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    for table in (
        *("transcoding_signature", "transcoding_decision", "transcoding_table"),
        *("legacy_entry", "legacy_table", "api_key", "account"),
    ):
        op.drop_table(table)
    op.drop_column("release", "accepted_until")
