"""The answer of a table as JSON, piece by piece. Field names are a contract (docs/api.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pydantic import BaseModel, ConfigDict, Field

from thesaurus.coding.answer import Normalized, PlacedFinding, Severity, Summary
from thesaurus.coding.check import Session
from thesaurus.coding.table.checking import Checked, Step, field_of
from thesaurus.tables.opening import Table
from thesaurus.tables.scratch import scratch_file
from thesaurus.tables.trouble import Problem

_CHUNK = 1 << 16


class FileFacts(BaseModel):
    """How the file was read."""

    model_config = ConfigDict(frozen=True)

    encoding: str = Field(description="utf-8, utf-8-sig, utf-16-le, utf-16-be or cp1252.")
    delimiter: str | None = Field(description="Null for a workbook.")
    sheet: str | None = Field(description="Of a workbook.")
    headings: bool = Field(description="Whether a row names the columns.")
    headings_line: int | None = Field(description="Its line; titles may stand above it.")


class FileResult(BaseModel):
    """What the check says of one patient; of one row where the file has no patients."""

    model_config = ConfigDict(frozen=True)

    id: str | None = Field(description="As the file has it; null where it has none.")
    lines: list[int] = Field(description="The rows of the patient, one for each diagnosis.")
    valid: bool
    severity: Severity | None
    findings: list[PlacedFinding]
    normalized: list[Normalized]


class RowProblem(BaseModel):
    """A row that could not be checked, and what to do."""

    model_config = ConfigDict(frozen=True)

    line: int
    message: str
    message_en: str


class Unread(BaseModel):
    """What nobody looked at."""

    model_config = ConfigDict(frozen=True)

    columns: list[str] = Field(description="By heading; without headings by letter.")
    sheets: list[str] = Field(description="Other sheets of the workbook.")


class Note(BaseModel):
    """What should be known of how the file was read: no column of codes, two columns alike."""

    model_config = ConfigDict(frozen=True)

    message: str
    message_en: str


class FileSummary(Summary):
    rows: int = Field(description="Rows that are not blank.")
    problems: int = Field(description="Rows that could not be checked.")


class FileAnswer(BaseModel):
    """The check of a file. ``columns`` names the column of each field that was recognised."""

    model_config = ConfigDict(frozen=True)

    release: str
    profile: str
    file: FileFacts
    columns: dict[str, str]
    unread: Unread
    notes: list[Note]
    results: list[FileResult]
    problems: list[RowProblem]
    summary: FileSummary


def facts(table: Table) -> FileFacts:
    sheet = table.sheet
    return FileFacts(
        encoding=table.text.written,
        delimiter=None if sheet is not None else table.text.delimiter,
        sheet=sheet,
        headings=table.heading is not None,
        headings_line=table.heading.line if table.heading else None,
    )


def unread(table: Table) -> Unread:
    return Unread(columns=table.columns.unread(), sheets=list(table.unread_sheets))


def json_pieces(
    table: Table, steps: Iterable[Step], session: Session, *, release: str, profile: str
) -> Iterator[bytes]:
    """Write a ``FileAnswer``, results as they come."""
    start = {
        "release": release,
        "profile": profile,
        "file": facts(table).model_dump(),
        "columns": table.columns.named(),
        "unread": unread(table).model_dump(),
        "notes": [{"message": fr, "message_en": en} for fr, en in table.notes],
    }
    yield _json(start)[:-1] + b', "results": ['
    rows = problems = 0
    comma = b""
    held = bytearray()
    with scratch_file() as troubled:
        for step in steps:
            rows += not step.row.is_blank
            if step.row.problem:
                troubled.write((b", " if problems else b"") + _json(_problem(step.row.problem)))
                problems += 1
            if step.checked:
                held += comma + _json(result(table, step.checked))
                comma = b",\n"
            if len(held) >= _CHUNK:
                yield bytes(held)
                held.clear()
        yield bytes(held) + b'], "problems": ['
        troubled.seek(0)
        yield from _whole(troubled)
    summed = session.summary().model_dump()
    summary = FileSummary(**summed | {"rows": rows, "problems": problems})
    yield b'], "summary": ' + _json(summary.model_dump(mode="json")) + b"}\n"


def result(table: Table, checked: Checked) -> dict[str, Any]:
    """Return a ``FileResult`` as it is written."""
    found = checked.result
    return {
        "id": checked.id,
        "lines": [row.line for row in checked.rows],
        "valid": found.valid,
        "severity": found.severity,
        "findings": list(_placed(table, checked)),
        "normalized": [each.model_dump() for each in found.normalized],
    }


def _placed(table: Table, checked: Checked) -> Iterator[dict[str, Any]]:
    places = table.columns.places
    for place, finding in checked.findings():
        at = places.get(field_of(finding.path) or "")
        yield {
            **finding.model_dump(mode="json"),
            "line": checked.rows[place].line,
            "xpath": None,
            "column": None if at is None else table.columns.heading(at),
        }


def _problem(problem: Problem) -> dict[str, Any]:
    fr, en = problem.message
    return {"line": problem.line, "message": fr, "message_en": en}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _whole(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
