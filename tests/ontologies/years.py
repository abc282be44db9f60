"""Releases of a few entities, for comparisons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ontologies.concept import Aggregation, Concept, EntityType, Label, LabelKind, Level
from ontologies.release import Classification, Release, Snapshot, SourceFile


def entity(code: str, fr: str = "", *synonyms: str, flag: int = 1, **facts: Any) -> Concept:
    labels = [Label(fr or f"Maladie {code}", "fr", LabelKind.PREFERRED)]
    labels += [Label(each, "fr", LabelKind.SYNONYM) for each in synonyms]
    found = Concept(
        code, flag, Level.DISORDER, EntityType.DISEASE, tuple(labels), aggregation=Aggregation(code)
    )
    return replace(found, **facts)


def tree(
    key: str, *edges: str, roots: tuple[str, ...] = ("1",), fr: str = "Arbre"
) -> Classification:
    pairs = tuple((edge.split(">")[0], edge.split(">")[1]) for edge in edges)
    return Classification(key, None, (("fr", fr),), roots, pairs)


def release(
    *concepts: Concept,
    trees: Iterable[Classification] | None = None,
    version: str = "2023",
    kinds: str = "",
    languages: tuple[str, ...] = ("fr",),
) -> Snapshot:
    """A release; ``kinds`` are those of its files with their language: "list:en"."""
    active = [each.code for each in concepts if each.status.is_active and each.code != "1"]
    usual = (
        [tree("146", *(f"1>{code}" for code in active))]
        if "1" in {e.code for e in concepts}
        else []
    )
    sources = tuple(
        SourceFile(kind, "0", 1, kind.split(":")[0], kind.split(":")[1]) for kind in kinds.split()
    )
    identity = Release(version, dt.date(int(version), 6, 21), languages, sources=sources)
    return Snapshot(identity, concepts, usual if trees is None else trees)


ONE, TWO, THREE = entity("1", level=Level.GROUP), entity("2"), entity("3")
PLAIN = (ONE, TWO, THREE)
