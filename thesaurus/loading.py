"""Files into the register: releases of the nomenclature and of what stands beside it, sealed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import loaders
from loaders import Limits, LoadReport, Options
from ontologies.errors import Conflict, InvalidRequest
from ontologies.release import ORPHANET, Release, Snapshot
from thesaurus.patches import free_id
from thesaurus.store import Record, Register, Sealed, State, content, related
from thesaurus.store.legacy import LegacyTables

_ATTEMPTS = 5
_RELEASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_DATASET_KEY = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")
_RESERVED = frozenset({ORPHANET, "all"})
_ADDRESSES = frozenset({"history"})  # of /v1/releases/history, which no release may hide
DEMONSTRATION = "demo-"
"""How the ids of the bundled pack start. Real data put these releases away, see
``releases.activate``."""


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


def load_all(
    register: Register,
    paths: Iterable[Path | str],
    *,
    actor: str,
    options: Options = Options(),
    limits: Limits = Limits(),
    progress: loaders.Progress | None = None,
    reason: str | None = None,
) -> tuple[Loaded, ...]:
    """Read files and register what they make: releases of the nomenclature and of datasets.

    Each release is ``checked``, or ``draft`` if a check failed. All are written in one
    transaction; one whose content the register holds already is not written again.

    Raises:
        InvalidRequest: ``options.release`` or ``options.dataset`` is not fit to be an id.
        Refused: a file is not what it should be; nothing changed.
        Conflict: a release of that id exists with other content.
    """
    _refuse_unfit(options.release, _RELEASE_ID)
    _refuse_unfit(options.dataset, _DATASET_KEY)
    read = loaders.load_all(paths, options, limits, progress)
    for each in read:
        _refuse_wrong_key(each)
    drafts = [_Draft.of(each, options) for each in read]
    for _ in range(_ATTEMPTS):
        found = [_find_place(register.of(each.release.system), each) for each in drafts]
        new = [each for each in found if isinstance(each, Sealed)]
        _refuse_legacy_names(register, new)
        missing = {each.release.system: _missing_languages(register, each.release) for each in new}
        try:
            written = iter(register.write_all(new, actor=actor, reason=reason))
        except Conflict:
            # Somebody else has loaded meanwhile: another id, or the very same content.
            if any(each.named for each in drafts):
                raise
            continue
        return tuple(
            Loaded(next(written), draft.report, missing_languages=missing[draft.release.system])
            if isinstance(place, Sealed)
            else Loaded(place, draft.report, already=True)
            for draft, place in zip(drafts, found, strict=True)
        )
    raise Conflict(
        "Trop de chargements simultanés ; recommencer.", "Too many loads at once; try again."
    )


def load(register: Register, paths: Iterable[Path | str], *, actor: str, **asked: Any) -> Loaded:
    """Load files that make one release, see ``load_all``; of several, the first is returned."""
    return load_all(register, paths, actor=actor, **asked)[0]


@dataclass(frozen=True, slots=True)
class _Draft:
    """What was read and encoded, before it has its id.

    ``named`` is true where the user or the data give the id, false where it is the year of the data
    and a number may follow it.
    """

    release: Release
    parts: tuple[content.Part, ...]
    report: LoadReport
    named: bool

    @classmethod
    def of(cls, loaded: loaders.Loaded, options: Options) -> _Draft:
        read = loaded.content
        if isinstance(read, Snapshot):
            digest, parts = content.encode(read)
        else:
            digest, parts = related.encode(read)
        named = options.release is not None and read.release.id == options.release
        return cls(replace(read.release, digest=digest), parts, loaded.report, named)

    @property
    def state(self) -> State:
        return State.DRAFT if self.report.failed else State.CHECKED

    def sealed(self, version: str) -> Sealed:
        release = replace(self.release, id=version)
        return Sealed(release, self.parts, self.report.as_json(), self.state)


def _refuse_unfit(text: str | None, form: re.Pattern[str]) -> None:
    if text is None or (form.fullmatch(text) and text not in _ADDRESSES):
        return
    fr, en = ("lettres", "letters") if form is _RELEASE_ID else ("minuscules", "small letters")
    raise InvalidRequest(
        f"« {text[:40]} » ne convient pas comme identifiant : {fr} sans accent, chiffres, point, "
        "tiret, 40 caractères au plus, et pas « history ».",
        f"'{text[:40]}' is not fit to be an id: {en}, digits, dots, hyphens, 40 characters at "
        "most, and not 'history'.",
    )


def _refuse_legacy_names(register: Register, new: Iterable[Sealed]) -> None:
    """A release must not hide a legacy table, whose ways start at its name."""
    names = LegacyTables(register.database).names()
    for each in new:
        if each.release.system == ORPHANET and each.release.id in names:
            raise Conflict(
                f"{each.release.id} est le nom d'une table ancienne ; donner un autre identifiant.",
                f"{each.release.id} is the name of a legacy table; give another id.",
            )


def _refuse_wrong_key(loaded: loaders.Loaded) -> None:
    """A dataset must not pass for the nomenclature, whatever a file or the user calls it."""
    key, file = loaded.content.release.system, loaded.report.files[0].name
    fit = _DATASET_KEY.fullmatch(key) and key not in _RESERVED
    if isinstance(loaded.content, Snapshot) or fit:
        return
    raise InvalidRequest(
        f"{file} : « {key[:60]} » ne convient pas comme nom de table ; en donner un autre par "
        "--system (minuscules, chiffres, point, tiret, 40 caractères au plus).",
        f"{file}: '{key[:60]}' is not fit to name a dataset; give another with --system (small "
        "letters, digits, dots, hyphens, 40 characters at most).",
    )


def _find_place(register: Register, draft: _Draft) -> Sealed | Record:
    """Return the release to write, under a free id, or the one that holds this very content."""
    records = register.records()
    if known := _same_content(records, draft):
        return known
    version = draft.release.id
    if not draft.named:
        version = free_id(version, records)
    return draft.sealed(version)


def _same_content(records: Iterable[Record], draft: _Draft) -> Record | None:
    """Return the release with this very content; of the nomenclature, one of the same year."""
    own = draft.release.system == ORPHANET
    for known in records:
        same_year = not own or known.release.date.year == draft.release.date.year
        if same_year and known.release.digest == draft.release.digest:
            if draft.named and draft.release.id != known.id:
                raise Conflict(
                    f"Ce contenu est déjà la version {known.id} ; rien n'a été écrit.",
                    f"This content is release {known.id} already; nothing was written.",
                )
            return known
    return None


def is_demonstration(record: Record) -> bool:
    return record.id.startswith(DEMONSTRATION)


def _missing_languages(register: Register, release: Release) -> tuple[str, ...]:
    """Languages that an earlier release of the nomenclature of the same year has, and this not."""
    if release.system != ORPHANET:
        return ()
    year = release.date.year
    earlier = (
        each.release
        for each in register.of(ORPHANET).records()
        if each.release.date.year == year and not is_demonstration(each)
    )
    known = dict.fromkeys(lang for each in earlier for lang in each.languages)
    return tuple(lang for lang in known if lang not in release.languages)
