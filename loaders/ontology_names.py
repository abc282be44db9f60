"""The names of the terms of an ontology."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from loaders.orphanet.labels import clean_label
from loaders.report import Finding
from ontologies.concept import Label, LabelKind

if TYPE_CHECKING:
    from pronto.ontology import Ontology
    from pronto.term import Term

_OBSOLETE = re.compile(r"obsolete[\s:_.]+(?=\S)", re.IGNORECASE)
_SCOPES = {"EXACT": 0, "NARROW": 1, "BROAD": 2, "RELATED": 3}
_UNDECLARED = "undeclared synonym type: "


class Names:
    """Reads names and synonyms; keeps count of them, and of what is odd."""

    def __init__(self, file: str, lang: str, ontology: Ontology) -> None:
        self._file = file
        self._lang = lang
        self._ontology = ontology
        self.counts: Counter[str] = Counter()
        self.findings: list[Finding] = []

    def labels(self, term: Term) -> Iterator[Label]:
        """Yield the name and the synonyms, of each text the closest one."""
        seen: set[str] = set()
        if term.name:
            label = self._label(term, term.name, LabelKind.PREFERRED)
            seen.add(label.text)
            yield label
        else:
            self.counts["terms_without_name"] += 1
        for scope, text in self.synonyms(term):
            label = self._label(term, text, LabelKind.SYNONYM, scope.lower())
            if label.text in seen:
                self.counts["synonyms_repeating"] += 1
            else:
                seen.add(label.text)
                yield label

    def synonyms(self, term: Term) -> list[tuple[str, str]]:
        """Return (scope, text) of each synonym, the closest first.

        pronto fails where the type of a synonym is not declared; it is then declared here.
        """
        from pronto.synonym import SynonymType

        try:
            found = [(each.scope or "RELATED", each.description) for each in term.synonyms]
        except ValueError as error:
            kind = str(error).removeprefix(_UNDECLARED)
            self._ontology.metadata.synonymtypedefs.add(SynonymType(kind, ""))
            values = {"type": kind, "code": term.id}
            self.findings.append(Finding("undeclared-synonym-type", self._file, values=values))
            return self.synonyms(term)
        self.counts["synonyms"] += len(found)
        return sorted(found, key=lambda each: (_SCOPES[each[0]], each[1]))

    def _label(self, term: Term, written: str, kind: LabelKind, scope: str | None = None) -> Label:
        """Return a clean label; the names of obsolete terms begin with that word."""
        text, repairs = clean_label(written, inactive=False)
        for key in repairs:
            self.findings.append(
                Finding(key, self._file, concept=term.id, before=written, after=text)
            )
        if term.obsolete and kind is LabelKind.PREFERRED and (prefix := _OBSOLETE.match(text)):
            text = text[prefix.end() :]
        raw = None if text == written else written
        return Label(text, self._lang, kind, raw=raw, scope=scope)
