"""Rules of a code that the release does not have: wrong, too new, or gone."""

from __future__ import annotations

from ontologies.codes import could_be_omim, curie
from ontologies.errors import Message
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import Case
from thesaurus.coding.rules.rule import Found, rule
from thesaurus.coding.suggestions import distinct


@rule(
    Severity.ERROR,
    title=("Code inconnu de toutes les versions", "Code unknown in every release"),
    action=(
        "Chercher par le libellé ; est-ce un numéro OMIM ?",
        "Search by the label; is it an OMIM number?",
    ),
)
def unknown(case: Case, code: str) -> Found | None:
    """DX-004: unknown in every loaded release.

    A slip in a number gives another disease or none. A number of six digits may be an OMIM number
    that was sent in the wrong field: what it is aligned with is then proposed.

    Source: Orphanet pack description V5 (2025): codes are never reused; OMIM numbers have six
    digits.
    """
    if any(case.holding):
        return None
    omim_fr, omim_en, found = "", "", case.suggestions.by_name(case.label)
    if could_be_omim(code):
        omim_fr, omim_en = " Est-ce un numéro OMIM ?", " Is it an OMIM number?"
        found = distinct(case.suggestions.aligned_with(code, "omim"), found)
    message = Message(
        f"{curie(code)} est inconnu de toutes les versions chargées.{omim_fr}",
        f"{curie(code)} is unknown in every loaded release.{omim_en}",
    )
    return Found(message, found)


@rule(
    Severity.ERROR,
    title=("Code d'une version plus récente", "Code of a later release"),
    action=(
        "Attendre la bascule, ou contrôler avec la version indiquée.",
        "Wait for the change of release, or check with the release named.",
    ),
)
def not_yet(case: Case, code: str) -> Found | None:
    """DX-005: only in a later release than the one asked for.

    The new codes of July are known to some systems before France moves to them in autumn.

    Source: BNDMR, yearly change of release (domain rules, section 6).
    """
    earlier, later = case.holding
    if earlier or not later:
        return None
    message = Message(
        f"{curie(code)} n'existe qu'à partir de la version {later[0]}.",
        f"{curie(code)} exists only from release {later[0]} on.",
    )
    return Found(message, case.suggestions.by_name(case.label))


@rule(
    Severity.ERROR,
    title=("Code qui n'existe plus", "Code that is gone"),
    action=("Chercher par le nom que le code avait.", "Search by the name that the code had."),
)
def gone(case: Case, code: str) -> Found | None:
    """DX-006: was there before, gone now.

    Orphanet hardly ever takes a code out (ORPHA:398980 in 2023); old data keep it. What a
    transcoding table says of it is proposed first, then what the name finds that it had last; a
    person chooses.

    Source: Orphanet packs of 2022 and 2023 (domain rules, section 6).
    """
    if not case.holding[0]:
        return None
    last, release = case.holding[0][-1], case.against.release.id
    name = case.reference.last_name(code)
    known_as, known_as_en = (f" (« {name} »)", f" ('{name}')") if name else ("", "")
    message = Message(
        f"{curie(code)}{known_as} était dans la version {last} et n'est plus dans la version "
        f"{release}.",
        f"{curie(code)}{known_as_en} was in release {last} and is no longer in release {release}.",
    )
    return Found(message, distinct(case.transcoded(code), _found_by(case, name)))


def _found_by(case: Case, name: str | None) -> tuple[Suggestion, ...]:
    by_label = case.suggestions.by_name(case.label)
    by_name = case.suggestions.nearest(name, "nom de l'époque") if name else ()
    return distinct(by_name, by_label)
