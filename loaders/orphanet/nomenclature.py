"""``ORPHAnomenclature_<lang>_<year>.xml``: every entity with its names and facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from lxml import etree

from loaders.orphanet.labels import plain_definition
from loaders.orphanet.reading import (
    EntityRecord,
    Notebook,
    ParsedFile,
    licence_of,
    source_of,
)
from loaders.report import Finding
from loaders.xml import events, forget, read_root, text
from ontologies.concept import (
    Aggregation,
    Concept,
    EntityType,
    Label,
    LabelKind,
    Level,
    Redirection,
    RedirectionKind,
    Status,
)

_OBSOLETE_WITHOUT_TEXT = 9216
_DEFINITION = "16907"


def read_nomenclature(name: str, data: bytes, *, force: bool = False) -> ParsedFile:
    """Read a nomenclature file.

    Args:
        force: accept declared counts that differ from what is there.

    Raises:
        Refused: see ``docs/loading.md``.
    """
    source = source_of(name, data, "nomenclature", read_root(name, data))
    reader = _Reader(Notebook(name, force))
    licence = None
    for event, element in events(name, data, "Licence", "DisorderList", "Disorder"):
        if event == "start":
            continue
        if element.tag == "Disorder":
            reader.entity(element)
            forget(element)
        elif element.tag == "Licence":
            licence = licence_of(element)
        else:
            reader.notebook.check_count(element, len(reader.records))
    return ParsedFile(
        replace(source, lang=reader.language, licence=licence),
        tuple(reader.records.values()),
        tuple(reader.notebook.findings),
        mirrors=tuple(reader.mirrors),
    )


class _Reader:
    """Turns <Disorder> elements into records, one at a time."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.records: dict[str, EntityRecord] = {}
        self.mirrors: list[tuple[str, str, int | None]] = []
        self._languages: Counter[str] = Counter()

    @property
    def language(self) -> str | None:
        return self._languages.most_common(1)[0][0] if self._languages else None

    def entity(self, element: etree._Element) -> None:
        line = element.sourceline
        code = self.notebook.code(element)
        if code in self.records:
            raise self.notebook.refuse(
                "duplicate-code", line, orpha=code, first=self.records[code].line
            )
        self.notebook.check_counts(element)
        flag = self._flag(element, code)
        status = Status.of_flag(flag)
        self.records[code] = EntityRecord(
            Concept(
                code=code,
                flag=flag,
                level=self.notebook.kind(element, "ClassificationLevel", Level),
                type=self._type(element, code),
                labels=self._labels(element, code, inactive=not status.is_active),
                definitions=self._definitions(element, code),
                redirection=self._redirection(element, code),
                aggregation=self._aggregation(element, code),
            ),
            line,
        )

    def _flag(self, element: etree._Element, code: str) -> int:
        written = self.notebook.required(element, "FlagValue")
        try:
            flag = int(written)
            Status.of_flag(flag)
        except (ValueError, KeyError):
            raise self.notebook.bad_value(element, "FlagValue", written) from None
        if text(element, "Totalstatus") is None:
            self.notebook.note(
                "missing-status-text", line=element.sourceline, orpha=code, flag=flag
            )
        return flag

    def _type(self, element: etree._Element, code: str) -> EntityType | None:
        if element.find("DisorderType") is None:
            self.notebook.note("missing-type", line=element.sourceline, orpha=code)
            return None
        return self.notebook.kind(element, "DisorderType", EntityType)

    def _labels(self, element: etree._Element, code: str, *, inactive: bool) -> tuple[Label, ...]:
        line = element.sourceline
        raw = self.notebook.required(element, "Name")
        lang = self.notebook.lang(element, "Name")
        self._languages[lang] += 1
        labels = [
            self.notebook.label(raw, lang, LabelKind.PREFERRED, code, line, inactive=inactive)
        ]
        for synonym in element.iterfind("SynonymList/Synonym"):
            if not synonym.text or synonym.text.isspace():
                raise self.notebook.bad_value(synonym, "Synonym", "")
            label = self.notebook.label(
                synonym.text,
                self.notebook.lang(synonym),
                LabelKind.SYNONYM,
                code,
                synonym.sourceline,
                inactive=inactive,
            )
            if label.text == labels[0].text:
                self.notebook.note("synonym-repeats-label", line=synonym.sourceline, orpha=code)
            labels.append(label)
        return tuple(labels)

    def _definitions(self, element: etree._Element, code: str) -> tuple[tuple[str, str], ...]:
        if element.find("SummaryInformationList/SummaryInformation/TextAuto") is not None:
            self.notebook.note("automatic-text", line=element.sourceline, orpha=code)
        found: dict[str, str] = {}
        for section in element.iterfind(
            "SummaryInformationList/SummaryInformation/TextSectionList/TextSection"
        ):
            kind, contents = section.find("TextSectionType"), text(section, "Contents")
            if contents is None or kind is None or kind.get("id") != _DEFINITION:
                continue
            cleaned = plain_definition(contents)
            if cleaned.repairs:
                self.notebook.findings.append(
                    Finding("definition-markup", self.notebook.file, section.sourceline, code)
                )
            found.setdefault(self.notebook.lang(section), cleaned.text)
        return tuple(found.items())

    def _redirection(self, element: etree._Element, code: str) -> Redirection | None:
        """Read the associations of which this entity is the source.

        Each association stands on both sides; on the target's side TargetDisorder is only
        ``cycle="true"`` and the other code is RootDisorder's.
        """
        found: list[Redirection] = []
        for link in element.iterfind("DisorderDisorderAssociationList/DisorderDisorderAssociation"):
            target = text(link, "TargetDisorder/OrphaCode")
            other = text(link, "RootDisorder/OrphaCode")
            if target is not None:
                kind = self.notebook.kind(link, "DisorderDisorderAssociationType", RedirectionKind)
                found.append(Redirection(kind, self.notebook.parsed_code(target, link.sourceline)))
            elif other is not None:
                self.mirrors.append((code, other, link.sourceline))
        return self.notebook.one_redirection(found, code, element.sourceline)

    def _aggregation(self, element: etree._Element, code: str) -> Aggregation:
        section = element.find("AggregationLevelSection")
        if section is None:
            self.notebook.note("missing-aggregation", line=element.sourceline, orpha=code)
            return Aggregation(known=False)
        found = [
            self.notebook.code(level)
            for level in section.iterfind("AggregationLevelList/AggregationLevel")
        ]
        if len(found) > 1:
            self.notebook.note(
                "several-aggregations", line=section.sourceline, orpha=code, target=found[0]
            )
        return Aggregation(found[0] if found else None)
