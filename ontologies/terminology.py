"""Concepts of the related terminologies: HPO, Mondo, ICD-10 and any other ontology."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ontologies.concept import Label, LabelKind, definition_of, preferred_of
from ontologies.systems import Coding


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of a terminology as its release has it, read-only.

    Attributes:
        coding: its code in its system.
        labels: preferred terms and synonyms in any number of languages; none where the source
            only adds names, parents or marks to a concept that another one holds.
        definitions: (language, plain text) pairs.
        parents: codes of the same system.
        alternates: codes that were merged into this one.
        obsolete: whether it is out of use.
        replaced_by: codes that replace it, of the same system.
        consider: codes to be considered instead.
    """

    coding: Coding
    labels: tuple[Label, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    parents: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    obsolete: bool = False
    replaced_by: tuple[str, ...] = ()
    consider: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.coding.code

    @property
    def status(self) -> str:
        return "obsolete" if self.obsolete else "active"

    def preferred(self, lang: str = "fr") -> Label | None:
        """Return the preferred term in ``lang``, else in the first language that has one."""
        return preferred_of(self.labels, lang) or next(iter(self.labels), None)

    def definition(self, lang: str = "fr") -> tuple[str, str] | None:
        """Return (language, text) in ``lang``, else in the first language that has a text."""
        return definition_of(self.definitions, lang)


def joined(terms: Iterable[Term]) -> Term:
    """Make one term of what several datasets say of one concept, the most trusted first.

    Names add up, candidates for a translation after the others: in each language the first
    preferred term stays and later ones become synonyms. A candidate synonym that repeats an English
    name is not a translation (HPO's French list has 6,060 of them) and is left out. Of the rest,
    the first dataset that says something counts.
    """
    first, *others = terms
    for other in others:
        first = replace(
            first,
            labels=_joined_labels((*first.labels, *other.labels)),
            definitions=tuple((dict(other.definitions) | dict(first.definitions)).items()),
            parents=first.parents or other.parents,
            alternates=first.alternates or other.alternates,
            # An ontology knows what it holds; a list of names or of alignments only adds to it.
            obsolete=first.obsolete or (other.obsolete and not first.parents),
            replaced_by=first.replaced_by or other.replaced_by,
            consider=first.consider or other.consider,
        )
    return first


_SURETY = {"official": 0, None: 0, "candidate": 1, "changed": 2}


def _surety(label: Label) -> int:
    return _SURETY.get(label.status, 0)


def _joined_labels(labels: Sequence[Label]) -> tuple[Label, ...]:
    english = {label.text for label in labels if label.lang == "en"}
    kept: dict[tuple[str, str], Label] = {}
    preferred: set[str] = set()
    for label in sorted(labels, key=_surety):
        key, is_first = (label.lang, label.text), label.lang not in preferred
        if label.kind is LabelKind.PREFERRED and is_first:
            preferred.add(label.lang)
            kept[key] = label
        elif not (label.status == "candidate" and label.lang != "en" and label.text in english):
            if label.kind is LabelKind.PREFERRED:
                label = replace(label, kind=LabelKind.SYNONYM)  # noqa: PLW2901
            kept.setdefault(key, label)
    return tuple(kept.values())
