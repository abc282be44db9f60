"""What of a document must never come out: everything that is about people, and every date and id.

Told from the document by other means than the reader's, so that what this one takes must show.
"""

from __future__ import annotations

import re

from lxml import etree

CDA = "{urn:hl7-org:v3}"
PEOPLE = (
    *("recordTarget", "author", "dataEnterer", "informant", "custodian", "legalAuthenticator"),
    *("authenticator", "participant", "documentationOf", "componentOf", "informationRecipient"),
    *("subject", "performer", "participantRole"),
)
TOLD = ("extension", "value", "root")
PUBLIC = {"true", "false", "SDM-MR"}


def secrets(document: bytes) -> set[str]:
    """The words, numbers, addresses, ids and dates of people in a document."""
    root = etree.fromstring(document)
    found: set[str] = set()
    for name in PEOPLE:
        for part in root.iter(CDA + name):
            for each in part.iter("*"):
                found |= {each.get(attribute, "") for attribute in TOLD if "code" not in each.tag}
                found |= set((each.text or "").split())
    for part in root.iter(CDA + "text"):  # of the narrative what has digits: dates, ids
        found |= {word for word in " ".join(part.itertext()).split() if re.search("[0-9]", word)}
    for name in ("id", "setId", "effectiveTime", "low", "high", "birthTime", "time"):
        for each in root.iter(CDA + name):
            found |= {each.get(attribute, "") for attribute in TOLD}
    codes = {each.get("code", "") for each in root.iter("*")}
    bare = {each.strip(".,;:()") for each in found}
    return {each for each in bare if len(each) > 3} - PUBLIC - codes


def leaked(secret: set[str], *texts: str) -> set[str]:
    said = "\n".join(texts)
    return {each for each in secret if each in said}


def broken(document: bytes) -> dict[str, bytes]:
    """A document damaged in the ways in which documents are, within the data of the patient."""
    patient = document.index(b"<family")
    given = document.index(b"<given")
    return {
        "cut in the name": document[: document.index(b">", patient) + 4],
        "cut in the middle": document[: len(document) // 2],
        "doubled tag": document[:patient] + b"<family>" + document[patient:],
        "no end tag": document.replace(b"</family>", b"", 1),
        "an element named as the patient": document[:given] + b"<DUPONT-SECRET>" + document[given:],
        "another encoding": document.decode().replace("<family", "\xe9<family", 1).encode("cp1252"),
        "an encoding that is not": document.replace(b"UTF-8", b"utf-9").replace(b"utf-8", b"utf-9"),
        "a DOCTYPE": document.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1),
        "an entity": document[:given] + b"&SECRET;" + document[given:],
        "another root": document.replace(b"ClinicalDocument", b"PatientSECRET"),
        "a control character": document[:given] + b"\x01" + document[given:],
    }
