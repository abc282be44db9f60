"""What is written reads back as the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coding.cda.documents import MARFAN, WHOLE, document, submission
from thesaurus.coding.cda import Unwritable, write
from thesaurus.coding.cda.parsing import parse
from thesaurus.coding.cda.reading import read
from thesaurus.coding.cda.writing import VERSIONS

# What XML can say: no surrogates, no control characters; an empty attribute says nothing.
texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r<>&\"'\x85"),
    min_size=1,
    max_size=12,
)
optional = st.none() | texts
codes = st.sampled_from(["558", "ORPHA:558", "HP:0001166", "UNK", " 558 "]) | texts
coded = st.fixed_dictionaries({"code": st.none() | codes, "system": optional, "label": optional})
items = st.lists(coded, max_size=3)
ages = st.none() | st.fixed_dictionaries(
    {
        "period": st.none() | st.sampled_from(["767023003", "UNK"]) | texts,
        "value": st.none() | st.floats(0, 1_000_000) | st.integers(0, 1_000_000),
        "unit": st.none() | st.sampled_from(["a", "mo", "wk"]),
    }
)
diagnoses = st.fixed_dictionaries(
    {
        "code": st.none() | codes,
        "system": optional,
        "label": optional,
        "null_flavor": st.none() | st.sampled_from(["UNK", "OTH", "NI"]),
        **dict.fromkeys(("status", "familial", "assessment"), st.none() | codes),
        **dict.fromkeys(("description", "genes", "techniques", "investigations"), items),
        "age_at_onset": ages,
        "age_at_diagnosis": ages,
        "age_at_clinical_diagnosis": ages,
        "age_at_genetic_diagnosis": ages,
    }
)
rare = st.lists(
    st.fixed_dictionaries(
        {"code": codes, "system": st.just("1.2.250.1.213.2.49.1"), "label": optional}
    ),
    max_size=2,
)


@settings(max_examples=150, deadline=None)
@given(
    given=st.lists(diagnoses, max_size=3),
    rest=st.fixed_dictionaries({"problems": rare, "cause_of_death": rare, "family_history": rare}),
    version=st.sampled_from(VERSIONS),
)
def test_reading_what_was_written_gives_the_same(given, rest, version):
    sent = submission(*given, **rest)
    root, said = parse(write(sent, version))
    assert said == version
    assert read(root, "document").submission == sent


@pytest.mark.parametrize("version", VERSIONS)
def test_the_same_submission_gives_the_same_bytes(version):
    assert document(WHOLE, MARFAN, version=version) == document(WHOLE, MARFAN, version=version)
    assert document(WHOLE, version=version) != document(MARFAN, version=version)


def test_identifiers_of_acts_differ():
    root, _ = parse(document(MARFAN, MARFAN, problems=[MARFAN]))
    ids = root.xpath("//*[local-name()='act']/*[local-name()='id']/@root")
    assert len(set(ids)) == len(ids) == 3


def test_in_2022_items_stand_beside_the_diagnosis_in_2024_inside_it():
    inside = "//*[@code='282291009']/../*[local-name()='entryRelationship']"
    counts = [len(parse(document(WHOLE, version=each)).root.xpath(inside)) for each in VERSIONS]
    assert counts[0] == 0
    assert counts[1] > 10


@pytest.mark.parametrize("text", ["a\x00", "\x0b", "\uffff"])
def test_what_xml_cannot_say_is_refused(text):
    with pytest.raises(Unwritable):
        write(submission({"code": text}))


SYSTEMS = {
    "urn:oid:1.2.250.1.213.2.49.2": "1.2.250.1.213.2.49.2",
    "URN:OID:1.2.3": "1.2.3",
    "http://www.orpha.net": "1.2.250.1.213.2.49.1",
    "http://human-phenotype-ontology.org": "1.2.250.1.213.2.51",
    "http://hl7.org/fhir/sid/icd-10": "2.16.840.1.113883.6.3",
    "http://www.genenames.org/geneId": "2.16.840.1.113883.4.642.2.468",
    "http://snomed.info/sct": "2.16.840.1.113883.6.96",
    "urn:oid:1.3.6.1.4.1.12559.11.10.1.3.1.44.5": "1.3.6.1.4.1.12559.11.10.1.3.1.44.5",
    "http://example.org/of-ours": "http://example.org/of-ours",
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_code_systems_are_bare_oids(system):
    item = {"code": "1", "system": system}
    written = submission({**item, "description": [item]}, problems=[item])
    root, _ = parse(write(written))
    found = root.xpath("//*[local-name()='value']/@codeSystem")
    assert found == [SYSTEMS[system]] * 3


def test_what_has_no_place_in_the_document_is_left_out():
    sent = WHOLE | {"type": "IIa", "inheritance": "HP:0000006", "icd10": "Q87.4", "phenotypes": "X"}
    assert document(sent) == document(WHOLE)
