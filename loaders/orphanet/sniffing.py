"""Which of Orphanet's files is this? Told by the content, never by the name."""

from __future__ import annotations

from lxml import etree

from loaders.messages import refuse
from loaders.orphanet.classification import read_classification
from loaders.orphanet.nomenclature import read_nomenclature
from loaders.orphanet.reading import ParsedFile
from loaders.orphanet.workbook import read_workbook
from loaders.xml import events, looks_like_xml, read_root

# Orphadata's products, by an element that only they have inside the first entity.
_OTHER_PRODUCTS = {
    "ExternalReferenceList": "product1 / ORPHA_ICD_mapping",
    "HPODisorderAssociationList": "product4",
    "HPODisorderSetStatus": "product4",
    "DisorderGeneAssociationList": "product6",
    "AverageAgeOfOnsetList": "product9_ages",
    "PrevalenceList": "product9_prev",
}


def read_file(name: str, data: bytes, *, force: bool = False) -> ParsedFile:
    """Recognise a file and read it.

    Raises:
        Refused: ``not-xml`` and ``other-product`` where it is none of ours, or any fault in it.
    """
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(name, data, force=force)
    if not looks_like_xml(data):
        raise refuse("not-xml", file=name)
    read_root(name, data)
    product = _product(name, data)
    if product == "nomenclature":
        return read_nomenclature(name, data, force=force)
    if product == "classification":
        return read_classification(name, data, force=force)
    raise refuse("other-product", file=name, product=product)


def _product(name: str, data: bytes) -> str:
    """Name the product after the first list, or the elements of the first entity."""
    for event, element in events(name, data):
        if element.tag == "ClassificationList":
            return "classification"
        if event == "end" and element.tag == "HPODisorderSetStatus":
            return "product4"
        if event == "end" and element.tag == "Disorder":
            return _of_entity(element)
    return "?"


def _of_entity(element: etree._Element) -> str:
    for tag, product in _OTHER_PRODUCTS.items():
        if element.find(tag) is not None:
            return product
    # One is enough: where the other is missing, the reader says so.
    if element.find("FlagValue") is not None or element.find("ClassificationLevel") is not None:
        return "nomenclature"
    linked = element.find("DisorderDisorderAssociationList") is not None
    return "product7 / ORPHAlinearisation" if linked else "?"
