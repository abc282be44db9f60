"""What a code may mean that is unknown as it is written."""

from __future__ import annotations

from collections.abc import Iterator

from ontologies.errors import InvalidCode, ThesaurusError
from thesaurus import lookup
from thesaurus.lookup.alignments import coding_item
from thesaurus.lookup.finding import coding_of
from thesaurus.related_answers import CodingItem
from thesaurus.runtime import Open


def meant_otherwise(release: Open, written: str, lang: str) -> Iterator[CodingItem]:
    """The codes of other systems that a bare number is: 154700 is one of OMIM."""
    related = release.related
    if not written.strip().isdecimal():
        return
    for system in related.systems:
        try:
            coding = related.systems.of(system, written)
        except InvalidCode:
            continue
        if coding.system != "orpha" and coding in related:
            yield coding_item(release, coding, lang)


def has_translation(release: Open, written: str) -> bool:
    """Tell whether an ICD-10 code that no dataset has leads to ORPHAcodes by one that is near."""
    try:
        if coding_of(release, written).system != "icd-10":
            return False
        return lookup.translation(release, written, "orpha", limit=1).total > 0
    except ThesaurusError:
        return False
