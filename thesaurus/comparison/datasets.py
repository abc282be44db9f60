"""The datasets of alignments that belong to a release of the nomenclature: those of its year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ontologies.alignment import Alignment
from thesaurus.comparison.sources import Releases
from thesaurus.store import Record, State


@dataclass(frozen=True, slots=True)
class Pair:
    """The releases of one dataset that belong to the two releases; None where there is none."""

    dataset: str
    before: Record | None
    after: Record | None

    @property
    def digest(self) -> str:
        both = (self.before, self.after)
        return " ".join((self.dataset, *(each.release.digest if each else "-" for each in both)))


def pairs_of(datasets: Iterable[Record], before: Record, after: Record) -> tuple[Pair, ...]:
    """Return the datasets of alignments that either of two releases has.

    Of several releases of a dataset in one year, the one with the latest data; none that is
    archived.
    """
    first, second = (_of_year(datasets, each.release.date.year) for each in (before, after))
    return tuple(
        Pair(key, first.get(key), second.get(key)) for key in sorted(first.keys() | second.keys())
    )


def _of_year(datasets: Iterable[Record], year: int) -> Mapping[str, Record]:
    """The latest data of each dataset in a year; records come with the oldest data first."""
    return {
        each.release.system: each
        for each in datasets
        if each.release.date.year == year
        and each.state is not State.ARCHIVED
        and _has_alignments(each.release.counts)
    }


def _has_alignments(counts: Mapping[str, int]) -> bool:
    """Tell by its counts; the references in a list of genes are not those of entities."""
    if "associations" in counts:
        return False
    return any(key == "alignments" or key.startswith("references_") for key in counts)


def alignments(
    releases: Releases, pairs: Iterable[Pair]
) -> Mapping[str, tuple[tuple[Alignment, ...] | None, tuple[Alignment, ...] | None]]:
    """Read the alignments of each pair; of one that lacks a side, nothing.

    Raises:
        UnknownRelease, DamagedRelease: one is gone, or not what was sealed.
    """
    found: dict[str, tuple[tuple[Alignment, ...] | None, tuple[Alignment, ...] | None]] = {}
    for pair in pairs:
        if pair.before and pair.after:
            before, after = (
                releases.dataset(pair.dataset, each.id).alignments
                for each in (pair.before, pair.after)
            )
            found[pair.dataset] = before, after
        else:
            found[pair.dataset] = (() if pair.before else None), (() if pair.after else None)
    return found
