"""What of a document is read, and what is not."""

import pytest

from tests.coding.cda.documents import MARFAN, WHOLE, document, submission
from thesaurus.coding.cda.errors import InvalidDocument
from thesaurus.coding.cda.parsing import parse
from thesaurus.coding.cda.reading import read
from thesaurus.coding.submission import Age, CodedItem

HEAD = """<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
><templateId root="1.2.250.1.213.1.1.1.30" extension="2024.01"/><component><structuredBody>"""
FOOT = "</structuredBody></component></ClinicalDocument>"
OID = "1.2.250.1.213.2.49.1"


def section(loinc, *entries):
    inside = "".join(f"<entry><act>{entry}</act></entry>" for entry in entries)
    return f'<component><section><code code="{loinc}"/>{inside}</section></component>'


def observation(code, value="", inside="", about=""):
    value = f"<value {value}/>" if value and not value.startswith("<") else value
    return (
        f'<entryRelationship><observation {about}><code code="{code}"/>{value}{inside}'
        "</observation></entryRelationship>"
    )


def diagnosis(value=f'code="558" codeSystem="{OID}"', *items):
    return observation("282291009", value, "".join(items))


def reading(*sections):
    return read(parse((HEAD + "".join(sections) + FOOT).encode()).root, "document")


def only(*entries):
    """The only diagnosis of a document with these entries."""
    (found,) = reading(section("46241-6", *entries)).submission.diagnoses
    return found


def keys(notes):
    return [each.message_en for each in notes]


@pytest.mark.parametrize("version", ["2022.01", "2024.01"])
def test_every_item_is_read_from_both_volets(version):
    rest = {
        "problems": [MARFAN],
        "cause_of_death": [{"code": "65753", "system": "1.2.250.1.213.2.49.2"}],
        "family_history": [MARFAN],
    }
    root, _ = parse(document(WHOLE, version=version, **rest))
    found, _, notes = read(root, "document")
    assert found == submission(WHOLE, **rest)
    assert notes == ()


def test_the_older_codes_of_descriptions_techniques_and_ages():
    items = (
        observation("MED-074", 'code="98006" codeSystem="1.2.250.1.213.2.49.2"'),
        observation("MED-086", 'code="R26.0" codeSystem="2.16.840.1.113883.6.3"'),
        observation("MED-068", 'code="GEN-092.04.17"'),
        observation("PAT-015", 'code="767023003"'),
        observation("PAT-016", 'value="12" unit="mo"'),
    )
    found = only(diagnosis() + "".join(items))
    assert [each.code for each in found.description] == ["98006", "R26.0"]
    assert [each.code for each in found.techniques] == ["GEN-092.04.17"]
    assert found.age_at_diagnosis == Age(period="767023003", value=12, unit="mo")


def test_items_beside_belong_to_the_diagnosis_before_them():
    status = 'code="{}"'.format
    first = diagnosis() + observation("MED-072", status("255545003"))
    second = diagnosis('code="65753"') + observation("MED-072", status("385651009"))
    found = reading(section("46241-6", first + second)).submission.diagnoses
    assert [(each.code, each.status) for each in found] == [
        ("558", "255545003"),
        ("65753", "385651009"),
    ]


def test_items_before_the_first_diagnosis_are_its_own():
    found = only(observation("MED-072", 'code="255545003"') + diagnosis())
    assert (found.code, found.status) == ("558", "255545003")


def test_an_entry_without_a_diagnosis_is_one_without_code():
    found = only(observation("MED-072", 'code="255545003"'))
    assert (found.code, found.null_flavor, found.status) == (None, None, "255545003")


def test_a_diagnosis_under_another_code_is_known_by_its_template():
    template = '<templateId root="1.2.250.1.213.1.1.3.37"/>'
    assert only(observation("55607006", 'code="558"', template)).code == "558"


def test_a_section_is_known_by_its_template_too():
    root = reading(
        '<component><section><templateId root="1.2.250.1.213.1.1.2.129"/><entry><act>'
        f"{diagnosis()}</act></entry></section></component>"
    )
    assert root.submission.diagnoses[0].code == "558"


def test_a_null_flavor_stands_for_what_is_said_to_be_unknown():
    found = only(
        diagnosis(
            'nullFlavor="UNK" displayName="inconnue"',
            observation("MED-072", 'nullFlavor="NASK"'),
            observation("PAT-013", 'nullFlavor="UNK"'),
            observation("PAT-063", 'nullFlavor="UNK"'),
            observation("MED-552", 'nullFlavor="NA"'),
        )
    )
    assert (found.code, found.null_flavor, found.label) == (None, "UNK", "inconnue")
    assert found.status == "NASK"
    assert found.familial is None
    assert found.age_at_onset == Age(period="UNK")
    assert found.age_at_clinical_diagnosis == Age()
    assert found.age_at_genetic_diagnosis is None
    assert found.genes == (CodedItem(),)


TRANSLATIONS = {
    "the main code counts": ('code="Q87.4" codeSystem="2.16.840.1.113883.6.3"', "Q87.4"),
    "a null one gives way to ORPHA": ('nullFlavor="OTH"', "558"),
}


@pytest.mark.parametrize("case", TRANSLATIONS)
def test_translations(case):
    main, code = TRANSLATIONS[case]
    value = (
        f'<value {main}><translation code="154700" codeSystem="2.16.840.1.113883.6.174"/>'
        f'<translation code="558" codeSystem="{OID}"/></value>'
    )
    assert only(diagnosis(value)).code == code


def test_a_gene_that_is_said_not_to_be_is_left_out():
    genes = (
        observation("MED-552", 'code="HGNC:3603"', about='negationInd="true"'),
        observation("MED-552", 'code="HGNC:7225"', about='negationInd="false"'),
    )
    assert [each.code for each in only(diagnosis("code='558'", *genes)).genes] == ["HGNC:7225"]


NEGATED = "negationInd='true'"


@pytest.mark.parametrize("said", ["true", "1"])
def test_a_diagnosis_that_is_said_not_to_be_is_left_out_with_its_items(said):
    wrong = observation("282291009", "code='65753'", observation("MED-552", 'code="HGNC:1"'))
    wrong = wrong.replace("<observation ", f'<observation negationInd="{said}" ', 1)
    beside = observation("MED-072", 'code="255545003"')
    found = reading(section("46241-6", wrong, diagnosis() + "\n" + wrong + beside, "\n\n" + wrong))
    assert [each.code for each in found.submission.diagnoses] == ["558"]
    assert found.submission.diagnoses[0].status is None
    assert (
        keys(found.notes)
        == ["A diagnosis that is said not to be so (negationInd): it is not checked."] * 3
    )
    assert [each.line for each in found.notes] == [2, 3, 5]
    assert found.elements["/diagnoses/0/code"].get("code") == "558"


def test_of_an_act_that_is_said_not_to_be_nothing_is_read():
    wrong = section("46241-6", diagnosis()).replace("<act>", f"<act {NEGATED}>")
    found = reading(wrong)
    assert found.submission.diagnoses == []
    assert [each.line for each in found.notes] == [2, None]


def test_an_item_that_is_said_not_to_be_is_left_out():
    items = (
        observation("MED-072", 'code="255545003"', about=NEGATED),
        observation("MED-073", 'code="75741005"', about=NEGATED),
        observation("PAT-013", 'code="767023003"', about=NEGATED),
        observation("PAT-014", 'value="3" unit="a"', about=NEGATED),
    )
    found = only(diagnosis("code='558'", *items))
    assert (found.status, found.familial, found.age_at_onset) == (None, None, None)
    true = observation("MED-072", 'code="385651009"')
    assert only(diagnosis("code='558'", *items, true)).status == "385651009"


def test_rare_diseases_elsewhere_that_are_said_not_to_be_are_left_out():
    value = f'code="{{}}" codeSystem="{OID}"'.format

    def both(code):
        return (observation(code, value(558), about=NEGATED), observation(code, value(65753)))

    found = reading(
        section("11450-4", *both("55607006"), *both("184305005")),
        section("10157-6", *both("404684003")),
    ).submission
    for items in (found.problems, found.cause_of_death, found.family_history):
        assert [each.code for each in items] == ["65753"]


def test_of_an_item_that_stands_twice_the_first_counts_and_it_is_said():
    twice = [observation("MED-072", f'code="{each}"') for each in ("255545003", "385651009")]
    ages = [observation("PAT-014", f'value="{each}" unit="a"') for each in (3, 4)]
    found = reading(section("46241-6", diagnosis("code='558'", *twice, *ages)))
    (diagnosed,) = found.submission.diagnoses
    assert (diagnosed.status, diagnosed.age_at_onset.value) == ("255545003", 3)
    assert keys(found.notes) == ["An item that this diagnosis has twice: the first one counts."] * 2


@pytest.mark.parametrize("value", ["douze", "-3", "1e9", "NaN", "1_0", "9" * 31])
def test_an_age_that_is_none_is_said_and_left_out(value):
    item = observation("PAT-014", f'value="{value}" unit="mo"')
    found = reading(section("46241-6", diagnosis("code='558'", item)))
    assert found.submission.diagnoses[0].age_at_onset == Age(unit="mo")
    assert [each.message_en for each in found.notes] == [
        "An age that is no positive number: it is not read."
    ]
    assert value not in str(found.notes)


def test_free_text_is_not_read():
    text = '<value xsi:type="ST">Madame SECRET</value>'
    found = reading(
        section("46241-6", diagnosis(text, observation("MED-072", text))),
        section("10157-6", observation("282291009", text)),
    )
    assert "SECRET" not in found.submission.model_dump_json()
    assert keys(found.notes) == ["A value without a code or nullFlavor: it is not read."] * 2


SAYING = {
    "LOINC": '<code code="69453-9"/>',
    "LOINC, underlying": '<code code="79378-6"/>',
    "SNOMED CT": '<code code="184305005"/>',
    "French": '<code code="MED-999" displayName="Cause initiale du Décès"/>',
}


@pytest.mark.parametrize("case", SAYING)
def test_a_cause_of_death_is_found_wherever_it_stands(case):
    cause = observation("X", f'code="558" codeSystem="{OID}"').replace(
        '<code code="X"/>', SAYING[case]
    )
    for loinc in ("11450-4", "99999-9"):
        found = reading(section(loinc, cause)).submission
        assert [each.code for each in found.cause_of_death] == ["558"]
        assert found.problems == ()


def test_of_problems_and_family_only_orpha_is_read():
    values = (
        f'code="558" codeSystem="{OID}"',
        'code="842009" codeSystem="2.16.840.1.113883.6.96"',
        'nullFlavor="UNK"',
        (
            f'<value code="Q87.4" codeSystem="2.16.840.1.113883.6.3">'
            f'<translation code="65753" codeSystem="{OID}"/></value>'
        ),
    )
    found = reading(
        section("11450-4", *(observation("55607006", each) for each in values)),
        section("10157-6", *(observation("404684003", each) for each in values)),
    ).submission
    assert [each.code for each in found.problems] == ["558", "65753"]
    assert found.family_history == found.problems


def test_other_sections_are_not_read_and_no_diagnosis_is_said():
    found = reading(section("30954-2", diagnosis()))
    assert found.submission.diagnoses == []
    assert [each.message_en[:29] for each in found.notes] == ["The document has no diagnosis"]


TOO_MUCH = {
    "a code": (diagnosis('code="{}"'.format("5" * 2001)), "too-long"),
    "a unit": (diagnosis("", observation("PAT-014", f'value="1" unit="{"a" * 21}"')), "too-long"),
    "genes": (diagnosis("", *[observation("MED-552", 'code="FBN1"')] * 201), "too-many"),
    "diagnoses": (diagnosis() * 1001, "too-many"),
}


@pytest.mark.parametrize("case", TOO_MUCH)
def test_bounds(case):
    entry, reason = TOO_MUCH[case]
    with pytest.raises(InvalidDocument) as caught:
        only(entry)
    assert caught.value.reason == reason


def test_a_document_has_so_many_notes_and_no_more():
    items = [observation("MED-072", 'code="255545003"')] * 300
    assert len(reading(section("46241-6", diagnosis("code='558'", *items))).notes) == 100
