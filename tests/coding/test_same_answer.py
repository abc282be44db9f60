"""One submission gets the same findings as JSON, as rows of a table and as a clinical document."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.asking import Demonstration
from tests.coding.table.tables import answer as of_table
from thesaurus.coding import Submission
from thesaurus.coding.answer import Finding
from thesaurus.coding.cda import check_documents, write

ORPHA, GROUPS = "1.2.250.1.213.2.49.1", "1.2.250.1.213.2.49.2"
HPO, CIM10 = "1.2.250.1.213.2.51", "2.16.840.1.113883.6.3"

Fields = dict[str, Any]

_CODES = ["558", "284963", "166068", "65753", "98053", "802", "398980", "999999999", "Orphanet_58"]
_LABELS = ["Syndrome de Marfan", "marfan syndrome", "Syndrome de Noonan", "NF2", "mal inconnu"]
_STATUSES = ["385651009", "255545003", "confirmé", "peut-être", "723511001"]
_AGES = [None, {"period": "767023003", "value": 5.0, "unit": "mo"}, {"period": "303112003"}]
_DESCRIBED = [(GROUPS, "65753"), (GROUPS, "558"), (HPO, "HP:0001250"), (HPO, "HP:9999999"),
              (CIM10, "R26.0")]  # fmt: skip

DIAGNOSES = st.fixed_dictionaries(
    {
        "code": st.sampled_from([*_CODES, None]),
        "system": st.just(ORPHA),
        "label": st.sampled_from([*_LABELS, None]),
        "status": st.sampled_from([*_STATUSES, None]),
        "genes": st.lists(st.sampled_from(["FBN1", "MPZ", "HGNC:7225", "XYZ9"]), max_size=2),
        "description": st.lists(st.sampled_from(_DESCRIBED), max_size=2),
        "age_at_onset": st.sampled_from(_AGES),
        "age_at_clinical_diagnosis": st.sampled_from(_AGES),
        "techniques": st.lists(st.sampled_from(["MED-083", "exome"]), max_size=1),
    }
)


def _submission(diagnoses: list[Fields]) -> Submission:
    sent = [
        {**each, "description": [{"system": s, "code": code} for s, code in each["description"]]}
        for each in diagnoses
    ]
    return Submission.model_validate({"id": "p", "diagnoses": sent})


def _said(findings: list[Any]) -> list[tuple[Any, ...]]:
    return [
        (each.rule, each.severity, each.path, [s.code for s in each.suggestions])
        for each in findings
    ]


def _of_json(known: Demonstration, sent: Submission, profile: str) -> list[Finding]:
    return known.checker(profile).check([sent]).results[0].findings


_COLUMNS = ("id", "code", "system", "label", "status", "genes", "description", "techniques")
_AGE_COLUMNS = ("age_at_onset", "age_at_clinical_diagnosis")


def _row(diagnosis: Fields) -> list[str]:
    return [
        "p",
        *(diagnosis[name] or "" for name in ("code", "system", "label", "status")),
        " | ".join(diagnosis["genes"]),
        "",
        " | ".join(diagnosis["techniques"]),
    ]


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(diagnoses=st.lists(DIAGNOSES, min_size=1, max_size=4))
def test_a_document_and_a_form(complete: Demonstration, diagnoses: list[Fields]) -> None:
    sent = _submission(diagnoses)
    documents = check_documents("p", write(sent, "2024.01"), complete.checker)
    assert _said(documents.results[0].findings) == _said(_of_json(complete, sent, "cda-2024"))


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(diagnoses=st.lists(DIAGNOSES, min_size=1, max_size=4), scattered=st.booleans())
def test_a_table_and_a_form(
    demonstration: Demonstration, diagnoses: list[Fields], scattered: bool
) -> None:
    plain = [{**each, "description": [], **dict.fromkeys(_AGE_COLUMNS)} for each in diagnoses]
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";")
    rows.writerow(_COLUMNS)
    for each in plain:
        rows.writerow(_row(each))
        if scattered:
            rows.writerow(["other", "58", "", "", "", "", "", ""])
    found = next(
        each for each in of_table(demonstration, written.getvalue()).results if each.id == "p"
    )
    assert _said(found.findings) == _said(_of_json(demonstration, _submission(plain), "bamara"))
