"""Small graphs and releases, drawn in the test that asks about them."""

import datetime as dt
from collections.abc import Iterator, Sequence

from ontologies.concept import (
    Aggregation,
    Concept,
    EntityType,
    Label,
    LabelKind,
    Level,
    Redirection,
)
from ontologies.hierarchy import Hierarchy
from ontologies.release import Classification, Release, Snapshot

RELEASE = Release(id="2023", date=dt.date(2023, 6, 21), languages=("fr",))

_TYPES = {
    Level.GROUP: EntityType.CATEGORY,
    Level.DISORDER: EntityType.DISEASE,
    Level.SUBTYPE: EntityType.ETIOLOGICAL_SUBTYPE,
}


def edges(drawing: str) -> Iterator[tuple[str, str]]:
    """Read lines such as ``a > b c``: a parent and its children."""
    for line in drawing.splitlines():
        if line.strip():
            parent, children = line.split(">")
            for child in children.split():
                yield parent.strip(), child


def hierarchy(drawing: str, *nodes: str) -> Hierarchy:
    return Hierarchy(edges(drawing), nodes)


def concept(
    code: str,
    level: Level | None = Level.DISORDER,
    *,
    flag: int = 1,
    redirection: Redirection | None = None,
    aggregation: Aggregation = Aggregation(known=False),
) -> Concept:
    labels = (Label(f"Maladie {code}", "fr", LabelKind.PREFERRED),)
    kind = _TYPES[level] if level else None
    return Concept(code, flag, level, kind, labels, (), redirection, aggregation)


def classification(identity: str, drawing: str, roots: Sequence[str] = ()) -> Classification:
    names = (("fr", f"Classification {identity}"), ("en", f"Classification {identity} (en)"))
    return Classification(identity, None, names, tuple(roots), tuple(edges(drawing)))


def snapshot(concepts: Sequence[Concept], *drawings: str) -> Snapshot:
    """A release; its classifications are numbered from 146."""
    trees = [classification(str(146 + n), drawing) for n, drawing in enumerate(drawings)]
    return Snapshot(RELEASE, concepts, trees)
