"""What each leaf of a query means: which field, and which documents its value chooses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from ontologies.codes import parse_code
from ontologies.errors import InvalidCode, Message
from ontologies.related import Related
from ontologies.release import Snapshot
from ontologies.standard import CodeSystem
from ontologies.systems import Coding
from search.fulltext import fields
from search.fulltext.fields import FRENCH_NAMES, KNOWN, TEXT_FIELDS, VALUES, Value
from search.fulltext.language import Field, Leaf
from search.fulltext.layout import local_code
from search.fulltext.matching import Matched, Words, chosen, rarity
from search.fulltext.patterns import Expander
from search.fulltext.postings import Postings
from search.fulltext.tokens import InvalidQuery

_CODE_WORTH = 1.1
"""A code that was typed among words counts more than a word in the shortest preferred term."""
_FORMS = (
    ("icd10", re.compile(r"[A-Z][0-9]{2}(?:\.?[0-9]{1,3})?")),
    ("omim", re.compile(r"[0-9]{6}")),
    ("gene", re.compile(r"[A-Z][A-Z0-9-]+|C[0-9XY]+orf[0-9]+")),
)
"""Codes that are typed without their field, as they are written."""


class Meaning:
    """Evaluates the leaves of one query on one release."""

    def __init__(
        self, postings: Postings, snapshot: Snapshot, related: Related, query: str
    ) -> None:
        self._postings = postings
        self._snapshot = snapshot
        self._related = related
        self._query = query
        self._expander = Expander(postings, query)
        self._below: dict[tuple[str, str], Matched] = {}
        self.words = Words(postings, query, self._expander)

    def __call__(self, leaf: Leaf) -> Matched:
        """Evaluate a leaf. Raises InvalidQuery."""
        if leaf.field is None:
            return self._default(leaf)
        name, lang = fields.field_named(leaf.field.name)
        if name in TEXT_FIELDS:
            return self.words.find(leaf, TEXT_FIELDS[name], lang)
        if lang is not None and (name in KNOWN or self._system(name)):
            self._no_language(leaf.field)
        if name in fields.VALUE_FIELDS:
            return self._keys(f"{name}/{key}" for key in self._values(leaf, name))
        if name in fields.PLACE_FIELDS:
            return self._placed(leaf, name)
        if name == "gene":
            return self._gene(leaf)
        return self._coded(leaf, leaf.field, name)

    def text_field(self, leaf: Leaf) -> str | None:
        """The field of the index in which the words of a leaf are, if it is about words."""
        name = fields.field_named(leaf.field.name)[0] if leaf.field else "name"
        if name not in TEXT_FIELDS:
            return None
        return "definition" if name == "definition" else "name"

    def field_of_code(self, leaf: Leaf) -> str | None:
        """The field in which a word that finds nothing without a field is a code that finds."""
        if leaf.field or leaf.quoted:
            return None
        fitting = [name for name, form in _FORMS if form.fullmatch(leaf.text)]
        if not fitting or self._default(leaf).choice.any():
            return None
        for name in fitting:
            with suppress(InvalidQuery):  # nothing of that system is loaded, or not this gene
                if self(replace(leaf, field=Field(name, leaf.place))).choice.any():
                    return name
        return None

    def _fail(self, leaf: Leaf, fr: str, en: str) -> None:
        raise InvalidQuery(self._query, leaf.place, Message(fr, en))

    def _no_language(self, field: Field) -> None:
        raise InvalidQuery(
            self._query,
            field.place,
            Message(
                "seuls les champs de texte ont une langue (label.fr, definition.en).",
                "only fields of text have a language (label.fr, definition.en).",
            ),
        )

    def _default(self, leaf: Leaf) -> Matched:
        """A word in the names; what is written as a code may also be one."""
        found = self.words.find(leaf, fields.NAMES, None)
        if leaf.quoted or leaf.is_pattern or not any(map(str.isdigit, leaf.text)):
            return found
        with suppress(InvalidCode):
            coding = self._related.systems.read(leaf.text)
            holders = self._postings.holding(self._key(coding))
            worth = _CODE_WORTH * rarity(len(self._postings), len(holders))
            other = chosen(len(self._postings), holders, worth)
            scores = np.maximum(found.scores, other.scores)
            return Matched(found.choice | other.choice, scores)
        return found

    # -- values --------------------------------------------------------------------------

    def _keys(self, keys: Iterable[str]) -> Matched:
        """The documents that hold any of some keys."""
        found = [self._postings.holding(key) for key in keys]
        return chosen(len(self._postings), np.concatenate(found) if found else [])

    def _values(self, leaf: Leaf, name: str) -> Sequence[str]:
        values = VALUES.get(name) or self._classifications()
        keys = fields.meant(name, leaf.text, values)
        if not keys:
            listed = ", ".join(_shown(each) for each in values)
            self._fail(
                leaf,
                f"valeur inconnue du champ {FRENCH_NAMES[name]} ; connues : {listed}.",
                f"unknown value of the field {name}; known ones: {listed}.",
            )
        return keys

    def _classifications(self) -> Sequence[Value]:
        return [
            Value(each.id, tuple(name for _, name in each.names))
            for each in self._snapshot.classifications.values()
        ]

    def _placed(self, leaf: Leaf, name: str) -> Matched:
        """The concepts below a code: all of them, or its children."""
        try:
            code = parse_code(leaf.text)
        except InvalidCode as error:
            self._fail(leaf, error.message.fr, error.message.en)
        if code not in self._snapshot:
            self._fail(leaf, f"ORPHA:{code} est inconnu.", f"ORPHA:{code} is unknown.")
        if (name, code) not in self._below:
            merged = self._snapshot.merged
            below = merged.children(code) if name == "parent" else merged.descendants(code)
            numbers = [self._postings.number_of[each] for each in below]
            self._below[name, code] = chosen(len(self._postings), numbers)
        return self._below[name, code]

    # -- codes ---------------------------------------------------------------------------

    def _key(self, coding: Coding) -> str:
        return f"{coding.system}/{local_code(self._related.systems, coding)}"

    def _gene(self, leaf: Leaf) -> Matched:
        if leaf.is_pattern:
            return self._expanded(leaf, "hgnc/", leaf.text.upper())
        found = self._related.genes.named(leaf.text)
        if not found:
            if not self._related.genes:
                self._fail(leaf, "aucun gène n'est chargé.", "no genes are loaded.")
            self._fail(
                leaf,
                "gène inconnu ; donner un symbole (FBN1) ou un code HGNC.",
                "unknown gene; give a symbol (FBN1) or an HGNC code.",
            )
        return self._keys(f"hgnc/{gene.symbol.upper()}" for gene in found)

    def _coded(self, leaf: Leaf, field: Field, name: str) -> Matched:
        system = "orpha" if name == "code" else self._system(name)
        if system is None:
            self._unknown_field(field)
            raise AssertionError
        if leaf.is_pattern:
            prefix = self._related.systems.get(system).prefix.upper()
            return self._expanded(leaf, f"{system}/", leaf.text.upper().removeprefix(f"{prefix}:"))
        try:
            coding = self._related.systems.read(leaf.text, system)
        except InvalidCode as error:
            self._fail(leaf, error.message.fr, error.message.en)
        return self._keys([self._key(coding)])

    def _expanded(self, leaf: Leaf, beginning: str, pattern: str) -> Matched:
        found = self._expander.expand("code", pattern, leaf, beginning=beginning)
        return self._keys(found)

    def _system(self, name: str) -> str | None:
        """The code system of a field: by its key, title or prefix, hyphens and case left out."""
        for each in self._related.systems:
            if each.name == "hpo":
                continue  # signs, not codes of entities
            spelled = (each.name, each.title, each.title_fr, each.prefix, *each.prefixes)
            if name in map(fields.plain_name, spelled):
                return each.name
        return None

    def _french_name(self, system: CodeSystem) -> str:
        """The French name of a system's field, where its French title is one word that finds it."""
        plain = fields.plain_name(system.title_fr)
        fits = plain.isalnum() and self._system(plain) == system.name
        return plain if fits else fields.plain_name(system.name)

    def _unknown_field(self, field: Field) -> None:
        aligned = [
            each
            for each in self._related.systems
            if each.name not in ("hpo", "orpha", "hgnc") and each.name in self._postings.systems
        ]
        french = ", ".join((*FRENCH_NAMES.values(), *map(self._french_name, aligned)))
        listed = ", ".join((*KNOWN, *(fields.plain_name(each.name) for each in aligned)))
        raise InvalidQuery(
            self._query,
            field.place,
            Message(
                f"champ inconnu ; connus : {french}. Pour chercher les deux-points eux-mêmes, "
                "mettre entre guillemets.",
                f"unknown field; known ones: {listed}. To search the colon itself, use quotation "
                "marks.",
            ),
        )


def _shown(value: Value) -> str:
    names = [name for name in value.names[:1] if name.lower() != value.key]
    return f"{value.key} ({names[0]})" if names else value.key
