"""Tables of old records: what their columns are called, and those that recoding adds."""

from __future__ import annotations

from dataclasses import replace

from ontologies.errors import Message
from thesaurus.coding.table import headings as diagnoses
from thesaurus.tables import CODE, ICD10, ID, LABEL, Columns, Vocabulary
from thesaurus.transcoding.recoding import Rows

SITE, NEW_CODE = "site", "new_code"
HEADINGS = (
    *("nouveau code", "nouveau libellé", "transcodage", "décision de transcodage"),
    *("codes proposés", "motif du transcodage"),
)
"""Of the columns that are added, in French."""

# Patients, labels and codes of ICD-10 are not recoded; knowing them keeps them from being taken for
# codes. So does the column of new codes, which an earlier recoding added.
_KNOWN = (ID, CODE, LABEL, ICD10)
_SITES = (
    *("site", "nom du site", "code site", "libellé site", "centre", "nom du centre"),
    *("libellé centre", "code centre", "site maladies rares", "centre de référence", "CRMR"),
    *("établissement", "nom de l'établissement", "libellé établissement", "code établissement"),
    *("hôpital", "hôpitaux", "CHU", "FINESS", "n° FINESS", "numéro FINESS", "FINESS géographique"),
    *("FINESS ET", "ET FINESS", "FINESS juridique", "FINESS EJ", "structure", "service"),
    *("nom du service", "libellé service", "code service", "unité", "unité fonctionnelle", "UF"),
    *("code UF", "pôle", "facility", "hospital", "center", "department", "organisation"),
)

_LOCAL_CODES = (
    *("code local", "local code", "code CEMARA", "CEMARA", "code source", "source code"),
    *("ancien code", "code ancien", "code interne", "code thésaurus", "code maladie"),
    *("code diagnostic", "code"),
)

RECODED = Vocabulary(
    {
        **{field: diagnoses.HEADINGS[field] for field in _KNOWN},
        SITE: _SITES,
        NEW_CODE: (HEADINGS[0],),
    },
    {
        **{field: diagnoses.FRENCH[field] for field in _KNOWN},
        SITE: "site",
        NEW_CODE: "nouveau code",
    },
    needed=frozenset({CODE}),
    missing=Message(
        "Aucune colonne de codes ORPHA n'est reconnue.",
        "No column of ORPHAcodes is recognised.",
    ),
    example='code=3,site=B,patient="IPP"',
    notes={
        SITE: Message(
            "Aucune colonne de sites n'est reconnue : la liste de travail est d'un seul tenant. "
            "S'il y en a une, dire laquelle : columns=site=3 (numéro, lettre ou en-tête).",
            "No column of sites is recognised: the work list is in one piece. If there is one, say "
            "which: columns=site=3 (number, letter or heading).",
        )
    },
)


LOCAL = replace(
    RECODED,
    headings={**RECODED.headings, CODE: _LOCAL_CODES},
    missing=Message(
        "Aucune colonne de codes locaux n'est reconnue.",
        "No column of local codes is recognised.",
    ),
)
"""Records with the codes of a legacy table."""


def vocabulary_of(rows: Rows) -> Vocabulary:
    return LOCAL if rows.local else RECODED


def is_recoded(columns: Columns) -> bool:
    """Tell whether the columns at the end of a table are those of an earlier recoding.

    Not where one of them is read: codes may be recoded once more, from the new ones.
    """
    present = [heading.strip() for heading in columns.headings or ()]
    kept = len(present) - len(HEADINGS)
    if kept < 1 or tuple(present[kept:]) != HEADINGS:
        return False
    return all(place < kept for field, place in columns.places.items() if field != NEW_CODE)
