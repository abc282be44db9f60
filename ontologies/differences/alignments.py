"""What changed between two releases of one dataset of alignments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from ontologies.alignment import Alignment, Relation
from ontologies.systems import Coding

What = Literal["added", "updated", "removed"]
WHAT: tuple[What, ...] = get_args(What)

_Said = tuple[object, ...]
_SAYS: Mapping[str, Callable[[Alignment, Coding], object]] = {
    "relation": lambda each, end: _stated(each.relation_from(end)),
    "icd_relation": lambda each, _: each.icd_relation,
    "validated": lambda each, _: each.validated,
}


@dataclass(frozen=True, slots=True)
class AlignmentChange:
    """An alignment of an ORPHAcode that came, went, or says something else of the same two codes.

    Attributes:
        dataset: its key in the register (``orphanet-icd10``).
        code: the ORPHAcode.
        other: the other end.
        before, after: the alignment in each release; None where it has none.
    """

    dataset: str
    code: str
    other: Coding
    before: Alignment | None
    after: Alignment | None

    @property
    def what(self) -> What:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "updated"


def alignment_changes(
    dataset: str, before: Iterable[Alignment], after: Iterable[Alignment]
) -> tuple[tuple[AlignmentChange, ...], tuple[str, ...]]:
    """Compare two releases of a dataset, by ORPHAcode and code of the other system.

    Returns:
        the changes by code, and which of relation, icd_relation and validated only one of the
        releases states of any alignment, so that they were not compared.
    """
    old, new = _by_ends(before), _by_ends(after)
    stated = _stated_by(old), _stated_by(new)
    compared = tuple(stated[0] & stated[1])
    changes = []
    for ends in old.keys() | new.keys():
        left, right = old.get(ends), new.get(ends)
        if (
            left is None
            or right is None
            or _said(left, ends, compared) != _said(right, ends, compared)
        ):
            changes.append(AlignmentChange(dataset, *ends, left, right))
    changes.sort(key=lambda each: (int(each.code), each.other))
    silent = stated[0] ^ stated[1] if old and new else set()
    return tuple(changes), tuple(key for key in _SAYS if key in silent)


def _by_ends(alignments: Iterable[Alignment]) -> Mapping[tuple[str, Coding], Alignment]:
    """The surest alignment of each ORPHAcode with each code of another system."""
    found: dict[tuple[str, Coding], Alignment] = {}
    for each in alignments:
        for end in _orpha_ends(each):
            ends = end.code, each.other(end)
            if ends not in found or each.strength < found[ends].strength:
                found[ends] = each
    return found


def _orpha_ends(alignment: Alignment) -> Iterator[Coding]:
    return (end for end in (alignment.subject, alignment.object) if end.system == "orpha")


def _stated(relation: Relation) -> Relation | None:
    return None if relation is Relation.UNSPECIFIED else relation


def _stated_by(alignments: Mapping[tuple[str, Coding], Alignment]) -> set[str]:
    """What any of the alignments says beside its two codes."""
    return {
        key
        for key, says in _SAYS.items()
        if any(
            says(each, Coding("orpha", code)) is not None for (code, _), each in alignments.items()
        )
    }


def _said(alignment: Alignment, ends: tuple[str, Coding], compared: Iterable[str]) -> _Said:
    end = Coding("orpha", ends[0])
    return tuple(_SAYS[key](alignment, end) for key in compared)
