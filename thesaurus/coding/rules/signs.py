"""The rule of signs: is the HPO term there, and in use?"""

from __future__ import annotations

from ontologies.errors import Message
from ontologies.terminology import Term
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import Case
from thesaurus.coding.reference import Need
from thesaurus.coding.rules.rule import Found, rule


@rule(
    Severity.ERROR,
    title=("Terme HPO inconnu ou obsolète", "HPO term unknown or obsolete"),
    action=("Prendre le terme proposé.", "Take the term proposed."),
    needs=Need.SIGNS,
)
def unknown_sign(case: Case) -> Found | None:
    """DX-080: HPO term unknown or obsolete.

    HPO is loaded as a whole, so a term that it lacks is an error. One that is obsolete, or merged
    into another one, is still understood: a warning, with what replaces it.

    Source: HPO, fields is_obsolete, replaced_by, consider and alt_id.
    """
    if case.coding is None or case.coding.system != "hpo":
        return None
    term = case.against.release.related.term(case.coding)
    shown = case.coding.code
    if term is None:
        return Found(
            Message(f"{shown} est inconnu de HPO.", f"{shown} is unknown in HPO."), field=""
        )
    if term.code != shown:
        message = Message(f"{shown} a été fusionné.", f"{shown} was merged.")
        return Found(message, (_suggested(term, "fusionné dans"),), "", Severity.WARNING)
    if not term.obsolete:
        return None
    message = Message(f"{shown} est obsolète dans HPO.", f"{shown} is obsolete in HPO.")
    return Found(message, _instead(case, term), "", Severity.WARNING)


def _instead(case: Case, term: Term) -> tuple[Suggestion, ...]:
    terms = case.against.release.related.terms("hpo")
    ways = (("remplacé par", term.replaced_by), ("à examiner", term.consider))
    return tuple(
        _suggested(terms[code], reason) for reason, codes in ways for code in codes if code in terms
    )


def _suggested(term: Term, reason: str) -> Suggestion:
    label = term.preferred("fr")
    text = label.text if label else term.code
    return Suggestion(code=term.code, label=text, reason=reason, system="hpo")
