"""The gist of a checked table, for a screen: counts, and the first findings with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from thesaurus.coding.answer import Finding
from thesaurus.coding.table.checking import Step
from thesaurus.coding.table.rows import Row
from thesaurus.tables.trouble import Problem


@dataclass(slots=True)
class Digest:
    """What went by.

    Attributes:
        most: findings and problems to keep of each.
        rows: those that are not blank.
    """

    most: int = 20
    rows: int = 0
    problem_count: int = 0
    finding_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    findings: list[tuple[Row, Finding]] = field(default_factory=list)

    def watch(self, steps: Iterable[Step]) -> Iterator[Step]:
        """Yield the steps as they are and note what they say."""
        for step in steps:
            self.rows += not step.row.is_blank
            if step.row.problem:
                self._note_problem(step.row.problem)
            if step.checked and step.checked.result.findings:
                for place, finding in step.checked.findings():
                    self._note_finding(step.checked.rows[place], finding)
            yield step

    def _note_problem(self, problem: Problem) -> None:
        self.problem_count += 1
        if len(self.problems) < self.most:
            self.problems.append(problem)

    def _note_finding(self, row: Row, finding: Finding) -> None:
        self.finding_count += 1
        if len(self.findings) < self.most:
            self.findings.append((row, finding))
