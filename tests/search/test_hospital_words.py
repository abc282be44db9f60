"""What hospitals type and no name has so: initials, compounds, numbers, names that say non."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from ontologies.concept import Concept, Label, LabelKind
from search import Filters, Hit, Index, suggest
from search.rank import Tier
from tests.search.releases import concept, release_of

LINKED = {"388": (Label("Hirschprung disease", "en", LabelKind.LINKED, source="mondo"),)}


def index_of(*concepts: Concept) -> Index:
    return Index(release_of(concepts), lambda code: LINKED.get(code, ()))


@pytest.fixture(scope="module")
def ward() -> Index:
    return index_of(
        concept("286", "Syndrome d'Ehlers-Danlos vasculaire", "Vascular EDS", "SED type 4"),
        concept("287", "Syndrome d'Ehlers-Danlos classique", "Classical EDS",
                "SED classique type vasculaire-like"),
        concept("98293", "Lymphome de Hodgkin", "Hodgkin lymphoma"),
        concept("547", "Lymphome malin non hodgkinien", "Non-Hodgkin lymphoma"),
        concept("368", "Glycogénose type 5", "GSD 5", "Maladie de McArdle"),
        concept("562", "Syndrome de McCune-Albright", "McCune-Albright syndrome"),
        concept("848", "Bêta-thalassémie", "Beta-thalassemia"),
        concept("846", "Alpha-thalassémie", "Alpha-thalassemia"),
        concept("199306", "Fente labio-palatine", "Cleft lip/palate"),
        concept("1896", "Syndrome de fente labiopalatine-ectrodactylie", "EEC syndrome"),
        concept("101", "Fente palatine", "Cleft palate"),
        concept("3002", "Purpura thrombopénique immunologique", "Immune thrombocytopenia"),
        concept("802", "Purpura transitoire isolé", "Isolated transient purpura", flag=8225),
        concept("636", "Neurofibromatose de Recklinghausen", "NF1 disease", "NF1"),
        concept("256", "Dystonie généralisée", "Generalized dystonia", "DYT1"),
        concept("98807", "Dystonie primaire type DYT13", "DYT13 dystonia"),
        concept("98808", "Dystonie dopa-sensible type DYT5", "DYT5 dystonia"),
        concept("388", "Maladie de Hirschsprung", "Hirschsprung disease"),
        concept("897", "Syndrome de Waardenburg-Hirschsprung", "Waardenburg-Shah syndrome"),
        concept("68380", "Maladie mitochondriale", "Mitochondrial disease"),
    )  # fmt: skip


def codes(hits: Iterable[Hit]) -> list[str]:
    return [hit.concept.code for hit in hits]


class TestInitials:
    @pytest.mark.parametrize("text", ["PTI", "pti"])
    def test_of_a_name_are_found_and_marked(self, ward: Index, text: str) -> None:
        hit = suggest(ward, text)[0]
        assert hit.concept.code == "3002"
        assert hit.parts["tier"] == Tier.INITIALS
        assert [hit.match.text[span.start : span.end] for span in hit.match.spans] == list("Pti")

    def test_of_what_is_not_to_be_coded_are_not_guessed(self, ward: Index) -> None:
        assert "802" not in codes(suggest(ward, "PTI"))
        assert "802" in codes(suggest(ward, "PTI", filters=Filters(include_inactive=True)))

    def test_in_small_letters_beginnings_are_enough(self) -> None:
        index = index_of(
            concept("1", "Ledderhose", "Ledderhose disease"),
            concept("2", "Lupus érythémateux disséminé", "Systemic lupus"),
        )
        assert codes(suggest(index, "led")) == ["1"]
        assert codes(suggest(index, "LED")) == ["1", "2"]

    def test_pass_over_small_words_and_letters(self) -> None:
        index = index_of(concept("1", "Maladie liée à l'atrophie d'un pied droit", "Foot atrophy"))
        assert codes(suggest(index, "APD")) == ["1"]

    def test_may_end_with_a_number(self) -> None:
        index = index_of(
            concept("870", "Trisomie 21", "Trisomy 21"),
            concept("3380", "Trisomie 18", "Trisomy 18"),
        )
        [hit] = suggest(index, "T21")
        assert hit.concept.code == "870"
        assert [hit.match.text[each.start : each.end] for each in hit.match.spans] == ["T", "21"]

    def test_stay_within_filters(self, ward: Index) -> None:
        only = Filters(perimeter=frozenset({"286"}))
        assert suggest(ward, "PTI", filters=only) == []


class TestAnAcronymInOneNameAndTheRestInAnother:
    """Beside a name that has all that was typed, as ``tarse`` has ``tar``."""

    beside = concept("1", "Absence de tarse", "Absent tarsal bones")

    @pytest.mark.parametrize("text", ["TAR absent", "tar absent"])
    def test_is_found(self, text: str) -> None:
        found = concept("3320", "Radius absent", "Absent radii", "Syndrome TAR")
        hits = suggest(index_of(self.beside, found), text)
        assert codes(hits) == ["1", "3320"]
        assert hits[1].parts["tier"] == Tier.ACROSS_NAMES

    def test_is_not_looked_for_where_it_is_no_acronym(self) -> None:
        other = concept("2", "Radius absent", "Absent radii", "Syndrome tar")
        tiers = {hit.parts["tier"] for hit in suggest(index_of(self.beside, other), "tar absent")}
        assert Tier.ACROSS_NAMES not in tiers

    def test_the_number_of_a_type_is_none(self) -> None:
        names = ("Nanisme XI", "Dwarfism XI", "Syndrome de Xiao absent")
        index = index_of(concept("1", "Xiphoïde absent", "Absent xiphoid"), concept("2", *names))
        assert not index.capitals[index.vocabulary.number_of["xi"]]


@pytest.mark.parametrize("text", ["maladi de marfn", "sydrome de marfan", "maladei marfan"])
def test_a_small_word_mistyped_or_half_typed_need_not_be_found(text: str) -> None:
    index = index_of(
        concept("558", "Syndrome de Marfan", "Marfan syndrome"),
        concept("284993", "Syndrome de Marfan et maladies associées", "Marfan and related"),
    )
    assert codes(suggest(index, text))[0] == "558"


def test_a_small_word_still_being_typed_is_looked_for() -> None:
    index = index_of(
        concept("1", "Hypoplasie isolée", "Isolated hypoplasia"),
        concept("2", "Hypoplasie fovéale isolée", "Foveal hypoplasia"),
    )
    assert codes(suggest(index, "hypoplasie fo"))[0] == "2"


class TestWhatIsNotMeant:
    def test_a_name_with_like_stands_behind_one_spelt_out(self, ward: Index) -> None:
        """The one has SED and vascular in two names, the other in one that says like."""
        assert codes(suggest(ward, "SED vasculaire"))[:2] == ["286", "287"]

    def test_what_is_not_denied_is_found_as_any_other(self) -> None:
        index = index_of(
            concept("1991", "Fente labiale avec ou sans fente palatine", "Cleft lip"),
            concept("407", "Hyperglycinémie non cétosique", "Glycine encephalopathy"),
            concept("2", "Spasticité avec hyperglycinémies", "Spasticity"),
        )
        assert codes(suggest(index, "fente palatine")) == ["1991"]
        assert suggest(index, "fente palatine")[0].parts["tier"] == Tier.ALL_WORDS
        assert codes(suggest(index, "hyperglycinemie"))[0] == "407"

    def test_a_name_with_non_stands_behind_another_ending(self, ward: Index) -> None:
        assert codes(suggest(ward, "lymphome hodgkinien"))[0] == "98293"
        assert codes(suggest(ward, "lymphome non hodgkinien"))[0] == "547"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mac ardle", "368"),
        ("Mac Cune Albright", "562"),
        ("b thalassemie", "848"),
        ("thalassemie a", "846"),
        ("fente labiopalatine", "199306"),
        ("nf 1", "636"),
        ("NF type 1", "636"),
        ("neuro fibro matose", "636"),
        ("hirschprung", "388"),
        ("mitochondriopathie", "68380"),
    ],
)
def test_is_found_first(ward: Index, text: str, first: str) -> None:
    assert codes(suggest(ward, text))[0] == first


def test_a_compound_without_its_hyphen_wants_both_words(ward: Index) -> None:
    assert [
        hit.concept.code
        for hit in suggest(ward, "fente labiopalatine")
        if hit.parts["tier"] > Tier.SOME_WORDS
    ] == ["199306", "1896"]


def test_what_another_terminology_misspells_is_read_with_a_typo_as_well(ward: Index) -> None:
    assert set(codes(suggest(ward, "hirschprung"))) == {"388", "897"}


class TestNumbers:
    def test_one_is_not_the_beginning_of_thirteen(self, ward: Index) -> None:
        assert codes(suggest(ward, "DYT1")) == ["256"]
        assert codes(suggest(ward, "DYT13")) == ["98807"]

    def test_with_a_sign_is_its_beginning(self) -> None:
        index = index_of(
            concept("1", "Lymphome CD30", "CD30 lymphoma"),
            concept("2", "Lymphoprolifération CD30+", "CD30+ lymphoproliferation"),
            concept("3", "Lymphome CD300", "CD300 lymphoma"),
        )
        assert codes(suggest(index, "cd30")) == ["1", "2"]

    def test_no_number_is_another_mistyped(self, ward: Index) -> None:
        found = suggest(ward, "dystonie dyt5")
        assert found[0].concept.code == "98808"
        assert suggest(ward, "dyt17") == []

    def test_an_arm_of_a_chromosome_is_no_roman_number(self) -> None:
        index = index_of(
            concept("1", "Trisomie partielle du chromosome Xp", "Partial trisomy of Xp"),
            concept("2", "Trisomie partielle du chromosome 10p", "Partial trisomy of 10p"),
        )
        assert codes(suggest(index, "trisomie partielle 10p"))[0] == "2"


def test_of_two_words_that_no_name_has_together_either_may_be_mistyped() -> None:
    index = index_of(
        concept("3095", "Syndrome de Rett atypique", "Atypical Rett syndrome"),
        concept("778", "Syndrome de Rett", "Rett syndrome"),
        concept("2", "Syndrome hémolytique typique", "Typical haemolytic syndrome"),
    )
    assert codes(suggest(index, "rett typique"))[0] == "3095"


@pytest.mark.parametrize("text", ["epilepsie absences", "epilepsies absence", "epilepsie absence"])
def test_singular_and_plural_are_alike(text: str) -> None:
    index = index_of(
        concept("1941", "Epilepsie-absence juvénile", "Juvenile absence epilepsy"),
        concept("86911", "Epilepsie avec absences myocloniques", "Myoclonic absences"),
    )
    assert set(codes(suggest(index, text))) == {"1941", "86911"}
    assert {hit.parts["tier"] for hit in suggest(index, text)} == {Tier.ALL_WORDS}


@pytest.mark.parametrize("text", ["delatourette", "vanderwoude"])
def test_particles_may_be_glued(text: str) -> None:
    index = index_of(
        concept("1", "Syndrome de Gilles de la Tourette", "Tourette syndrome"),
        concept("2", "Syndrome de Van der Woude", "Van der Woude syndrome"),
    )
    assert codes(suggest(index, text)) == ["1" if "tourette" in text else "2"]


def test_a_word_of_ours_is_itself_before_it_is_a_compound() -> None:
    index = index_of(
        concept("1", "Tumeur pseudopapillaire", "Pseudopapillary tumour"),
        concept("2", "Pseudo-oedème papillaire", "Papilloedema"),
        concept("3", "Carcinome pseudo-papillaire", "Pseudo-papillary carcinoma"),
    )
    assert codes(suggest(index, "pseudopapillaire")) == ["1", "3"]


def test_names_of_no_chosen_system_complete_none(ward: Index) -> None:
    only = Filters(systems=frozenset({"mondo"}))
    for text in ("SED vasculaire", "hirschsprung maladie", "waardenburg hirsch"):
        assert {hit.match.kind for hit in suggest(ward, text, filters=only)} <= {"linked"}


def test_labels_with_all_words_stay_beside_concepts_that_complete_them() -> None:
    """More than 40 names are surer about one word than the one that has the other begun."""
    many = [concept(str(n), f"Surdité syndromique {n}", f"Deafness {n}") for n in range(10, 60)]
    index = index_of(*many, concept("1", "Trouble syndromique du nodule de Ranvier", "Nodule"))
    assert codes(suggest(index, "syndromique nod"))[0] == "1"
