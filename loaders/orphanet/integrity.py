"""The integrity checks of a release (domain rules, section 6).

A check that fails does not refuse the load: the release stays a draft, and a person decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from loaders.orphanet.reading import ParsedFile
from loaders.report import Check, Finding
from ontologies.concept import LabelKind
from ontologies.release import Snapshot


def check_integrity(
    snapshot: Snapshot, files: Sequence[ParsedFile], findings: Sequence[Finding]
) -> tuple[Check, ...]:
    """Run every check; those that have no object here are marked so."""
    return (
        _complete(files),
        _declared_counts(findings),
        _unique_codes(files),
        _unique_preferred_terms(snapshot),
        _active_classified(snapshot),
        _inactive_unclassified(snapshot),
        _targets_active(snapshot),
        _no_cycle(snapshot),
        _licence(files),
        _same_codes(files),
        _known_codes(snapshot, findings),
    )


def _complete(files: Sequence[ParsedFile]) -> Check:
    """A release without one of its two halves answers, but not everything."""
    kinds = {file.kind for file in files}
    return Check.of(
        "complete",
        "la nomenclature et les classifications sont là toutes deux",
        "both the nomenclature and the classifications are there",
        (kind for kind in ("nomenclature", "classification") if kind not in kinds),
    )


def _declared_counts(findings: Sequence[Finding]) -> Check:
    return Check.of(
        "declared-counts",
        "les nombres annoncés sont ceux du contenu",
        "declared counts equal the content",
        (f"{each.file}:{each.line}" for each in findings if each.key == "count-accepted"),
    )


def _unique_codes(files: Sequence[ParsedFile]) -> Check:
    """A code that stands twice in a file was refused while reading."""
    return Check.of(
        "unique-codes",
        "chaque code n'est donné qu'une fois par fichier",
        "each code stands once in a file",
        (),
        applies=any(file.kind != "classification" for file in files),
    )


def _unique_preferred_terms(snapshot: Snapshot) -> Check:
    """Compare the raw terms: the prefix of an inactive one is part of it."""
    seen = Counter(
        (label.lang, label.in_file)
        for concept in snapshot
        for label in concept.labels
        if label.kind is LabelKind.PREFERRED
    )
    return Check.of(
        "unique-preferred-terms",
        "chaque terme préféré est unique dans sa langue",
        "each preferred term is unique in its language",
        (f"{lang}: {text}" for (lang, text), times in seen.items() if times > 1),
    )


def _active_classified(snapshot: Snapshot) -> Check:
    merged = snapshot.merged
    return Check.of(
        "active-classified",
        "chaque entité active est dans une classification",
        "each active entity is in a classification",
        (each.code for each in snapshot if each.status.is_active and each.code not in merged),
        applies=bool(snapshot.classifications),
    )


def _inactive_unclassified(snapshot: Snapshot) -> Check:
    merged = snapshot.merged
    return Check.of(
        "inactive-unclassified",
        "aucune entité inactive n'est dans une classification",
        "no inactive entity is in a classification",
        (each.code for each in snapshot if not each.status.is_active and each.code in merged),
        applies=bool(snapshot.classifications),
    )


def _targets_active(snapshot: Snapshot) -> Check:
    redirected = [each for each in snapshot if each.redirection]
    return Check.of(
        "redirection-targets",
        "chaque redirection mène à une entité active",
        "each redirection leads to an active entity",
        (
            each.code
            for each in redirected
            if each.redirection and not snapshot.concepts[each.redirection.target].status.is_active
        ),
        applies=bool(redirected),
    )


def _no_cycle(snapshot: Snapshot) -> Check:
    """A cycle was refused when the classifications were joined."""
    return Check.of(
        "no-cycle",
        "la hiérarchie est sans cycle",
        "the hierarchy has no cycle",
        (),
        applies=bool(snapshot.classifications),
    )


def _licence(files: Sequence[ParsedFile]) -> Check:
    return Check.of(
        "licence",
        "chaque fichier porte sa licence",
        "each file bears its licence",
        (file.source.name for file in files if file.source.licence is None),
    )


def _same_codes(files: Sequence[ParsedFile]) -> Check:
    """The same entities in every language of the nomenclature."""
    sets = [
        {record.concept.code for record in file.entities}
        for file in files
        if file.kind == "nomenclature"
    ]
    everywhere = set[str].intersection(*sets) if sets else set()
    differing = sorted(set[str]().union(*sets) - everywhere, key=int)
    return Check.of(
        "same-codes",
        "les mêmes codes dans toutes les langues",
        "the same codes in every language",
        differing,
        applies=len(sets) > 1,
    )


def _known_codes(snapshot: Snapshot, findings: Sequence[Finding]) -> Check:
    return Check.of(
        "known-codes",
        "chaque code des classifications est dans la nomenclature",
        "each code of the classifications is in the nomenclature",
        dict.fromkeys(each.orpha or "?" for each in findings if each.key == "unknown-code"),
        applies=bool(snapshot.classifications),
    )
