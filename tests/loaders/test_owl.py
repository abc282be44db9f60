"""Ontologies in OWL (RDF/XML) and obographs JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from loaders.report import tally
from ontologies.alignment import Alignment, Relation
from ontologies.concept import LabelKind
from ontologies.errors import Refused
from ontologies.systems import Coding
from ontologies.terminology import Term
from tests.loaders.ontology_files import OBOGRAPHS, OWL, english, mondo, read, refusal

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "obo": "http://purl.obolibrary.org/obo/",
        "oboInOwl": "http://www.geneontology.org/formats/oboInOwl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
    }.items()
)
PURL = "http://purl.obolibrary.org/obo/"
DISEASE_CLASS = (
    f'<owl:Class rdf:about="{PURL}MONDO_0000001"><rdfs:label>disease</rdfs:label></owl:Class>'
)
MARFAN_CLASS = f"""<owl:Class rdf:about="{PURL}MONDO_0007947">
<rdfs:label xml:lang="en">Marfan syndrome</rdfs:label>
<rdfs:subClassOf rdf:resource="{PURL}MONDO_0000001"/>
<obo:IAO_0000115>A disease.</obo:IAO_0000115>
<oboInOwl:hasExactSynonym>MFS</oboInOwl:hasExactSynonym>
<oboInOwl:hasDbXref>OMIM:154700</oboInOwl:hasDbXref>
<skos:exactMatch rdf:resource="http://www.orpha.net/ORDO/Orphanet_558"/>
</owl:Class>"""


def owl(*classes: str, doctype: str = "", about: str = f"{PURL}mondo.owl") -> bytes:
    """A file whose root stands at line 2, after the document type, and whose classes follow it."""
    version = f"{PURL}mondo/releases/2024-02-06/mondo.owl"
    described = f'<owl:versionIRI rdf:resource="{version}"/>'
    ontology = f'<owl:Ontology rdf:about="{about}">{described}</owl:Ontology>'
    head = f'<?xml version="1.0"?>\n{doctype}<rdf:RDF {NAMESPACES}>{ontology}'
    return "\n".join((head, *classes, "</rdf:RDF>\n")).encode()


MARFAN_TERM = Term(
    mondo(7947),
    (english(LabelKind.PREFERRED, "Marfan syndrome"), english(LabelKind.SYNONYM, "MFS", "exact")),
    (("en", "A disease."),),
    parents=("MONDO:0000001",),
)


def test_owl() -> None:
    parsed = read(OWL, owl(DISEASE_CLASS, MARFAN_CLASS))
    assert (parsed.dataset, parsed.source.kind, parsed.source.version) == (
        "mondo",
        "owl",
        "2024-02-06",
    )
    assert parsed.terms == (
        Term(mondo(1), (english(LabelKind.PREFERRED, "disease"),)),
        MARFAN_TERM,
    )
    assert parsed.alignments == (
        Alignment(mondo(7947), Coding("orpha", "558"), Relation.EXACT),
        Alignment(mondo(7947), Coding("omim", "154700")),
    )


def test_entities_that_abbreviate_addresses() -> None:
    doctype = f'<!DOCTYPE rdf:RDF [\n<!ENTITY obo "{PURL}" >\n<!ENTITY xsd "x#" >]>\n'
    data = owl(DISEASE_CLASS, MARFAN_CLASS).replace(f'"{PURL}MONDO'.encode(), b'"&obo;MONDO')
    head, _, body = data.partition(b"\n")
    assert read(OWL, head + b"\n" + doctype.encode() + body).terms[1] == MARFAN_TERM
    assert read(OWL, doctype.encode() + body).terms[1] == MARFAN_TERM


BOMB = (
    '<!DOCTYPE rdf:RDF [<!ENTITY a "aaaaaaaaaa">\n'
    + "\n".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    + "]>\n"
)


@pytest.mark.parametrize(
    ("doctype", "reason", "line"),
    [
        ('<!DOCTYPE rdf:RDF SYSTEM "file:///etc/passwd">\n', "external-entity", 2),
        ('<!DOCTYPE rdf:RDF PUBLIC "-//x" "http://127.0.0.1:9/x">\n', "external-entity", 2),
        ('<!DOCTYPE rdf:RDF [\n<!ENTITY x SYSTEM "file:///etc/passwd">]>\n', "external-entity", 3),
        ('<!DOCTYPE rdf:RDF [\n<!ENTITY % x "y">]>\n', "external-entity", 3),
        ('<!DOCTYPE rdf:RDF [\n<!ENTITY x "<owl:Class/>">]>\n', "entity-bomb", 3),
        (f'<!DOCTYPE rdf:RDF [\n<!ENTITY x "{"a" * 301}">]>\n', "entity-bomb", 3),
        (BOMB, "entity-bomb", 3),
    ],
)
def test_doctypes_that_are_refused(doctype: str, reason: str, line: int) -> None:
    assert refusal(OWL, owl(DISEASE_CLASS, doctype=doctype)) == (reason, line)


@pytest.mark.parametrize("encoding", ["klingon", "shift_jis", "punycode", "hex"])
def test_encodings_that_cannot_be_read(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    data = owl(DISEASE_CLASS.replace("disease", "entité")).replace(b'<?xml version="1.0"?>', head)
    assert refusal(OWL, data) == ("bad-ontology", 1)


def test_a_file_that_grows_by_many_small_entities() -> None:
    doctype = f'<!DOCTYPE rdf:RDF [<!ENTITY x "{"a" * 300}">]>\n'
    data = owl(DISEASE_CLASS.replace("disease", "&x;" * 10_000), doctype=doctype)
    assert refusal(OWL, data) == ("entity-bomb", 1)


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (owl(DISEASE_CLASS, MARFAN_CLASS)[:-150], "truncated-ontology", 9),
        (owl(DISEASE_CLASS)[:-4], "truncated-ontology", 4),
        (owl(MARFAN_CLASS), "unknown-concept", 5),
        (owl(DISEASE_CLASS.replace("</rdfs:label>", "")), "bad-ontology", 3),
        (owl(DISEASE_CLASS.replace("disease", "&nbsp;")), "bad-ontology", 3),
        (owl(DISEASE_CLASS).replace(b"disease", b"entit\xe9"), "bad-ontology", 3),
        (owl(DISEASE_CLASS).replace(b"owl:Ontology", b"owl:Onto"), "bad-ontology", None),
        (owl(), "nothing-inside", None),
    ],
)
def test_damaged_owl(data: bytes, reason: str, line: int | None) -> None:
    assert refusal(OWL, data) == (reason, line)


def test_languages_of_owl() -> None:
    french = DISEASE_CLASS.replace("<rdfs:label>disease", '<rdfs:label xml:lang="fr">maladie')
    parsed = read(OWL, owl(french))
    assert (parsed.source.lang, parsed.terms[0].labels[0].lang) == ("fr", "fr")
    with pytest.raises(Refused) as caught:
        read(OWL, owl(french, MARFAN_CLASS))
    assert caught.value.reason == "several-languages"
    assert "en, fr" in caught.value.message.en


def test_addresses_of_an_unknown_ontology() -> None:
    about = "http://example.org/onto"
    classes = [
        f'<owl:Class rdf:about="{about}#A{n}"><rdfs:label>a{n}</rdfs:label></owl:Class>'
        for n in (1, 2)
    ]
    parsed = read(OWL, owl(*classes, about=about))
    assert [term.coding for term in parsed.terms] == [Coding("onto", "A1"), Coding("onto", "A2")]


def test_ordo_in_owl() -> None:
    ordo = MARFAN_CLASS.replace(f"{PURL}MONDO_0007947", "http://www.orpha.net/ORDO/Orphanet_558")
    more = ordo.replace('ORDO/Orphanet_558">\n', 'ORDO/Orphanet_559">\n')
    parsed = read(OWL, owl(DISEASE_CLASS, ordo, more))
    assert (parsed.dataset, parsed.terms) == ("ordo-import", ())
    assert parsed.alignments == tuple(
        Alignment(Coding("orpha", code), Coding("omim", "154700")) for code in ("558", "559")
    )


def graph(**more: Any) -> dict[str, Any]:
    marfan = {
        "id": f"{PURL}MONDO_0007947",
        "lbl": "Marfan syndrome",
        "type": "CLASS",
        "meta": {
            "definition": {"val": "A disease."},
            "synonyms": [{"pred": "hasExactSynonym", "val": "MFS"}],
            "xrefs": [{"val": "OMIM:154700"}],
        },
    }
    return {
        "id": f"{PURL}mondo.owl",
        "meta": {"version": f"{PURL}mondo/releases/2024-02-06/mondo.owl"},
        "nodes": [{"id": f"{PURL}MONDO_0000001", "lbl": "disease", "type": "CLASS"}, marfan],
        "edges": [{"sub": f"{PURL}MONDO_0007947", "pred": "is_a", "obj": f"{PURL}MONDO_0000001"}],
        **more,
    }


def obographs(*graphs: dict[str, Any]) -> bytes:
    return json.dumps({"graphs": graphs}, indent=1, ensure_ascii=False).encode()


def test_obographs() -> None:
    parsed = read(OBOGRAPHS, obographs(graph()))
    assert (parsed.dataset, parsed.source.version) == ("mondo", "2024-02-06")
    assert parsed.terms[1] == MARFAN_TERM
    assert parsed.alignments == (Alignment(mondo(7947), Coding("omim", "154700")),)


def test_stray_bytes_in_obographs() -> None:
    """ORDO 2.6 has such; fastobo, which takes JSON for YAML, refuses them."""
    data = obographs(graph()).replace(b"Marfan syndrome", "d\x8efaut".encode())
    parsed = read(OBOGRAPHS, data)
    assert parsed.terms[1].labels[0] == english(LabelKind.PREFERRED, "défaut", raw="d\x8efaut")
    assert tally(parsed.findings) == {"c1-characters": 1}


def test_damaged_obographs() -> None:
    data = obographs(graph())
    assert refusal(OBOGRAPHS, data[:-30]) == ("truncated-ontology", data[:-30].count(b"\n") + 1)
    assert refusal(OBOGRAPHS, data.replace(b'"lbl": "disease",', b'"lbl" "disease",')) == (
        "bad-ontology",
        11,
    )
    assert refusal(OBOGRAPHS, data.replace(b"disease", b"entit\xe9")) == ("not-text", 11)
    assert refusal(OBOGRAPHS, data.replace(b"hasExact", b"hasOdd")) == ("bad-ontology", 24)
    assert refusal(OBOGRAPHS, b'{"graphs": {}}') == ("bad-ontology", 1)
    assert refusal(OBOGRAPHS, b'{"graphs": [3]}') == ("bad-ontology", 1)
    assert refusal(OBOGRAPHS, b'{"graphs": []}') == ("nothing-inside", None)
    assert refusal(OBOGRAPHS, b'{"graphs": ' + b"[" * 100_000) == ("bad-ontology", None)
    assert refusal(OBOGRAPHS, obographs(graph(nodes=3))) == ("bad-ontology", 8)
    node = {"id": f"{PURL}MONDO_0000001", "lbl": "disease"}
    assert refusal(OBOGRAPHS, obographs(graph(nodes=[node, node]))) == ("duplicate-term", 14)


def test_nodes_without_an_id_and_ids_that_are_spelled_otherwise() -> None:
    for node, reason in (({}, "bad-ontology"), (3, "bad-ontology"), ({"id": 3}, "nothing-inside")):
        assert refusal(OBOGRAPHS, obographs(graph(nodes=[node, node])))[0] == reason
    data = obographs(graph(nodes=[{"id": "x:é"}, {"id": "x:e"}])).replace(b"x:e", rb"x:\u00e9")
    assert refusal(OBOGRAPHS, data) == ("duplicate-term", 13)


def test_a_number_that_is_too_long_to_be_read() -> None:
    data = obographs(graph(more=0)).replace(b'"more": 0', b'"more": ' + b"9" * 5000)
    assert refusal(OBOGRAPHS, data) == ("bad-ontology", None)
