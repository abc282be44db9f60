"""The rows of a file of decisions, one after the other: what they decide, what is wrong in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import Field

from ontologies.errors import InvalidCode, InvalidRequest, Message
from ontologies.transcoding import Decision, Transcoding
from thesaurus.store.transcoding import Wanted
from thesaurus.tables import Line
from thesaurus.transcoding import decision_cells as cells
from thesaurus.transcoding.answer import Answer
from thesaurus.transcoding.deciding import checked
from thesaurus.transcoding.decision_cells import (
    COMMENT,
    DECISION,
    NAMED,
    SOURCE,
    TARGETS,
    VERSION,
)
from thesaurus.transcoding.doubts import doubts
from thesaurus.transcoding.legacy.ways import LegacyWay
from thesaurus.transcoding.ways import Way
from thesaurus.transcoding.words import one_line

MOST_FAULTS = 1000


class RowFault(Answer):
    """A row that cannot be taken, and why."""

    line: int
    code: str | None = Field(description="As the row has it.")
    message: str
    message_en: str


@dataclass
class Reading:
    """What the rows say, gathered row by row; decisions with their lines, by code."""

    way: Way
    has_targets: bool
    wanted: dict[str, tuple[Wanted, int]] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    conflicts: list[RowFault] = field(default_factory=list)
    cautions: list[RowFault] = field(default_factory=list)
    unchanged: int = 0
    undecided: int = 0
    passed_over: int = 0

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
            self._pass_over(line, values)
            return
        wanted = checked(self.way, self._wanted(said, values))
        self._refuse_replaced(wanted.code, values.get(NAMED))
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
            for doubt in doubts(self.way, wanted):
                self._caution(line, wanted.code, doubt)

    def _refuse_replaced(self, code: str, named: str | None) -> None:
        """Refuse a decision upon an entry of a legacy table that means something else by now."""
        entry = self.way.entries.get(code) if isinstance(self.way, LegacyWay) else None
        if entry is None or named is None:
            return
        today = one_line(entry.label or code)
        if not one_line(cells.comment(named)).startswith(today):
            raise InvalidRequest(
                f"{code} : l'entrée a changé depuis l'export, « {today[:80]} » aujourd'hui ; "
                "exporter de nouveau.",
                f"{code}: the entry has changed since the export, '{today[:80]}' today; export "
                "again.",
            )

    def _pass_over(self, line: int, values: Mapping[str, str]) -> None:
        """Say of a row without a decision that somebody changed its targets."""
        try:
            code = self.way.code_of(values.get(SOURCE, ""))
            given = cells.targets(values.get(TARGETS, ""))
        except (InvalidCode, InvalidRequest):
            return
        row = self.way.asked(code)
        if row and not row.decided and given is not None and set(given) != set(row.targets):
            self.passed_over += 1
            self._caution(line, code, _PASSED_OVER)

    def _caution(self, line: int, code: str, message: Message) -> None:
        if len(self.cautions) < MOST_FAULTS:
            self.cautions.append(_fault(line, self.way.named(code), message))

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


_NO_TARGET = Message(
    "Accepté, mais « cibles » est vide : nommer un code, ou décider « aucun code ».",
    "Accepted, but the targets are empty: name a code, or decide 'none'.",
)
_CONTRADICTION = Message(
    "« cibles » nomme d'autres codes, que seule la décision « accepté » prend.",
    "The targets name other codes, which only the decision 'accepted' takes.",
)
_PASSED_OVER = Message(
    "Les cibles ont changé, mais rien n'est décidé : la ligne est passée ; écrire « accepté ».",
    "The targets were changed, but nothing is decided: the row is passed over; write 'accepted'.",
)
