"""Documents for tests: written by our writer, changed by hand, or put into a zip."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from thesaurus.coding.cda import write
from thesaurus.coding.submission import Submission

NAMESPACES = {"cda": "urn:hl7-org:v3"}
MARFAN = {"code": "558", "system": "1.2.250.1.213.2.49.1", "label": "Syndrome de Marfan"}
WHOLE = MARFAN | {
    "status": "255545003",
    "description": [
        {"code": "HP:0001166", "system": "1.2.250.1.213.2.51", "label": "Arachnodactylie"},
        {"code": "Q87.4", "system": "2.16.840.1.113883.6.3"},
    ],
    "familial": "75741005",
    "age_at_onset": {"period": "767023003", "value": 5, "unit": "mo"},
    "assessment": "88323005",
    "age_at_clinical_diagnosis": {"period": "767023003", "value": 12, "unit": "mo"},
    "age_at_genetic_diagnosis": {"period": "373068000"},
    "techniques": [{"code": "MED-083", "system": "1.2.250.1.213.1.1.4.322"}],
    "investigations": [{"code": "58147004", "system": "2.16.840.1.113883.6.96"}],
    "genes": [{"code": "HGNC:3603", "system": "2.16.840.1.113883.4.642.2.468", "label": "FBN1"}],
}


def submission(*diagnoses: dict[str, Any], name: str = "document", **rest: Any) -> Submission:
    return Submission.model_validate({"id": name, "diagnoses": list(diagnoses), **rest})


def document(
    *diagnoses: dict[str, Any], version: str = "2024.01", changes: dict[str, str] | None = None,
    **rest: Any,
) -> bytes:  # fmt: skip
    """A document, with texts of it replaced; each must stand in it."""
    text = write(submission(*diagnoses, **rest), version).decode()
    for old, new in (changes or {}).items():
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def archive(**files: bytes) -> bytes:
    """A zip; ``__`` in a name is a slash, ``_`` before the ending a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in files.items():
            path, _, ending = name.replace("__", "/").rpartition("_")
            written.writestr(f"{path}.{ending}", data)
    return stream.getvalue()
