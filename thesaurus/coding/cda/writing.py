"""From a submission to an SDM-MR document of the least form that reads back as the same.

For the vendors' test kit and our own tests: the patient, the author and the hospital are invented
and always the same, there is no narrative, and the same submission gives the same bytes.
"""

from __future__ import annotations

import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from ontologies.errors import ThesaurusError
from thesaurus.coding.cda.vocabulary import (
    ANS_TERMS,
    CONCERN_TEMPLATE,
    DIAGNOSES,
    DIAGNOSIS,
    FAMILY_HISTORY,
    FAMILY_TEMPLATE,
    FINDING,
    LOINC,
    MEASURES,
    NAMESPACE,
    OBSERVATION_TEMPLATE,
    PERIODS,
    PROBLEM,
    PROBLEM_TEMPLATE,
    PROBLEMS,
    RELATIVE_TEMPLATE,
    SDM_MR,
    SNOMED_CT,
    TEXTS,
    XSI,
    Section,
    oid_of,
)
from thesaurus.coding.submission import Age, CodedItem, Diagnosis, Submission
from thesaurus.coding.values import NULL_FLAVORS

_CAUSE_OF_DEATH = "184305005"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The lists of a diagnosis with the code of each, as the two volets have them.
_LISTS = {
    "2022.01": {
        "description": "MED-074",
        "techniques": "MED-068",
        "investigations": "ORG-017",
        "genes": "MED-552",
    },
    "2024.01": {
        "description": "MED-1284",
        "techniques": "MED-1286",
        "investigations": "ORG-017",
        "genes": "MED-552",
    },
}
VERSIONS = tuple(_LISTS)
_MOMENT = "20240101120000+0100"
_PATIENT = {"root": "1.2.250.1.213.1.4.10", "extension": "199017500000000"}
_AUTHOR = {"root": "1.2.250.1.71.4.2.1", "extension": "800000000000"}
_HOSPITAL = {"root": "1.2.250.1.71.4.2.2", "extension": "1000000000"}


class Unwritable(ThesaurusError):
    """A submission with a character that XML does not have."""

    slug = "invalid_body"

    def __init__(self) -> None:
        super().__init__(
            "Un texte contient un caractère que le XML n'admet pas.",
            "A text holds a character that XML does not have.",
        )


def write(submission: Submission, version: str = "2024.01") -> bytes:
    """Write a document.

    ``type``, ``icd10``, ``phenotypes`` and ``inheritance`` have no place in the SDM-MR and are left
    out: signs and CIM-10 codes go into ``description``. The id of the submission is left out too.
    A code system is written as its OID, by whatever identifier it was named.

    Args:
        submission: what the document shall say.
        version: ``2024.01`` or ``2022.01``.

    Raises:
        Unwritable
    """
    document = _document(version)
    body = _below(_below(document, "component"), "structuredBody")
    _diagnoses(body, submission, version)
    concerns = [(PROBLEM, each) for each in submission.problems]
    concerns += [(_CAUSE_OF_DEATH, each) for each in submission.cause_of_death]
    _problems(body, concerns)
    _family_history(body, submission.family_history)
    ET.indent(document)
    written: bytes = ET.tostring(document, encoding="utf-8", xml_declaration=True)
    return written


def _document(version: str) -> ET.Element:
    document = ET.Element("ClinicalDocument", {"xmlns": NAMESPACE, "xmlns:xsi": XSI})
    _below(document, "realmCode", code="FR")
    _below(document, "typeId", root="2.16.840.1.113883.1.3", extension="POCD_HD000040")
    _below(document, "templateId", root="2.16.840.1.113883.2.8.2.1")
    _below(document, "templateId", root="1.2.250.1.213.1.1.1.1")
    _below(document, "templateId", root=SDM_MR, extension=version)
    _below(document, "id", root=f"{SDM_MR}.{version[:4]}.999")
    _below(document, "code", code="34133-9", codeSystem=LOINC)
    _below(document, "title").text = "SDM-MR"
    _below(document, "effectiveTime", value=_MOMENT)
    _below(document, "confidentialityCode", code="N", codeSystem="2.16.840.1.113883.5.25")
    _below(document, "languageCode", code="fr-FR")
    _patient(document)
    _author(document)
    return document


def _patient(document: ET.Element) -> None:
    role = _below(_below(document, "recordTarget"), "patientRole")
    _below(role, "id", **_PATIENT)
    _below(role, "addr", nullFlavor="NASK")
    patient = _below(role, "patient")
    name = _below(patient, "name")
    _below(name, "family").text = "ESSAI-VOLET"
    _below(name, "given").text = "Ondine"
    _below(patient, "administrativeGenderCode", code="F", codeSystem="2.16.840.1.113883.5.1")
    _below(patient, "birthTime", value="19900101")


def _author(document: ET.Element) -> None:
    author = _below(document, "author")
    _below(author, "time", value=_MOMENT)
    assigned = _below(author, "assignedAuthor")
    _below(assigned, "id", **_AUTHOR)
    name = _below(_below(assigned, "assignedPerson"), "name")
    _below(name, "family").text = "TESTEUR"
    custodian = _below(_below(document, "custodian"), "assignedCustodian")
    hospital = _below(custodian, "representedCustodianOrganization")
    _below(hospital, "id", **_HOSPITAL)
    _below(hospital, "name").text = "Hôpital d'essai"


def _diagnoses(body: ET.Element, submission: Submission, version: str) -> None:
    if not submission.diagnoses:
        return
    section = _section(body, DIAGNOSES)
    for diagnosis in submission.diagnoses:
        act = _act(section)
        observation = _observation(act, DIAGNOSIS, SNOMED_CT, PROBLEM_TEMPLATE)
        _diagnosis_value(observation, diagnosis)
        _items(observation if version > "2023" else act, diagnosis, version)


def _diagnosis_value(observation: ET.Element, diagnosis: Diagnosis) -> None:
    flavor = diagnosis.null_flavor
    if diagnosis.code or diagnosis.system or diagnosis.label or flavor:
        _coded(observation, diagnosis.code, diagnosis.system, diagnosis.label, flavor)


def _items(home: ET.Element, diagnosis: Diagnosis, version: str) -> None:
    for code, name in TEXTS.items():
        if text := getattr(diagnosis, name):
            item = _observation(home, code, ANS_TERMS, OBSERVATION_TEMPLATE)
            _reason_or_code(item, text)
    for (period, name), measure in zip(PERIODS.items(), MEASURES, strict=True):
        if (age := getattr(diagnosis, name)) is not None:
            _age(home, age, period, measure)
    for name, code in _LISTS[version].items():
        for each in getattr(diagnosis, name):
            item = _observation(home, code, ANS_TERMS, OBSERVATION_TEMPLATE)
            _coded_item(item, each)


def _age(home: ET.Element, age: Age, period: str, measure: str) -> None:
    if age.period:
        _reason_or_code(_observation(home, period, ANS_TERMS, OBSERVATION_TEMPLATE), age.period)
    if age.period and age.value is None and age.unit is None:
        return
    said = {
        "value": None if age.value is None else _plain(age.value),
        "unit": age.unit,
        "nullFlavor": "NI" if age.value is None else None,
    }
    item = _observation(home, measure, ANS_TERMS, OBSERVATION_TEMPLATE)
    _below(item, "value", **{"xsi:type": "PQ", **said})


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _problems(body: ET.Element, concerns: Iterable[tuple[str, CodedItem]]) -> None:
    section = None
    for code, item in concerns:
        section = _section(body, PROBLEMS) if section is None else section
        observation = _observation(_act(section), code, SNOMED_CT, PROBLEM_TEMPLATE)
        _coded_item(observation, item)


def _family_history(body: ET.Element, items: Iterable[CodedItem]) -> None:
    organizer = None
    for item in items:
        if organizer is None:
            entry = _below(_section(body, FAMILY_HISTORY), "entry")
            organizer = _below(entry, "organizer", classCode="CLUSTER", moodCode="EVN")
            _below(organizer, "templateId", root=FAMILY_TEMPLATE)
            _below(organizer, "statusCode", code="completed")
        observation = _about(_below(organizer, "component"), FINDING, SNOMED_CT, RELATIVE_TEMPLATE)
        _coded_item(observation, item)


def _section(body: ET.Element, section: Section) -> ET.Element:
    element = _below(_below(body, "component"), "section")
    _below(element, "templateId", root=section.template)
    _below(element, "code", code=section.loinc, codeSystem=LOINC)
    _below(element, "title").text = section.title
    _below(element, "text")
    return element


def _act(section: ET.Element) -> ET.Element:
    act = _below(_below(section, "entry"), "act", classCode="ACT", moodCode="EVN")
    _below(act, "templateId", root=CONCERN_TEMPLATE)
    number = f"{section.findtext('title')} {len(section)}"
    _below(act, "id", root=str(uuid.uuid5(uuid.NAMESPACE_OID, number)).upper())
    _below(act, "code", nullFlavor="NA")
    _below(act, "statusCode", code="active")
    _below(act, "effectiveTime", nullFlavor="NA")
    return act


def _observation(home: ET.Element, code: str, system: str, template: str) -> ET.Element:
    return _about(_below(home, "entryRelationship", typeCode="REFR"), code, system, template)


def _about(home: ET.Element, code: str, system: str, template: str) -> ET.Element:
    observation = _below(home, "observation", classCode="OBS", moodCode="EVN")
    _below(observation, "templateId", root=template)
    _below(observation, "code", code=code, codeSystem=system)
    _below(observation, "statusCode", code="completed")
    _below(observation, "effectiveTime", nullFlavor="NA")
    return observation


def _reason_or_code(observation: ET.Element, text: str) -> None:
    if text in NULL_FLAVORS:
        _coded(observation, None, None, None, text)
    else:
        _coded(observation, text, SNOMED_CT, None, None)


def _coded_item(observation: ET.Element, item: CodedItem) -> None:
    _coded(observation, item.code, item.system, item.label, None if item.code else "NI")


def _coded(
    observation: ET.Element,
    code: str | None,
    system: str | None,
    label: str | None,
    null_flavor: str | None,
) -> None:
    said = {
        "code": code,
        "codeSystem": oid_of(system) if system else None,
        "displayName": label,
        "nullFlavor": null_flavor,
    }
    _below(observation, "value", **{"xsi:type": "CD", **said})


def _below(parent: ET.Element, name: str, **attributes: str | None) -> ET.Element:
    said = {key: value for key, value in attributes.items() if value}
    if any(_NOT_XML.search(value) for value in said.values()):
        raise Unwritable
    return ET.SubElement(parent, name, said)
