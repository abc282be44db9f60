"""All query sets of a run, made from a release and what is loaded beside it."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass

from ontologies.errors import InvalidRequest, Message
from ontologies.release import Snapshot
from search.laboratory.distortions import DISTORTIONS
from search.laboratory.material import Material
from search.laboratory.plain import plain
from search.laboratory.query import Query, QuerySet
from search.laboratory.wording import PARAPHRASE, REWORDED, paraphrases, reworded
from search.names import LinkedNames

KINDS: tuple[str, ...] = (*DISTORTIONS, REWORDED, PARAPHRASE)

Older = Snapshot | None
Linked = LinkedNames | None

_NO_OLDER = Message(
    "aucune version plus ancienne n'est chargée (--older, --older-pack)",
    "no older release is loaded (--older, --older-pack)",
)
_NO_LINKED = Message(
    "aucun nom lié : charger les tables d'une autre terminologie, Mondo par exemple",
    "no linked names: load the datasets of another terminology, Mondo for one",
)
_NOT_ONE = Message("aucun libellé ne s'y prête", "no label lends itself to it")


@dataclass(frozen=True, slots=True)
class Missing:
    """A kind that could not be made, and why."""

    kind: str
    why: Message


@dataclass(frozen=True, slots=True)
class Sets:
    """The query sets of a run: one for each kind, and the kinds that could not be made."""

    sets: tuple[QuerySet, ...]
    missing: tuple[Missing, ...] = ()

    @property
    def drawn(self) -> frozenset[str]:
        """Folded linked names that are queries, to be left out of every index; of sets that were
        read from files too.
        """
        queries = (query for each in self.sets for query in each.queries)
        return frozenset(plain(query.query) for query in queries if query.kind == PARAPHRASE)


def make(
    snapshot: Snapshot,
    *,
    older: Older = None,
    linked: Linked = None,
    kinds: Collection[str] = KINDS,
    count: int = 500,
    seed: int = 2023,
) -> Sets:
    """Make the query sets. The same arguments give the same sets.

    Args:
        snapshot: the release that is measured.
        older: a release before it, for ``reworded``.
        linked: names in other terminologies, for ``paraphrase``.
        kinds: which of ``KINDS``; each is drawn by itself, whatever the others.
        count: queries of each kind, or as many as the labels allow.

    Raises:
        InvalidRequest: there is no such kind.
    """
    if unknown := sorted(set(kinds) - set(KINDS)):
        listed = ", ".join(KINDS)
        raise InvalidRequest(
            f"Genre de requêtes « {unknown[0]} » inconnu ; connus : {listed}.",
            f"Unknown kind of queries '{unknown[0]}'; known ones: {listed}.",
        )
    material = Material(snapshot)
    sets: list[QuerySet] = []
    missing: list[Missing] = []
    for kind in (each for each in KINDS if each in kinds):
        rnd = random.Random(f"{seed} {kind}")  # noqa: S311  (to be drawn again, not secret)
        made = _made(kind, material, older, linked, rnd, count)
        if isinstance(made, Message):
            missing.append(Missing(kind, made))
        else:
            sets.append(QuerySet(kind, made, _note(made, material, linked, count)))
    return Sets(tuple(sets), tuple(missing))


def _made(
    kind: str, material: Material, older: Older, linked: Linked, rnd: random.Random, count: int
) -> tuple[Query, ...] | Message:
    """Return the queries of one kind, or why there are none."""
    if kind == REWORDED:
        if older is None:
            return _NO_OLDER
        return reworded(material, older, rnd, count) or _NOT_ONE
    if kind == PARAPHRASE:
        return (linked and paraphrases(material, linked, rnd, count)) or _NO_LINKED
    return material.draw(kind, DISTORTIONS[kind], rnd, count) or _NOT_ONE


def _note(
    queries: tuple[Query, ...], material: Material, linked: Linked, count: int
) -> Message | None:
    """Say of a set what its figures do not show."""
    said = []
    if len(queries) < count:
        few = len(queries)
        said.append(
            Message(
                f"{few} requêtes, les libellés n'en donnent pas plus",
                f"{few} queries, the labels give no more",
            )
        )
    if linked and queries[0].kind == REWORDED:
        said.append(_of_reworded(queries, linked))
    if linked and queries[0].kind == PARAPHRASE:
        said.append(_of_paraphrases(queries, material, linked))
    if not said:
        return None
    return Message(" ; ".join(each.fr for each in said), "; ".join(each.en for each in said))


def _of_reworded(queries: tuple[Query, ...], linked: LinkedNames) -> Message:
    same = sum(query.query in _texts(query, linked) for query in queries)
    return Message(
        f"{same} sont mot pour mot un nom lié de leur entité",
        f"{same} are, word for word, a linked name of their entity",
    )


def _of_paraphrases(queries: tuple[Query, ...], material: Material, linked: LinkedNames) -> Message:
    """Tell how many can hardly be found: acronyms, and names without another name beside them."""
    drawn = {query.query for query in queries}
    single = sum(" " not in query.query for query in queries)
    alone = sum(not _texts(query, linked) - drawn - material.every_name for query in queries)
    return Message(
        f"{single} sont d'un seul mot, sigles surtout ; {alone} sont d'entités qui n'ont pas "
        "d'autre nom lié que ceux qui sont tirés",
        f"{single} are of one word, mostly acronyms; {alone} are of entities without a linked "
        "name beside those that were drawn",
    )


def _texts(query: Query, linked: LinkedNames) -> set[str]:
    return {plain(label.text) for code in query.codes for label in linked(code)}
