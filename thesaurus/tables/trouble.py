"""What may be wrong with a table: of the whole file an error, of one row a problem.

Every sentence that this room says about a file stands here, in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ontologies.errors import InvalidRequest, Message, Refused, ThesaurusError

_MOST_NAMED = 40
_LONGEST_NAME = 60


class UnreadableTable(ThesaurusError):
    """A file of which no row can be read."""

    slug = "invalid_file"


class UnknownColumns(UnreadableTable):
    """What is needed cannot be told among the columns of a file."""


class NoSuchColumn(UnreadableTable):
    """A column that was asked for is not there."""


class NoSuchSheet(UnreadableTable):
    """The sheet that was asked for is not there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be read; the others are.

    Attributes:
        line: of the file, from 1; of a workbook the number of the row.
        message: what is wrong and what to do. It repeats nothing of the row.
    """

    line: int
    message: Message


EMPTY = Message(
    "Le fichier est vide ; donner un fichier CSV ou XLSX avec un diagnostic par ligne.",
    "The file is empty; give a CSV or XLSX file with one diagnosis a row.",
)
BINARY = Message(
    "Ce n'est ni un fichier texte (CSV) ni un classeur XLSX ; l'enregistrer comme CSV ou XLSX.",
    "This is neither a text file (CSV) nor an XLSX workbook; save it as CSV or XLSX.",
)
OLD_OFFICE = Message(
    "Classeur d'un ancien Excel (.xls) ou protégé par mot de passe ; l'enregistrer en .xlsx sans "
    "mot de passe.",
    "A workbook of an old Excel (.xls) or one with a password; save it as .xlsx without password.",
)
NOT_A_WORKBOOK = Message(
    "Archive zip qui n'est pas un classeur XLSX ; donner le classeur ou un fichier CSV.",
    "A zip archive that is no XLSX workbook; give the workbook or a CSV file.",
)
DAMAGED = Message(
    "Classeur abîmé ou incomplet ; l'ouvrir dans un tableur et l'enregistrer de nouveau.",
    "The workbook is damaged or incomplete; open it in a spreadsheet program and save it again.",
)
DOCTYPE = Message(
    "Classeur avec une déclaration DOCTYPE, qu'aucun tableur n'écrit ; il n'est pas lu.",
    "The workbook has a DOCTYPE, which no spreadsheet program writes; it is not read.",
)
OVERSIZED = Message(
    "Classeur trop grand une fois décompressé ; l'enregistrer comme CSV.",
    "The workbook is too large once unpacked; save it as CSV.",
)
LARGE_SHEET = Message(
    "Feuille trop grande : plus de 1 Go de texte ; l'enregistrer comme CSV, ou en plusieurs "
    "fichiers, sans les colonnes et les lignes vides.",
    "The sheet is too large: over 1 GB of text; save it as CSV, or in several files, without the "
    "empty columns and rows.",
)
XML = Message(
    "C'est un document XML ou HTML, et non un tableau CSV ou XLSX. Un document CDA se contrôle par "
    "/v1/check/cda ; un tableau s'enregistre comme CSV ou XLSX.",
    "This is an XML or HTML document and no CSV or XLSX table. /v1/check/cda takes CDA documents; "
    "save a table as CSV or XLSX.",
)
LONG_LINE = Message(
    "Ligne de plus de 1 Mo, non lue ; vérifier les fins de ligne du fichier.",
    "A line of over 1 MB, not read; check the line ends of the file.",
)
OPEN_QUOTE = Message(
    "Guillemet ouvert et jamais fermé (en 50 lignes ou 1 Mo) ; le fermer ou l'enlever.",
    "A quote is opened and never closed (within 50 lines or 1 MB); close or remove it.",
)
ZERO_BYTE = Message(
    "La ligne contient un octet nul ; exporter le fichier de nouveau.",
    "The row holds a NUL byte; export the file again.",
)
UNDECODABLE = Message(
    "Des octets de la ligne ne sont pas du texte dans l'encodage du fichier ; l'enregistrer en "
    "UTF-8.",
    "Some bytes of the row are no text in the encoding of the file; save it as UTF-8.",
)
MALFORMED = Message(
    "La ligne ne se découpe pas en cellules ; vérifier ses guillemets.",
    "The row cannot be split into cells; check its quotes.",
)


def too_many_cells(found: int, expected: int) -> Message:
    return Message(
        f"{found} cellules pour {expected} colonnes ; mettre entre guillemets la cellule qui "
        "contient le séparateur.",
        f"{found} cells for {expected} columns; quote the cell that holds the delimiter.",
    )


def unfit_cell(column: str, longest: int) -> Message:
    """A cell that its field does not take."""
    return Message(
        f"Cellule inutilisable, colonne {column} : plus de {longest} caractères, trop de valeurs "
        "ou un âge impossible ; la corriger.",
        f"A cell that cannot be used, column {column}: more than {longest} characters, too many "
        "values or an impossible age; correct it.",
    )


def without_value(cell: str) -> Message:
    return Message(
        f"La formule de la cellule {cell} n'a pas de valeur enregistrée ; coller les valeurs à la "
        "place des formules.",
        f"The formula in cell {cell} has no saved value; paste values in place of formulas.",
    )


def no_columns(
    headings: Iterable[str], missing: Message, example: str, *, last: str = ""
) -> UnknownColumns:
    """Nothing says where the fields stand that are needed.

    Args:
        headings: the names that were found; none where no row is known to be one of headings, for
            cells of a patient may stand there.
        last: the letter of the last column, where there are no headings.
        missing: what is not there.
        example: how somebody may say where it is.
    """
    listed = listing(headings)
    none, none_en = _no_headings(last)
    found = f"Colonnes trouvées : {listed}." if listed else f"{none}."
    found_en = f"Columns found: {listed}." if listed else f"{none_en}."
    return UnknownColumns(
        f"{missing.fr} {found} Dire lesquelles : columns={example} (numéro, lettre ou en-tête).",
        f"{missing.en} {found_en} Say which: columns={example} (number, letter or heading).",
    )


def bad_columns(part: str, example: str) -> InvalidRequest:
    shown = short(part)
    return InvalidRequest(
        f"Colonnes : « {shown} » n'est pas de la forme {example}.",
        f"Columns: '{shown}' is not of the form {example}.",
    )


def no_field(name: str, known: Iterable[str]) -> InvalidRequest:
    listed = ", ".join(known)
    return InvalidRequest(
        f"Colonnes : « {short(name)} » inconnu ; connus : {listed}.",
        f"Columns: '{short(name)}' is unknown; known: {listed}.",
    )


def no_such_column(place: str, headings: Iterable[str], *, last: str = "") -> NoSuchColumn:
    """A column that was asked for is not there; ``headings`` and ``last`` as of ``no_columns``."""
    shown, listed, none = short(place), listing(headings), _no_headings(last)
    return NoSuchColumn(
        f"Le fichier n'a pas de colonne « {shown} » ; "
        f"{f'trouvées : {listed}' if listed else none.fr}.",
        f"The file has no column '{shown}'; {f'found: {listed}' if listed else none.en}.",
    )


def _no_headings(last: str) -> Message:
    if not last:
        return Message("Aucun en-tête", "No headings")
    return Message(
        f"Aucun en-tête connu, colonnes A à {last}", f"No known heading, columns A to {last}"
    )


def no_such_sheet(name: str, sheets: Iterable[str]) -> NoSuchSheet:
    shown, listed = short(name), listing(sheets)
    return NoSuchSheet(
        f"Le classeur n'a pas de feuille « {shown} » ; feuilles : {listed}.",
        f"The workbook has no sheet '{shown}'; sheets: {listed}.",
    )


def of_refusal(refused: Refused) -> UnreadableTable:
    """The same, as an error of this room."""
    return UnreadableTable(*refused.message)


def of_file(message: Message) -> UnreadableTable:
    return UnreadableTable(*message)


def short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"


def listing(names: Iterable[str]) -> str:
    """The first names, one after the other."""
    given = [short(name.strip()) or "?" for name in names]
    more = ", …" if len(given) > _MOST_NAMED else ""
    return ", ".join(f"« {name} »" for name in given[:_MOST_NAMED]) + more


def twice(field: str, taken: str, other: str) -> Message:
    """Of two columns for a field one is read; both are named with their letters."""
    return Message(
        f"Deux colonnes pour {field} : {taken} est lue, {other} ne l'est pas.",
        f"Two columns for {field}: {taken} is read, {other} is not.",
    )


def titles(line: int) -> Message:
    return Message(
        f"Le tableau commence à la ligne {line} ; ce qui est au-dessus n'est pas lu.",
        f"The table starts on line {line}; what stands above is not read.",
    )


def too_wide(most: int) -> Message:
    return Message(
        f"Seules les {most} premières colonnes de la feuille sont lues ; il y en a d'autres.",
        f"Only the first {most} columns of the sheet are read; there are more.",
    )


def which_codes(columns: Sequence[tuple[str, int]]) -> UnknownColumns:
    """Several columns may be that of the codes.

    Args:
        columns: by letter and number.
    """
    letters, number = ", ".join(name for name, _ in columns[:_MOST_NAMED]), columns[0][1]
    return UnknownColumns(
        f"Plusieurs colonnes peuvent être celle des codes ORPHA : {letters}. Dire laquelle : "
        f"columns=code={number} (numéro, lettre ou en-tête).",
        f"Several columns may be that of the ORPHAcodes: {letters}. Say which: "
        f"columns=code={number} (number, letter or heading).",
    )


def overlooked(column: str, number: int) -> Message:
    """A column of codes that is not read."""
    return Message(
        f"La colonne {column} semble contenir des codes ORPHA et n'est pas lue ; pour la lire à la "
        f"place : columns=code={number}.",
        f"Column {column} seems to hold ORPHAcodes and is not read; to read it instead: "
        f"columns=code={number}.",
    )
