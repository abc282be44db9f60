"""Differences applied to the release that they start from, which gives the other one again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ontologies.concept import Concept, Label, LabelKind, Status
from ontologies.differences.values import (
    Change,
    ClassificationChanges,
    ConceptChanges,
    Differences,
    SynonymsChange,
    TextChange,
    Value,
)
from ontologies.release import Classification, Snapshot

_FLAGS = {
    Status.ACTIVE: 1,
    Status.HISTORIC: 513,
    Status.DEPRECATED: 8449,
    Status.OBSOLETE: 8208,
    Status.NON_RARE: 8225,
}


def apply(snapshot: Snapshot, changes: Differences) -> Snapshot:
    """Return the release that differences lead to, made of the one that they start from.

    What was compared is as in that release; what was not (languages that one release has alone,
    raw texts, the order of synonyms, FlagValues of one status) is as in ``snapshot``.
    """
    kept = (concept for concept in snapshot if concept.code not in changes.removed)
    concepts = [
        *(_concept(each, changes.changes.get(each.code)) for each in kept),
        *changes.added.values(),
    ]
    moved = {each.id: each for each in changes.classifications}
    gone = {each.id for each in changes.classifications_removed}
    classifications = [
        *(
            _classification(each, moved.get(each.id))
            for each in snapshot.classifications.values()
            if each.id not in gone
        ),
        *changes.classifications_added,
    ]
    # What was not compared may still name a code that went.
    codes = {concept.code for concept in concepts}
    old = snapshot.release
    release = replace(changes.after, languages=old.languages, sources=old.sources)
    return Snapshot(release, concepts, (_among(codes, each) for each in classifications))


def _concept(old: Concept, changes: ConceptChanges | None) -> Concept:
    if changes is None:
        return old
    return replace(
        old,
        flag=_FLAGS[changes.status.after] if changes.status else old.flag,
        level=_after(changes.level, old.level),
        type=_after(changes.type, old.type),
        labels=_labels(old, changes),
        definitions=tuple(_texts(old.definitions, changes.definitions)),
        redirection=_after(changes.redirection, old.redirection),
        aggregation=_after(changes.aggregation, old.aggregation),
    )


def _after(change: Change[Value] | None, before: Value) -> Value:
    return change.after if change else before


def _texts(
    before: Iterable[tuple[str, str]], changes: Iterable[TextChange]
) -> Iterator[tuple[str, str]]:
    after: dict[str, str | None] = dict(before)
    after |= {each.lang: each.after for each in changes}
    return ((lang, text) for lang, text in after.items() if text is not None)


def _labels(old: Concept, changes: ConceptChanges) -> tuple[Label, ...]:
    preferred = [each.after for each in changes.preferred if each.after]
    renamed = {each.lang for each in changes.preferred}
    gone = {(each.lang, text) for each in changes.synonyms for text in each.removed}
    kept = [label for label in old.labels if not _is_gone(label, renamed, gone)]
    return (*preferred, *kept, *_new_synonyms(changes.synonyms))


def _is_gone(label: Label, renamed: set[str], gone: set[tuple[str, str]]) -> bool:
    if label.kind is LabelKind.PREFERRED:
        return label.lang in renamed
    return (label.lang, label.text) in gone


def _new_synonyms(changes: Iterable[SynonymsChange]) -> Iterator[Label]:
    return (Label(text, each.lang, LabelKind.SYNONYM) for each in changes for text in each.added)


def _classification(old: Classification, changes: ClassificationChanges | None) -> Classification:
    if changes is None:
        return old
    gone = set(changes.edges_removed)
    return replace(
        old,
        number=_after(changes.number, old.number),
        names=tuple(_texts(old.names, changes.names)),
        roots=_after(changes.roots, old.roots),
        edges=(*(edge for edge in old.edges if edge not in gone), *changes.edges_added),
    )


def _among(codes: set[str], classification: Classification) -> Classification:
    return replace(
        classification,
        roots=tuple(code for code in classification.roots if code in codes),
        edges=tuple(edge for edge in classification.edges if codes.issuperset(edge)),
    )
