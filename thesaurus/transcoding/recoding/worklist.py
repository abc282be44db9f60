"""The work list: a workbook with a sheet for each site, of the records that a person must look at.

It goes to the sites. A record is named by its line in the file; identifiers of patients stand in it
only where somebody asks for them. The label of the file stands beside the code: where the code says
nothing, it is what a person goes by, and proposals are made by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, BinaryIO

from thesaurus.tables import ICD10, LABEL
from thesaurus.transcoding.proposing.proposals import MOST
from thesaurus.transcoding.recoding import words
from thesaurus.transcoding.recoding.answer import RecodeSummary
from thesaurus.transcoding.recoding.codes import Outcome
from thesaurus.transcoding.recoding.recoder import Recoder
from thesaurus.transcoding.recoding.sheet import Cell, Sheet, sheet_name, workbook
from thesaurus.transcoding.recoding.sums import OTHER_SITES
from thesaurus.transcoding.recoding.table import FileRun, Step
from thesaurus.transcoding.recoding.workbook import SUM_HEADINGS, SUM_WIDTHS, sum_lines

MOST_SHEETS = 100
"""Sites with a sheet of their own; the others share one."""

SUMS, NO_SITE = "Résumé", "(sans site)"
_PATIENT, _LABEL = "patient", "libellé du fichier"
_LONGEST_LABEL = 200
_OF_ROW = ("ligne", "site", "code", "libellé", "transcodage", "motif")
_PROPOSED = tuple(f"proposition {number}" for number in range(1, MOST + 1))
_FILLED = ("décision", "commentaire")
_WIDTHS = {"site": 24, "libellé": 40, _LABEL: 40, "transcodage": 16, "motif": 44, "commentaire": 40}
_SAYS_NOTHING = frozenset({Outcome.UNKNOWN, Outcome.UNREADABLE})
_ASKED = ("Code retenu", "Code ORPHA retenu pour ce dossier, ou « aucun ».")


class WorkList(AbstractContextManager["WorkList"]):
    """Takes every row, and writes those that wait.

    Args:
        out: binary and seekable.
        patients: whether the identifiers of patients stand in the list.
        labels: whether the file has a column of labels.
    """

    def __init__(
        self, out: BinaryIO, recoder: Recoder, *, patients: bool = False, labels: bool = False
    ) -> None:
        self._recoder, self._patients, self._labels = recoder, patients, labels
        self._making = workbook(out, recoder.rows.last.release.date)
        columns = (
            _OF_ROW[0],
            *([_PATIENT] if patients else []),
            *_OF_ROW[1:4],
            *([_LABEL] if labels else []),
            *_OF_ROW[4:],
        )
        self._headings = (*columns, *_PROPOSED, *_FILLED)
        self._widths = [
            _WIDTHS.get(each, 34 if each in _PROPOSED else 14) for each in self._headings
        ]
        self._numbers = frozenset({0, self._headings.index("code")})
        self._sheets: dict[str, Sheet] = {}
        self._names = [SUMS, OTHER_SITES]
        self.rows = 0

    def __enter__(self) -> WorkList:
        self._book: Any = self._making.__enter__()
        self._sums = Sheet(self._book, SUMS, SUM_HEADINGS, SUM_WIDTHS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._making.__exit__(kind, error, trace)

    def take(self, step: Step) -> None:
        """Write a row that waits, in the sheet of its site."""
        if step.done.sort.waits:
            self._sheet(step.site).append(self._cells(step))
            self.rows += 1

    def finish(self, summary: RecodeSummary) -> None:
        """Write the sums, once every row is taken."""
        place = self._headings.index(_FILLED[0])
        for sheet in self._sheets.values():
            sheet.finish((place, *_ASKED))
        for line in sum_lines(summary):
            self._sums.append(line)

    def _sheet(self, site: str) -> Sheet:
        if site not in self._sheets:
            if len(self._sheets) >= MOST_SHEETS:
                site = OTHER_SITES
            if site not in self._sheets:
                self._sheets[site] = self._new(site)
        return self._sheets[site]

    def _new(self, site: str) -> Sheet:
        name = OTHER_SITES if site == OTHER_SITES else sheet_name(site or NO_SITE, self._names)
        self._names.append(name)
        return Sheet(self._book, name, self._headings, self._widths, numbers=self._numbers)

    def _cells(self, step: Step) -> Sequence[Cell]:
        recoded, values = step.done.recoded, step.line.values
        label = " ".join(values.get(LABEL, "").split())[:_LONGEST_LABEL]
        found = self._recoder.proposals(recoded)
        if recoded.outcome in _SAYS_NOTHING:
            found = self._recoder.proposals_by_label(label, values.get(ICD10, ""))
        proposals = [words.with_reason(each) for each in found[:MOST]]
        return (
            step.line.record.line,
            *([step.patient] if self._patients else []),
            step.site,
            step.written,
            self._recoder.label(recoded),
            *([label] if self._labels else []),
            words.OUTCOMES[recoded.outcome].fr,
            step.done.why.fr,
            *proposals,
        )


def write_work_list(out: BinaryIO, run: FileRun) -> None:
    """Write the rows of a file that wait, without patients.

    Args:
        out: binary and seekable.
    """
    with WorkList(out, run.recoder, labels=LABEL in run.table.columns.places) as listed:
        for step in run.steps():
            listed.take(step)
        listed.finish(run.summary)
