"""Read the real packs a second time, in the plainest way, to compare with what the routes say.

Nothing of ``loaders`` is used here: what it forgets or adds must show.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

STATUS = {
    1: "active", 129: "active", 513: "active_historic", 8449: "deprecated", 8208: "obsolete",
    9216: "obsolete", 8225: "non_rare",
}  # fmt: skip
LEVEL = {"36540": "group", "36547": "disorder", "36554": "subtype"}
TYPE = {
    "36561": "category", "21436": "clinical_group", "21394": "disease",
    "21422": "clinical_syndrome", "21401": "malformation_syndrome", "21408": "biological_anomaly",
    "21415": "morphological_anomaly", "21429": "particular_clinical_situation",
    "21443": "etiological_subtype", "21450": "clinical_subtype",
    "21457": "histopathological_subtype",
}  # fmt: skip
KIND = {"21471": "moved_to", "27341": "referred_to"}


@dataclass(frozen=True)
class Entity:
    """What a nomenclature file says of an entity, in its own words."""

    name: str
    synonyms: list[str]
    flag: int
    level: str
    type: str
    redirection: tuple[str, str] | None
    aggregation: str | None
    has_aggregation: bool
    has_definition: bool


@dataclass
class Pack:
    """A pack: entities by code, and (parent, child) pairs by classification, None for no entity."""

    entities: dict[str, Entity] = field(default_factory=dict)
    edges: dict[str, set[tuple[str | None, str]]] = field(default_factory=dict)


def read_pack(archive: Path) -> Pack:
    pack = Pack()
    with zipfile.ZipFile(archive) as files:
        for name in files.namelist():
            if name.endswith(".xml"):
                root = etree.fromstring(files.read(name))
                _read(pack, root)
    return pack


def _read(pack: Pack, root: etree._Element) -> None:
    for each in root.iterfind("DisorderList/Disorder"):
        pack.entities[each.findtext("OrphaCode")] = _entity(each)
    for tree in root.iterfind("ClassificationList/Classification"):
        pack.edges[tree.get("id")] = set(_edges(tree))


def _edges(tree: etree._Element) -> Iterator[tuple[str | None, str]]:
    for node in tree.iter("ClassificationNode"):
        parent = node.findtext("Disorder/OrphaCode")
        for child in node.iterfind("ClassificationNodeChildList/ClassificationNode"):
            yield parent, child.findtext("Disorder/OrphaCode")


def _entity(element: etree._Element) -> Entity:
    links = [
        (KIND[link.find("DisorderDisorderAssociationType").get("id")], target)
        for link in element.iterfind("DisorderDisorderAssociationList/DisorderDisorderAssociation")
        if (target := link.findtext("TargetDisorder/OrphaCode"))
    ]
    return Entity(
        name=element.findtext("Name"),
        synonyms=[each.text for each in element.iterfind("SynonymList/Synonym")],
        flag=int(element.findtext("FlagValue")),
        level=LEVEL[element.find("ClassificationLevel").get("id")],
        type=TYPE[element.find("DisorderType").get("id")],
        redirection=links[0] if links else None,
        aggregation=element.findtext(
            "AggregationLevelSection/AggregationLevelList/AggregationLevel/OrphaCode"
        ),
        has_aggregation=element.find("AggregationLevelSection") is not None,
        has_definition=element.find(".//Contents") is not None,
    )
