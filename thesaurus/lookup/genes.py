"""Genes of entities, entities of genes, and specification by genes, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ontologies.concept import Level
from ontologies.errors import Message, NoDataset
from ontologies.genes import Gene, GeneLink, specify
from thesaurus import related_answers as answers
from thesaurus.lookup.alignments import coding_item, versions
from thesaurus.lookup.finding import find, item, items, redirection_item
from thesaurus.runtime import Open


def genes_of(release: Open, code: str, lang: str = "fr") -> list[answers.GeneItem] | None:
    """The genes of an entity, the causal ones first; None while no genes are loaded.

    Orphanet ties a gene to the most precise entity: FBN1 is a gene of Marfan syndrome type 1. The
    page of a disorder or subtype therefore shows also what is tied to the entities below it.
    """
    table = release.related.genes
    if not table:
        return None
    entities = [code]
    if release.snapshot.concepts[code].level is not Level.GROUP:
        entities += release.snapshot.merged.descendants(code)
    links = [link for each in entities for link in table.links_of(each)]
    return _gene_items(release, links, lang)


def diseases_of(release: Open, gene: Gene, lang: str = "fr") -> list[answers.GeneItem]:
    """The entities that are associated with a gene, the causal associations first."""
    links = release.related.genes.links_with(gene)
    return _gene_items(release, [each for each in links if each.orpha in release.snapshot], lang)


def _gene_items(release: Open, links: Sequence[GeneLink], lang: str) -> list[answers.GeneItem]:
    ordered = sorted(links, key=lambda link: (not link.is_causal, not link.assessed))
    return [_gene_item(release, link, lang) for link in ordered]


def _gene_item(release: Open, link: GeneLink, lang: str) -> answers.GeneItem:
    gene = release.related.genes.genes[link.gene]
    return answers.GeneItem(
        symbol=gene.symbol,
        hgnc=gene.coding.code if gene.coding else None,
        name=gene.name,
        association=link.association.key,
        association_label=link.association.fr if lang == "fr" else link.association.en,
        assessed=link.assessed,
        entity=item(release, link.orpha, lang),
        sources=list(link.sources),
    )


def gene_detail(release: Open, gene: Gene, lang: str = "fr") -> answers.GeneDetail:
    return answers.GeneDetail(
        symbol=gene.symbol,
        name=gene.name,
        synonyms=list(gene.synonyms),
        loci=list(gene.loci),
        type=gene.type,
        references=[coding_item(release, each, lang) for each in gene.references],
    )


def specification(
    release: Open, written: str, genes: Iterable[str], lang: str = "fr"
) -> answers.SpecifyAnswer:
    """Make a code more precise by the genes of a patient, where they leave one possibility.

    Raises:
        InvalidCode, UnknownCode
        NoDataset: no genes are loaded.
    """
    table = release.related.genes
    if not table:
        raise NoDataset(Message("les gènes", "genes"))
    concept = find(release, written)
    code = concept.code
    found = specify(release.snapshot, table, code, genes)
    causal = {
        link.gene for each in found.candidates for link in table.links_of(each) if link.is_causal
    }
    result = release.snapshot.concepts[found.code].preferred(lang)
    return answers.SpecifyAnswer(
        release=release.id,
        code=code,
        status=concept.status,
        redirection=redirection_item(release, concept, lang),
        result=answers.SpecifiedCode(code=found.code, label=result.text),
        changed=found.code != code,
        consistent=found.is_consistent,
        candidates=items(release, found.candidates, lang),
        genes=[
            answers.GivenGene(
                given=given,
                symbols=[gene.symbol for gene in meant],
                linked=any(gene.id in causal for gene in meant),
            )
            for given, meant in found.genes
        ],
        datasets=versions(release),
    )
