"""What the pages of concepts show, put in the order in which one reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ontologies.errors import ThesaurusError
from ontologies.systems import Coding
from thesaurus import answers
from thesaurus.lookup.finding import coding_of, item
from thesaurus.related_answers import AlignmentItem, CodingItem, ProvenanceItem, SignItem
from thesaurus.runtime import Open
from thesaurus.web.texts import CATALOGUE

_UNSPECIFIED = "semapv:UnspecifiedMatching"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a concept in one language."""

    lang: str
    preferred: tuple[answers.LabelItem, ...]
    synonyms: tuple[answers.LabelItem, ...]


def names_of(labels: Sequence[answers.LabelItem], lang: str) -> list[Names]:
    """Group names by language: that of the page, then the order of the labels."""
    languages = dict.fromkeys(each.lang for each in labels)
    ordered = sorted(languages, key=lambda each: each != lang)
    return [
        Names(
            language,
            tuple([each for each in labels if each.lang == language and each.kind == "preferred"]),
            tuple([each for each in labels if each.lang == language and each.kind != "preferred"]),
        )
        for language in ordered
    ]


def language(code: str, lang: str) -> str:
    """Name a language: ``fr`` is French; one without a name goes by its code."""
    known = CATALOGUE.get(f"concept.lang_{code}")
    return str(known[lang]) if known else code


@dataclass(frozen=True, slots=True)
class Aligned:
    """A code of another system and all who say that it is aligned in the same way.

    Attributes:
        address: the code as the address of its page has it; None where it could not be read back.
        entity: of an ORPHAcode that the release has.
    """

    coding: AlignmentItem
    sources: tuple[ProvenanceItem, ...]
    address: str | None
    entity: answers.ConceptItem | None


def aligned(release: Open, items: Iterable[AlignmentItem], lang: str) -> list[Aligned]:
    """Put together what several sources say alike; ORPHAcodes first, else in the order given."""
    found: dict[tuple[object, ...], list[AlignmentItem]] = {}
    for each in items:
        same = (each.system, each.code, each.relation, each.icd_relation, each.validated)
        found.setdefault(same, []).append(each)
    rows = [
        Aligned(
            same[0],
            tuple(each.provenance for each in same),
            address_of(release, same[0]),
            _entity(release, same[0], lang),
        )
        for same in found.values()
    ]
    return sorted(rows, key=lambda row: row.coding.system != "orpha")


def address_of(release: Open, coding: CodingItem) -> str | None:
    """Return what leads to the page of a code; None where what a source wrote is no code."""
    try:
        read = coding_of(release, coding.curie)
    except ThesaurusError:
        return None
    return coding.curie if read == Coding(coding.system, coding.code) else None


def in_icd10(rows: Iterable[Aligned]) -> list[AlignmentItem]:
    """The ICD-10 codes among them, each once with its surest relation; wrong ones left out."""
    found: dict[str, AlignmentItem] = {}
    for row in rows:
        if row.coding.system == "icd-10" and row.coding.relation != "W":
            found.setdefault(row.coding.code, row.coding)
    return list(found.values())


def justified(justification: str | None, lang: str) -> str:
    """Say how an alignment was found; what SSSOM calls otherwise is left as it is written."""
    if justification in (None, _UNSPECIFIED):
        return ""
    known = CATALOGUE.get(f"concept.by_{justification.removeprefix('semapv:')}")
    return str(known[lang]) if known else justification


def _entity(release: Open, each: AlignmentItem, lang: str) -> answers.ConceptItem | None:
    if each.system != "orpha" or each.code not in release.snapshot:
        return None
    return item(release, each.code, lang)


def title_of(release: Open, system: str, lang: str) -> str:
    """Name a code system as people call it."""
    found = release.related.systems.get(system)
    return (found.title_fr if lang == "fr" else "") or found.title or system


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one frequency, or those that are absent."""

    frequency: str | None
    excluded: bool
    signs: tuple[SignItem, ...]


def signs_of(signs: Iterable[SignItem]) -> Iterator[Signs]:
    """Group signs by frequency, in the order in which they come."""
    for (excluded, frequency), same in groupby(
        signs, key=lambda each: (each.excluded, None if each.excluded else each.frequency_label)
    ):
        yield Signs(frequency, excluded, tuple(same))
