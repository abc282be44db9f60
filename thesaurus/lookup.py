"""Look things up in an open release and word the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ontologies.aggregation import aggregate, redirect
from ontologies.codes import curie, parse_code
from ontologies.concept import Concept
from ontologies.errors import InvalidCode, InvalidRequest, UnknownCode
from ontologies.hierarchy import Hierarchy
from search import Filters, Hit, suggest
from thesaurus import answers
from thesaurus.runtime import Open

MAX_PATHS = 1000
_NEAREST = 5
_ORPHANET_PAGE = "https://www.orpha.net/{lang}/disease/detail/{code}"


LevelKey = Literal["group", "disorder", "subtype"]


class Relation(StrEnum):
    PARENTS = "parents"
    CHILDREN = "children"
    SIBLINGS = "siblings"
    ANCESTORS = "ancestors"
    DESCENDANTS = "descendants"


def find(release: Open, written: str) -> Concept:
    """Return the concept of a code in any written form.

    Raises:
        InvalidCode: the text is not one of the forms.
        UnknownCode: the release does not have it; the error names codes at one typo.
    """
    code = parse_code(written)
    if code not in release.snapshot:
        raise UnknownCode(code, release.id, nearest_codes(release, code))
    return release.snapshot.concepts[code]


def nearest_codes(release: Open, code: str) -> list[str]:
    """Return the active codes at one typo: a digit wrong, missing, too many, or two swapped."""
    near = process.extract(
        code, release.snapshot.concepts.keys(), scorer=OSA.distance, score_cutoff=1, limit=50
    )
    active = (each for each, *_ in near if release.snapshot.concepts[each].status.is_active)
    return list(active)[:_NEAREST]


def concept_page(release: Open, written: str, lang: str = "fr") -> answers.ConceptAnswer:
    """Everything known of one concept."""
    concept = find(release, written)
    label = concept.preferred(lang)
    definition = concept.definition(lang)
    return answers.ConceptAnswer(
        release=release.id,
        code=concept.code,
        curie=curie(concept.code),
        label=label.text,
        lang=label.lang,
        labels=[
            answers.LabelItem(text=each.text, lang=each.lang, kind=each.kind, raw=each.raw)
            for each in concept.labels
        ],
        definition=definition[1] if definition else None,
        definition_lang=definition[0] if definition else None,
        status=concept.status,
        flag=concept.flag,
        level=concept.level.key if concept.level else None,
        type=concept.type.key if concept.type else None,
        is_head=concept.is_head,
        redirection=_redirection(release, concept, lang),
        aggregation=aggregate(release.snapshot, concept.code),
        aggregation_known=concept.aggregation.known,
        parents=items(release, release.snapshot.merged.parents(concept.code), lang),
        children_count=release.snapshot.merged.children_count(concept.code),
        classifications=_classifications_of(release, concept, lang),
        alignments=[
            answers.AlignmentItem(
                system=each.system, code=each.code, relation=each.relation, uri=each.uri
            )
            for each in concept.alignments
        ],
        link=_ORPHANET_PAGE.format(lang="fr" if lang == "fr" else "en", code=concept.code),
    )


def _redirection(release: Open, concept: Concept, lang: str) -> answers.RedirectionItem | None:
    if concept.redirection is None:
        return None
    target = release.snapshot.concept(concept.redirection.target)
    return answers.RedirectionItem(
        kind=concept.redirection.kind.key, target=target.code, label=target.preferred(lang).text
    )


def _classifications_of(
    release: Open, concept: Concept, lang: str
) -> list[answers.ClassificationItem]:
    ids = release.snapshot.classifications_of(concept.code)
    names = ((each, release.snapshot.classifications[each].name(lang)) for each in ids)
    return [
        answers.ClassificationItem(id=each, name=name, lang=language)
        for each, (language, name) in names
    ]


def item(
    release: Open, code: str, lang: str = "fr", hierarchy: Hierarchy | None = None
) -> answers.ConceptItem:
    concept = release.snapshot.concepts[code]
    label = concept.preferred(lang)
    return answers.ConceptItem(
        code=code,
        curie=curie(code),
        label=label.text,
        lang=label.lang,
        level=concept.level.key if concept.level else None,
        type=concept.type.key if concept.type else None,
        status=concept.status,
        children_count=(hierarchy or release.snapshot.merged).children_count(code),
    )


def items(
    release: Open, codes: Iterable[str], lang: str = "fr", hierarchy: Hierarchy | None = None
) -> list[answers.ConceptItem]:
    return [item(release, code, lang, hierarchy) for code in codes]


def related(
    release: Open,
    written: str,
    relation: Relation,
    *,
    lang: str = "fr",
    classification: str | None = None,
    max_depth: int | None = None,
) -> answers.RelationAnswer:
    """Walk the hierarchy of one classification, or all of them merged.

    Raises:
        InvalidCode, UnknownCode, UnknownClassification
    """
    concept = find(release, written)
    hierarchy = release.snapshot.hierarchy(classification)
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
        items=items(release, codes, lang, hierarchy),
    )


def paths(
    release: Open, written: str, *, lang: str = "fr", classification: str | None = None
) -> answers.PathsAnswer:
    """Every way from a root down to a concept."""
    concept = find(release, written)
    hierarchy = release.snapshot.hierarchy(classification)
    found = hierarchy.paths(concept.code, MAX_PATHS + 1)
    return answers.PathsAnswer(
        release=release.id,
        code=concept.code,
        truncated=len(found) > MAX_PATHS,
        paths=[items(release, way, lang, hierarchy) for way in found[:MAX_PATHS]],
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


def suggestions(
    release: Open,
    query: str,
    *,
    lang: str = "fr",
    limit: int = 10,
    filters: Filters = Filters(),
) -> answers.SuggestAnswer:
    """Autocomplete."""
    hits = suggest(release.index, query, lang=lang, limit=limit, filters=filters)
    return answers.SuggestAnswer(
        release=release.id, query=query, hits=[_hit(hit, lang) for hit in hits]
    )


def _hit(hit: Hit, lang: str) -> answers.HitItem:
    concept, label = hit.concept, hit.concept.preferred(lang)
    return answers.HitItem(
        code=concept.code,
        curie=curie(concept.code),
        label=label.text,
        lang=label.lang,
        match=answers.MatchItem(
            text=hit.match.text,
            lang=hit.match.lang,
            kind=hit.match.kind,
            spans=[tuple(span) for span in hit.match.spans],
        ),
        level=concept.level.key if concept.level else None,
        type=concept.type.key if concept.type else None,
        status=concept.status,
        replaced_by=concept.redirection.target if concept.redirection else None,
        score=hit.score,
    )


def redirections(
    release: Open, written: Iterable[str], *, referred: bool = False
) -> answers.RedirectAnswer:
    """Replace inactive codes: "moved to" always, "referred to" only when asked for.

    A code that the release does not have stays as it is and is marked; it fails no batch.
    """
    return answers.RedirectAnswer(
        release=release.id, items=[_redirect(release, each, referred) for each in written]
    )


def _redirect(release: Open, written: str, referred: bool) -> answers.RedirectItem:
    concept = _known(release, written)
    if concept is None:
        return answers.RedirectItem(code=written, known=False)
    target = redirect(release.snapshot, concept.code, referred=referred)
    followed = concept.redirection if target != concept.code else None
    return answers.RedirectItem(
        code=concept.code, target=target, kind=followed.kind.key if followed else None
    )


def aggregations(release: Open, written: Iterable[str]) -> answers.AggregateAnswer:
    """The disorder under which each code is counted; unknown codes are marked."""
    return answers.AggregateAnswer(
        release=release.id, items=[_aggregate(release, each) for each in written]
    )


def _aggregate(release: Open, written: str) -> answers.AggregateItem:
    concept = _known(release, written)
    if concept is None:
        return answers.AggregateItem(code=written, known=False)
    return answers.AggregateItem(
        code=concept.code, aggregation=aggregate(release.snapshot, concept.code)
    )


def _known(release: Open, written: str) -> Concept | None:
    try:
        return release.snapshot.concepts.get(parse_code(written))
    except InvalidCode:
        return None
