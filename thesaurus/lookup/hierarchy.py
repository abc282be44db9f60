"""Walk the hierarchies of the nomenclature and of the terminologies beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from ontologies.errors import InvalidRequest
from ontologies.hierarchy import Hierarchy
from ontologies.systems import Coding
from thesaurus import answers
from thesaurus.lookup.finding import any_item, coding_of, find, items, term_of
from thesaurus.runtime import Open

MAX_PATHS = 1000


class Relation(StrEnum):
    PARENTS = "parents"
    CHILDREN = "children"
    SIBLINGS = "siblings"
    ANCESTORS = "ancestors"
    DESCENDANTS = "descendants"


def _placed(
    release: Open, written: str, classification: str | None, system: str | None
) -> tuple[Coding, Hierarchy]:
    """Return a concept of any system and the hierarchy to walk.

    Raises:
        InvalidCode, UnknownCode, UnknownSystem, UnknownClassification
        InvalidRequest: a classification of Orphanet is asked for a code of another system.
    """
    coding = coding_of(release, written, system)
    if coding.system == "orpha":
        code = find(release, coding.code).code
        return Coding("orpha", code), release.snapshot.hierarchy(classification)
    if classification is not None:
        raise InvalidRequest(
            "classification ne vaut que pour les codes ORPHA.",
            "classification goes with ORPHAcodes only.",
        )
    term = term_of(release, coding)
    return term.coding if term else coding, release.related.hierarchy(coding.system)


def _items(
    release: Open, system: str, codes: Iterable[str], lang: str, hierarchy: Hierarchy
) -> list[answers.ConceptItem]:
    if system == "orpha":
        return items(release, codes, lang, hierarchy)
    return [any_item(release, Coding(system, code), lang) for code in codes]


def related(
    release: Open,
    written: str,
    relation: Relation,
    *,
    lang: str = "fr",
    classification: str | None = None,
    max_depth: int | None = None,
    system: str | None = None,
) -> answers.RelationAnswer:
    """Walk the hierarchy of one classification, or all of them merged; or of another terminology.

    Raises:
        InvalidCode, UnknownCode, UnknownSystem, UnknownClassification, InvalidRequest
    """
    concept, hierarchy = _placed(release, written, classification, system)
    if max_depth is not None and relation not in (Relation.ANCESTORS, Relation.DESCENDANTS):
        raise InvalidRequest(
            "max_depth ne vaut que pour ancestors et descendants.",
            "max_depth goes with ancestors and descendants only.",
        )
    match relation:
        case Relation.PARENTS:
            codes = hierarchy.parents(concept.code)
        case Relation.CHILDREN:
            codes = hierarchy.children(concept.code)
        case Relation.SIBLINGS:
            codes = hierarchy.siblings(concept.code)
        case Relation.ANCESTORS:
            codes = hierarchy.ancestors(concept.code, max_depth)
        case Relation.DESCENDANTS:
            codes = hierarchy.descendants(concept.code, max_depth)
    return answers.RelationAnswer(
        release=release.id,
        code=concept.code,
        total=len(codes),
        items=_items(release, concept.system, codes, lang, hierarchy),
    )


def paths(
    release: Open,
    written: str,
    *,
    lang: str = "fr",
    classification: str | None = None,
    system: str | None = None,
) -> answers.PathsAnswer:
    """Every way from a root down to a concept. Raises as ``related``."""
    concept, hierarchy = _placed(release, written, classification, system)
    found = hierarchy.paths(concept.code, MAX_PATHS + 1)
    return answers.PathsAnswer(
        release=release.id,
        code=concept.code,
        truncated=len(found) > MAX_PATHS,
        paths=[_items(release, concept.system, way, lang, hierarchy) for way in found[:MAX_PATHS]],
    )


def common_ancestors(
    release: Open, written: Sequence[str], *, lang: str = "fr", classification: str | None = None
) -> answers.CommonAncestorsAnswer:
    """The lowest common ancestors, a set."""
    codes = [find(release, each).code for each in written]
    hierarchy = release.snapshot.hierarchy(classification)
    found = hierarchy.lowest_common_ancestors(codes)
    return answers.CommonAncestorsAnswer(
        release=release.id, items=items(release, found, lang, hierarchy)
    )


def subsumes(
    release: Open, a: str, b: str, *, classification: str | None = None
) -> answers.SubsumesAnswer:
    above, below = find(release, a).code, find(release, b).code
    hierarchy = release.snapshot.hierarchy(classification)
    return answers.SubsumesAnswer(
        release=release.id, a=above, b=below, subsumes=hierarchy.subsumes(above, below)
    )


def classifications(release: Open, lang: str = "fr") -> answers.ClassificationsAnswer:
    entries = []
    for each in release.snapshot.classifications.values():
        language, name = each.name(lang)
        entries.append(
            answers.ClassificationEntry(
                id=each.id,
                name=name,
                lang=language,
                number=each.number,
                roots=items(release, each.roots, lang),
                concepts=len({*each.roots, *(code for edge in each.edges for code in edge)}),
                edges=len(each.edges),
            )
        )
    return answers.ClassificationsAnswer(release=release.id, items=entries)
