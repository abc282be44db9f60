"""Decisions that come back as a file: every row is looked at first, then all are written, or none.

The file is the CSV or the workbook that was exported, or any table that names codes and decisions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from pydantic import Field

from ontologies.errors import Conflict, InvalidCode, InvalidRequest, Message
from ontologies.transcoding import Decision, Transcoding
from thesaurus.coding.table.answer import FileFacts, Note, Unread, facts, unread
from thesaurus.store.transcoding import Wanted
from thesaurus.tables import Line, Options, Table, UnreadableTable, open_table
from thesaurus.tables.trouble import no_columns
from thesaurus.transcoding import decision_cells as cells
from thesaurus.transcoding.answer import Answer
from thesaurus.transcoding.deciding import checked, decide
from thesaurus.transcoding.decision_cells import (
    COMMENT,
    DECISION,
    SOURCE,
    TARGETS,
    VERSION,
    VOCABULARY,
)
from thesaurus.transcoding.ways import Way, Ways
from thesaurus.transcoding.words import one_line

MOST_ROWS = 100_000
MOST_FAULTS = 1000
_MOST_SAID = 5
_NO_SOURCE = Message(
    "Aucune colonne de codes à transcoder n'est reconnue.",
    "No column of codes to be transcoded is recognised.",
)


class RowFault(Answer):
    """A row that cannot be taken, and why."""

    line: int
    code: str | None = Field(description="As the row has it.")
    message: str
    message_en: str


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
    with_headings = replace(options, header=True)
    with open_table(file, VOCABULARY, way.chain.__contains__, with_headings) as table:
        if SOURCE not in table.columns.places:
            raise no_columns(table.columns.headings or (), _NO_SOURCE, VOCABULARY.example)
        reading = _Reading(way, TARGETS in table.columns.places)
        for number, line in enumerate(table.lines()):
            if number >= MOST_ROWS:
                raise UnreadableTable(*_TOO_MANY)
            reading.add(line)
        return _answer(way, table, reading), [wanted for wanted, _ in reading.wanted.values()]


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


@dataclass
class _Reading:
    """What the rows say, gathered row by row; decisions with their lines, by code."""

    way: Way
    has_targets: bool
    wanted: dict[str, tuple[Wanted, int]] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    conflicts: list[RowFault] = field(default_factory=list)
    unchanged: int = 0
    undecided: int = 0

    def add(self, line: Line) -> None:
        number, values = line.record.line, line.values
        if line.problem:
            self._note(number, None, line.problem.message)
        elif not line.blank:
            try:
                self._take(number, values)
            except (InvalidCode, InvalidRequest) as error:
                self._note(number, values.get(SOURCE), error.message)

    def _note(self, line: int, code: str | None, message: Message) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(_fault(line, code, message))

    def _take(self, line: int, values: Mapping[str, str]) -> None:
        said = cells.said(values.get(DECISION, ""))
        if said == "undecided":
            self.undecided += 1
            return
        wanted = checked(self.way, self._wanted(said, values))
        if wanted.code in self.wanted:
            first = self.wanted[wanted.code][1]
            named = self.way.named(wanted.code)
            raise InvalidRequest(
                f"{named} est décidé à la ligne {first} déjà.",
                f"{named} is decided on line {first} already.",
            )
        row = self.way.rows[wanted.code]
        if self._stands(wanted, row):
            self.unchanged += 1
        elif wanted.seen_version not in (None, self.way.own_version(wanted.code)):
            if len(self.conflicts) < MOST_FAULTS:
                self.conflicts.append(
                    _fault(line, self.way.named(wanted.code), self._decided(wanted.code))
                )
        else:
            self.wanted[wanted.code] = (wanted, line)

    def _wanted(self, said: str, values: Mapping[str, str]) -> Wanted:
        code = self.way.code_of(values.get(SOURCE, ""))
        row = self.way.asked(code)
        given = cells.targets(values.get(TARGETS, ""))
        proposed = row.targets if row else ()
        wanted = Wanted(
            code,
            Decision.REJECTED if said == "rejected" else Decision.ACCEPTED,
            comment=cells.comment(values.get(COMMENT)),
            seen_version=cells.version(values.get(VERSION)),
        )
        if said == "accepted":
            if given is None and proposed and self.has_targets:
                raise InvalidRequest(*_NO_TARGET)
            return replace(wanted, targets=given)
        # What the export filled in contradicts nobody; of a decided row it is no longer known.
        if given and given != proposed and not (row and row.decided):
            raise InvalidRequest(*_CONTRADICTION)
        return replace(wanted, targets=() if said == "none" else None)

    def _stands(self, wanted: Wanted, row: Transcoding) -> bool:
        """Tell whether the table says so already; a decision without a comment leaves the old."""
        if (row.decision, row.targets) != (wanted.decision, wanted.targets or ()):
            return False
        decided = self.way.decision(row)
        standing = one_line(decided.comment if decided else None)
        return one_line(wanted.comment) in ("", standing)

    def _decided(self, code: str) -> Message:
        own = self.way.decided.get((self.way.source, self.way.target), {}).get(code)
        if own is None:
            return Message(
                "La version ne va pas : personne n'a décidé ici.",
                "The version does not fit: nobody decided here.",
            )
        day = f"{own.at:%Y-%m-%d %H:%M}"
        return Message(
            f"{own.actor} a décidé le {day} UTC (version {own.version}).",
            f"{own.actor} decided on {day} UTC (version {own.version}).",
        )


def _fault(line: int, code: str | None, message: Message) -> RowFault:
    shown = code if code is None or len(code) <= 40 else f"{code[:39]}…"
    return RowFault(line=line, code=shown, message=message.fr, message_en=message.en)


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


def _answer(way: Way, table: Table, reading: _Reading) -> DecisionFileAnswer:
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
    )


_NO_TARGET = Message(
    "Accepté, mais « cibles » est vide : nommer un code, ou décider « aucun code ».",
    "Accepted, but the targets are empty: name a code, or decide 'none'.",
)
_CONTRADICTION = Message(
    "« cibles » nomme d'autres codes, que seule la décision « accepté » prend.",
    "The targets name other codes, which only the decision 'accepted' takes.",
)
_TOO_MANY = Message(
    f"Plus de {MOST_ROWS} lignes ; aucune table de transcodage n'est si longue.",
    f"More than {MOST_ROWS} rows; no transcoding table is as long.",
)
