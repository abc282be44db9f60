"""What the columns of a kind of table are called: the fields, and the headings of each.

Headings are compared without case, accents, blanks and punctuation: ``Code ORPHA``, ``code_orpha``
and ``CodeOrpha`` are one; then without numbers or what stands in brackets: ``Code ORPHA (2023)``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ontologies.errors import Message
from search.text import fold

ID = "id"
"""The field of a patient's identifier, in every vocabulary that has one."""

CODE, LABEL, ICD10 = "code", "label", "icd10"
"""Fields whose cells can be told by what they look like: ORPHAcodes, names, codes of ICD-10."""

_SIGNS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
# Years, and the numbers of columns alike; longer ones are codes.
_NUMBERS = re.compile(r"(?<!\d)(?:\d{1,2}|(?:19|20)\d\d)(?!\d)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST = 200


def folded(heading: str) -> str:
    """Return what of a heading is compared.

    >>> folded("Code_ORPHA"), folded("Libellé :")
    ('codeorpha', 'libelle')
    """
    return _SIGNS.sub("", fold(heading))


class Heading(NamedTuple):
    """The field that a heading names; the lower the rank, the more telling it is."""

    field: str
    rank: int


@dataclass(frozen=True)
class Vocabulary:
    """The fields of a kind of table.

    Attributes:
        headings: of each field, the more telling first. Of two columns of a file with names of one
            field, the name that stands first here wins.
        french: what each field is called where people read it.
        needed: fields of which a table must have one.
        missing: what is said where it has none of these.
        example: how columns are named by hand, for messages.
        notes: what is said of a table that lacks a field which it need not have.
        surely: whether a table is refused where two columns without known headings may be that of
            the codes: what comes of the wrong one would be wrong, and look right.
    """

    headings: Mapping[str, tuple[str, ...]]
    french: Mapping[str, str]
    needed: frozenset[str]
    missing: Message
    example: str
    notes: Mapping[str, Message] = field(default_factory=dict)
    surely: bool = False

    def heading_of(self, heading: str) -> Heading | None:
        """Tell what a heading names, if anything."""
        if len(heading) > _LONGEST:
            return None
        for form in (heading, _NUMBERS.sub("", heading), _BRACKETS.sub("", heading)):
            if found := self.known.get(folded(form)):
                return found
        return None

    @cached_property
    def known(self) -> Mapping[str, Heading]:
        """What each folded heading names; names of fields are headings too."""
        known: dict[str, Heading] = {}
        for name, headings in self.headings.items():
            for rank, heading in enumerate((*headings, name)):
                known.setdefault(folded(heading), Heading(name, rank))
        for folding, named in list(known.items()):
            known.setdefault(_DIGITS.sub("", folding), named)
        return known
