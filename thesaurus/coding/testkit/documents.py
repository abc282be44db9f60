"""The samples as clinical documents of 2024.01, whose lists of values are those of the ANS."""

from __future__ import annotations

from typing import Any

from ontologies.standard import HPO, ORPHA
from thesaurus.coding.cda import write
from thesaurus.coding.submission import Submission
from thesaurus.coding.testkit.samples import COMPLETE, Fields, Sample
from thesaurus.coding.values import LISTS, value_set

VERSION = "2024.01"
_INCOMPLETE = "DX-102"  # whose fault is in what the others have filled in


def as_document(sample: Sample, fields: Fields) -> bytes:
    """Return a submission as a document, its other items filled in so that one fault stands out."""
    complete = sample.rule != _INCOMPLETE
    diagnoses = [_diagnosis(each, complete=complete) for each in fields["diagnoses"]]
    values = {"id": sample.rule, **fields, "diagnoses": diagnoses}
    return write(Submission.model_validate(values), VERSION)


def _diagnosis(fields: Fields, *, complete: bool) -> Fields:
    given = {"system": ORPHA.aliases[3], **fields}
    if complete:
        given = {**{key: value for key, value in COMPLETE.items() if key != "code"}, **given}
        given["status"] = _status(given["status"])
    signs = [{"code": code, "system": HPO.aliases[1]} for code in given.pop("phenotypes", ())]
    if signs:
        given["description"] = [*given.get("description", ()), *signs]
    return given


def _status(written: Any) -> Any:
    """Return the code of the ANS; a word of no list, which DX-100 finds, stays as it is."""
    if not value_set("status", LISTS).accepts(written):
        return written
    return value_set("status", ["ans"]).mapped(written)[0][0]
