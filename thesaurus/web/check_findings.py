"""What a page shows of a check: the summary, and the worst findings with what to do about them.

The facts are those of ``POST /v1/check/file``; a page has no room for all findings of a large file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import NamedTuple

from thesaurus.coding import Checker
from thesaurus.coding.answer import Finding, Severity, Summary
from thesaurus.coding.table import Step, Table, check_table
from thesaurus.coding.table.answer import FileFacts, Unread, facts, unread
from thesaurus.coding.table.checking import Checked
from thesaurus.tables import Problem

MOST = 500
"""Findings that a page shows."""
_MOST_PROBLEMS = 100


class Found(NamedTuple):
    """A finding with the row that it is about.

    Attributes:
        id: the patient, where the file says.
        code: as the file has it.
        label: as the file has it; where it has none, the name of the code in the release.
    """

    line: int
    id: str | None
    code: str | None
    label: str | None
    finding: Finding


@dataclass(frozen=True)
class Outcome:
    """A table checked.

    Attributes:
        findings: at most ``MOST``, the worst first.
        problems: rows that could not be checked, the first ones.
        rows: those that are not blank.
        problem_count: rows that could not be checked, in all.
    """

    checker: Checker
    file: FileFacts
    columns: dict[str, str]
    unread: Unread
    has_patients: bool
    notes: tuple[tuple[str, str], ...]
    findings: list[Found]
    problems: list[Problem]
    rows: int
    problem_count: int
    summary: Summary

    @property
    def finding_count(self) -> int:
        return sum(self.of_severity(each) for each in Severity)

    def of_severity(self, severity: Severity) -> int:
        """Return how many findings matter so much, shown or not."""
        counted = {
            Severity.ERROR: self.summary.errors,
            Severity.WARNING: self.summary.warnings,
            Severity.INFORMATION: self.summary.informations,
        }
        return counted[severity]


def outcome_of(table: Table, checker: Checker) -> Outcome:
    """Check a table to its end, and keep what a page shows."""
    session = checker.session()
    seen = _Seen()
    for step in check_table(table, session):
        seen.note(step)
    return Outcome(
        checker=checker,
        file=facts(table),
        columns=table.columns.named(),
        unread=unread(table),
        has_patients=table.has_patients,
        notes=tuple((fr, en) for fr, en in table.notes),
        findings=list(islice(seen.worst_first(), MOST)),
        problems=seen.problems,
        rows=seen.rows,
        problem_count=seen.problem_count,
        summary=session.summary(),
    )


@dataclass
class _Seen:
    """What went by, in a memory that does not grow with the file."""

    rows: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    found: dict[Severity, list[Found]] = field(default_factory=lambda: {s: [] for s in Severity})

    def note(self, step: Step) -> None:
        self.rows += not step.row.is_blank
        if step.row.problem:
            self.problem_count += 1
            if len(self.problems) < _MOST_PROBLEMS:
                self.problems.append(step.row.problem)
        if step.checked and step.checked.result.findings:
            for each in _found(step.checked):
                kept = self.found[each.finding.severity]
                if len(kept) < MOST:
                    kept.append(each)

    def worst_first(self) -> Iterable[Found]:
        return chain.from_iterable(
            sorted(self.found[severity], key=lambda each: each.line) for severity in Severity
        )


def _found(checked: Checked) -> Iterator[Found]:
    for place, finding in checked.findings():
        row, known = checked.rows[place], checked.result.normalized[place]
        written = row.diagnosis
        label = (written.label if written else None) or known.label
        yield Found(row.line, row.id, written.code if written else None, label, finding)
