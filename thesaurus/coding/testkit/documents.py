"""The samples as clinical documents of 2024.01, whose lists of values are those of the ANS."""

from __future__ import annotations

from typing import Any

from thesaurus.coding.cda import write
from thesaurus.coding.cda.vocabulary import HPO_TERMS, ORPHA_DISEASES
from thesaurus.coding.submission import Submission
from thesaurus.coding.testkit.samples import COMPLETE, Fields, Sample
from thesaurus.coding.values import LISTS, value_set

VERSION = "2024.01"
_INCOMPLETE = "DX-102"  # whose fault is in what the others have filled in
_LISTS = {"status": "status", "familial": "familial", "assessment": "assessment"}
_AGES = (
    *("age_at_onset", "age_at_diagnosis"),
    *("age_at_clinical_diagnosis", "age_at_genetic_diagnosis"),
)


def as_document(sample: Sample, fields: Fields) -> bytes:
    """Return a submission as a document, its other items filled in so that one fault stands out."""
    complete = sample.rule != _INCOMPLETE
    diagnoses = [_diagnosis(each, complete=complete) for each in fields["diagnoses"]]
    values = {"id": sample.rule, **fields, "diagnoses": diagnoses}
    return write(Submission.model_validate(values), VERSION)


def _diagnosis(fields: Fields, *, complete: bool) -> Fields:
    given = {"system": ORPHA_DISEASES, **fields}
    if complete:
        given = {**{key: value for key, value in COMPLETE.items() if key != "code"}, **given}
    given |= {name: _in_list(item, given[name]) for name, item in _LISTS.items() if name in given}
    given |= {name: _age(given[name]) for name in _AGES if name in given}
    if "techniques" in given:
        given["techniques"] = [_in_list("technique", each) for each in given["techniques"]]
    signs = [{"code": code, "system": HPO_TERMS} for code in given.pop("phenotypes", ())]
    if signs:
        given["description"] = [*given.get("description", ()), *signs]
    return given


def _age(written: Any) -> Any:
    """Return an age with its period as the ANS writes it; one without a period stays."""
    if isinstance(written, dict) and "period" in written:
        return {**written, "period": _in_list("age", written["period"])}
    return _in_list("age", written)


def _in_list(item: str, written: Any) -> Any:
    """Return the code of the ANS; a word of no list, which DX-100 finds, stays as it is."""
    if not isinstance(written, str) or not value_set(item, LISTS).accepts(written):
        return written
    mapped = value_set(item, ["ans"]).mapped(written)
    return mapped[0][0] if mapped else written
