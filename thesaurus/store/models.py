"""The tables: what is registered, what it holds, and who did what when.

Content is kept as a few compressed parts, not as rows: a release never changes, is always read
whole, and is served from memory (docs/adr/0001-content-as-sealed-parts.md).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class ReleaseRow(Base):
    """One release of one terminology. ``version`` is the id that users see (``2023.1``)."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("system", "version"),
        Index(
            "uq_release_one_active",
            "system",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    system: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    date: Mapped[dt.date] = mapped_column(Date)
    digest: Mapped[str] = mapped_column(String(64))
    format: Mapped[int] = mapped_column(Integer)
    languages: Mapped[list[str]] = mapped_column(JSON)
    licence: Mapped[str | None] = mapped_column(Text)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    accepted_until: Mapped[dt.date | None] = mapped_column(Date)

    parts: Mapped[list[PartRow]] = relationship(cascade="all, delete-orphan", lazy="raise")
    events: Mapped[list[EventRow]] = relationship(
        cascade="all, delete-orphan", order_by="EventRow.id", lazy="selectin"
    )


class PartRow(Base):
    """A piece of a release's content: compressed JSON and the checksum of what it was made of."""

    __tablename__ = "release_part"

    release_id: Mapped[int] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class EventRow(Base):
    """A step in the life of a release."""

    __tablename__ = "release_event"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    release_id: Mapped[int] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    actor: Mapped[str] = mapped_column(String(200))
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)


class RevisionRow(Base):
    """How often a table changed, so that processes which hold it in memory know when to read."""

    __tablename__ = "revision"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)


class CodeUsageRow(Base):
    """How often a code was chosen."""

    __tablename__ = "code_usage"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    chosen: Mapped[int] = mapped_column(BigInteger)


class SearchDayRow(Base):
    """How many searches there were on a day (UTC), and how many found nothing."""

    __tablename__ = "search_day"

    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    searches: Mapped[int] = mapped_column(BigInteger)
    empty: Mapped[int] = mapped_column(BigInteger)


class ChosenRankRow(Base):
    """How often the chosen hit stood at a rank on a day; 0 where the client did not say."""

    __tablename__ = "chosen_rank"

    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    rank: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    chosen: Mapped[int] = mapped_column(BigInteger)


class EmptyTextRow(Base):
    """A folded text that found nothing and may be kept (docs/adr/0009)."""

    __tablename__ = "empty_text"

    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    text: Mapped[str] = mapped_column(String(200), primary_key=True)
    searches: Mapped[int] = mapped_column(BigInteger)


class PerimeterRow(Base):
    """A named list of codes, such as those of a filière."""

    __tablename__ = "perimeter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str | None] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class PerimeterCodeRow(Base):
    __tablename__ = "perimeter_code"

    perimeter: Mapped[str] = mapped_column(
        ForeignKey("perimeter.name", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(20), primary_key=True)


class AccountRow(Base):
    """Who may edit, and what: a name and its roles. An account is disabled, never deleted."""

    __tablename__ = "account"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    actor: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    disabled_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class ApiKeyRow(Base):
    """A key of an account: its public id, and the SHA-256 of the secret, which is not kept."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.name", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class LegacyTableRow(Base):
    """A list of codes of another thesaurus (CEMARA, an external data base)."""

    __tablename__ = "legacy_table"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str | None] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class LegacyEntryRow(Base):
    __tablename__ = "legacy_entry"

    legacy_table: Mapped[str] = mapped_column(
        ForeignKey("legacy_table.name", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(100), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    label: Mapped[str | None] = mapped_column(Text)
    orpha: Mapped[str | None] = mapped_column(String(200))
    icd10: Mapped[str | None] = mapped_column(String(200))


class TranscodingTableRow(Base):
    """Decisions on the way from one release, or from a legacy table, to a release."""

    __tablename__ = "transcoding_table"
    __table_args__ = (UniqueConstraint("source", "target"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    source: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(40))


class TranscodingDecisionRow(Base):
    """What somebody decided of a code. Nothing is overwritten: the highest version stands."""

    __tablename__ = "transcoding_decision"

    table_id: Mapped[int] = mapped_column(
        ForeignKey("transcoding_table.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(100), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    decision: Mapped[str] = mapped_column(String(20))
    targets: Mapped[list[str]] = mapped_column(JSON)
    actor: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    comment: Mapped[str | None] = mapped_column(Text)


class TranscodingSignatureRow(Base):
    """A table as it was signed, whole; it stands until somebody reopens it, with a reason."""

    __tablename__ = "transcoding_signature"

    table_id: Mapped[int] = mapped_column(
        ForeignKey("transcoding_table.id", ondelete="CASCADE"), primary_key=True
    )
    edition: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    actor: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    comment: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    reopened_by: Mapped[str | None] = mapped_column(String(200))
    reopened_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    reopened_why: Mapped[str | None] = mapped_column(Text)
