"""What the check adds to each row, in French: the columns that a coder works through."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import BinaryIO, NamedTuple

from ontologies.codes import parse_code
from ontologies.errors import InvalidCode
from thesaurus.coding.answer import Finding, Severity, Suggestion
from thesaurus.coding.table.checking import Checked, Step, field_of
from thesaurus.tables.annotated import Addition
from thesaurus.tables.scratch import scratch_file

SEVERITIES: Mapping[Severity | None, str] = {
    Severity.ERROR: "erreur",
    Severity.WARNING: "avertissement",
    Severity.INFORMATION: "information",
    None: "ok",
}
NOT_CHECKED = "non contrôlé"
HEADINGS = (
    *("contrôle", "règles", "messages", "code proposé", "libellé proposé", "automatique"),
    "autres propositions",
)
_OF_THE_CODE = frozenset({"code", "label", "status"})
_WORST_FIRST = tuple(Severity)
_HELD = 5000


class Added(NamedTuple):
    """The cells that are added to a row, in the order of ``HEADINGS``."""

    check: str = ""
    rules: str = ""
    messages: str = ""
    code: str = ""
    label: str = ""
    automatic: str = ""
    others: str = ""


BLANK = Added()
FINE = Added(check=SEVERITIES[None])


def of_findings(findings: Sequence[Finding], code: str | None = None) -> Added:
    """Say what was found of a row; its own ``code`` is not proposed again."""
    if not findings:
        return FINE
    proposals = {each.shown: each for f in findings for each in f.suggestions}
    chosen = _chosen(findings)
    others = [
        f"{shown} {each.label}"
        for shown, each in proposals.items()
        if chosen is None or shown != chosen.shown
    ]
    return Added(
        check=SEVERITIES[min([each.severity for each in findings], key=_WORST_FIRST.index)],
        rules=" ".join(dict.fromkeys([each.rule for each in findings])),
        messages=" ".join([each.message for each in findings]),
        code=chosen.code if chosen and not _is_same(chosen.code, code) else "",
        label=chosen.label if chosen else "",
        automatic=_automatic(chosen),
        others=" | ".join(others),
    )


def _is_same(proposed: str, code: str | None) -> bool:
    try:
        return code is not None and parse_code(code) == proposed
    except InvalidCode:
        return False


def _chosen(findings: Sequence[Finding]) -> Suggestion | None:
    """Return the code to propose for the diagnosis: the automatic one, else the first.

    What is proposed for its other items, such as the diseases of a gene, is no code for the row.
    """
    codes = [
        each
        for finding in findings
        if field_of(finding.path) in _OF_THE_CODE
        for each in finding.suggestions
        if each.system == "orpha"
    ]
    automatic = (each for each in codes if each.automatic)
    return next(automatic, codes[0] if codes else None)


def _automatic(chosen: Suggestion | None) -> str:
    if chosen is None:
        return ""
    return "oui" if chosen.automatic else "non"


def additions(steps: Iterable[Step]) -> Iterator[Addition]:
    """Yield each record with what is added to it, for ``tables.annotated``."""
    for step, added in with_added(steps):
        yield step.record, None if step.row.is_blank else added


def with_added(steps: Iterable[Step]) -> Iterator[tuple[Step, Added]]:
    """Yield each step with what is added to its row."""
    with closing(_Waiting()) as waiting:
        for step in steps:
            if step.row.problem:
                yield step, Added(NOT_CHECKED, messages=step.row.problem.message.fr)
            elif step.checked is None:
                yield step, BLANK if step.row.is_blank else waiting.take(step.number)
            else:
                each_row = _of_each_row(step.checked)
                for number, added in zip(step.checked.numbers[1:], each_row[1:], strict=True):
                    waiting.put(number, added)
                yield step, each_row[0]


def _of_each_row(checked: Checked) -> list[Added]:
    if not checked.result.findings:
        return [FINE] * len(checked.rows)
    by_row: list[list[Finding]] = [[] for _ in checked.rows]
    for place, finding in checked.findings():
        by_row[place].append(finding)
    codes = [row.diagnosis.code if row.diagnosis else None for row in checked.rows]
    return [of_findings(*each) for each in zip(by_row, codes, strict=True)]


class _Waiting:
    """What is added to rows that come later; beyond a few it waits in a nameless file."""

    def __init__(self) -> None:
        self._held: dict[int, Added] = {}
        self._file: BinaryIO | None = None
        self._places = array("q")

    def put(self, number: int, added: Added) -> None:
        if len(self._held) < _HELD:
            self._held[number] = added
            return
        if self._file is None:
            self._file = scratch_file()
        if number >= len(self._places):
            self._places.frombytes(bytes(8 * (number + 1 + _HELD - len(self._places))))
        self._places[number] = self._file.seek(0, 2)
        self._file.write(json.dumps(added).encode() + b"\n")

    def close(self) -> None:
        if self._file:
            self._file.close()

    def take(self, number: int) -> Added:
        if number in self._held:
            return self._held.pop(number)
        assert self._file  # noqa: S101
        self._file.seek(self._places[number])
        return Added(*json.loads(self._file.readline()))
