"""Load a release, activate it, roll back: the only ways in which what is served changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import loaders
from loaders import Limits, LoadReport, Options
from ontologies.errors import Conflict, InvalidRequest
from ontologies.release import Release, Snapshot
from thesaurus.runtime import open_release
from thesaurus.store import Record, Register, State, content

_ATTEMPTS = 5
_RELEASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
DEMONSTRATION = "demo-"
"""How the ids of the bundled pack start. Real data put these releases away, see ``activate``."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of a load.

    ``already`` is true where the register held this very content: nothing was written.
    ``missing_languages`` are those of an earlier release of the same year that this one lacks:
    the packs of one year make one release when they are given together.
    """

    record: Record
    report: LoadReport
    already: bool = False
    missing_languages: tuple[str, ...] = ()


def load(
    register: Register,
    paths: Iterable[Path | str],
    *,
    actor: str,
    options: Options = Options(),
    limits: Limits = Limits(),
    progress: loaders.Progress | None = None,
    reason: str | None = None,
) -> Loaded:
    """Read files and register them as a release: ``checked``, or ``draft`` if a check failed.

    Raises:
        InvalidRequest: ``options.release`` is not fit to be an id.
        Refused: a file is not what it should be; nothing changed.
        Conflict: ``options.release`` names a release that exists with other content.
    """
    if options.release is not None and not _RELEASE_ID.fullmatch(options.release):
        raise InvalidRequest(
            f"« {options.release[:40]} » ne convient pas comme identifiant : lettres sans accent, "
            "chiffres, point, tiret, 40 caractères au plus.",
            f"'{options.release[:40]}' is not fit to be an id: letters, digits, dots, hyphens, "
            "40 characters at most.",
        )
    snapshot, report = loaders.load(paths, options, limits, progress)
    digest, parts = content.encode(snapshot)
    state = State.DRAFT if report.failed else State.CHECKED
    for _ in range(_ATTEMPTS):
        if known := _same_content(register, snapshot, digest, options):
            return Loaded(known, report, already=True)
        version = options.release or _free_id(register, snapshot.release.id)
        release = replace(snapshot.release, id=version, digest=digest)
        missing = _missing_languages(register, release)
        try:
            record = register.write(
                release, parts, report.as_json(), state=state, actor=actor, reason=reason
            )
        except Conflict:
            # Somebody else has loaded meanwhile: another id, or the very same content.
            if options.release is not None:
                raise
        else:
            return Loaded(record, report, missing_languages=missing)
    raise Conflict(
        "Trop de chargements simultanés ; recommencer.", "Too many loads at once; try again."
    )


def _same_content(
    register: Register, snapshot: Snapshot, digest: str, options: Options
) -> Record | None:
    """Return the release of the same year that holds this very content."""
    for known in register.records():
        same_year = known.release.date.year == snapshot.release.date.year
        if same_year and known.release.digest == digest:
            if options.release not in (None, known.id):
                raise Conflict(
                    f"Ce contenu est déjà la version {known.id} ; rien n'a été écrit.",
                    f"This content is release {known.id} already; nothing was written.",
                )
            return known
    return None


def _free_id(register: Register, year: str) -> str:
    """Return the year, or its first patch (2023.1 ...) that is not taken."""
    taken = {record.id for record in register.records()}
    ids = (year, *(f"{year}.{patch}" for patch in range(1, len(taken) + 2)))
    return next(version for version in ids if version not in taken)


def _missing_languages(register: Register, release: Release) -> tuple[str, ...]:
    year = release.date.year
    earlier = (
        each.release
        for each in register.records()
        if each.release.date.year == year and not is_demonstration(each)
    )
    known = dict.fromkeys(lang for each in earlier for lang in each.languages)
    return tuple(lang for lang in known if lang not in release.languages)


def activate(
    register: Register,
    version: str,
    *,
    actor: str,
    reason: str | None = None,
    force: bool = False,
    instead_of: str | None = None,
) -> Record:
    """Make a release the active one, after trying that it opens.

    Args:
        force: activate a draft, against failed checks.
        instead_of: the release that the caller believes to be active.

    Raises:
        UnknownRelease: the register has none of this id.
        DamagedRelease: it cannot be opened; the active release stays.
        Conflict: it is active already, archived, or a draft (unless ``force``).
    """
    record = register.record(version)
    open_release(register, record)
    active = register.move(
        version, State.ACTIVE, actor=actor, reason=reason, force=force, instead_of=instead_of
    )
    if not is_demonstration(record):
        _put_demonstration_away(register, actor)
    return active


def is_demonstration(record: Record) -> bool:
    return record.id.startswith(DEMONSTRATION)


def _put_demonstration_away(register: Register, actor: str) -> None:
    """Once real data serve, no roll-back and no date may lead to 160 entities for practice."""
    for record in register.records():
        if is_demonstration(record) and record.state is not State.ARCHIVED:
            register.move(record.id, State.ARCHIVED, actor=actor, reason="données réelles")


def roll_back(register: Register, *, actor: str, reason: str | None = None) -> Record:
    """Make the release active that was active before the present one; again goes further back.

    Raises:
        Conflict: no other release was active before.
    """
    records = register.records()
    active = next((each.id for each in records if each.state is State.ACTIVE), None)
    superseded = {each.id for each in records if each.state is State.SUPERSEDED}
    before = [version for version in _activations(records) if version in superseded]
    if not before:
        raise Conflict(
            "Aucune version n'a été active auparavant ; il n'y a pas de retour possible.",
            "No other release was active before; there is nothing to go back to.",
        )
    return activate(register, before[-1], actor=actor, reason=reason, instead_of=active)


def _activations(records: Iterable[Record]) -> list[str]:
    """Return the releases on the way to the present one; those that were gone back from are off."""
    steps = sorted(
        (event.at, record.id)
        for record in records
        for event in record.history
        if event.to_state is State.ACTIVE
    )
    way: list[str] = []
    for _, version in steps:
        way = way[: way.index(version)] if version in way else way
        way.append(version)
    return way
