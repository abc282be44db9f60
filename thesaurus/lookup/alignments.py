"""Alignments and translations in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from ontologies.alignment import Alignment
from ontologies.concept import Level
from ontologies.errors import InvalidCode, InvalidRequest, Message, NoDataset, UnknownCode
from ontologies.systems import Coding
from ontologies.translation import Translation, translate
from thesaurus import related_answers as answers
from thesaurus.lookup.finding import coding_of, find, term_of
from thesaurus.runtime import Open

MAX_ALIGNMENTS = 200
"""A page shows so many; Q87.8 has more than 800, which ``translation`` gives page by page."""


def versions(release: Open) -> dict[str, str]:
    """The datasets that are active beside a release."""
    return {each.key: each.release.id for each in release.related.datasets}


def coding_item(release: Open, coding: Coding, lang: str = "fr") -> answers.CodingItem:
    """A code of any system with its name, as far as one is known."""
    label, language = _name(release, coding, lang)
    curie = release.related.systems.curie(coding)
    return answers.CodingItem(
        system=coding.system, code=coding.code, curie=curie, label=label, lang=language
    )


def _name(release: Open, coding: Coding, lang: str) -> tuple[str | None, str | None]:
    if coding.system == "orpha" and coding.code in release.snapshot:
        own = release.snapshot.concepts[coding.code].preferred(lang)
        return own.text, own.lang
    term = release.related.term(coding)
    label = term.preferred(lang) if term else None
    return (label.text, label.lang) if label else (None, None)


def meant(release: Open, written: str, lang: str = "fr") -> answers.CodingItem | None:
    """The code that a text is, of any system, where the release or a dataset knows it.

    A gene goes by its symbol of today: of its synonyms many are acronyms of diseases, too.
    """
    try:
        coding = _known(release, coding_of(release, written))
    except (InvalidCode, UnknownCode):
        return None
    if coding.system == "icd-10" and coding not in release.related:
        return None
    item = coding_item(release, coding, lang)
    if coding.system != "hgnc":
        return item
    symbols = [each.symbol for each in release.related.genes.named(coding.code)]
    if written.strip().upper() not in map(str.upper, (coding.code, *symbols)):
        return None
    return item.model_copy(update={"label": symbols[0]})


def alignment_items(release: Open, coding: Coding, lang: str = "fr") -> list[answers.AlignmentItem]:
    """The alignments of a code, by system, the surest first; at most ``MAX_ALIGNMENTS``."""
    found = sorted(
        release.related.alignments(coding),
        key=lambda each: (each.other(coding).system, each.strength, each.other(coding).code),
    )
    return [_alignment_item(release, each, coding, lang) for each in found[:MAX_ALIGNMENTS]]


def _alignment_item(
    release: Open, each: Alignment, end: Coding, lang: str
) -> answers.AlignmentItem:
    return answers.AlignmentItem(
        **dict(coding_item(release, each.other(end), lang)),
        relation=each.relation_from(end).key,
        icd_relation=each.icd_relation.key if each.icd_relation else None,
        validated=each.validated,
        uri=each.uri,
        written=each.written,
        provenance=provenance_item(each),
    )


def provenance_item(each: Alignment) -> answers.ProvenanceItem:
    source = each.source
    return answers.ProvenanceItem(
        dataset=source.dataset if source else "",
        version=source.version if source else "",
        ends=dict(source.ends) if source else {},
        justification=each.justification,
        confidence=each.confidence,
    )


def translation(
    release: Open,
    written: str,
    target: str,
    *,
    system: str | None = None,
    lang: str = "fr",
    offset: int = 0,
    limit: int = 50,
    levels: Collection[str] = (),
) -> answers.TranslateAnswer:
    """What a code is in another system, ranked and paged.

    Codes that are out of use come after those in use, approximate answers after all others.

    Args:
        levels: of ORPHAcodes only those of these levels; none means all.

    Raises:
        InvalidCode, UnknownCode, UnknownSystem
        InvalidRequest: source and target are the same system.
        NoDataset: nothing that is active aligns the target with anything.
    """
    related = release.related
    source = coding_of(release, written, system)
    goal = related.systems.named(target)
    if goal.name == source.system:
        raise InvalidRequest(
            f"{related.systems.curie(source)} est déjà un code {goal.title}.",
            f"{related.systems.curie(source)} is a code of {goal.title} already.",
        )
    if "hgnc" in (source.system, goal.name):
        raise InvalidRequest(
            "Les gènes et les maladies sont liés par des associations, pas par des équivalences : "
            "les pages des codes (show, /v1/concepts) et la précision par les gènes (specify) les "
            "donnent.",
            "Genes and diseases are tied by associations and are not equivalent: the pages of the "
            "codes (show, /v1/concepts) and specify give them.",
        )
    if _is_block(source):
        raise InvalidRequest(
            f"{source.code} est un bloc ou un chapitre de la CIM-10 : donner une catégorie (Q77) "
            "ou un code (Q77.3).",
            f"{source.code} is a block or a chapter of ICD-10: give a category (Q77) or a code "
            "(Q77.3).",
        )
    if not related.codes_aligned(goal.name):
        raise NoDataset(Message(f"traduire en {goal.title}", f"translations to {goal.title}"))
    source = _known(release, source)
    found = sorted(
        translate(related, source, goal.name),
        key=lambda each: (each.is_approximate, not _is_in_use(release, each.coding)),
    )
    counts = Counter(_level(release, each.coding) for each in found)
    if levels:
        found = [each for each in found if _level(release, each.coding) in levels]
    return answers.TranslateAnswer(
        release=release.id,
        source=coding_item(release, source, lang),
        target=goal.name,
        total=len(found),
        offset=offset,
        items=[_translation_item(release, each, lang) for each in found[offset : offset + limit]],
        levels={level.key: counts[level.key] for level in Level if counts[level.key]},
        datasets=versions(release),
    )


def _level(release: Open, coding: Coding) -> str | None:
    """The level of an ORPHAcode; None for any other code."""
    entity = release.snapshot.concepts.get(coding.code) if coding.system == "orpha" else None
    return entity.level.key if entity and entity.level else None


def _is_block(coding: Coding) -> bool:
    return coding.system == "icd-10" and ("-" in coding.code or coding.code.isalpha())


def _known(release: Open, source: Coding) -> Coding:
    """Return the code under which a concept is kept. Raises UnknownCode.

    A code of ICD-10 need not be known: what it starts with may be.
    """
    if source.system == "orpha":
        return Coding("orpha", find(release, source.code).code)
    if source.system == "icd-10":
        return source
    term = term_of(release, source)
    return term.coding if term else source


def _is_in_use(release: Open, coding: Coding) -> bool:
    """Tell whether a code may be used; one of a system without a list is taken to be."""
    status = status_of(release, coding)
    return status in ("active", "active_historic") or (status is None and coding.system != "orpha")


def status_of(release: Open, coding: Coding) -> str | None:
    """The status of a code in its terminology; None where no terminology has it."""
    if coding.system == "orpha":
        concept = release.snapshot.concepts.get(coding.code)
        return str(concept.status) if concept else None
    term = release.related.term(coding)
    if term is None:
        return None if release.related.terms(coding.system) else "active"
    return term.status


def _translation_item(release: Open, each: Translation, lang: str) -> answers.TranslationItem:
    first = each.steps[-1][0]
    own = each.coding.system == "orpha"
    entity = release.snapshot.concepts.get(each.coding.code) if own else None
    return answers.TranslationItem(
        **dict(coding_item(release, each.coding, lang)),
        status=status_of(release, each.coding),
        relation=each.relation.key,
        icd_relation=first.icd_relation.key if first.icd_relation else None,
        validated=first.validated,
        approximate=each.is_approximate,
        way=each.way.name.lower(),
        level=_level(release, each.coding),
        type=entity.type.key if entity and entity.type else None,
        confirmed=_confirmation(release, each.confirmed, lang),
        path=[coding_item(release, coding, lang) for coding in each.path],
        provenance=_provenance(each.steps),
    )


def _confirmation(
    release: Open, each: Translation | None, lang: str
) -> answers.Confirmation | None:
    if each is None:
        return None
    return answers.Confirmation(
        relation=each.relation.key,
        path=[coding_item(release, coding, lang) for coding in each.path],
        provenance=_provenance(each.steps),
    )


def _provenance(steps: Iterable[tuple[Alignment, ...]]) -> list[answers.ProvenanceItem]:
    return [provenance_item(each) for step in steps for each in step]
