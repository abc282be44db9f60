"""Translations of an ontology, as the Human Phenotype Ontology publishes them.

Two tables: babelon (monarch-initiative.github.io/babelon), with names and definitions, and a
ROBOT template, with synonyms. Rows that are not translated hold the English text and are counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from loaders.messages import refuse
from loaders.orphanet.labels import clean_label, plain_definition
from loaders.related import Format, Reading, RelatedFile, Sample, refuse_empty, source
from loaders.report import Finding
from loaders.table import decoded, rows
from ontologies.concept import Label, LabelKind
from ontologies.errors import InvalidCode
from ontologies.systems import Coding
from ontologies.terminology import Term

HPO_LICENCE = "HPO licence, https://hpo.jax.org/app/license"
_BABELON = (
    "subject_id", "translation_language", "predicate_id", "translation_status", "translation_value"
)  # fmt: skip
_SYNONYMS = ("subject_id", "translation_value", "Status")
_TEMPLATE = re.compile(
    r"^ID\tAL oboInOwl:has(Exact|Broad|Narrow|Related)Synonym@([a-z]{2,3})\b", re.MULTILINE
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]+)?")
_LABEL, _DEFINITION = "rdfs:label", "IAO:0000115"
_STATUSES = ("OFFICIAL", "CANDIDATE", "NOT_TRANSLATED")
_CHANGED = "changed"
# Each list is a dataset of its own, so that they may come together or one after the other.
_WHOLE, _ADDED, _PART = "", "-synonyms", "-changed"


class _Text(NamedTuple):
    """A translated text as its line has it."""

    line: int
    status: str
    value: str


@dataclass
class _Texts:
    """The texts of one file by concept, in the order of the file."""

    name: str
    reading: Reading
    names: dict[Coding, list[_Text]] = field(default_factory=dict)
    definitions: dict[Coding, list[_Text]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def subject(self, line: int, written: str, status: str) -> Coding | None:
        """Return the concept of a row, None where the row is not translated.

        Raises:
            Refused: it is no code, or the status none of babelon's.
        """
        self.counts["rows"] += 1
        if status not in _STATUSES:
            raise refuse("bad-value", file=self.name, line=line, value=status, what="status")
        self.counts[f"rows_{status.lower()}"] += 1
        try:
            coding = self.reading.systems.coding(written)
        except InvalidCode:
            raise refuse("bad-code", file=self.name, line=line, value=written) from None
        return None if status == "NOT_TRANSLATED" else coding

    def concepts(self) -> list[Coding]:
        """Return the concepts of the system that most are of; the others are relations."""
        found = dict.fromkeys((*self.names, *self.definitions))
        counts = Counter(coding.system for coding in found)
        if not counts:
            raise refuse("nothing-inside", file=self.name, kind="babelon")
        main = counts.most_common(1)[0][0]
        self.counts["concepts_other_prefixes"] = len(found) - counts[main]
        return [coding for coding in found if coding.system == main]

    def labels(self, coding: Coding, lang: str) -> Iterator[Label]:
        """Yield the distinct names of a concept as synonyms, official ones first."""
        seen: set[str] = set()
        for text in _official_first(self.names.get(coding, ())):
            label = self._label(coding, lang, text)
            if label.text in seen:
                self.counts["labels_repeating"] += 1
            else:
                seen.add(label.text)
                yield label

    def _label(self, coding: Coding, lang: str, text: _Text) -> Label:
        clean, repairs = clean_label(text.value, inactive=False)
        concept = self.reading.systems.curie(coding)
        self.findings.extend(
            Finding(key, self.name, text.line, concept=concept, before=text.value, after=clean)
            for key in repairs
        )
        raw = None if clean == text.value else text.value
        return Label(clean, lang, LabelKind.SYNONYM, raw=raw, status=text.status.lower())

    def definition(self, coding: Coding) -> str | None:
        texts = _official_first(self.definitions.get(coding, ()))
        return plain_definition(texts[0].value).text if texts else None


def _official_first(texts: Iterable[_Text]) -> list[_Text]:
    return sorted(texts, key=lambda text: _STATUSES.index(text.status))


def _read_babelon(name: str, data: bytes, reading: Reading) -> RelatedFile:
    """Read names and definitions.

    Of several names of a concept the first official one is preferred. HPO also publishes the rows
    whose English has changed since they were translated, with their former status; they are a part
    of the list, without the root, whose name never changes. They must not win over the whole list,
    where the same rows are candidates again.

    Raises:
        Refused: not UTF-8, a column missing, a wrong code, status or language.
    """
    texts = _Texts(name, reading)
    lang = _gather(texts, data)
    concepts = texts.concepts()
    root = _root(concepts[0])
    whole = root in texts.names
    if not whole:
        values = {"root": reading.systems.curie(root)}
        texts.findings.append(Finding("partial-translation", name, values=values))
    status = None if whole else _CHANGED
    terms = [_translated(texts, coding, lang, status) for coding in concepts]
    return _file(texts, data, "babelon", lang, terms, _WHOLE if whole else _PART)


def _gather(texts: _Texts, data: bytes) -> str:
    """Gather the texts of a babelon table and return their language."""
    lang = ""
    for line, row in rows(texts.name, decoded(texts.name, data), _BABELON):
        subject, language, predicate, status, value = row
        lang = lang or language
        if language != lang or not _LANGUAGE.fullmatch(language):
            what = "translation_language"
            raise refuse("bad-value", file=texts.name, line=line, value=language, what=what)
        coding = texts.subject(line, subject, status)
        if predicate not in (_LABEL, _DEFINITION):
            texts.counts["rows_other_predicates"] += 1
        elif coding and value:
            kind, kept = (
                ("labels", texts.names)
                if predicate == _LABEL
                else ("definitions", texts.definitions)
            )
            kept.setdefault(coding, []).append(_Text(line, status, value))
            texts.counts[kind] += 1
        elif coding:
            texts.counts["rows_without_text"] += 1
    return lang


def _root(coding: Coding) -> Coding:
    """Return the first concept of the same system; in HPO and Mondo it is the root."""
    first = re.sub(r"[0-9]+$", lambda number: "1".zfill(len(number[0])), coding.code)
    return Coding(coding.system, first)


def _translated(texts: _Texts, coding: Coding, lang: str, status: str | None) -> Term:
    labels = [replace(each, status=status or each.status) for each in texts.labels(coding, lang)]
    labels[:1] = [replace(each, kind=LabelKind.PREFERRED) for each in labels[:1]]
    definition = texts.definition(coding)
    return Term(coding, tuple(labels), ((lang, definition),) if definition else ())


def _read_synonyms(name: str, data: bytes, reading: Reading) -> RelatedFile:
    """Read synonyms, several of which may share a cell with ``|`` between them.

    Raises:
        Refused: not UTF-8, a column missing, no template, a wrong code or status.
    """
    text = decoded(name, data)
    template = _TEMPLATE.search(text)
    if not template:
        raise refuse("bad-header", file=name, line=2, why="AL oboInOwl:hasExactSynonym@fr")
    scope, lang = template[1].lower(), template[2]
    texts = _Texts(name, reading)
    for line, (subject, value, status) in rows(name, text, _SYNONYMS):
        if subject == "ID" and not status:  # the template
            continue
        coding = texts.subject(line, subject, status)
        parts = [part for part in value.split("|") if coding and part.strip()]
        texts.counts["synonyms"] += len(parts)
        if coding and parts:
            kept = texts.names.setdefault(coding, [])
            kept.extend(_Text(line, status, part) for part in parts)
    terms = [
        Term(coding, tuple(replace(each, scope=scope) for each in texts.labels(coding, lang)))
        for coding in texts.concepts()
    ]
    return _file(texts, data, "babelon-synonyms", lang, terms, _ADDED)


def _licence(terms: list[Term]) -> str | None:
    """The tables bear none; a translation is under the licence of what it translates."""
    return HPO_LICENCE if terms and terms[0].coding.system == "hpo" else None


def _file(
    texts: _Texts, data: bytes, kind: str, lang: str, terms: list[Term], part: str
) -> RelatedFile:
    texts.counts["concepts_translated"] = len(terms)
    file = RelatedFile(
        source(texts.name, data, kind, lang=lang, licence=_licence(terms)),
        texts.reading.dataset or f"{terms[0].coding.system}-{lang.lower()}{part}",
        terms=tuple(terms),
        counts={key: number for key, number in sorted(texts.counts.items()) if number},
        findings=tuple(texts.findings),
    )
    return refuse_empty(file)


def _is_babelon(sample: Sample) -> bool:
    """Two columns that no other table has together; the reader names one that is missing."""
    columns = set(sample.columns)
    own = {"translation_language", "translation_status", "predicate_id"} & columns
    return {"subject_id", "translation_value"} <= columns and len(own) > 1


FORMATS: tuple[Format, ...] = (
    Format("babelon", _is_babelon, _read_babelon),
    Format(
        "babelon-synonyms",
        lambda sample: set(_SYNONYMS) <= set(sample.columns) and "\tAL oboInOwl:" in sample.text,
        _read_synonyms,
    ),
)
