"""Documents in a terminal: SDM-MR (CDA), alone or in a zip, FHIR, submissions as JSON or NDJSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import BaseModel, ValidationError

from thesaurus.cli import words
from thesaurus.cli.codes import Source, wrong
from thesaurus.cli.output import out, print_json
from thesaurus.cli.tables import counts, finding_lines
from thesaurus.coding import Checker, CheckRequest
from thesaurus.coding.answer import Finding, PlacedFinding, RefusedResult, Result, Severity, Summary
from thesaurus.coding.cda import DocumentsAnswer, check_documents
from thesaurus.coding.fhir import FhirAnswer, check_fhir
from thesaurus.coding.ndjson import LONGEST_LINE, Lines
from thesaurus.strict_json import strict_json

CheckerFor = Callable[[str | None], Checker]
"""From the name of a profile, the one asked for or the default without it, to its checker."""

_LARGEST = 200_000_000
_MOST_CONDITIONS = 100_000


def check_cda(
    source: Source, checker_for: CheckerFor, profile: str | None, output: Path | None, *,
    as_json: bool,
) -> bool:  # fmt: skip
    """Check a document or a zip of them; tell whether all is fine.

    Raises:
        InvalidDocument: it cannot be read; the line is named.
    """
    answer = check_documents("document", _whole(source), checker_for, profile)
    _write(answer, output, as_json=as_json, shown=_of_documents(answer))
    broken = any(each.problem for each in answer.documents)
    return not (answer.summary.errors or answer.summary.warnings or broken)


def check_json(
    source: Source, checker_for: CheckerFor, output: Path | None, *, as_json: bool
) -> bool:
    """Check submissions (an object, a list, or a line each) or FHIR; tell whether all is fine.

    Raises:
        typer.BadParameter: neither of them, with the line.
        InvalidResource: FHIR that is not of its form.
    """
    source.file.seek(0)
    if _is_ndjson(source.file):
        return _check_lines(source.file, checker_for(None), output)
    value = _json(source)
    if isinstance(value, dict) and "resourceType" in value:
        fhir = check_fhir(value, checker_for(None), _MOST_CONDITIONS)
        _write(fhir, output, as_json=as_json, shown=_of_fhir(fhir))
        return not (fhir.summary.errors or fhir.summary.warnings or fhir.problems)
    request = _request(source, value)
    answer = checker_for(_profile_of(value)).check(request.submissions)
    shown = _of_results(answer.results, answer.summary, answer.release, answer.profile)
    _write(answer, output, as_json=as_json, shown=shown)
    summary = answer.summary
    return not (summary.errors or summary.warnings or summary.problems)


# -- reading -------------------------------------------------------------------------------


def _whole(source: Source) -> bytes:
    source.file.seek(0)
    data = source.file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise wrong(f"{source.name} dépasse {_LARGEST} octets", f"{source.name} is too large")
    return data


def _json(source: Source) -> Any:
    try:
        return strict_json(_whole(source))
    except json.JSONDecodeError as error:
        raise wrong(
            f"{source.name}, ligne {error.lineno} : ce n'est pas du JSON",
            f"{source.name}, line {error.lineno}: not JSON ({error.msg})",
        ) from None
    except (UnicodeError, RecursionError):
        raise wrong(
            f"{source.name} n'est pas du JSON en UTF-8", f"{source.name} is not JSON in UTF-8"
        ) from None


def _is_ndjson(file: BinaryIO) -> bool:
    """Tell lines of JSON from one value over several lines: the first line is a whole object."""
    first = file.readline(LONGEST_LINE)
    second = file.readline(LONGEST_LINE)
    file.seek(0)
    try:
        return isinstance(strict_json(first), dict) and second.lstrip().startswith(b"{")
    except (ValueError, RecursionError):
        return False


def _request(source: Source, value: Any) -> CheckRequest:
    """Read a request, a list of submissions, or one submission."""
    if isinstance(value, list):
        value = {"submissions": value}
    elif isinstance(value, dict) and "diagnoses" in value:
        value = {"submissions": [value]}
    try:
        return CheckRequest.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = "/".join(map(str, first["loc"]))
        raise wrong(
            f"{source.name} : ni envois ni FHIR ({place} : {first['msg']})",
            f"{source.name}: neither submissions nor FHIR ({place}: {first['msg']})",
        ) from None


def _profile_of(value: Any) -> str | None:
    """The profile that a request names itself; an option on the command line overrules it."""
    return value.get("profile") if isinstance(value, dict) else None


def _check_lines(file: BinaryIO, checker: Checker, output: Path | None) -> bool:
    lines = Lines(checker)
    target = output.open("wb") if output else sys.stdout.buffer
    try:
        target.writelines(lines.answers(_lines_of(file)))
        target.write(lines.last())
    finally:
        if output:
            target.close()
    return lines.is_fine


def _lines_of(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a file; None for one too long to be held."""
    while line := file.readline(LONGEST_LINE + 2):
        if line.endswith(b"\n") or len(line) < LONGEST_LINE + 2:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)
        yield None


# -- answering -------------------------------------------------------------------------------


def _write(answer: BaseModel, output: Path | None, *, as_json: bool, shown: Iterator[str]) -> None:
    if output:
        output.write_text(answer.model_dump_json(indent=2), encoding="utf-8")
    if as_json:
        print_json(answer)
        return
    for line in shown:
        out.print(line)


def _of_documents(answer: DocumentsAnswer) -> Iterator[str]:
    for document in answer.documents:
        if document.problem:
            line = f", ligne {document.problem.line}" if document.problem.line else ""
            yield f"{document.name}{line} : {document.problem.message}"
        if document.result:
            worst = document.result.severity
            state = words.SEVERITIES[worst] if worst else "ok"
            version = f"SDM-MR {document.version}" if document.version else "SDM-MR"
            yield f"{document.name}  {state}  ({version}, profil {document.profile})"
            for finding in document.result.findings:
                yield from _placed(finding)
        for note in document.notes:
            line = f"ligne {note.line} : " if note.line else ""
            yield f"    {line}{note.message}"
    profile = answer.profile or "selon le document"
    yield counts("diagnostics", answer.summary, answer.release, profile)


def _placed(finding: PlacedFinding) -> Iterator[str]:
    yield f"  ligne {finding.line}  {finding.path}"
    yield from finding_lines(finding)


def _of_fhir(answer: FhirAnswer) -> Iterator[str]:
    for problem in answer.problems:
        yield f"{problem.resource} : {problem.message}"
    yield from _of_results(answer.results, answer.summary, answer.release, answer.profile)


def _of_results(results: list[Any], summary: Summary, release: str, profile: str) -> Iterator[str]:
    for number, result in enumerate(results, 1):
        if isinstance(result, RefusedResult):
            yield f"{result.id or number}  {words.SEVERITIES[Severity.ERROR]}  {result.message}"
        else:
            yield from _of_result(result)
    if summary.problems:
        yield f"envois illisibles : {summary.problems}"
    yield counts("diagnostics", summary, release, profile)


def _of_result(result: Result) -> Iterator[str]:
    state = words.SEVERITIES[result.severity] if result.severity else "ok"
    labels = ", ".join(each.label or "?" for each in result.normalized)
    yield f"{result.id}  {state}  {labels}"
    for finding in result.findings:
        yield from _with_path(finding)


def _with_path(finding: Finding) -> Iterator[str]:
    yield f"  {finding.path or '/'}"
    yield from finding_lines(finding)
