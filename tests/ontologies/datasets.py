"""Small datasets for tests, written down in a few words."""

from __future__ import annotations

import datetime as dt
import hashlib

from ontologies.alignment import Alignment, IcdRelation, Provenance, Relation
from ontologies.concept import Label, LabelKind
from ontologies.dataset import Dataset
from ontologies.related import Related
from ontologies.release import Release
from ontologies.systems import CodeSystems, Coding
from ontologies.terminology import Term

SYSTEMS = CodeSystems()


def dataset(key: str, version: str = "2025", **content: object) -> Dataset:
    """A dataset of that content; its digest stands for the content as the store's does."""
    digest = hashlib.sha256(repr((key, version, content)).encode()).hexdigest()
    release = Release(version, dt.date(2025, 1, 1), ("en",), digest=digest, system=key)
    return Dataset(release, **content)  # type: ignore[arg-type]


def align(
    subject: str,
    relation: str,
    object_: str,
    icd: str | None = None,
    *,
    validated: bool | None = None,
    source: str = "table",
) -> Alignment:
    """``align("ORPHA:558", "E", "MONDO:0007947")``."""
    return Alignment(
        SYSTEMS.coding(subject),
        SYSTEMS.coding(object_),
        Relation.of_key(relation),
        IcdRelation.of_key(icd) if icd else None,
        validated,
        source=Provenance(source, "2025"),
    )


def term(curie: str, name: str | None = None, *synonyms: str, **facts: object) -> Term:
    labels = [Label(name, "en", LabelKind.PREFERRED)] if name else []
    labels += [Label(each, "en", LabelKind.SYNONYM, scope="exact") for each in synonyms]
    return Term(SYSTEMS.coding(curie), tuple(labels), **facts)  # type: ignore[arg-type]


def related(*alignments: Alignment, terms: tuple[Term, ...] = ()) -> Related:
    return Related([dataset("table", alignments=alignments), dataset("names", terms=terms)])


def coding(curie: str) -> Coding:
    return SYSTEMS.coding(curie)
