"""The nomenclature file: one `Disorder` element per entity, in the official order of parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.packs.displays import (
    LEVEL_TEXTS,
    REDIRECTION_TEXTS,
    STATUS_TEXTS,
    TYPE_TEXTS,
    Texts,
)
from tests.packs.markup import (
    OFFICIAL,
    Form,
    encoded,
    expert_link,
    header,
    in_language,
    internal_id,
)
from tests.packs.model import NOT_APPLICABLE, Entity, Pack


def nomenclature_xml(pack: Pack, lang: str, *, form: Form = OFFICIAL) -> bytes:
    """The file `ORPHAnomenclature_<lang>_<year>.xml` of a pack."""
    writer = _Writer(lang, {each.code: each for each in pack.entities}, _mirrors(pack))
    lines = [*header(pack, form), f'  <DisorderList count="{len(pack.entities)}">']
    for entity in pack.entities:
        lines += writer.disorder(entity)
    lines += ["  </DisorderList>", "</JDBOR>"]
    return encoded(lines, form, "\r\n" if form.crlf else "\n")


def _mirrors(pack: Pack) -> dict[str, list[Entity]]:
    """By target code, the entities that redirect to it, by row number.

    The files repeat each link in its target, with the ends exchanged.
    """

    def row(entity: Entity) -> tuple[int, str]:
        return len(internal_id(entity.code)), internal_id(entity.code)

    mirrors: dict[str, list[Entity]] = {}
    for entity in sorted(pack.entities, key=row):
        if entity.redirection:
            mirrors.setdefault(entity.redirection[1], []).append(entity)
    return mirrors


@dataclass(frozen=True, slots=True)
class _Writer:
    lang: str
    entities: Mapping[str, Entity]
    mirrors: Mapping[str, list[Entity]]

    def disorder(self, entity: Entity) -> Iterator[str]:
        yield f'    <Disorder id="{internal_id(entity.code)}">'
        yield f"      <OrphaCode>{escape(entity.code)}</OrphaCode>"
        yield f"      {expert_link(entity.code, self.lang)}"
        yield f"      {in_language('Name', entity.names, self.lang)}"
        yield from self._status(entity)
        yield from self._synonyms(entity)
        yield from self._value("DisorderType", entity.type_id, TYPE_TEXTS)
        yield from self._value("ClassificationLevel", entity.level_id, LEVEL_TEXTS)
        yield from self._associations(entity)
        yield from self._definition(entity)
        yield from self._aggregation(entity.counted_as)
        yield "    </Disorder>"

    def _status(self, entity: Entity) -> Iterator[str]:
        yield f"      <FlagValue>{entity.flag}</FlagValue>"
        if texts := STATUS_TEXTS.get(entity.flag):
            yield f"      {in_language('Totalstatus', texts, self.lang)}"

    def _synonyms(self, entity: Entity) -> Iterator[str]:
        synonyms = entity.synonyms.get(self.lang, ())
        yield f'      <SynonymList count="{len(synonyms)}">'
        for synonym in synonyms:
            yield f"        {in_language('Synonym', {self.lang: synonym}, self.lang)}"
        yield "      </SynonymList>"

    def _value(
        self, tag: str, value: int, texts: Mapping[int, Texts], indent: str = "      "
    ) -> Iterator[str]:
        """A member of one of Orphanet's value lists: its id and what is shown for it."""
        yield f'{indent}<{tag} id="{value}">'
        if value in texts:
            yield f"{indent}  {in_language('Name', texts[value], self.lang)}"
        yield f"{indent}</{tag}>"

    def _associations(self, entity: Entity) -> Iterator[str]:
        tag = "DisorderDisorderAssociationList"
        sources = self.mirrors.get(entity.code, [])
        yield f'      <{tag} count="{len(sources) + bool(entity.redirection)}">'
        if entity.redirection:
            kind, target = entity.redirection
            yield from self._association(
                kind, self._end("TargetDisorder", target), _here("RootDisorder", entity.code)
            )
        for source in sources:
            if source.redirection:
                yield from self._association(
                    source.redirection[0],
                    _here("TargetDisorder", entity.code),
                    self._end("RootDisorder", source.code),
                )
        yield f"      </{tag}>"

    def _association(self, kind: int, target: list[str], root: list[str]) -> Iterator[str]:
        yield "        <DisorderDisorderAssociation>"
        yield from target
        yield from root
        tag = "DisorderDisorderAssociationType"
        yield from self._value(tag, kind, REDIRECTION_TEXTS, "          ")
        yield "        </DisorderDisorderAssociation>"

    def _end(self, tag: str, code: str) -> list[str]:
        """The far end of an association, named as far as the pack knows it."""
        return [
            f'          <{tag} id="{internal_id(code)}">',
            f"            <OrphaCode>{escape(code)}</OrphaCode>",
            *(f"            {name}" for name in self._named("Name", code)),
            f"          </{tag}>",
        ]

    def _named(self, tag: str, code: str) -> Iterator[str]:
        if code in self.entities:
            yield in_language(tag, self.entities[code].names, self.lang)

    def _definition(self, entity: Entity) -> Iterator[str]:
        if self.lang not in entity.definitions:
            return
        row, lang = internal_id(entity.code), self.lang
        yield '      <SummaryInformationList count="1">'
        yield f'        <SummaryInformation id="{row}1" lang="{lang}">'
        yield '          <TextSectionList count="1">'
        yield f'            <TextSection id="{row}2" lang="{lang}">'
        yield '              <TextSectionType id="16907">'
        heading = in_language("Name", {"fr": "Définition", "en": "Definition"}, lang)
        yield f"                {heading}"
        yield "              </TextSectionType>"
        yield f"              <Contents>{escape(entity.definitions[lang])}</Contents>"
        yield "            </TextSection>"
        yield "          </TextSectionList>"
        yield "        </SummaryInformation>"
        yield "      </SummaryInformationList>"

    def _aggregation(self, code: str | None) -> Iterator[str]:
        if code is None:
            return
        yield "      <AggregationLevelSection>"
        if code == NOT_APPLICABLE:
            yield '        <AggregationLevelList count="0"/>'
            yield "        <OrphaCodeAggregation/>"
            yield "        <PreferredTerm/>"
            yield "        <AggregationLevelStatus>Not applicable</AggregationLevelStatus>"
        else:
            yield '        <AggregationLevelList count="1">'
            yield "          <AggregationLevel>"
            yield f"            <OrphaCode>{escape(code)}</OrphaCode>"
            yield from (f"            {term}" for term in self._named("PreferredTerm", code))
            yield "            <AggregationLevelStatus>Applicable</AggregationLevelStatus>"
            yield "          </AggregationLevel>"
            yield "        </AggregationLevelList>"
        yield "      </AggregationLevelSection>"


def _here(tag: str, code: str) -> list[str]:
    """The near end of an association: the element that is being written."""
    return [f'          <{tag} id="{internal_id(code)}" cycle="true"/>']
