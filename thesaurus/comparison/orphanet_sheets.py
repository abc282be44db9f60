"""The sheets of Orphanet's own difference file, in English as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ontologies.alignment import Alignment
from ontologies.concept import Concept
from ontologies.differences import AlignmentChange, Facet, Kind
from ontologies.differences.alignments import What
from ontologies.standard import ICD10, ICD11
from ontologies.systems import Coding
from thesaurus.comparison.filters import Kept
from thesaurus.comparison.items import Wording
from thesaurus.comparison.wording import STATUSES

Cell = str | int
Sheet = tuple[str, str, Sequence[str], Iterator[Sequence[Cell]]]

_ENTITY = ("ORPHAcode", "Name (Preferred_Term)", "ClassificationLevel")
_OF_INACTIVE = (
    *("Status", "FlagValue", "DisorderDisorderAssociationType"),
    *("Target ORPHAcode", "Target Name (Preferred_Term)"),
    *("AggregationLevel ORPHAcode", "AggregationLevel PreferredTerm", "AggregationLevelStatus"),
)
_STATED = (
    "DisorderMappingRelation", "DisorderMappingICDRelation", "DisorderMappingValidationStatus",
)  # fmt: skip
_COMPARED = {
    "Newly included ORPHAcodes": frozenset({Facet.CODES}),
    "Newly Inactive ORPHAcodes": frozenset({Facet.CODES, Facet.STATUS}),
    "Classification level update": frozenset({Facet.LEVEL}),
}
_NEW: tuple[tuple[What, str], ...] = (
    ("added", "New"),
    ("updated", "Updated"),
    ("removed", "Removed"),
)


def sheets(kept: Kept, wording: Wording) -> Iterator[Sheet]:
    """Yield name, title, headings and rows of each sheet, in Orphanet's order."""
    found = kept.comparison.differences
    for name, further, rows in _sheets(kept, wording):
        yield name, f"{name} from {found.before.id} to {found.after.id}", (*_ENTITY, *further), rows


def compared(name: str) -> frozenset[Facet]:
    """Return what a sheet tells of."""
    if "mapping" in name:
        return frozenset({Facet.ALIGNMENTS})
    return _COMPARED.get(name, frozenset())


def _sheets(
    kept: Kept, wording: Wording
) -> Iterator[tuple[str, Sequence[str], Iterator[Sequence[Cell]]]]:
    included = _included(kept, wording)
    yield "Newly included ORPHAcodes", ("DisorderType", "Status", "FlagValue"), included
    yield "Newly Inactive ORPHAcodes", _OF_INACTIVE, _inactive(kept, wording)
    levels = _levels(kept, wording)
    yield "Classification level update", ("Previous ClassificationLevel",), levels
    for system, shown in ((ICD10.name, "ICD10"), (ICD11.name, "ICD11")):
        for what, said in _NEW:
            rows = _mappings(kept, wording, system, what)
            yield f"{said} ORPHA-to-{shown} mapping", (f"{shown} code", *_stated(what)), rows


def _stated(what: What) -> Sequence[str]:
    previous = tuple(f"Previous {each}" for each in _STATED) if what == "updated" else ()
    return (*_STATED, "DisorderMappingICDRefUri", *previous, "Source")


def _entity(wording: Wording, concept: Concept) -> tuple[Cell, Cell, Cell]:
    level = concept.level.en if concept.level else ""
    return int(concept.code), wording.label(concept.code) or "", level


def _included(kept: Kept, wording: Wording) -> Iterator[Sequence[Cell]]:
    for code in kept.of_kind(Kind.ADDED):
        concept = kept.comparison.differences.added[code]
        kind = concept.type.en if concept.type else ""
        status = STATUSES[concept.status].en
        yield (*_entity(wording, concept), kind, status, concept.flag)


def _inactive(kept: Kept, wording: Wording) -> Iterator[Sequence[Cell]]:
    """The codes of both releases that were active and are not any more."""
    for code in kept.of_kind(Kind.STATUS):
        change = kept.comparison.differences.changes[code].status
        if change and change.before.is_active and not change.after.is_active:
            concept = kept.comparison.b.concept(code)
            status = STATUSES[concept.status].en
            yield (
                *(*_entity(wording, concept), status, concept.flag),
                *_target(wording, concept),
                *_aggregation(wording, concept),
            )


def _target(wording: Wording, concept: Concept) -> tuple[Cell, Cell, Cell]:
    redirection = concept.redirection
    if redirection is None:
        return "", "", ""
    label = wording.label(redirection.target) or ""
    return redirection.kind.en, int(redirection.target), label


def _aggregation(wording: Wording, concept: Concept) -> tuple[Cell, Cell, Cell]:
    aggregation = concept.aggregation
    if not aggregation.known:
        return "", "", ""
    if aggregation.code is None:
        return "", "", "Not applicable"
    return int(aggregation.code), wording.label(aggregation.code) or "", "Applicable"


def _levels(kept: Kept, wording: Wording) -> Iterator[Sequence[Cell]]:
    for code in kept.of_kind(Kind.LEVEL):
        change = kept.comparison.differences.changes[code].level
        if change and change.before:
            yield (*_entity(wording, kept.comparison.b.concept(code)), change.before.en)


def _mappings(kept: Kept, wording: Wording, system: str, what: What) -> Iterator[Sequence[Cell]]:
    for code in kept.of_kind(Kind.ALIGNMENTS):
        for change in kept.comparison.differences.alignments_of[code]:
            if change.other.system == system and change.what == what:
                yield _mapping(wording, change)


def _mapping(wording: Wording, change: AlignmentChange) -> Sequence[Cell]:
    concept = wording.comparison.concept(change.code)
    entity = _entity(wording, concept) if concept else (int(change.code), "", "")
    now = change.after or change.before
    assert now  # noqa: S101  (a change has at least one side)
    end = Coding("orpha", change.code)
    previous = _says(change.before, end) if change.before and change.after else ()
    return (
        *(*entity, now.written or change.other.code, *_says(now, end), now.uri or ""),
        *(*previous, change.dataset),
    )


def _says(alignment: Alignment, end: Coding) -> tuple[Cell, Cell, Cell]:
    icd = alignment.icd_relation.en if alignment.icd_relation else ""
    icd = icd[:1].upper() + icd[1:]  # "Index term", as Orphanet writes it
    validated = {True: "Validated", False: "Not yet validated", None: ""}[alignment.validated]
    return alignment.relation_from(end).key, icd, validated
