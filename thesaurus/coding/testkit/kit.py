"""The test kit: files with what to send, and what the service answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from thesaurus.coding.answer import Finding, Result
from thesaurus.coding.cda import check_documents
from thesaurus.coding.check import Checker
from thesaurus.coding.rules import RULES
from thesaurus.coding.submission import Submission
from thesaurus.coding.testkit.documents import as_document
from thesaurus.coding.testkit.samples import SAMPLES, Fields, Sample

CheckerFor = Callable[[str, bool], Checker | None]
"""From a profile, and whether the release before is asked, to a checker; None without one."""

MANIFEST = "manifest.json"


class File(NamedTuple):
    """A file of the kit: its path within it, with slashes, and its bytes."""

    path: str
    data: bytes


class _Pair(NamedTuple):
    """What to send and what is expected, with their entry in the manifest."""

    form: str
    files: list[File]
    entry: dict[str, Any]


def kit(checker_for: CheckerFor) -> Iterator[File]:
    """Yield the files of the kit, the manifest last."""
    entries: list[dict[str, Any]] = []
    for sample in SAMPLES:
        pairs = [
            pair
            for kind, fields in sample.submissions().items()
            if (checker := checker_for(sample.profile, sample.before and kind == "faulty"))
            for pair in _of_sample(sample, kind, fields, checker)
        ]
        for pair in _telling(pairs):
            yield from pair.files
            entries.append(pair.entry)
    yield File(MANIFEST, _json({"samples": entries, "without_sample": _missing(entries)}))


def _telling(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Leave out what is sound where nothing faulty stands beside it: it shows nothing of a rule."""
    listed = list(pairs)
    forms = {each.form for each in listed if each.entry["kind"] == "faulty"}
    return [each for each in listed if each.form in forms]


def _of_sample(sample: Sample, kind: str, fields: Fields, checker: Checker) -> Iterator[_Pair]:
    request = {"profile": sample.profile, "submissions": [fields]}
    answer = checker.check([Submission.model_validate(fields)])
    if not _missed(sample, kind, answer.results):
        yield _pair(sample, kind, "json", _json(request), "/v1/check", checker, answer.results)
    document = as_document(sample, fields)
    checked = check_documents("document", document, lambda _: checker.under("cda-2024"))
    if not _missed(sample, kind, checked.results):
        yield _pair(sample, kind, "xml", document, "/v1/check/cda", checker, checked.results)


def _missed(sample: Sample, kind: str, results: Iterable[Result]) -> bool:
    """Tell whether a sample does not show its rule: it has no place in a document, or the dataset
    that the rule needs is not loaded.
    """
    found = {finding.rule for result in results for finding in result.findings}
    return (sample.rule in found) is not (kind == "faulty")


def _pair(
    sample: Sample,
    kind: str,
    suffix: str,
    request: bytes,
    address: str,
    checker: Checker,
    results: Iterable[Result],
) -> _Pair:
    folder = "cda" if suffix == "xml" else "json"
    name = f"{folder}/{sample.rule}-{kind}"
    expected = {"findings": [_expected(each) for result in results for each in result.findings]}
    files = [
        File(f"{name}.{suffix}", request),
        File(f"{name}.expected.json", _json(expected)),
    ]
    title = RULES[sample.rule].title
    entry = {
        "rule": sample.rule,
        "kind": kind,
        "title": title.fr,
        "title_en": title.en,
        "send": files[0].path,
        "to": f"{address}?release={checker.release.id}",
        "expected": files[1].path,
    }
    return _Pair(folder, files, entry)


def _expected(finding: Finding) -> dict[str, Any]:
    """What stays the same from version to version: not the words of messages."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "path": finding.path,
        "suggestions": [each.code for each in finding.suggestions],
    }


def _missing(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rules that this deployment shows nothing of, with what they need."""
    shown = {each["rule"] for each in entries if each["kind"] == "faulty"}
    return [
        {"rule": name, "needs": rule.needs or "an older release"}
        for name, rule in RULES.items()
        if name not in shown
    ]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
