"""Which of Orphanet's files is this? Told by the content, never by the name."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from loaders.messages import refuse
from loaders.orphanet.classification import read_classification
from loaders.orphanet.crossreference import read_references
from loaders.orphanet.genes import read_genes
from loaders.orphanet.linearisation import read_linearisation
from loaders.orphanet.naturalhistory import read_natural_history
from loaders.orphanet.nomenclature import read_nomenclature
from loaders.orphanet.reading import ParsedFile
from loaders.orphanet.workbook import read_workbook
from loaders.related import Reading, RelatedFile
from loaders.xml import events, forget, looks_like_xml, read_root

# By an element that only they have inside the first entity.
_PRODUCTS = {
    "ExternalReferenceList": "references",
    "DisorderGeneAssociationList": "genes",
    "HPODisorderAssociationList": "product4",
    "HPODisorderSetStatus": "product4",
    "AverageAgeOfOnsetList": "natural-history",
    "TypeOfInheritanceList": "natural-history",
    "PrevalenceList": "product9_prev",
}
_RELATED = {
    "references": read_references,
    "genes": read_genes,
    "linearisation": read_linearisation,
    "natural-history": read_natural_history,
}


def read_file(
    name: str, data: bytes, *, force: bool = False, reading: Reading = Reading()
) -> ParsedFile | RelatedFile:
    """Recognise a file of Orphanet's, a workbook or XML, and read it.

    Args:
        force: accept declared counts that differ from what is there, as ``reading.force`` does.
        reading: the code systems that there are.

    Raises:
        Refused: ``not-xml`` and ``other-product`` where it is none of ours, or any fault in it.
    """
    reading = replace(reading, force=reading.force or force)
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(name, data, force=reading.force, systems=reading.systems)
    if not looks_like_xml(data):
        raise refuse("not-xml", file=name)
    read_root(name, data)
    product = _product(name, data)
    if product == "nomenclature":
        return read_nomenclature(name, data, force=reading.force)
    if product == "classification":
        return read_classification(name, data, force=reading.force)
    if product in _RELATED:
        return _RELATED[product](name, data, reading)
    raise refuse("other-product", file=name, product=product)


def _product(name: str, data: bytes) -> str:
    """Name the product after the first list, or the elements of the first entity that tells."""
    for event, element in events(name, data):
        if element.tag == "ClassificationList":
            return "classification"
        if event == "end" and element.tag == "HPODisorderSetStatus":
            return "product4"
        if event == "end" and element.tag == "Disorder":
            if found := _of_entity(element):
                return found
            forget(element)
    return "?"


def _of_entity(element: etree._Element) -> str | None:
    for tag, product in _PRODUCTS.items():
        if element.find(tag) is not None:
            return product
    # One is enough: where the other is missing, the reader says so.
    if element.find("FlagValue") is not None or element.find("ClassificationLevel") is not None:
        return "nomenclature"
    linked = element.find("DisorderDisorderAssociationList") is not None
    return "linearisation" if linked else None
