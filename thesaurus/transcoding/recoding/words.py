"""What recoding says to people, in French and English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ontologies.codes import other_system
from ontologies.errors import Message
from ontologies.transcoding import Decision, Kind
from thesaurus.transcoding.answer import ProposalItem
from thesaurus.transcoding.recoding.codes import Outcome, Recoded, Rows
from thesaurus.transcoding.words import SEPARATOR
from thesaurus.transcoding.words import decision as said

OUTCOMES: Mapping[Outcome, Message] = {
    Outcome.UNCHANGED: Message("inchangé", "unchanged"),
    Outcome.RECODED: Message("recodé", "recoded"),
    Outcome.TO_DECIDE: Message("à décider", "to be decided"),
    Outcome.NO_CODE: Message("sans équivalent", "no code stands for it"),
    Outcome.UNKNOWN: Message("code inconnu", "unknown code"),
    Outcome.UNREADABLE: Message("illisible", "unreadable"),
    Outcome.BLANK: Message("sans code", "without a code"),
}
_PROPOSED = re.compile(r"(?:ORPHA:\d+ .+ \(\d+ %\))?")
CHOSEN = Message("retenu par une décision, avec d'autres", "chosen by a decision, among others")

_OBSOLETE = Message("obsolète, sans code associé", "obsolete, referred to no code")
_REFERRED = Message(
    "obsolète ; le code associé est à confirmer",
    "obsolete; the code it is referred to is to be confirmed",
)
_NON_RARE = Message(
    "non rare en Europe, aucun code ORPHA ne le remplace : CIM-10 en description clinique",
    "non rare in Europe: no ORPHAcode stands for it; ICD-10 in the clinical description",
)
_OPEN = Message("à décider", "to be decided")
_TO_DECIDE: Mapping[Kind, Message] = {
    Kind.DEPRECATED: Message(
        "déprécié ; la cible est à confirmer", "deprecated; its target is to be confirmed"
    ),
    Kind.LEVEL_CHANGE: Message(
        "toujours actif, mais son niveau a changé : code à confirmer",
        "still active, but its level changed: the code is to be confirmed",
    ),
    Kind.LEGACY: Message("code local, sans décision", "local code, not decided upon"),
}


def reason(recoded: Recoded, rows: Rows, written: str = "") -> Message:
    """Say why a record stays, is recoded or waits."""
    by_outcome: Mapping[Outcome, Callable[[], Message]] = {
        Outcome.UNCHANGED: lambda: _unchanged(recoded, rows),
        Outcome.RECODED: lambda: _recoded(recoded),
        Outcome.TO_DECIDE: lambda: _to_decide(recoded),
        Outcome.NO_CODE: lambda: _no_code(recoded),
        Outcome.UNKNOWN: lambda: _unknown(rows),
        Outcome.UNREADABLE: lambda: _unreadable(written),
        Outcome.BLANK: lambda: Message("aucun code dans cette ligne", "no code in this row"),
    }
    return by_outcome[recoded.outcome]()


def _unchanged(recoded: Recoded, rows: Rows) -> Message:
    if recoded.decision is Decision.ACCEPTED:
        return Message("maintenu par une décision", "kept by a decision")
    match recoded.kind:
        case Kind.NEW:
            return Message(
                f"code apparu après la version {rows.source}", f"came after release {rows.source}"
            )
        case Kind.LABEL_ONLY:
            return Message("seul le libellé a changé", "only the label changed")
        case Kind.REACTIVATED:
            return Message("code redevenu actif", "active again")
        case _:
            return Message("code inchangé", "the code stays")


def _recoded(recoded: Recoded) -> Message:
    if recoded.decision is Decision.ACCEPTED:
        return Message("remplacé par une décision", "replaced by a decision")
    return Message("déprécié, déplacé vers le nouveau code", "deprecated, moved to the new code")


def _to_decide(recoded: Recoded) -> Message:
    row = recoded.row
    assert row is not None  # noqa: S101  (only rows wait for a decision)
    if row.decision is Decision.ACCEPTED or row.decision is Decision.AUTOMATIC:
        return Message(
            "plusieurs codes le remplacent : choisir pour ce dossier",
            "several codes stand for it: choose for this record",
        )
    if row.decision is Decision.REJECTED:
        return Message(
            "la proposition a été refusée, et aucun autre code retenu",
            "what was proposed was rejected, and no other code chosen",
        )
    if row.kind is Kind.OBSOLETE:
        return _REFERRED if row.targets else _OBSOLETE
    if row.kind is Kind.REMOVED:
        return _removed(row.via or "")
    return _TO_DECIDE.get(row.kind, _OPEN)


def _removed(release: str) -> Message:
    return Message(f"retiré après la version {release}", f"removed after release {release}")


def is_waiting(cells: Sequence[str], releases: Sequence[str]) -> bool:
    """Tell whether added cells are those of a record that waited, and nobody wrote in them.

    Args:
        cells: new code, new label, outcome, decision, proposals and reason, as they were written.
        releases: those that the codes passed through.
    """
    code, label, outcome, decided, proposed, why = cells
    reasons = {_OBSOLETE, _REFERRED, _NON_RARE, _OPEN, *_TO_DECIDE.values()}
    return (
        not (code or label)
        and outcome in {OUTCOMES[Outcome.TO_DECIDE].fr, OUTCOMES[Outcome.NO_CODE].fr}
        and decided in {said(Decision.PROPOSED, open_=open_) for open_ in (True, False)}
        and _PROPOSED.fullmatch(proposed) is not None
        and why in {each.fr for each in (*reasons, *map(_removed, releases))}
    )


def _no_code(recoded: Recoded) -> Message:
    if recoded.decision is Decision.ACCEPTED:
        return Message("aucun code ne le remplace (décision)", "no code stands for it (decision)")
    return _NON_RARE


def _unknown(rows: Rows) -> Message:
    if rows.local:
        return Message(f"inconnu de la table {rows.source}", f"unknown in table {rows.source}")
    first, last = rows.releases[0], rows.releases[-1]
    return Message(f"inconnu de {first} à {last}", f"unknown from {first} to {last}")


def _unreadable(written: str) -> Message:
    if system := other_system(written):
        return Message(f"ce n'est pas un code ORPHA ({system})", f"no ORPHAcode ({system})")
    return Message("ne se lit pas comme un code", "cannot be read as a code")


def decision(recoded: Recoded) -> str:
    """Who says so, in French; nothing for a code that is in no row of the table."""
    row = recoded.row
    return said(row.decision, targets=bool(row.targets), open_=row.open) if row else ""


def listed(proposals: Sequence[ProposalItem]) -> str:
    """Proposals in one cell."""
    return SEPARATOR.join(f"{each.curie} {each.label} ({_percent(each)})" for each in proposals)


def with_reason(proposal: ProposalItem) -> str:
    """A proposal in one cell, with what speaks for it the most."""
    reasons = proposal.reasons[:1]
    why = f" : {reasons[0].message}" if reasons else ""
    return f"{proposal.curie} {proposal.label} ({_percent(proposal)}{why})"


def _percent(proposal: ProposalItem) -> str:
    return f"{round(100 * proposal.confidence)} %"
