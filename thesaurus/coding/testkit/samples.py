"""For every rule a submission that it finds fault with, and the same one put right.

The codes are real ones of the demonstration pack, which stand in the packs of 2022 and 2023 too.
The patients are invented: they have no name, only what the check reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thesaurus.coding.cda.vocabulary import ORPHA_DISEASES, ORPHA_GROUPS

Fields = dict[str, Any]

MARFAN, MARFAN_1, MARFAN_2 = "558", "284963", "284973"
CMT1, CMT1B = "65753", "101082"
UNDIAGNOSED = "616874"
_DISEASES, _GROUPS = f"urn:oid:{ORPHA_DISEASES}", f"urn:oid:{ORPHA_GROUPS}"


@dataclass(frozen=True)
class Sample:
    """Two submissions around one rule.

    Attributes:
        rule: the rule that ``faulty`` is an example of; ``sound`` is none.
        faulty, sound: the fields of a submission, without its id.
        profile: the profile to check with.
        before: whether ``faulty`` is to be checked against the release before the active one.
    """

    rule: str
    faulty: Fields
    sound: Fields
    profile: str = "bamara"
    before: bool = False

    def submissions(self) -> Mapping[str, Fields]:
        """Both by name, each with its id."""
        return {
            kind: {"id": f"{self.rule}-{kind}", **fields}
            for kind, fields in (("faulty", self.faulty), ("sound", self.sound))
        }


def _of(*diagnoses: Fields) -> Fields:
    return {"diagnoses": list(diagnoses)}


def _one(rule: str, faulty: Fields, sound: Fields, **options: Any) -> Sample:
    """A sample of one diagnosis."""
    return Sample(rule, _of(faulty), _of(sound), **options)


_INVESTIGATED: Fields = {
    "code": UNDIAGNOSED,
    "status": "indéterminé",
    "phenotypes": ["HP:0001250"],
    "techniques": ["MED-084"],
}
COMPLETE: Fields = {
    "code": MARFAN,
    "system": _DISEASES,
    "status": "385651009",
    "age_at_onset": {"period": "767023003", "value": 5, "unit": "a"},
    "assessment": "2667000",
    "age_at_clinical_diagnosis": {"period": "767023003", "value": 6, "unit": "a"},
    "age_at_genetic_diagnosis": {"period": "767023003", "value": 7, "unit": "a"},
}
_SEVEN = [{"code": code} for code in ("399", "58", "60", "70", "130", "324", MARFAN)]

SAMPLES: tuple[Sample, ...] = (
    _one(
        "DX-001",
        {"label": "Syndrome de Marfan", "status": "confirmé"},
        {"code": MARFAN, "label": "Syndrome de Marfan", "status": "confirmé"},
    ),
    _one("DX-002", {"code": "Marfan"}, {"code": MARFAN}),
    _one("DX-003", {"code": "Orphanet_558"}, {"code": "ORPHA:558"}),
    _one("DX-004", {"code": "999999999"}, {"code": MARFAN}),
    _one("DX-005", {"code": "634461"}, {"code": "634461"}, before=True),
    _one("DX-006", {"code": "398980"}, {"code": "168829"}),
    _one("DX-010", {"code": "166068"}, {"code": "166063"}),
    _one("DX-011", {"code": "255199"}, {"code": "506"}),
    _one("DX-012", {"code": "217601"}, {"code": "58"}),
    _one("DX-013", {"code": "802"}, {"code": "477738"}),
    _one("DX-014", {"code": "529"}, {"code": MARFAN}),
    _one("DX-020", {"code": CMT1}, {"code": CMT1B}),
    _one("DX-021", {"code": "98006"}, {"code": CMT1B}),
    _one("DX-022", {"code": CMT1, "status": "confirmé"}, {"code": CMT1B, "status": "confirmé"}),
    _one("DX-023", {"code": MARFAN, "type": "type 2"}, {"code": MARFAN_2, "type": "type 2"}),
    _one("DX-030", {**_INVESTIGATED, "status": "confirmé"}, _INVESTIGATED),
    Sample(
        "DX-031",
        _of(_INVESTIGATED, {"code": MARFAN, "status": "confirmé"}),
        _of({"code": MARFAN, "status": "confirmé"}),
    ),
    _one("DX-032", {**_INVESTIGATED, "phenotypes": []}, _INVESTIGATED),
    _one("DX-033", {"status": "indéterminé"}, _INVESTIGATED),
    _one("DX-034", {"code": "306731"}, {"code": "399"}),
    Sample("DX-040", _of({"code": MARFAN}, {"code": "ORPHA:558"}), _of({"code": MARFAN})),
    Sample("DX-041", _of({"code": MARFAN}, {"code": MARFAN_1}), _of({"code": MARFAN_1})),
    Sample("DX-042", _of({"code": MARFAN_1}, {"code": MARFAN_2}), _of({"code": MARFAN_1})),
    Sample("DX-043", _of(*_SEVEN), _of(*_SEVEN[:6])),
    _one(
        "DX-050",
        {"code": MARFAN, "label": "Syndrome de Noonan"},
        {"code": MARFAN, "label": "Syndrome de Marfan"},
    ),
    _one(
        "DX-051",
        {"code": "637", "label": "Neurofibromatose type 2"},
        {"code": "637", "label": "Schwannomatose liée à NF2 germinale"},
    ),
    _one(
        "DX-060",
        {"code": MARFAN, "system": "http://snomed.info/sct"},
        {"code": MARFAN, "system": "http://www.orpha.net"},
    ),
    _one(
        "DX-061",
        {"code": MARFAN, "description": [{"code": CMT1, "system": _DISEASES}]},
        {"code": MARFAN, "description": [{"code": CMT1, "system": _GROUPS}]},
    ),
    _one("DX-062", {"code": MARFAN}, {"code": MARFAN}, before=True),
    _one("DX-070", {"code": CMT1B, "genes": ["MPZ99"]}, {"code": CMT1B, "genes": ["MPZ"]}),
    _one("DX-071", {"code": CMT1B, "genes": ["FBN1"]}, {"code": CMT1B, "genes": ["MPZ"]}),
    _one("DX-072", {"code": CMT1, "genes": ["MPZ"]}, {"code": CMT1B, "genes": ["MPZ"]}),
    _one(
        "DX-080",
        {"code": MARFAN, "phenotypes": ["HP:9999999"]},
        {"code": MARFAN, "phenotypes": ["HP:0001250"]},
    ),
    _one("DX-081", {"code": "HP:0001250"}, {"code": MARFAN, "phenotypes": ["HP:0001250"]}),
    _one("DX-090", {"code": MARFAN, "icd10": "G60.0"}, {"code": MARFAN, "icd10": "Q87.4"}),
    _one("DX-091", {"code": MARFAN, "icd10": "Q87.40"}, {"code": MARFAN, "icd10": "Q87.4"}),
    _one("DX-100", {"code": MARFAN, "status": "suspecté"}, {"code": MARFAN, "status": "probable"}),
    _one(
        "DX-101",
        {"code": MARFAN, "age_at_onset": "5 a", "age_at_clinical_diagnosis": "6 mo"},
        {"code": MARFAN, "age_at_onset": "6 mo", "age_at_clinical_diagnosis": "5 a"},
    ),
    _one(
        "DX-102",
        {key: value for key, value in COMPLETE.items() if key != "age_at_genetic_diagnosis"},
        COMPLETE,
        profile="cda-2024",
    ),
    _one(
        "DX-103",
        {"code": MARFAN, "inheritance": "récessive liée à l'X"},
        {"code": MARFAN, "inheritance": "autosomique dominante"},
    ),
    _one(
        "DX-104",
        {"code": "15", "age_at_onset": "70 a"},
        {"code": "15", "age_at_onset": {"period": "anténatal"}},
    ),
)
