"""Where findings stand."""

import pytest

from tests.coding.cda.documents import MARFAN, NAMESPACES, WHOLE, document
from thesaurus.coding.cda.parsing import parse
from thesaurus.coding.cda.places import Places
from thesaurus.coding.cda.reading import read


def placed(data):
    root, _ = parse(data)
    found = read(root, "document")
    return root, found.elements, Places(found.elements, data)


@pytest.mark.parametrize("version", ["2022.01", "2024.01"])
def test_an_xpath_finds_exactly_its_element(version):
    lists = {key: [MARFAN, MARFAN] for key in ("problems", "cause_of_death", "family_history")}
    root, elements, places = placed(document(WHOLE, MARFAN, WHOLE, version=version, **lists))
    assert {"/diagnoses/2/genes/0", "/diagnoses/0/description/1", "/family_history/1"} < set(
        elements
    )
    for path, element in elements.items():
        assert root.xpath(places.of(path).xpath, namespaces=NAMESPACES) == [element]


def test_an_xpath_through_elements_of_other_namespaces():
    text = document(MARFAN).decode().replace("</section>", "</section><x:y xmlns:x='u'/>")
    text = text.replace("<structuredBody>", "<structuredBody><x:z xmlns:x='u'/>")
    text = text.replace("<entry>", "<x:w xmlns:x='u'><entry>").replace("</entry>", "</entry></x:w>")
    data = text.replace("282291009", "69453-9").encode()  # found wherever it stands
    root, elements, places = placed(data)
    path = "/cause_of_death/0"
    assert "*[" in places.of(path).xpath
    assert root.xpath(places.of(path).xpath, namespaces=NAMESPACES) == [elements[path]]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/diagnoses/0/type", "/diagnoses/0"),
        ("/diagnoses/0/genes/0/code", "/diagnoses/0/genes/0"),
        ("/diagnoses/0/age_at_diagnosis", "/diagnoses/0"),
        ("/diagnoses/7/code", "/diagnoses"),
        ("/problems/3", ""),
        ("/", ""),
    ],
)
def test_what_is_not_there_has_the_place_of_what_it_is_missing_in(asked, given):
    _, _, places = placed(document(WHOLE))
    assert places.of(asked) == places.of(given)


def test_the_line_is_that_on_which_the_tag_begins():
    data = document(
        MARFAN, changes={'<value xsi:type="CD" code': '<value\n\n  xsi:type="CD"\n  code'}
    )
    _, _, places = placed(data)
    assert places.of("/diagnoses/0/code").line == data[: data.index(b"<value")].count(b"\n") + 1


def test_lines_with_a_prefix_of_the_document_s_own():
    text = document(MARFAN).decode()
    for name in ("ClinicalDocument", "component", "structuredBody", "section", "entry", "act"):
        text = text.replace(f"<{name}", f"<h:{name}").replace(f"</{name}", f"</h:{name}")
    for name in ("entryRelationship", "observation", "code", "value", "templateId"):
        text = text.replace(f"<{name} ", f"<h:{name}\n ").replace(f"</{name}", f"</h:{name}")
    data = text.replace('xmlns="', 'xmlns:h="').encode()
    root, elements, places = placed(data)
    place = places.of("/diagnoses/0/code")
    assert place.line == data[: data.index(b"<h:value")].count(b"\n") + 1
    assert root.xpath(place.xpath, namespaces=NAMESPACES) == [elements["/diagnoses/0/code"]]
