"""One code of a submission with what is needed to judge it, and all codes of one patient."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from ontologies.codes import curie, is_canonical, parse_code
from ontologies.concept import Concept
from ontologies.errors import InvalidCode, UnknownSystem
from ontologies.standard import HGNC, HPO, ICD10, ORPHA, CodeSystem, bare_identifier
from ontologies.systems import Coding
from thesaurus.coding.answer import Suggestion
from thesaurus.coding.reference import Reference
from thesaurus.coding.submission import CodedItem, Diagnosis, Submission
from thesaurus.coding.suggestions import Suggestions
from thesaurus.presence import Presence
from thesaurus.runtime import Open

if TYPE_CHECKING:
    from thesaurus.coding.profiles import Profile

SHOWN = 60  # letters of what was written that a message repeats
_SYSTEMS_KEPT = 1000
_LONGEST_CODE = 200
_BARE_HPO = re.compile(r"0[0-9]{6}")  # no ORPHAcode has zeros before it and seven digits
# Codes that are as they should be need no reading.
_FORMS = {"hpo": re.compile(r"HP:[0-9]{7}"), "icd-10": re.compile(r"[A-Z][0-9]{2}(?:\.[0-9])?")}


class Field(Enum):
    """Where a code stands, with the code systems that belong there."""

    DIAGNOSIS = ("diagnosis", ORPHA)
    ELSEWHERE = ("elsewhere", ORPHA)
    DESCRIPTION = ("description", ORPHA, HPO, ICD10)
    SIGN = ("sign", HPO)
    ICD10 = ("icd10", ICD10)
    GENE = ("gene", HGNC)

    def __init__(self, _name: str, *systems: CodeSystem) -> None:
        self.systems = systems
        self.names = frozenset(each.name for each in systems)


@dataclass(eq=False)
class Against:
    """What a call is judged against.

    Attributes:
        suggestions: of this call; their number is bounded.
        today: for what ends on a day.
    """

    release: Open
    reference: Reference
    presence: Presence
    profile: Profile
    suggestions: Suggestions
    today: date
    _systems: dict[str, str | None] = field(default_factory=dict)

    def system(self, identifier: str) -> str | None:
        """Return the key of the code system that an identifier names, None for an unknown one."""
        if identifier in self._systems:
            return self._systems[identifier]
        try:
            found: str | None = self.release.related.systems.named(identifier).name
        except UnknownSystem:
            found = None
        if len(self._systems) < _SYSTEMS_KEPT:
            self._systems[identifier] = found
        return found


class Case:
    """One code with what is needed to judge it.

    Attributes:
        item: as it was sent.
        against: what it is judged against.
        path: JSON pointer to the diagnosis or to the item.
        field: where it stands, which says the systems that it may be of.
        written: the code without outer blanks.
        named: the identifier of the system that was sent, empty without one.
        system: the key of that system, None for one that we do not know.
        coding: the code in its system, None where it cannot be read or does not belong here.
        code: the machine code where it is an ORPHAcode.
        concept: the entity in the release that is asked.
        meanings: what the status may mean; several where a list has one code for two things.
    """

    __slots__ = ("against", "code", "coding", "concept", "field", "item", "meanings", "named",
                 "path", "system", "written")  # fmt: skip

    def __init__(
        self, item: Diagnosis | CodedItem, against: Against, path: str, field: Field
    ) -> None:
        self.item = item
        self.against = against
        self.path = path
        self.field = field
        self.written = (item.code or "").strip()
        self.named = (item.system or "").strip()
        self.system = against.system(self.named) if self.named else None
        self.coding = self._read()
        self.code = self.coding.code if self.coding and self.coding.system == "orpha" else None
        concepts = against.release.snapshot.concepts
        self.concept: Concept | None = concepts.get(self.code) if self.code else None
        self.meanings: frozenset[str] = frozenset()
        if isinstance(item, Diagnosis) and item.status:
            self.meanings = against.profile.value_sets["status"].meanings(item.status)

    def _read(self) -> Coding | None:
        text = self.written
        if not text or self.field is Field.GENE:  # symbols are looked up, not read
            return None
        if self.named and self.system not in self.field.names:
            return None
        if (self.system or self.field.systems[0].name) == "orpha" and is_canonical(text):
            return Coding("orpha", text.removeprefix("ORPHA:"))
        form = _FORMS.get(self.system or self.field.systems[0].name)
        if form and form.fullmatch(text):
            return Coding(self.system or self.field.systems[0].name, text)
        return self._read_any()

    def _read_any(self) -> Coding | None:
        systems = self.against.release.related.systems
        only = self.system or (self.field.systems[0].name if len(self.field.systems) == 1 else None)
        if only == "orpha":
            with suppress(InvalidCode):
                return Coding("orpha", parse_code(self.item.code or ""))
        elif len(self.written) <= _LONGEST_CODE:
            if only is None and _BARE_HPO.fullmatch(self.written):
                only = HPO.name
            # Q87.- is a category; "CIM-10 Q87.4" says its system itself.
            text = self.written.removesuffix("-").removesuffix(".")
            for system in dict.fromkeys((only, None)):
                with suppress(InvalidCode):
                    found = systems.read(text, system)
                    return found if found.system in self.field.names else None
        return None

    @property
    def is_plain(self) -> bool:
        """Whether it is written as we emit it, so that no rule of the writing has a word to say."""
        return (
            self.coding is not None
            and not self.named
            and (self.code is None or is_canonical(self.item.code or ""))
        )

    # -- what messages say ---------------------------------------------------------------

    @property
    def shown(self) -> str:
        """The code or, where it is none, the beginning of what was written."""
        return curie(self.code) if self.code else self.written[:SHOWN]

    @property
    def label(self) -> str | None:
        return self.item.label

    @property
    def suggestions(self) -> Suggestions:
        return self.against.suggestions

    @property
    def reference(self) -> Reference:
        return self.against.reference

    # -- the diagnosis -------------------------------------------------------------------

    @property
    def diagnosis(self) -> Diagnosis | None:
        """The diagnosis itself; None for a code that stands elsewhere."""
        return self.item if isinstance(self.item, Diagnosis) else None

    @property
    def is_confirmed(self) -> bool:
        return "confirmed" in self.meanings

    @property
    def genes(self) -> tuple[str, ...]:
        """The genes that were sent, as they were written; not those said to be something else."""
        diagnosis = self.diagnosis
        if not diagnosis or not diagnosis.genes:
            return ()
        return tuple(
            [
                each.code
                for each in diagnosis.genes
                if each.code and (not each.system or self.against.system(each.system) == HGNC.name)
            ]
        )

    @property
    def oid(self) -> str | None:
        """The OID or other identifier of the system, folded."""
        return bare_identifier(self.named) if self.named else None

    # -- other releases ------------------------------------------------------------------

    @property
    def holding(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The other releases that have the code: the earlier ones and the later ones."""
        presence, release = self.against.presence, self.against.release
        order = [name for name, _ in presence.releases]
        # A damaged release is not among them; every other one then counts as earlier.
        own = order.index(release.id) if release.id in order else len(order)
        holding = presence.holding(self.code) if self.code else ()
        earlier = tuple(each for each in holding if order.index(each) <= own)
        return earlier, holding[len(earlier) :]

    def transcoded(self, code: str) -> tuple[Suggestion, ...]:
        """What a person decided in a transcoding table to stand for a code."""
        release = self.against.release
        given = self.against.presence.verdict(code, release.id)
        if given is None or not given[1].accepted:
            return ()
        reason = f"transcodage {given[0]} → {release.id}"
        known = [each for each in given[1].targets if each in release.snapshot]
        return tuple(self.suggestions.of(each, reason) for each in known)

    def is_contested(self, code: str, target: str) -> bool:
        """Whether a person decided against a target that Orphanet gives a code."""
        given = self.against.presence.verdict(code, self.against.release.id)
        return given is not None and target not in given[1].targets


@dataclass(eq=False)
class Patient:
    """All diagnoses of one submission.

    Attributes:
        cases: of the diagnoses, in their order.
    """

    submission: Submission
    against: Against
    cases: Sequence[Case]

    @property
    def standing(self) -> list[Case]:
        """The diagnoses with a known code that are not refuted."""
        return [each for each in self.cases if each.concept and "refuted" not in each.meanings]
