"""What is said of a document beside its findings: what could not be read, or only one way."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from ontologies.errors import Message

_MESSAGES = {
    "version": Message(
        "Version du volet SDM-MR inconnue ou absente : contrôle selon la plus récente.",
        "The version of the SDM-MR volet is unknown or absent: checked as the newest one.",
    ),
    "no-diagnosis": Message(
        "Le document n'a aucun diagnostic (section 46241-6) : rien n'y est contrôlé.",
        "The document has no diagnosis (section 46241-6): nothing of it is checked.",
    ),
    "twice": Message(
        "Élément présent deux fois pour ce diagnostic : le premier compte.",
        "An item that this diagnosis has twice: the first one counts.",
    ),
    "negated": Message(
        "Diagnostic nié (negationInd) : il n'est pas contrôlé.",
        "A diagnosis that is said not to be so (negationInd): it is not checked.",
    ),
    "not-coded": Message(
        "Valeur sans code ni nullFlavor : elle n'est pas lue.",
        "A value without a code or nullFlavor: it is not read.",
    ),
    "not-a-number": Message(
        "Âge qui n'est pas un nombre positif : il n'est pas lu.",
        "An age that is no positive number: it is not read.",
    ),
}


class Note(BaseModel):
    """A remark on a document, with its line where it has one."""

    model_config = ConfigDict(frozen=True)

    message: str = Field(description="In French.")
    message_en: str
    line: int | None = None


def note(key: str, line: int | None = None) -> Note:
    return Note(message=_MESSAGES[key].fr, message_en=_MESSAGES[key].en, line=line)
