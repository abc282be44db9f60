"""A classification file: nested nodes, each with its own short copy of the entity."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.packs.displays import TYPE_TEXTS
from tests.packs.markup import (
    OFFICIAL,
    Form,
    encoded,
    expert_link,
    header,
    in_language,
    internal_id,
)
from tests.packs.model import Classification, Entity, Node, Pack


def classification_xml(
    pack: Pack, classification: Classification, lang: str, *, form: Form = OFFICIAL
) -> bytes:
    """The file `ORPHAclassification_<id>_<slug>_<lang>_<year>.xml` of a classification."""
    writer = _Writer(lang, form, {each.code: each for each in pack.entities}, [])
    for root in classification.roots:
        writer.node(root, " " * 8)
    lines = [
        *header(pack, form),
        '  <ClassificationList count="1">',
        f'    <Classification id="{classification.id}">',
        f"      <OrphaNumber>{classification.number}</OrphaNumber>",
        f"      {in_language('Name', classification.names, lang)}",
        f'      <ClassificationNodeRootList count="{len(classification.roots)}">',
        *writer.lines,
        "      </ClassificationNodeRootList>",
        "    </Classification>",
        "  </ClassificationList>",
        "</JDBOR>",
    ]
    return encoded(lines, form)


@dataclass(frozen=True, slots=True)
class _Writer:
    lang: str
    form: Form
    entities: Mapping[str, Entity]
    lines: list[str]

    def node(self, node: Node, indent: str) -> None:
        self.lines.append(f"{indent}<ClassificationNode>")
        if node.code is not None:
            self._disorder(node.code, indent + "  ")
        self.lines.append(f'{indent}  <ClassificationNodeChildList count="{len(node.children)}">')
        for child in node.children:
            self.node(child, indent + "    ")
        self.lines.append(f"{indent}  </ClassificationNodeChildList>")
        self.lines.append(f"{indent}</ClassificationNode>")

    def _disorder(self, code: str, indent: str) -> None:
        tag = self.form.code_tag
        self.lines.append(f'{indent}<Disorder id="{internal_id(code)}">')
        self.lines.append(f"{indent}  <{tag}>{escape(code)}</{tag}>")
        self.lines.append(f"{indent}  {expert_link(code, self.lang)}")
        if entity := self.entities.get(code):
            self.lines.append(f"{indent}  {in_language('Name', entity.names, self.lang)}")
            if self.form.types_in_classifications and entity.type_id in TYPE_TEXTS:
                self._type(entity.type_id, indent + "  ")
        self.lines.append(f"{indent}</Disorder>")

    def _type(self, type_id: int, indent: str) -> None:
        self.lines.append(f'{indent}<DisorderType id="{type_id}">')
        self.lines.append(f"{indent}  {in_language('Name', TYPE_TEXTS[type_id], self.lang)}")
        self.lines.append(f"{indent}</DisorderType>")
