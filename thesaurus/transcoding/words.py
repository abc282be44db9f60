"""Kinds, decisions and targets of transcoding tables, as people read and write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ontologies.concept import Level, Status
from ontologies.transcoding import Decision, Kind
from thesaurus.transcoding.answer import TranscodingAnswer, TranscodingItem

KINDS: Mapping[str, str] = {
    Kind.DEPRECATED: "déprécié, déplacé par Orphanet",
    Kind.OBSOLETE: "obsolète",
    Kind.NON_RARE: "non rare en Europe",
    Kind.LEVEL_CHANGE: "changement de niveau",
    Kind.REACTIVATED: "réactivé",
    Kind.NEW: "nouveau",
    Kind.LABEL_ONLY: "libellé modifié",
    Kind.REMOVED: "retiré",
    Kind.LEGACY: "table ancienne",
}
STATUSES: Mapping[Status, str] = {
    Status.ACTIVE: "actif",
    Status.HISTORIC: "actif, historique",
    Status.DEPRECATED: "déprécié",
    Status.OBSOLETE: "obsolète",
    Status.NON_RARE: "non rare en Europe",
}
NO_CODE = "aucun code"
NONE = "none"
"""Written in the place of targets where a person decided that nothing stands for a code."""

SEPARATOR = " | "
"""Between the codes of one cell."""

_DECISIONS: Mapping[str, str] = {
    Decision.AUTOMATIC: "automatique",
    Decision.PROPOSED: "à décider",
    Decision.ACCEPTED: "accepté",
    Decision.REJECTED: "refusé",
}


def decision(key: str, *, targets: bool = True, open_: bool = True) -> str:
    """Say a decision in French: accepted without a target, or proposed without being asked for.

    >>> decision("accepted", targets=False), decision("proposed", open_=False)
    ('aucun code', 'proposé')
    """
    if key == Decision.ACCEPTED and not targets:
        return NO_CODE
    if key == Decision.PROPOSED and not open_:
        return "proposé"
    return _DECISIONS[key]


def counts(answer: TranscodingAnswer) -> Iterator[tuple[str, str]]:
    """Yield the kinds of a table with how many rows are of this time, and how many in all."""
    for kind in KINDS:
        if whole := answer.counts.get(kind, 0):
            changed = answer.changed_counts.get(kind, 0)
            yield kind, str(whole) if changed == whole else f"{changed} cette fois, {whole} en tout"


def level(key: str | None) -> str:
    return Level.of_key(key).fr.lower() if key else ""


def source_label(item: TranscodingItem) -> str:
    """The label of a source; of a legacy table with the codes that stand beside it."""
    if item.given is None:
        return item.source.label
    beside = (("ORPHA", item.given.orpha), ("CIM-10", item.given.icd10))
    said = ", ".join(f"{system} {code}" for system, code in beside if code)
    return f"{item.source.label} ({said})" if said else item.source.label


def stays(item: TranscodingItem) -> bool:
    """Tell whether a code stands for itself; a local code that reads alike does not."""
    own = item.given is None and item.kind != Kind.LEGACY
    return own and [each.code for each in item.targets] == [item.source.code]


def target_codes(item: TranscodingItem) -> str:
    """The targets in one cell: codes, or ``none`` where somebody decided that nothing stands."""
    if item.decision == Decision.ACCEPTED and not item.targets:
        return NONE
    return SEPARATOR.join(each.code for each in item.targets)


def one_line(text: str | None) -> str:
    """A text in which line ends are blanks."""
    return " ".join((text or "").split())
