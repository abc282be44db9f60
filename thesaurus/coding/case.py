"""One diagnosis with what is needed to judge it, and what a rule says of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ontologies.codes import curie, parse_code
from ontologies.concept import Concept
from ontologies.errors import InvalidCode, Message
from ontologies.standard import ORPHA
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.submission import Diagnosis
from thesaurus.coding.suggestions import Suggestions
from thesaurus.runtime import Open, Presence

SHOWN = 60  # letters of what was written that a message repeats


class Found(NamedTuple):
    rule: str
    severity: Severity
    message: Message
    suggestions: tuple[Suggestion, ...] = ()
    field: str = "code"


@dataclass(eq=False)
class Case:
    """One diagnosis with what is needed to judge it."""

    diagnosis: Diagnosis
    release: Open
    presence: Presence
    suggestions: Suggestions

    @cached_property
    def written(self) -> str:
        return (self.diagnosis.code or "").strip()

    @cached_property
    def is_orpha(self) -> bool:
        return not self.diagnosis.system or ORPHA.is_named_by(self.diagnosis.system)

    @cached_property
    def code(self) -> str | None:
        """The machine code, None where the text is not one, or one of another system."""
        if not self.is_orpha:
            return None
        try:
            return parse_code(self.written)
        except InvalidCode:
            return None

    @cached_property
    def concept(self) -> Concept | None:
        return self.release.snapshot.concepts.get(self.code) if self.code else None

    @property
    def shown(self) -> str:
        """The code or, where it is none, the beginning of what was written."""
        return curie(self.code) if self.code else self.written[:SHOWN]

    @cached_property
    def holding(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The other releases that have the code: the earlier ones and the later ones."""
        order = [release for release, _ in self.presence.releases]
        # A damaged release is not among them; every other one then counts as earlier.
        own = order.index(self.release.id) if self.release.id in order else len(order)
        holding = self.presence.holding(self.code) if self.code else ()
        earlier = tuple(each for each in holding if order.index(each) <= own)
        return earlier, holding[len(earlier) :]

    def by_label(self) -> tuple[Suggestion, ...]:
        return self.suggestions.by_name(self.diagnosis.label)

    def below(self, group: Concept, levels: frozenset[str]) -> tuple[Suggestion, ...]:
        return self.suggestions.below(group, levels, self.diagnosis.label)
