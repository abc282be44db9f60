"""Decisions that come back as a file: every row is looked at first, then all are written, or none.

The file is the CSV or the workbook that was exported, or any table that names codes and decisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from pydantic import Field

from ontologies.errors import Conflict, InvalidRequest, Message
from thesaurus.coding.table.answer import FileFacts, Note, Unread, facts, unread
from thesaurus.store.transcoding import Wanted
from thesaurus.tables import Options, Table, UnreadableTable, open_table
from thesaurus.tables.trouble import no_columns
from thesaurus.transcoding import decision_cells as cells
from thesaurus.transcoding.answer import Answer
from thesaurus.transcoding.deciding import decide
from thesaurus.transcoding.decision_cells import SOURCE, TARGETS, VOCABULARY
from thesaurus.transcoding.decision_rows import MOST_FAULTS, Reading, RowFault
from thesaurus.transcoding.ways import Way, Ways

MOST_ROWS = 100_000
_MOST_SAID = 5
_NO_SOURCE = Message(
    "Aucune colonne de codes à transcoder n'est reconnue.",
    "No column of codes to be transcoded is recognised.",
)


class DecisionFileAnswer(Answer):
    """What a file of decisions holds, and what became of it."""

    release: str
    from_: str = Field(alias="from")
    to: str
    file: FileFacts
    columns: dict[str, str] = Field(description="The column of each field.")
    unread: Unread
    notes: list[Note]
    written: int = Field(description="Decisions that were written: all of them, or none.")
    decisions: int = Field(description="Rows that decide something else than what stands.")
    unchanged: int = Field(description="Rows that say what stands already.")
    undecided: int = Field(description="Rows without a decision, which are passed over.")
    faults: list[RowFault] = Field(description=f"Rows that are wrong; at most {MOST_FAULTS}.")
    conflicts: list[RowFault] = Field(
        description=f"Rows on which somebody decided meanwhile; at most {MOST_FAULTS}."
    )
    cautions: list[RowFault] = Field(
        description="Rows that may be errors and are taken all the same, or passed over because "
        f"their targets changed and no decision stands beside them; at most {MOST_FAULTS}."
    )


class FaultyFile(UnreadableTable):
    """Rows of a file of decisions are wrong; nothing was written."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        first = " ; ".join(f"ligne {each.line} : {each.message}" for each in faults[:_MOST_SAID])
        first_en = "; ".join(f"line {each.line}: {each.message_en}" for each in faults[:_MOST_SAID])
        more = " ; …" if len(faults) > _MOST_SAID else ""
        super().__init__(
            f"Rien n'est écrit, {len(faults)} lignes sont à corriger : {first}{more}",
            f"Nothing is written, {len(faults)} rows are to be corrected: {first_en}{more}",
        )
        self.faults = tuple(faults)


def read_decisions(
    way: Way, file: BinaryIO, options: Options = Options()
) -> tuple[DecisionFileAnswer, Sequence[Wanted]]:
    """Read a file of decisions on a table and say what is in it; nothing is written.

    Returns:
        What the file holds, and the decisions to be written if neither faults nor conflicts stand
        in it.

    Raises:
        UnreadableTable: it is no table of codes and decisions.
    """
    answer, reading = _read(way, file, options)
    if options.sheet is None and cells.TABLE_SHEET in answer.unread.sheets:
        notes = [*answer.notes, *_of_table_sheet(way, file, options)]
        answer = answer.model_copy(update={"notes": notes})
    return answer, [wanted for wanted, _ in reading.wanted.values()]


def _read(way: Way, file: BinaryIO, options: Options) -> tuple[DecisionFileAnswer, Reading]:
    with_headings = replace(options, header=True)
    with open_table(file, VOCABULARY, way.chain.__contains__, with_headings) as table:
        if SOURCE not in table.columns.places:
            raise no_columns(table.columns.headings or (), _NO_SOURCE, VOCABULARY.example)
        reading = Reading(way, TARGETS in table.columns.places)
        for number, line in enumerate(table.lines()):
            if number >= MOST_ROWS:
                raise UnreadableTable(*_TOO_MANY)
            reading.add(line)
        return _answer(way, table, reading), reading


def _of_table_sheet(way: Way, file: BinaryIO, options: Options) -> Iterator[Note]:
    """Say that the sheet of the whole table, which is not read, was changed too."""
    try:
        there, reading = _read(way, file, replace(options, sheet=cells.TABLE_SHEET))
    except (UnreadableTable, InvalidRequest):
        return  # somebody else's sheet of that name
    if changed := there.decisions + reading.passed_over:
        yield Note(
            message=f"La feuille « {cells.TABLE_SHEET} » n'est pas lue, et {changed} de ses lignes "
            f"disent autre chose que la table ; la lire à son tour (sheet={cells.TABLE_SHEET}), ou "
            "reporter ces décisions dans la première feuille.",
            message_en=f"The sheet '{cells.TABLE_SHEET}' is not read, and {changed} of its rows "
            f"say something else than the table; read it in its turn (sheet={cells.TABLE_SHEET}), "
            "or put these decisions into the first sheet.",
        )


def write_decisions(
    ways: Ways, way: Way, file: BinaryIO, *, actor: str, options: Options = Options()
) -> DecisionFileAnswer:
    """Write the decisions of a file, all of them or none.

    Raises:
        UnreadableTable: it is no table of codes and decisions.
        FaultyFile: rows are wrong.
        Conflict: the table is signed, or somebody decided since the file was exported.
    """
    answer, wanted = read_decisions(way, file, options)
    if answer.faults:
        raise FaultyFile(answer.faults)
    if answer.conflicts:
        raise _overtaken(answer.conflicts)
    if wanted:
        decide(ways, way, wanted, actor=actor)
    return answer.model_copy(update={"written": len(wanted)})


def _overtaken(conflicts: Sequence[RowFault]) -> Conflict:
    first = ", ".join(f"ligne {each.line} : {each.code}" for each in conflicts[:_MOST_SAID])
    first_en = ", ".join(f"line {each.line}: {each.code}" for each in conflicts[:_MOST_SAID])
    more = ", …" if len(conflicts) > _MOST_SAID else ""
    return Conflict(
        f"Rien n'est écrit ; quelqu'un a décidé depuis l'export de {len(conflicts)} lignes "
        f"({first}{more}) ; exporter de nouveau.",
        f"Nothing is written; somebody decided of {len(conflicts)} rows since the export "
        f"({first_en}{more}); export again.",
    )


def _answer(way: Way, table: Table, reading: Reading) -> DecisionFileAnswer:
    return DecisionFileAnswer(
        release=way.target,
        from_=way.source,
        to=way.target,
        file=facts(table),
        columns=table.columns.named(),
        unread=unread(table),
        notes=[Note(message=fr, message_en=en) for fr, en in table.notes],
        written=0,
        decisions=len(reading.wanted),
        unchanged=reading.unchanged,
        undecided=reading.undecided,
        faults=reading.faults,
        conflicts=reading.conflicts,
        cautions=reading.cautions,
    )


_TOO_MANY = Message(
    f"Plus de {MOST_ROWS} lignes ; aucune table de transcodage n'est si longue.",
    f"More than {MOST_ROWS} rows; no transcoding table is as long.",
)
