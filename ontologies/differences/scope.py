"""What a release says at all, told by the files that it was made of.

A pack names every entity and says everything of it. The list of rare diseases (2025) names the
active, deprecated and obsolete entities, in English, without hierarchy or definitions. Files of
classifications alone (2019) name the entities that stand in them, which are active.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from ontologies.concept import Concept, Status
from ontologies.release import Release, Snapshot

_RICHNESS = ("nomenclature", "list", "masterfile", "classification")
_STATUSES: Mapping[str, frozenset[Status]] = {
    "nomenclature": frozenset(Status),
    "list": frozenset(Status) - {Status.NON_RARE},
}
_CLASSIFIED = frozenset({Status.ACTIVE, Status.HISTORIC})


@dataclass(frozen=True, slots=True)
class Scope:
    """What a release says.

    Attributes:
        id: of the release.
        kind: its richest file: nomenclature, list or classification.
        statuses: those of which it names every entity.
        names: language -> kind of the richest file in it.
        definitions: the languages in which it has definitions.
        classifications: their ids.
        whole: whether these are all that Orphanet has: no active entity is without a place.
    """

    id: str
    kind: str
    statuses: frozenset[Status]
    names: Mapping[str, str]
    definitions: frozenset[str]
    classifications: frozenset[str]
    whole: bool

    @classmethod
    def of(cls, snapshot: Snapshot) -> Scope:
        kind = _richest(source.kind for source in snapshot.release.sources)
        classifications = snapshot.classifications.values()
        edges = set[tuple[str, str]]().union(*(each.edges for each in classifications))
        placed = set(chain(*(each.roots for each in classifications), *edges))
        return cls(
            id=snapshot.release.id,
            kind=kind,
            statuses=_STATUSES.get(kind, _CLASSIFIED),
            names=_names(snapshot.release, kind),
            definitions=frozenset(
                [lang for each in snapshot if each.definitions for lang, _ in each.definitions]
            ),
            classifications=frozenset(snapshot.classifications),
            whole=kind == "nomenclature"
            and bool(placed)
            and all(each.code in placed or not each.status.is_active for each in snapshot),
        )

    @property
    def tells_historic(self) -> bool:
        """Whether it tells historic entities from other active ones."""
        return self.kind == "nomenclature"

    def would_name(self, concept: Concept, places: tuple[str, ...]) -> bool:
        """Tell whether this release would name an entity if it were as another release has it.

        Args:
            places: the classifications in which the entity stands there.
        """
        if concept.status not in self.statuses:
            return False
        return self.kind != "classification" or not self.classifications.isdisjoint(places)

    def gives_synonyms(self, concept: Concept, lang: str) -> bool:
        """Tell whether this release, which has the entity, would name its synonyms."""
        kind = self.names.get(lang)
        return kind == "nomenclature" or (kind == "list" and concept.status.is_active)


def _richest(kinds: Iterable[str]) -> str:
    """The richest kind of file; releases that were not read from files say everything."""
    found = set(kinds)
    return next((kind for kind in _RICHNESS if kind in found), "nomenclature")


def _names(release: Release, kind: str) -> Mapping[str, str]:
    by_language: dict[str, set[str]] = {}
    for source in release.sources:
        by_language.setdefault(source.lang or "", set()).add(source.kind)
    return {
        lang: _richest(by_language[lang]) if lang in by_language else kind
        for lang in release.languages
    }
