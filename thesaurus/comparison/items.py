"""Changes in words: each kind of change as an answer shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ontologies.alignment import Alignment
from ontologies.concept import Redirection
from ontologies.differences import AlignmentChange, ConceptChanges, Kind, Place
from ontologies.systems import Coding
from thesaurus.answers import RedirectionItem
from thesaurus.comparison import answer
from thesaurus.comparison.comparing import Comparison


@dataclass(frozen=True, slots=True)
class Wording:
    """Words the changes of a comparison, with the names in one language where there are any."""

    comparison: Comparison
    lang: str

    def item(self, code: str, kinds: Iterable[Kind]) -> answer.DifferenceItem:
        """Word some kinds of changes of a code."""
        concept = self.comparison.concept(code)
        label = self.comparison.label(code, self.lang)
        assert concept  # noqa: S101  (a code that changed stands in one of the two)
        assert label  # noqa: S101
        return answer.DifferenceItem(
            code=code,
            curie=f"ORPHA:{code}",
            label=label.text,
            lang=label.lang,
            level=concept.level.key if concept.level else None,
            type=concept.type.key if concept.type else None,
            status=concept.status,
            changes=[change for kind in kinds for change in self.changes(code, kind)],
        )

    def changes(self, code: str, kind: Kind) -> Iterator[answer.ChangeItem]:
        """Word the changes of one kind; of names, one in each language."""
        found = self.comparison.differences
        if kind is Kind.ADDED:
            yield self._presence("added", code, found.added[code].redirection)
        elif kind is Kind.REMOVED:
            yield self._presence("removed", code, found.removed[code].redirection)
        elif kind is Kind.ALIGNMENTS:
            yield from map(_alignment, found.alignments_of[code])
        else:
            yield from _WORDED[kind](self, found.changes[code])

    def _presence(
        self, kind: Literal["added", "removed"], code: str, redirection: Redirection | None
    ) -> answer.PresenceChange:
        parents = sorted(self.comparison.parents.get(code, ()), key=int)
        return answer.PresenceChange(
            kind=kind, parents=self.all_named(parents), redirection=self.redirection(redirection)
        )

    # -- codes with their names ----------------------------------------------------------

    def label(self, code: str) -> str | None:
        label = self.comparison.label(code, self.lang)
        return label.text if label else None

    def named(self, code: str | None) -> answer.NamedCode | None:
        return None if code is None else answer.NamedCode(code=code, label=self.label(code))

    def all_named(self, codes: Iterable[str]) -> list[answer.NamedCode]:
        return [answer.NamedCode(code=code, label=self.label(code)) for code in codes]

    def redirection(self, redirection: Redirection | None) -> RedirectionItem | None:
        if redirection is None:
            return None
        label = self.label(redirection.target) or ""
        return RedirectionItem(kind=redirection.kind.key, target=redirection.target, label=label)

    def place(self, place: Place) -> answer.PlaceItem:
        lang, name = self.classification(place.classification)
        return answer.PlaceItem(
            id=place.classification,
            name=name,
            lang=lang,
            before=None if place.before is None else list(place.before),
            after=None if place.after is None else list(place.after),
        )

    def classification(self, key: str) -> tuple[str, str]:
        """Return (language, name) of a classification."""
        a, b = self.comparison.a.classifications, self.comparison.b.classifications
        return (b.get(key) or a[key]).name(self.lang)


def _status(wording: Wording, changes: ConceptChanges) -> Iterator[answer.ChangeItem]:
    if changes.status:
        now = wording.comparison.b.concept(changes.code)
        yield answer.StatusChange(
            kind="status",
            before=changes.status.before,
            after=changes.status.after,
            redirection=wording.redirection(now.redirection),
            aggregation=wording.named(now.aggregation.code),
        )


def _level(_: Wording, changes: ConceptChanges) -> Iterator[answer.ChangeItem]:
    if (change := changes.level) and change.before and change.after:
        yield answer.ValueChange(kind="level", before=change.before.key, after=change.after.key)


def _type(_: Wording, changes: ConceptChanges) -> Iterator[answer.ChangeItem]:
    if (change := changes.type) and change.before and change.after:
        yield answer.ValueChange(kind="type", before=change.before.key, after=change.after.key)


def _renamed(_: Wording, changes: ConceptChanges) -> Iterator[answer.ChangeItem]:
    return (
        answer.LabelChange(
            kind="renamed",
            lang=each.lang,
            before=each.before.text if each.before else None,
            after=each.after.text if each.after else None,
            respelled=each.respelled,
        )
        for each in changes.preferred
    )


def _synonyms(_: Wording, changes: ConceptChanges) -> Iterator[answer.ChangeItem]:
    return (
        answer.SynonymsChange(
            kind="synonyms", lang=each.lang, added=list(each.added), removed=list(each.removed)
        )
        for each in changes.synonyms
    )


def _definition(_: Wording, changes: ConceptChanges) -> Iterator[answer.ChangeItem]:
    return (
        answer.DefinitionChange(
            kind="definition", lang=each.lang, before=each.before, after=each.after
        )
        for each in changes.definitions
    )


def _redirection(wording: Wording, changes: ConceptChanges) -> Iterator[answer.ChangeItem]:
    if change := changes.redirection:
        yield answer.RedirectionChange(
            kind="redirection",
            before=wording.redirection(change.before),
            after=wording.redirection(change.after),
        )


def _aggregation(wording: Wording, changes: ConceptChanges) -> Iterator[answer.ChangeItem]:
    if change := changes.aggregation:
        yield answer.AggregationChange(
            kind="aggregation",
            before=wording.named(change.before.code),
            after=wording.named(change.after.code),
        )


def _parents(wording: Wording, changes: ConceptChanges) -> Iterator[answer.ChangeItem]:
    if change := changes.parents:
        yield answer.ParentsChange(
            kind="parents",
            before=wording.all_named(change.before),
            after=wording.all_named(change.after),
            added=[code for code in change.after if code not in change.before],
            removed=[code for code in change.before if code not in change.after],
        )


def _classifications(wording: Wording, changes: ConceptChanges) -> Iterator[answer.ChangeItem]:
    yield answer.ClassificationsChange(
        kind="classifications", places=[wording.place(each) for each in changes.places]
    )


_WORDED: Mapping[Kind, Callable[[Wording, ConceptChanges], Iterator[answer.ChangeItem]]] = {
    Kind.STATUS: _status,
    Kind.LEVEL: _level,
    Kind.TYPE: _type,
    Kind.RENAMED: _renamed,
    Kind.SYNONYMS: _synonyms,
    Kind.DEFINITION: _definition,
    Kind.REDIRECTION: _redirection,
    Kind.AGGREGATION: _aggregation,
    Kind.PARENTS: _parents,
    Kind.CLASSIFICATIONS: _classifications,
}


def _alignment(change: AlignmentChange) -> answer.AlignmentsChange:
    end = Coding("orpha", change.code)
    return answer.AlignmentsChange(
        kind="alignments",
        what=change.what,
        dataset=change.dataset,
        system=change.other.system,
        code=change.other.code,
        before=_alignment_state(change.before, end),
        after=_alignment_state(change.after, end),
    )


def _alignment_state(alignment: Alignment | None, end: Coding) -> answer.AlignmentState | None:
    if alignment is None:
        return None
    return answer.AlignmentState(
        relation=alignment.relation_from(end).key,
        icd_relation=alignment.icd_relation.key if alignment.icd_relation else None,
        validated=alignment.validated,
        uri=alignment.uri,
    )
