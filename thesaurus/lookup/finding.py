"""From what was written to a concept of any system, and concepts as items of lists."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ontologies.codes import curie, parse_code
from ontologies.concept import Concept
from ontologies.errors import InvalidCode, UnknownCode
from ontologies.hierarchy import Hierarchy
from ontologies.systems import Coding
from ontologies.terminology import Term
from thesaurus import answers
from thesaurus.runtime import Open

_NEAREST = 5


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


def coding_of(release: Open, written: str, system: str | None = None) -> Coding:
    """Read a code of any system, or the symbol of a gene.

    What may be an ORPHAcode is one, then codes with a prefix, then codes of ICD-10, ICD-11 and UMLS
    that are known, then gene symbols: F11 is opioid disorders where ICD-10 is loaded, TP53 is a
    gene. ``system`` (a name, a URI or an OID) says what is meant instead.

    Raises:
        InvalidCode: it is none of these.
        UnknownCode: a synonym that several genes share; they are named.
        UnknownSystem: ``system`` names no code system.
    """
    related = release.related
    try:
        coding = related.systems.read(written, system)
    except InvalidCode:
        gene_meant = system is None or related.systems.named(system).name == "hgnc"
        if gene_meant and (gene := _gene_named(release, written)):
            return gene
        raise
    if system is None and coding.system != "orpha" and coding not in related:
        return _gene_named(release, written) or coding
    return coding


def _gene_named(release: Open, written: str) -> Coding | None:
    """Return the code of a gene by its symbol or synonym. Raises UnknownCode where it is shared."""
    genes = release.related.genes.named(written)
    if len(genes) > 1:
        shared = [gene.symbol for gene in genes]
        raise UnknownCode(written, release.id, shared, curie=written)
    return next((gene.coding or Coding("hgnc", gene.symbol) for gene in genes), None)


def term_of(release: Open, coding: Coding) -> Term | None:
    """Return a concept of another system; None for one that only alignments know.

    Raises:
        UnknownCode: no active dataset knows the code.
    """
    related = release.related
    if term := related.term(coding):
        return term
    if coding in related or (coding.system == "hgnc" and related.genes.named(coding.code)):
        return None
    near = (Coding(coding.system, coding.code[:length]) for length in (5, 3))
    nearest = [each.code for each in near if coding.system == "icd-10" and each in related]
    curie = related.systems.curie(coding)
    raise UnknownCode(coding.code, release.id, nearest, curie=curie)


def nearest_codes(release: Open, code: str) -> list[str]:
    """Return the active codes at one typo: a digit wrong, missing, too many, or two swapped."""
    near = process.extract(
        code, release.snapshot.concepts.keys(), scorer=OSA.distance, score_cutoff=1, limit=50
    )
    active = (each for each, *_ in near if release.snapshot.concepts[each].status.is_active)
    return list(active)[:_NEAREST]


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


def term_item(release: Open, coding: Coding, lang: str = "fr") -> answers.ConceptItem:
    """A concept of another system in a list; its code stands for a name that is not known."""
    related = release.related
    term = related.term(coding)
    label = term.preferred(lang) if term else None
    return answers.ConceptItem(
        code=coding.code,
        curie=related.systems.curie(coding),
        label=label.text if label else coding.code,
        lang=label.lang if label else "",
        level=None,
        type=None,
        status=term.status if term else "active",
        children_count=related.hierarchy(coding.system).children_count(coding.code),
    )


def any_item(release: Open, coding: Coding, lang: str = "fr") -> answers.ConceptItem:
    """A concept of any system in a list."""
    if coding.system == "orpha" and coding.code in release.snapshot:
        return item(release, coding.code, lang)
    return term_item(release, coding, lang)


def redirection_item(release: Open, concept: Concept, lang: str) -> answers.RedirectionItem | None:
    if concept.redirection is None:
        return None
    target = release.snapshot.concept(concept.redirection.target)
    return answers.RedirectionItem(
        kind=concept.redirection.kind.key, target=target.code, label=target.preferred(lang).text
    )
