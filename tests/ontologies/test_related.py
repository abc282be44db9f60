"""What the datasets say together does not depend on the order in which they came."""

from itertools import permutations

import pytest

from ontologies.concept import Label, LabelKind
from ontologies.dataset import Sign
from ontologies.related import Related
from ontologies.standard import STANDARD, CodeSystem
from ontologies.systems import CodeSystems, Coding
from ontologies.terminology import Term
from tests.ontologies.datasets import align, coding, dataset, related, term

HPO = dataset(
    "hpo",
    terms=(
        term("HP:0000001", "All"),
        term("HP:0001238", "Slender finger", parents=("HP:0000001",)),
        term(
            "HP:0001166",
            "Arachnodactyly",
            "Spider fingers",
            parents=("HP:0001238",),
            alternates=("HP:0001505",),
        ),
    ),
)
FRENCH = dataset(
    "hpo-fr",
    terms=(
        term("HP:0001166").__class__(
            coding("HP:0001166"), (Label("Arachnodactylie", "fr", LabelKind.PREFERRED),)
        ),
    ),
)
MAPPING = dataset(
    "mondo-exactmatch-orphanet",
    alignments=(align("MONDO:0007947", "E", "ORPHA:558"),),
    terms=(term("MONDO:0007947", "Marfan syndrome"),),
)
NAMES = dataset("mondo-rare", terms=(term("MONDO:0007947", "Marfan syndrome", "MFS1"),))
SIGNS = dataset("hpo-annotations", signs=(Sign("558", "HP:0001166", "HP:0040281"),))
ALL = (HPO, FRENCH, MAPPING, NAMES, SIGNS)


def said(view: Related) -> list[object]:
    return [
        view.digest,
        view.term(coding("HP:0001166")),
        view.term(coding("MONDO:0007947")),
        view.linked_labels("558"),
        view.alignments(coding("ORPHA:558")),
        view.signs("558"),
    ]


def test_the_order_of_loading_changes_nothing() -> None:
    expected = said(Related(ALL))
    for order in permutations(ALL):
        assert said(Related(order)) == expected


def test_a_translation_adds_its_names_to_the_concept_of_another_dataset() -> None:
    found = Related(ALL).term(coding("HP:0001166"))
    assert found is not None
    assert [(each.text, each.lang, str(each.kind)) for each in found.labels] == [
        ("Arachnodactyly", "en", "preferred"),
        ("Spider fingers", "en", "synonym"),
        ("Arachnodactylie", "fr", "preferred"),
    ]
    assert found.parents == ("HP:0001238",)


def test_taking_one_away_leaves_the_rest() -> None:
    without = Related(each for each in ALL if each is not FRENCH)
    found = without.term(coding("HP:0001166"))
    assert found is not None
    assert [each.lang for each in found.labels] == ["en", "en"]
    assert without.linked_labels("558") == Related(ALL).linked_labels("558")
    assert without.digest != Related(ALL).digest
    assert Related([SIGNS]).signs("558") == list(SIGNS.signs)


def test_a_merged_code_leads_to_its_concept() -> None:
    found = Related(ALL).term(coding("HP:0001505"))
    assert found is not None
    assert found.code == "HP:0001166"
    assert coding("HP:0001505") in Related(ALL)
    assert coding("HP:0009999") not in Related(ALL)


def test_the_hierarchy_of_a_terminology() -> None:
    hierarchy = Related(ALL).hierarchy("hpo")
    assert hierarchy.ancestors("HP:0001166") == ("HP:0001238", "HP:0000001")
    assert hierarchy.roots == ("HP:0000001",)


class TestLinkedLabels:
    def test_names_of_exactly_aligned_concepts_with_their_system(self) -> None:
        assert [(each.text, str(each.kind), each.source) for each in related_to_558()] == [
            ("Marfan syndrome", "linked", "mondo"),
            ("MFS1", "linked", "mondo"),
        ]

    @pytest.mark.parametrize("relation", ["NTBT", "BTNT", "ND", "W", "unspecified"])
    def test_no_other_relation_lends_names(self, relation: str) -> None:
        view = related(
            align("MONDO:0007947", relation, "ORPHA:558"), terms=(term("MONDO:0007947", "Marfan"),)
        )
        assert view.linked_labels("558") == ()

    def test_a_code_that_gathers_many_diseases_lends_no_name(self) -> None:
        view = related(
            align("ORPHA:558", "E", "ICD-10:Q87.4"), terms=(term("ICD-10:Q87.4", "Marfan"),)
        )
        assert view.linked_labels("558") == ()

    def test_an_obsolete_concept_lends_no_name(self) -> None:
        gone = term("MONDO:0007947", "Marfan", obsolete=True)
        view = related(align("MONDO:0007947", "E", "ORPHA:558"), terms=(gone,))
        assert view.linked_labels("558") == ()

    def test_broad_and_related_synonyms_are_no_names(self) -> None:
        wide = Label("Connective tissue disease", "en", LabelKind.SYNONYM, scope="broad")
        concept = term("MONDO:0007947", "Marfan")
        concept = concept.__class__(concept.coding, (*concept.labels, wide))
        view = related(align("MONDO:0007947", "E", "ORPHA:558"), terms=(concept,))
        assert [each.text for each in view.linked_labels("558")] == ["Marfan"]


def related_to_558() -> tuple[Label, ...]:
    return Related(ALL).linked_labels("558")


def test_a_system_that_only_a_dataset_knows_is_asked_like_any_other() -> None:
    own = Coding("bar", "FOO:01")
    view = Related([dataset("bar", terms=(Term(own, (Label("x", "en", LabelKind.PREFERRED),)),))])
    assert view.systems.read("FOO:01") == own
    assert view.systems.read("01", "bar") == own
    assert view.systems.curie(own) == "FOO:01"
    assert view.digest != Related([dataset("bar")]).digest


def test_the_table_of_code_systems_is_part_of_what_is_said() -> None:
    wider = CodeSystems((*STANDARD, CodeSystem("own", prefix="OWN")))
    assert Related(ALL, wider).digest != Related(ALL).digest


def test_two_datasets_that_contradict_each_other_give_no_hierarchy() -> None:
    one = dataset("a", terms=(term("HP:0000001", "a", parents=("HP:0000002",)),))
    other = dataset("b", terms=(term("HP:0000002", "b", parents=("HP:0000001",)),))
    assert Related([one, other]).hierarchy("hpo").parents("HP:0000001") == ()


def test_an_ontology_knows_whether_its_concepts_are_obsolete() -> None:
    old = dataset("old", terms=(term("HP:0001238", "Slender finger", obsolete=True),))
    found = Related([HPO, old]).term(coding("HP:0001238"))
    assert found is not None
    assert not found.obsolete


def test_an_official_translation_comes_before_a_candidate() -> None:
    first = dataset("hpo-fr", terms=(_french("Doigts fins", "candidate"),))
    second = dataset("hpo-fr-2", terms=(_french("Doigts grêles", "official"),))
    found = Related([first, second]).term(coding("HP:0001238"))
    assert found is not None
    preferred = found.preferred("fr")
    assert preferred is not None
    assert preferred.text == "Doigts grêles"


def _french(text: str, status: str):  # type: ignore[no-untyped-def]
    concept = term("HP:0001238")
    label = Label(text, "fr", LabelKind.PREFERRED, status=status)
    return concept.__class__(concept.coding, (label,))
