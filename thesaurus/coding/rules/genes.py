"""Rules of genes: are they known, and do they fit the code?"""

from __future__ import annotations

import re

from ontologies.concept import Concept
from ontologies.errors import Message
from ontologies.genes import Gene
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import SHOWN, Case
from thesaurus.coding.reference import Need
from thesaurus.coding.rules.rule import Found, rule

_MOST = 5
_FORM = re.compile(r"HGNC[:_ ]?[0-9]{1,6}|[A-Z][A-Z0-9@.\-]{0,24}(?:orf[0-9]{1,4})?", re.IGNORECASE)


@rule(
    Severity.WARNING,
    title=("Gène inconnu, ou ancien symbole", "Gene unknown, or former symbol"),
    action=(
        "Prendre le symbole ou le code HGNC proposé.",
        "Take the symbol or code proposed.",
    ),
    needs=Need.GENES,
)
def unknown_gene(case: Case) -> Found | None:
    """DX-070: gene unknown, or symbol withdrawn.

    The table that is loaded is Orphanet's, of genes with a rare disease. What has not even the form
    of a symbol is an error; a gene that the table lacks is a warning, for HGNC has ten times more;
    a synonym or former symbol is one too, with the symbol of the table.

    Source: Orphanet, product 6 and its synonyms; ANS SDM-MR 2024.01, MED-552 takes HGNC.
    """
    genes = case.reference.genes_named(case.written)
    if not genes:
        return _not_in_the_table(case)
    written = case.written.upper().replace(" ", "")
    if any(written in _codes_of(each) for each in genes):
        return None
    message = Message(
        f"« {case.shown} » est un synonyme ou un ancien symbole de gène.",
        f"'{case.shown}' is a synonym or a former symbol of a gene.",
    )
    return Found(message, tuple(_suggested(each) for each in genes[:_MOST]), field="")


def _codes_of(gene: Gene) -> set[str]:
    codes = {gene.symbol.upper()}
    if gene.coding:
        number = gene.coding.code.removeprefix("HGNC:")
        codes |= {number, f"HGNC:{number}", f"HGNC{number}", f"HGNC_{number}"}
    return codes


def _suggested(gene: Gene, reason: str = "symbole de la table") -> Suggestion:
    code = gene.coding.code if gene.coding else gene.symbol
    label = f"{gene.symbol}, {gene.name}" if gene.name else gene.symbol
    return Suggestion(code=code, label=label, reason=reason, system="hgnc")


def _not_in_the_table(case: Case) -> Found:
    shown = case.written[:SHOWN]
    if not _FORM.fullmatch(case.written):
        message = Message(
            f"« {shown} » n'est ni un symbole de gène ni un code HGNC.",
            f"'{shown}' is neither the symbol of a gene nor an HGNC code.",
        )
        return Found(message, field="", severity=Severity.ERROR)
    message = Message(
        f"« {shown} » n'est pas dans la table des gènes d'Orphanet.",
        f"'{shown}' is not in Orphanet's table of genes.",
    )
    near = case.reference.genes_like(case.written) if len(case.written) > 2 else []
    return Found(message, tuple(_suggested(each, "symbole proche") for each in near), field="")


@rule(
    Severity.WARNING,
    title=("Gène sans lien causal connu avec le code", "Gene without a known causal link"),
    action=("Vérifier le gène et le code.", "Be sure of the gene and of the code."),
    needs=Need.GENES,
)
def unrelated_gene(case: Case, gene: Case, concept: Concept) -> Found | None:
    """DX-071: gene has no assessed disease-causing link with the code or what is below it.

    Either is a slip, or the link is new. The diseases that the gene is known to cause are proposed.

    Source: Orphanet, product 6, associations that are assessed and disease-causing.
    """
    genes = case.reference.genes_named(gene.written)
    if not genes or not concept.status.is_active:
        return None
    if case.reference.specification(concept.code, (gene.written,)).candidates:
        return None
    diseases = [code for each in genes for code in case.reference.diseases_of(each)]
    # Counted under one disorder, the many subtypes of a gene leave room for its other diseases.
    codes = dict.fromkeys(case.reference.aggregation(code) or code for code in diseases)
    message = Message(
        f"Aucun lien causal évalué entre {genes[0].symbol} et {case.shown} ou ce qu'il contient.",
        f"No assessed causal link between {genes[0].symbol} and {case.shown} or what is below it.",
    )
    reason = f"maladie du gène {genes[0].symbol}"
    found = tuple(case.suggestions.of(code, reason) for code in list(codes)[:_MOST])
    return Found(message, found, field="")


@rule(
    Severity.INFORMATION,
    title=("Un seul code plus précis convient au gène", "One more precise code fits the gene"),
    action=("Le prendre si le diagnostic est établi.", "Take it where the diagnosis is made."),
    needs=Need.GENES,
    concerns=lambda concept: concept.status.is_active,
)
def one_fits(case: Case, concept: Concept) -> Found | None:
    """DX-072: exactly one descendant fits the genes.

    Among the code and all that stands below it one entity alone has an assessed, disease-causing
    link with one of the genes.

    Source: RDaggregator 1.0.3 (BNDMR), specify_code; domain rules, section 5.
    """
    if not case.genes:
        return None
    code = case.reference.specification(concept.code, case.genes).code
    if code == concept.code:
        return None
    message = Message(
        f"Un seul code sous {case.shown} convient aux gènes envoyés.",
        f"One code alone below {case.shown} fits the genes that were sent.",
    )
    return Found(message, (case.suggestions.of(code, "gène"),))
