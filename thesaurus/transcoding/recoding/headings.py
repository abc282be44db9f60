"""Tables of old records: what their columns are called, and those that recoding adds."""

from __future__ import annotations

from dataclasses import replace

from ontologies.errors import Message
from thesaurus.coding.table import headings as diagnoses
from thesaurus.tables import CODE, ICD10, ID, LABEL, Columns, Vocabulary
from thesaurus.tables.annotated import earlier
from thesaurus.transcoding.recoding.codes import Rows

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
    surely=True,
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


WRITTEN_UPON = Message(
    "Les colonnes d'un transcodage antérieur disent autre chose que celui-ci, ou quelqu'un y a "
    "écrit : elles restent, et les nouvelles s'ajoutent à leur suite.",
    "The columns of an earlier recoding say something else than this one, or somebody wrote in "
    "them: they stay, and the new ones follow them.",
)
RENEWED = Message(
    "Des lignes qui attendaient sont décidées depuis : les colonnes du transcodage antérieur sont "
    "remplacées.",
    "Rows that waited are decided by now: the columns of the earlier recoding are replaced.",
)


def recoded_from(columns: Columns) -> int | None:
    """Return where the columns of an earlier recoding begin, None where the table has none.

    Not where one of them is read: codes may be recoded once more, from the new ones.
    """
    kept = earlier(HEADINGS, columns.headings or ())
    read = (place for field, place in columns.places.items() if field != NEW_CODE)
    return kept if kept is not None and all(place < kept for place in read) else None
