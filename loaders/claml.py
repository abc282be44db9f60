"""ICD-10 in ClaML, the Classification Markup Language, as the WHO and ATIH publish it.

Source: EN 14463 / ISO 13120 (ClaML 2.0 and 3.0). Official files name ``ClaML.dtd`` in a DOCTYPE,
which is let through and never fetched; declarations of their own are refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from loaders.messages import refuse
from loaders.related import Format, Reading, RelatedFile, Sample, day_in, refuse_empty, source
from loaders.report import Finding
from loaders.xml import forget, looks_like_xml
from ontologies.concept import Label, LabelKind
from ontologies.systems import Coding, icd10
from ontologies.terminology import Term

FRENCH, INTERNATIONAL = "cim-10", "icd-10"
LICENCES = {FRENCH: "CIM-10 FR (c) OMS, ATIH", INTERNATIONAL: "ICD-10 (c) WHO"}
_TAGS = ("Meta", "Title", "Class", "ModifierClass")
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}
_VERSION = re.compile(r"[A-Za-z0-9._-]{1,40}")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_KINDS = {"chapter": "chapters", "block": "blocks", "category": "categories"}
# Text of these runs on; any other element inside a label is a part of its own.
_RUNNING_ON = ("Term",)
_RUBRICS = ("preferred", "preferredLong", "definition", "inclusion")
_EMPTY_BRACKETS = re.compile(r"\s*[(\[][\s,;]*[)\]]")
_CATEGORY = re.compile(r"[A-Z][0-9]{2}")
_FOURTH = re.compile(r"\.[0-9]")


def _recognises(sample: Sample) -> bool:
    """The root element, whatever stands before it."""
    if not looks_like_xml(sample.head):
        return False
    parser = etree.XMLPullParser(events=("start",), **_SAFE)
    with suppress(etree.XMLSyntaxError):
        parser.feed(sample.head)
    return next((root.tag == "ClaML" for _, root in parser.read_events()), False)


def _read(name: str, data: bytes, reading: Reading) -> RelatedFile:
    classes = _Classes(name)
    for element in _elements(name, data):
        classes.read(element)
    classes.expand()
    lang = classes.main_language()
    dataset = FRENCH if lang == "fr" else INTERNATIONAL
    version, day = _edition(classes.title)
    return refuse_empty(
        RelatedFile(
            source(
                name,
                data,
                "claml",
                lang=lang,
                date=day,
                version=version,
                licence=LICENCES[dataset],
            ),
            reading.dataset or dataset,
            terms=tuple(classes.terms.values()),
            counts=dict(classes.counts) | {"terms": len(classes.terms)},
            findings=tuple(classes.findings),
        )
    )


def _edition(title: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return the version and the day that <Title> states."""
    day = day_in(title.get("date", ""))
    version = title.get("version", "").strip()
    return (version if _VERSION.fullmatch(version) else day), day


def _elements(name: str, data: bytes) -> Iterator[etree._Element]:
    """Yield each element of interest once it is complete, and forget it afterwards."""
    parser = etree.iterparse(BytesIO(data), events=("start", "end"), tag=("ClaML", *_TAGS), **_SAFE)
    try:
        for event, element in parser:
            if element.tag == "ClaML":
                _refuse_declarations(name, element)
            elif event == "end":
                yield element
                if element.tag != "Meta":
                    forget(element)
    except etree.XMLSyntaxError as error:
        whole = data[-64:].replace(b"\0", b"").rstrip().endswith(b"</ClaML>")
        reason = "bad-xml" if whole else "truncated-xml"
        raise refuse(reason, file=name, line=error.lineno, why=error.msg) from None


def _refuse_declarations(name: str, root: etree._Element) -> None:
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and (any(declared.iterentities()) or any(declared.iterelements())):
        raise refuse("doctype", file=name, line=1)


@dataclass
class _Classes:
    """What the elements of a file say, gathered one by one.

    Attributes:
        modified: (code of a class, its modifier, the values that are valid; none for all).
        modifiers: modifier -> its values, such as ``.0``, with their names.
    """

    file: str
    lang: str = "en"
    title: dict[str, str] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    modified: list[tuple[str, str, frozenset[str]]] = field(default_factory=list)
    modifiers: dict[str, dict[str, tuple[Label, ...]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def read(self, element: etree._Element) -> None:
        if element.tag == "Meta":
            if element.get("name") == "lang":
                self.lang = _language(element.get("value", ""), self.lang)
        elif element.tag == "Title":
            self.title = dict(element.attrib)
        elif element.tag == "ModifierClass":
            values = self.modifiers.setdefault(element.get("modifier", ""), {})
            values[element.get("code", "")] = self._names(element)
        else:
            self._class(element)

    def main_language(self) -> str:
        names = (label.lang for term in self.terms.values() for label in term.labels)
        return Counter(names).most_common(1)[0][0] if self.terms else self.lang

    def _class(self, element: etree._Element) -> None:
        line = element.sourceline
        written = element.get("code", "").strip()
        if not written:
            raise refuse("bad-value", file=self.file, line=line, value="", what="Class code")
        code = icd10(written)
        if code in self.terms:
            first = self.lines[code]
            raise refuse("duplicate-term", file=self.file, line=line, code=code, first=first)
        labels = self._names(element)
        if not labels:
            self.findings.append(Finding("class-without-label", self.file, line, concept=code))
        parents = [icd10(each.get("code", "")) for each in element.iterfind("SuperClass")]
        self.lines[code] = line or 0
        self.terms[code] = Term(
            Coding("icd-10", code),
            labels + self._inclusions(element),
            definitions=tuple(self._texts(element, "definition").items()),
            parents=tuple(dict.fromkeys(filter(None, parents))),
        )
        self.counts[_KINDS.get(element.get("kind", ""), "other_kinds")] += 1
        self._modified_by(code, element)

    def _names(self, element: etree._Element) -> tuple[Label, ...]:
        """The names in each language; the long one can stand alone, so that it is preferred."""
        short = self._texts(element, "preferred")
        long = self._texts(element, "preferredLong")
        preferred = short | long
        names = [Label(text, lang, LabelKind.PREFERRED) for lang, text in preferred.items()]
        names += [
            Label(text, lang, LabelKind.SYNONYM, scope="exact")
            for lang, text in short.items()
            if text != preferred[lang]
        ]
        return tuple(names)

    def _inclusions(self, element: etree._Element) -> tuple[Label, ...]:
        found: list[Label] = []
        for rubric in element.iterfind("Rubric"):
            if rubric.get("kind") == "inclusion":
                self.counts["inclusions"] += 1
                found += [
                    Label(text, lang, LabelKind.SYNONYM, scope="narrow")
                    for lang, text in self._labels(rubric)
                ]
            elif rubric.get("kind") not in _RUBRICS:
                self.counts["rubrics_not_kept"] += 1
        return tuple(dict.fromkeys(found))

    def _texts(self, element: etree._Element, kind: str) -> dict[str, str]:
        """Return language -> text of the first rubric of a kind in that language."""
        texts: dict[str, str] = {}
        for rubric in element.iterfind("Rubric"):
            if rubric.get("kind") == kind:
                for lang, text in self._labels(rubric):
                    texts.setdefault(lang, text)
        return texts

    def _labels(self, rubric: etree._Element) -> Iterator[tuple[str, str]]:
        for label in rubric.iterfind("Label"):
            text = " ".join(_EMPTY_BRACKETS.sub("", self._text(label)).split())
            if text:
                yield _language(label.get(_LANGUAGE, ""), self.lang), text

    def _text(self, element: etree._Element) -> str:
        """Join the text of an element and what is inside, without the codes that it refers to."""
        parts = [element.text or ""]
        for child in element:
            if isinstance(child, etree._Entity):  # noqa: SLF001
                why = f"entity {child.text}"
                raise refuse("bad-xml", file=self.file, line=element.sourceline, why=why)
            if isinstance(child.tag, str) and child.tag != "Reference":
                inner = self._text(child)
                parts.append(inner if child.tag in _RUNNING_ON else f" {inner} ")
            parts.append(child.tail or "")
        return "".join(parts)

    def _modified_by(self, code: str, element: etree._Element) -> None:
        for modifier in element.iterfind("ModifiedBy"):
            valid = frozenset(
                each.get("code", "") for each in modifier.iterfind("ValidModifierClass")
            )
            if element.find("SubClass") is None and _CATEGORY.fullmatch(code):
                self.modified.append((code, modifier.get("code", ""), valid))
            else:
                self.counts["modifiers_not_expanded"] += 1

    def expand(self) -> None:
        """Make the codes that a category without subdivisions has by a fourth-character modifier.

        E10 modified by ``.0`` is E10.0. Other modifiers combine with several characters in ways
        that differ from chapter to chapter: they are counted, and noted.
        """
        for code, modifier, valid in self.modified:
            values = self.modifiers.get(modifier, {})
            if not values or not all(map(_FOURTH.fullmatch, values)):
                self.counts["modifiers_not_expanded"] += 1
                continue
            for value, names in values.items():
                full = f"{code}{value}"
                if full not in self.terms and (not valid or value in valid):
                    self.terms[full] = self._combined(code, full, names)
                    self.counts["codes_by_modifier"] += 1
        if count := self.counts["modifiers_not_expanded"]:
            self.findings.append(
                Finding("modifiers-not-expanded", self.file, values={"count": count})
            )
        self.counts = +self.counts

    def _combined(self, code: str, full: str, names: Sequence[Label]) -> Term:
        base = self.terms[code]
        labels = tuple(
            Label(f"{own.text} : {name.text}", name.lang, LabelKind.PREFERRED)
            for name in names
            if name.kind is LabelKind.PREFERRED
            and (own := base.preferred(name.lang))
            and own.lang == name.lang
        )
        return Term(Coding("icd-10", full), labels, parents=(code,))


def _language(written: str, otherwise: str) -> str:
    """Return the language of a tag such as ``fr-FR``."""
    return written.strip().lower().partition("-")[0] or otherwise


FORMATS = (Format("claml", _recognises, _read),)
