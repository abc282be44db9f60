"""Preferred terms, synonyms and definitions of an entity in two releases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ontologies.concept import Concept, Label, LabelKind, preferred_of
from ontologies.differences.scope import Scope
from ontologies.differences.values import PreferredChange, SynonymsChange, TextChange
from ontologies.release import Release

_Name = tuple[str, str, str, bool]
"""(language, kind, clean text, misspelt in the file) of a label."""


@dataclass(slots=True)
class Names:
    """Compares the names of entities in the languages that both releases have.

    Attributes:
        without_synonyms: the entities whose synonyms one of the releases does not give.
    """

    before: Scope
    after: Scope
    languages: tuple[str, ...]
    definitions: tuple[str, ...] = field(init=False)
    without_synonyms: int = 0
    _plain: bool = field(init=False)

    def __post_init__(self) -> None:
        both = self.before.definitions & self.after.definitions
        self.definitions = tuple(lang for lang in self.languages if lang in both)
        kinds = {
            scope.names[lang] for scope in (self.before, self.after) for lang in self.languages
        }
        self._plain = kinds <= {"nomenclature"}

    @classmethod
    def of(cls, before: Scope, after: Scope, release: Release) -> Names:
        both = before.names.keys() & after.names.keys()
        return cls(before, after, tuple(lang for lang in release.languages if lang in both))

    def compare(
        self, old: Concept, new: Concept
    ) -> tuple[tuple[PreferredChange, ...], tuple[SynonymsChange, ...]]:
        """Return the changes of preferred terms and of synonyms."""
        before, after = self._names(old), self._names(new)
        if before == after and self._plain:
            return (), ()
        return (
            tuple(self._preferred(old, new)),
            tuple(self._synonyms(old, new, before, after)),
        )

    def _names(self, concept: Concept) -> set[_Name]:
        languages = self.languages
        return {
            (label.lang, label.kind, label.text, label.raw is not None and _is_misspelt(label))
            for label in concept.labels
            if label.lang in languages
        }

    def _preferred(self, old: Concept, new: Concept) -> Iterator[PreferredChange]:
        for lang in self.languages:
            before, after = _preferred_in(old, lang), _preferred_in(new, lang)
            if before and after:
                if _spelling(before) != _spelling(after):
                    yield PreferredChange(lang, before, after)
            elif before is not after and self._says_all(lang):
                yield PreferredChange(lang, before, after)

    def _synonyms(
        self, old: Concept, new: Concept, before: set[_Name], after: set[_Name]
    ) -> Iterator[SynonymsChange]:
        left_out = False
        for lang in self.languages:
            if self.before.gives_synonyms(old, lang) and self.after.gives_synonyms(new, lang):
                was, now = (_synonyms_in(each, lang) for each in (before, after))
                if was != now:
                    yield SynonymsChange(lang, _sorted(now - was), _sorted(was - now))
            else:
                left_out = True
        self.without_synonyms += left_out

    def _says_all(self, lang: str) -> bool:
        """Whether an absent preferred term is a fact."""
        return self.before.names[lang] == self.after.names[lang] == "nomenclature"

    def compare_definitions(self, old: Concept, new: Concept) -> tuple[TextChange, ...]:
        if old.definitions == new.definitions or not self.definitions:
            return ()
        before, after = dict(old.definitions), dict(new.definitions)
        return tuple(
            TextChange(lang, before.get(lang), after.get(lang))
            for lang in self.definitions
            if before.get(lang) != after.get(lang)
        )


def _preferred_in(concept: Concept, lang: str) -> Label | None:
    label = preferred_of(concept.labels, lang)
    return label if label and label.lang == lang else None


def _synonyms_in(names: set[_Name], lang: str) -> set[str]:
    return {
        text for language, kind, text, _ in names if language == lang and kind == LabelKind.SYNONYM
    }


def _spelling(label: Label) -> tuple[str, bool]:
    return label.text, _is_misspelt(label)


def _is_misspelt(label: Label) -> bool:
    """Whether loading repaired more of it than blanks and the prefix of inactive entities."""
    return not " ".join(label.in_file.split()).endswith(label.text)


def _sorted(texts: set[str]) -> tuple[str, ...]:
    return tuple(sorted(texts))
