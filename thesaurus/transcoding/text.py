"""A transcoding table as readable French text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ontologies.codes import curie
from thesaurus.transcoding import words
from thesaurus.transcoding.answer import (
    DecisionItem,
    EndItem,
    SignatureItem,
    TranscodingAnswer,
    TranscodingItem,
)
from thesaurus.transcoding.decision_file import DecisionFileAnswer
from thesaurus.transcoding.words import one_line


def table_lines(answer: TranscodingAnswer) -> Iterator[str]:
    """A table by kind: codes with their names, what stands for them, who decided."""
    for kind, items in groupby(answer.items, key=lambda item: item.kind):
        shown = list(items)
        yield f"{words.KINDS[kind]} :"
        for item in shown:
            yield from _row(item)
        left = answer.selected_counts[kind] - len(shown)
        if left:
            yield f"  ... et {left} autre{'s' if left > 1 else ''} (--limit, --output)"
    yield f"Transcodage {' → '.join(answer.releases)}"
    for kind, count in words.counts(answer):
        yield f"  {words.KINDS[kind]} : {count}"
    if answer.total != sum(answer.counts.values()):
        yield f"Sélection : {answer.total} ligne{'s' if answer.total > 1 else ''}"
    for caution in answer.cautions:
        yield f"attention : {caution.message}"
    yield f"En attente d'une décision : {answer.open} ; {signature_line(answer.signed)}"


def _row(item: TranscodingItem) -> Iterator[str]:
    said = words.decision(item.decision, targets=bool(item.targets), open_=item.open)
    leads = _kept(item) or ", ".join(map(_end, item.targets))
    arrow = f" → {leads}" if leads else ""
    via = f" (connu jusqu'à {item.via})" if item.via else ""
    yield f"  {item.source.curie} {words.source_label(item)}{via}  {said}{arrow}"
    if item.by:
        where = f" ({' → '.join(item.decided_in)})" if item.decided_in else ""
        comment = f" : {one_line(item.comment)}" if item.comment else ""
        yield f"      {item.by}, {item.date:%Y-%m-%d}{where}{comment}"
    if item.why:
        yield f"      {item.why}"
    for each in item.proposals or ():
        reasons = " ; ".join(reason.message for reason in each.reasons)
        level = f" ({words.level(each.level)})" if each.level else ""
        yield f"      {each.confidence:>4.0%}  {each.curie} {each.label}{level} : {reasons}"


def _kept(item: TranscodingItem) -> str:
    """What is said of a code that stays: its level, where that changed."""
    if not words.stays(item):
        return ""
    before, now = item.source.level, item.targets[0].level
    return "reste" if before == now else f"reste, {words.level(before)} → {words.level(now)}"


def _end(end: EndItem) -> str:
    return f"{end.curie} {end.label}"


def signature_line(signature: SignatureItem | None) -> str:
    if signature is None:
        return "table non signée"
    comment = f" : {one_line(signature.comment)}" if signature.comment else ""
    line = (
        f"signée, édition {signature.edition}, par {signature.by} le {signature.date:%Y-%m-%d}, "
        f"sha256 {signature.sha256[:12]}…{comment}"
    )
    if signature.reopened_at is None:
        return line
    day, why = f"{signature.reopened_at:%Y-%m-%d}", one_line(signature.reopened_why)
    return f"{line} ; rouverte par {signature.reopened_by} le {day} : {why}"


def decision_line(item: DecisionItem, named: str, targets: Sequence[EndItem] | None = None) -> str:
    """One decision.

    Args:
        named: its code as people read it.
        targets: with their labels; without them the codes alone are shown.
    """
    taken_back = item.decision == "proposed"
    said = "reprise" if taken_back else words.decision(item.decision, targets=bool(item.targets))
    codes = map(_end, targets) if targets else map(curie, item.targets)
    leads = f" → {', '.join(codes)}" if item.targets else ""
    comment = f" : {one_line(item.comment)}" if item.comment else ""
    when = f"{item.date:%Y-%m-%d %H:%M}"
    return f"{when}  {named} (version {item.version})  {said}{leads}  {item.by}{comment}"


def file_lines(answer: DecisionFileAnswer) -> Iterator[str]:
    """What a file of decisions holds, its faults first."""
    sheet = f", feuille {answer.file.sheet}" if answer.file.sheet else ""
    listed = ", ".join(f"{field} = {heading}" for field, heading in answer.columns.items())
    yield f"colonnes : {listed}{sheet}"
    if answer.unread.sheets:
        yield f"feuilles non lues : {', '.join(answer.unread.sheets)}"
    for note in answer.notes:
        yield f"attention : {note.message.replace('sheet=', '--sheet ')}"
    for fault in answer.faults:
        named = fault.code and fault.message.startswith((fault.code, f"ORPHA:{fault.code}"))
        code = f"  {fault.code}" if fault.code and not named else ""
        yield f"ligne {fault.line}{code} : {fault.message}"
        yield f"    {fault.message_en}"
    for conflict in answer.conflicts:
        yield f"ligne {conflict.line}  {conflict.code}, décidé entre-temps : {conflict.message}"
    for caution in answer.cautions:
        yield f"ligne {caution.line}  {caution.code}, attention : {caution.message}"
    yield (
        f"décisions : {answer.decisions}, écrites : {answer.written} ; déjà en place : "
        f"{answer.unchanged} ; sans décision : {answer.undecided} ; à corriger : "
        f"{len(answer.faults)} ; en conflit : {len(answer.conflicts)} ; à vérifier : "
        f"{len(answer.cautions)}"
    )
