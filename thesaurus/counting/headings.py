"""Tables of patients and codes: what their columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ontologies.errors import Message
from thesaurus.coding.table.headings import FRENCH, HEADINGS
from thesaurus.tables import CODE, ICD10, ID, LABEL, Columns, Vocabulary

GENES, NEW_CODE = "genes", "new_code"
MOST_ROWS = 5_000_000
"""Rows of one file: some 600 MB at the peak where each has a patient."""

_NEW_CODE = re.compile(r"nouveau code(?: \(\d+\))?", re.IGNORECASE)

# Labels and codes of ICD-10 are not counted; knowing them keeps them from being taken for codes.
_FIELDS = (ID, CODE, LABEL, ICD10, GENES)

COUNTED = Vocabulary(
    {field: HEADINGS[field] for field in _FIELDS},
    {field: FRENCH[field] for field in _FIELDS},
    needed=frozenset({CODE}),
    missing=Message(
        "Aucune colonne de codes ORPHA n'est reconnue.",
        "No column of ORPHAcodes is recognised.",
    ),
    example='code=3,patient=B,genes="Mes gènes"',
    surely=True,
    notes={
        ID: Message(
            "Aucune colonne de patients n'est reconnue : chaque ligne compte pour un patient. S'il "
            "y en a une, dire laquelle : columns=patient=3 (numéro, lettre ou en-tête).",
            "No column of patients is recognised: each row counts as a patient. If there is one, "
            "say which: columns=patient=3 (number, letter or heading).",
        )
    },
)


def new_codes(columns: Columns) -> Sequence[int]:
    """Return the columns of new codes that recodings added, the last one first.

    None where one of them is read as that of the codes: then somebody said so.
    """
    headings = columns.headings or ()
    found = [at for at, heading in enumerate(headings) if _NEW_CODE.fullmatch(heading.strip())]
    return [] if columns.places[CODE] in found else found[::-1]
