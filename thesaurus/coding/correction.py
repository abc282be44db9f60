"""Correction on request: deprecated codes replaced by what they were moved to, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from thesaurus.coding.answer import Change, Finding, Severity, Suggestion
from thesaurus.coding.rules.labels import other_label
from thesaurus.coding.submission import Submission


class Correction(NamedTuple):
    """A submission with what was replaced in it; the one that was sent stays as it is."""

    submission: dict[str, Any]
    changes: list[Change]


def corrected(submission: Submission, findings: Iterable[Finding]) -> Correction:
    """Replace each code for which a finding has an automatic suggestion, and its label with it.

    A code whose label names another entity (DX-050) stays: which of the two is wrong only a person
    can tell.
    """
    fields = submission.model_dump(mode="json", exclude_defaults=True)
    changes: list[Change] = []
    listed = list(findings)
    doubtful = {
        each.path.removesuffix("/label")
        for each in listed
        if each.rule == other_label.id and each.severity is not Severity.INFORMATION
    }
    for finding in listed:
        automatic = next((each for each in finding.suggestions if each.automatic), None)
        if automatic and finding.path.removesuffix("/code") not in doubtful:
            place = _at(fields, finding.path.removesuffix("/code"))
            changes += _replaced(place, automatic, finding)
    return Correction(fields, changes)


def _at(fields: Any, pointer: str) -> dict[str, Any]:
    """Follow a JSON pointer; ours have no escapes."""
    for step in pointer.strip("/").split("/"):
        fields = fields[int(step)] if isinstance(fields, list) else fields[step]
    found: dict[str, Any] = fields
    return found


def _replaced(place: dict[str, Any], by: Suggestion, finding: Finding) -> list[Change]:
    """Write the code, and the label where one was sent; say what stood there."""
    after: Mapping[str, str] = {"code": by.code, "label": by.label}
    base = finding.path.removesuffix("/code")
    changes = [
        Change(path=f"{base}/{key}", before=place[key], after=value, rule=finding.rule)
        for key, value in after.items()
        if key in place and place[key] != value
    ]
    place.update({key: value for key, value in after.items() if key in place})
    return changes
