"""Count distinct patients along a hierarchy, as RDaggregator 1.0.3 (BNDMR) groups their rows.

Each row counts for its code and every code above; a patient with several rows counts once for each
of these codes, and once in all. A row without a patient stands for a patient of its own.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ontologies.distinct import Above, Closure, Number, Rows
from ontologies.recipe import Outcome, Reason, Rule

__all__ = ["Count", "Counting", "Counts", "Number", "Row"]

Row = tuple[str, str | None, Sequence[str]]
"""A code in any written form, the patient (any opaque token), the genes of the patient."""

_MOST_REMEMBERED = 50_000
_LONGEST_REMEMBERED = 200


class Count(NamedTuple):
    """What a code was counted.

    Attributes:
        rows: of the code itself and of all below it.
        patients: the distinct ones of these rows.
        direct: the patients of the code itself.
    """

    code: str
    rows: int
    patients: int
    direct: int


class Counting:
    """Takes rows one after the other.

    12 bytes are kept of a row with a patient, none of one without; ``counts`` needs some 120 bytes
    a row for a moment. Of a patient nothing is kept but a hash of 64 bits that nobody outside knows
    (Python draws it for each process): that two of a million meet happens once in 37 million files.

    Args:
        rule: says what each row counts as.
    """

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._known: dict[object, int] = {}
        self._numbers: dict[Outcome, int] = {}
        self._patients, self._outcomes = array("q"), array("i")
        self._alone: list[int] = []

    def add(self, rows: Iterable[Row]) -> None:
        known, alone = self._known, self._alone
        patients, outcomes = self._patients.append, self._outcomes.append
        for code, patient, genes in rows:
            number = known.get((code, *genes) if genes else code)
            if number is None:
                number = self._judged(code, genes)
            if patient is None:
                alone[number] += 1
            else:
                patients(hash(patient))
                outcomes(number)

    def drop(self, reason: Reason, patient: str | None = None) -> None:
        """Note a row that cannot be counted, whatever its code."""
        number = self._number(Outcome(None, reason))
        if patient is None:
            self._alone[number] += 1
        else:
            self._patients.append(hash(patient))
            self._outcomes.append(number)

    def _judged(self, code: str, genes: Sequence[str]) -> int:
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        number = self._number(self._rule.outcome(code, genes))
        if len(code) + sum(map(len, genes)) <= _LONGEST_REMEMBERED:
            self._known[(code, *genes) if genes else code] = number
        return number

    def _number(self, outcome: Outcome) -> int:
        if outcome not in self._numbers:
            self._alone.append(0)
        return self._numbers.setdefault(outcome, len(self._numbers))

    def counts(self) -> Counts:
        """Count what was added so far."""
        ids = np.array(self._patients, np.int64)
        distinct, patients = np.unique(ids, return_inverse=True)
        outcomes = np.array(self._outcomes, np.int64)
        alone = np.array(self._alone, np.int64)
        rows = Rows(patients, outcomes, alone, len(distinct))
        return Counts(rows, tuple(self._numbers), self._rule.above)


class Counts:
    """What was counted.

    Attributes:
        read: every row.
        counted: those that count, and their patients.
        dropped: by reason; a patient is dropped where none of his rows counts, for the first reason
            of his rows, so that ``read`` is the sum of ``counted`` and of all that was dropped.
        dropped_codes: the rows that were dropped although the release has their code, by code and
            reason; here a patient stands with each of his codes.
        codes: the codes that rows count as, without those above.
    """

    def __init__(self, rows: Rows, outcomes: Sequence[Outcome], above: Above) -> None:
        fine = [number for number, each in enumerate(outcomes) if each.reason is None]
        self.codes = tuple(str(outcomes[number].code) for number in fine)
        self._above = Closure(self.codes, above)
        self._rows = rows.of(fine)
        self.read = rows.number
        self.counted = self._rows.number
        self.dropped = _by_reason(rows, outcomes, self._rows)
        self.dropped_codes = _by_code(rows, outcomes)

    def __iter__(self) -> Iterator[Count]:
        """Yield each code that rows count for, the one with most patients first."""
        rows, above, pairs = self._rows, self._above, self._rows.pairs()
        direct = np.bincount(pairs.outcomes, minlength=len(self.codes)) + rows.alone
        columns = (
            above.summed(rows.sizes()),
            above.distinct(pairs, rows.alone),
            above.itself(direct),
        )
        listed = (each.tolist() for each in columns)
        found = map(Count, above.codes, *listed)
        return iter(sorted(found, key=lambda each: (-each.patients, -each.rows, int(each.code))))

    def together(self, wanted: Callable[[str], bool]) -> Number:
        """Return the rows that count for at least one of some codes, and their patients."""
        return self._rows.of(self._above.reaching(wanted)).number


def _by_reason(rows: Rows, outcomes: Sequence[Outcome], counted: Rows) -> Mapping[Reason, Number]:
    reasons = [reason for reason in Reason if any(each.reason is reason for each in outcomes)]
    dropped = rows.merged([reasons.index(o.reason) if o.reason else None for o in outcomes])
    patients = dropped.without(counted.present()).least()
    numbers = map(Number, dropped.sizes().tolist(), patients.tolist())
    return dict(zip(reasons, numbers, strict=True))


def _by_code(rows: Rows, outcomes: Sequence[Outcome]) -> Mapping[Outcome, Number]:
    numbers = [number for number, each in enumerate(outcomes) if each.reason and each.code]
    dropped = rows.of(numbers)
    patients = np.bincount(dropped.pairs().outcomes, minlength=len(numbers)) + dropped.alone
    found = map(Number, dropped.sizes().tolist(), patients.tolist())
    listed = zip((outcomes[number] for number in numbers), found, strict=True)
    return dict(sorted(listed, key=lambda each: (-each[1].rows, each[0])))
