"""Why something was not compared, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ontologies.differences.scope import Scope
from ontologies.differences.values import Facet, NotCompared
from ontologies.errors import Message

_NAMES = {
    Facet.LEVEL: Message("niveau", "level"),
    Facet.TYPE: Message("type", "type"),
    Facet.AGGREGATION: Message("niveau d'agrégation", "aggregation level"),
}
_SAYS = {
    "relation": Message("la relation", "the relation"),
    "icd_relation": Message("la relation CIM", "the ICD relation"),
    "validated": Message("le statut de validation", "the validation status"),
}


def codes(scope: Scope, unnamed: int) -> NotCompared:
    """Some codes are absent for another reason than that they do not exist."""
    if scope.kind == "classification":
        why = Message(
            f"{scope.id} est faite de classifications seules : un code qui n'y est pas peut "
            "exister et être inactif ; entrants et sortants sont ceux de ses classifications",
            f"{scope.id} is made of classifications alone: a code that is not in them may exist "
            "and be inactive; codes in and out are those of its classifications",
        )
    else:
        why = Message(
            f"{scope.id} est faite de la liste des maladies rares, qui ne nomme pas les entités "
            "non rares en Europe : un code qui n'y est pas peut l'être devenu",
            f"{scope.id} is made of the list of rare diseases, which does not name entities that "
            "are not rare in Europe: a code that is not in it may have become so",
        )
    return NotCompared(Facet.CODES, why, unnamed)


def historic(scope: Scope) -> NotCompared:
    return NotCompared(
        Facet.STATUS,
        Message(
            f"{scope.id} ne distingue pas « actif : historique » d'« actif »",
            f"{scope.id} does not tell 'active, historic' from 'active'",
        ),
    )


def inferred_status(scope: Scope) -> NotCompared:
    return NotCompared(
        Facet.STATUS,
        Message(
            f"{scope.id} n'a pas de nomenclature : ses entités classées sont tenues pour actives",
            f"{scope.id} has no nomenclature: its classified entities are held to be active",
        ),
    )


def untold(facet: Facet, release: str, entities: int) -> NotCompared:
    name = _NAMES[facet]
    return NotCompared(
        facet,
        Message(
            f"{release} ne donne pas le {name.fr} de {entities} entités des deux versions",
            f"{release} does not give the {name.en} of {entities} entities of both releases",
        ),
        entities,
    )


def language(lang: str, scope: Scope) -> NotCompared:
    return NotCompared(
        Facet.LABELS,
        Message(
            f"seule la version {scope.id} a des libellés en « {lang} »",
            f"only release {scope.id} has labels in '{lang}'",
        ),
    )


def no_language() -> NotCompared:
    return NotCompared(
        Facet.LABELS,
        Message(
            "les deux versions n'ont aucune langue en commun",
            "the two releases have no language in common",
        ),
    )


def synonyms(entities: int) -> NotCompared:
    return NotCompared(
        Facet.SYNONYMS,
        Message(
            f"une des deux versions ne donne pas les synonymes de {entities} entités",
            f"one of the releases does not give the synonyms of {entities} entities",
        ),
        entities,
    )


def definitions(lang: str, scope: Scope) -> NotCompared:
    return NotCompared(
        Facet.DEFINITION,
        Message(
            f"seule la version {scope.id} a des définitions en « {lang} »",
            f"only release {scope.id} has definitions in '{lang}'",
        ),
    )


def no_hierarchy(scope: Scope) -> Iterator[NotCompared]:
    why = Message(f"{scope.id} n'a pas de classification", f"{scope.id} has no classification")
    yield NotCompared(Facet.PARENTS, why)
    yield NotCompared(Facet.CLASSIFICATIONS, why)


def missing_classifications(scope: Scope, missing: Iterable[str]) -> NotCompared:
    listed = ", ".join(sorted(missing, key=int))
    return NotCompared(
        Facet.CLASSIFICATIONS,
        Message(
            f"{scope.id} n'a pas les classifications {listed} ; rien ne dit qu'elles n'existaient "
            "pas",
            f"{scope.id} has not the classifications {listed}; nothing says that there were none",
        ),
    )


def no_dataset(dataset: str, release: str) -> NotCompared:
    return NotCompared(
        Facet.ALIGNMENTS,
        Message(
            f"{dataset} : aucune version de l'année de {release} n'est chargée",
            f"{dataset}: no release of the year of {release} is loaded",
        ),
    )


def no_alignments() -> NotCompared:
    return NotCompared(
        Facet.ALIGNMENTS,
        Message(
            "aucune table d'alignements de l'année de l'une ou l'autre version n'est chargée",
            "no dataset of alignments of the year of either release is loaded",
        ),
    )


def unstated(dataset: str, what: str) -> NotCompared:
    said = _SAYS[what]
    return NotCompared(
        Facet.ALIGNMENTS,
        Message(
            f"{dataset} : une seule des deux versions dit {said.fr}",
            f"{dataset}: only one of the releases states {said.en}",
        ),
    )


def foreign(dataset: str, alignments: int) -> NotCompared:
    return NotCompared(
        Facet.ALIGNMENTS,
        Message(
            f"{dataset} : {alignments} alignements changés de codes absents des deux versions",
            f"{dataset}: {alignments} changed alignments of codes that are in neither release",
        ),
    )
