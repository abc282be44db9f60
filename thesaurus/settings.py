"""The settings, all from the environment: ``THESAURUS_<NAME>``. See docs/operations.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_ORIGIN = re.compile(r"https?://[^/?#\s@]+")


class Settings(BaseSettings):
    """What a deployment may choose."""

    model_config = SettingsConfigDict(
        env_prefix="THESAURUS_",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,  # addresses hold passwords, tokens are secrets
    )

    home: Path = Field(
        default_factory=lambda: Path.home() / ".local" / "share" / "thesaurus",
        description="Data folder: the SQLite file and downloads.",
    )
    database_url: str | None = Field(
        default=None,
        description="SQLAlchemy URL; by default a SQLite file in the data folder.",
    )
    follow_seconds: float = Field(
        default=2.0,
        gt=0,
        le=3600,
        description="Seconds between two looks at the register for a newly activated release.",
    )
    open_releases: int = Field(
        default=3,
        ge=1,
        le=50,
        description="Releases kept open beside the active one, about 75 MB each in two languages.",
    )
    max_file_size: int = Field(
        default=200_000_000, ge=1, description="Largest file to load, in bytes."
    )
    max_body_size: int = Field(
        default=20_000_000, ge=1, description="Largest request body, in bytes."
    )
    max_check_file_size: int = Field(
        default=200_000_000,
        ge=1,
        description="Largest file in /v1/check/file and /v1/codes/count/file, in bytes.",
    )
    max_submissions: int = Field(
        default=10_000, ge=1, description="Most submissions in one call of /v1/check."
    )
    root_path: str = Field(
        default="",
        pattern=r"^(/[A-Za-z0-9._~-]+)*$",
        description="Path under which a reverse proxy shows the service, such as /thesaurus.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error."
    )

    origins: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset({"*"}),
        description="Hosts whose pages may use the picker, https://dpi.chu.example, separated by "
        "commas or blanks; * for all, none for none.",
    )
    systems: Path | None = Field(
        default=None,
        description="TOML file that adds code systems, or identifiers to known ones.",
    )

    overlap_days: int | None = Field(
        default=None,
        ge=0,
        le=3660,
        description="Days for which the release that an activation leaves is still taken (DX-062); "
        "without it the profiles of the check say how long.",
    )
    signed_transcoding: bool = Field(
        default=False,
        description="Activate a younger release only when the transcoding table from the active "
        "one is signed; --force goes against it.",
    )
    sandbox: bool = Field(
        default=False,
        description="The release in test answers instead of the active one; no search is counted.",
    )
    profiles: Path | None = Field(
        default=None,
        description="Folder of TOML files, each a profile of the check (docs/rules.md).",
    )

    search_log: bool = Field(
        default=True,
        description="Keep repeated texts that found nothing; off: searches are counted only.",
    )
    search_log_repeats: int = Field(
        default=5,
        ge=2,
        le=1_000_000,
        description="How often a text must have come in a process before it is kept.",
    )
    search_log_seconds: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        description="Seconds between two writes of what was searched and chosen.",
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Bearer token for /v1/metrics/searches, at least 16 characters.",
    )

    @property
    def database(self) -> str | Path:
        """The address of the data base, or the SQLite file to use."""
        return self.database_url or self.home / "thesaurus.sqlite3"

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_any_case(cls, level: object) -> object:
        return level.lower() if isinstance(level, str) else level

    @field_validator("origins", mode="before")
    @classmethod
    def _each(cls, origins: object) -> object:
        if not isinstance(origins, str):
            return origins
        each = frozenset(re.split(r"[\s,]+", origins.strip().lower().rstrip(",")))
        return each - {"none"}

    @field_validator("origins")
    @classmethod
    def _are_origins(cls, origins: frozenset[str]) -> frozenset[str]:
        """A browser sends scheme, host and port; anything else would never be met."""
        for each in origins - {"*"}:
            if not _ORIGIN.fullmatch(each):
                raise ValueError(f"{each!r} is not of the form https://host or https://host:port")
        return origins
