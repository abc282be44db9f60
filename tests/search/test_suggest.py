"""What people type, on the demonstration release: which concept comes first, and why."""

import pytest

from ontologies.errors import UnknownClassification, UnknownCode
from ontologies.release import Snapshot
from search import Filters, Index, suggest
from search.text import words

HEART, NERVES, GENETIC = "146", "181", "98053"
INACTIVE = Filters(include_inactive=True)


def codes(index: Index, text: str, limit: int = 10, filters: Filters = Filters()) -> list[str]:
    return [hit.concept.code for hit in suggest(index, text, limit=limit, filters=filters)]


def marked(index: Index, text: str) -> list[str]:
    """The parts of the first hit's text that matched."""
    match = suggest(index, text)[0].match
    return [match.text[start:end] for start, end in match.spans]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("marfan", "558"),
        ("mal alexandr", "58"),
        ("alexandr mal", "58"),
        ("syndrome de Marfan", "558"),
        ("marfan syndrome de", "558"),
        ("syn mar 1", "284963"),
        ("MARFAN", "558"),
        ("mucovi", "586"),
        ("osteogenese imparf", "666"),
        ("os de verre", "666"),
        ("moun kuhn", "3347"),
        ("tuseq", None),
        ("HTAP", "182090"),
        ("mps1", "579"),
        ("cystic fib", "586"),
    ],
)
def test_the_beginnings_of_words_in_any_order(index: Index, text: str, first: str | None) -> None:
    assert codes(index, text)[:1] == ([first] if first else [])


@pytest.mark.parametrize(
    "text",
    [
        "ostéogenèse",
        "osteogenese",
        "OSTÉOGENÈSE",
        "oste\u0301ogene\u0300se",
        "oste\u00adogenese",
    ],
)
def test_accents_and_case_make_no_difference(index: Index, text: str) -> None:
    assert codes(index, text)[0] == "666"


@pytest.mark.parametrize("text", ["ehlers danlos", "Ehlers-Danlos", "d'ehlers‑danlos", "d ehlers"])
def test_apostrophes_and_hyphens_make_no_difference(index: Index, text: str) -> None:
    assert set(codes(index, text, 4)) == set(codes(index, "Ehlers-Danlos", 4))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("marfn", "558"),  # omission
        ("marfaan", "558"),  # insertion
        ("marfen", "558"),  # substitution
        ("mrafan", "558"),  # swap
        ("arfan", "558"),
        ("narfan", "558"),
        ("amrfan", "558"),
        ("sindrome marfan", "558"),
        ("mucovisidose", "586"),
        ("mucobis", "586"),
        ("galactozemie", "352"),
        ("phenilcetonurie", "716"),
        ("alexandre", "58"),
    ],
)
def test_one_typo_is_forgiven(index: Index, text: str, first: str) -> None:
    assert codes(index, text)[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mucovicydose", "586"),
        ("phenilcetonnurie", "716"),
        ("fenilsetonurie", "716"),
        ("osteogenaise imparfete", "666"),
        ("galatosemi", "352"),
    ],
)
def test_two_typos_are_forgiven_in_long_words(index: Index, text: str, first: str) -> None:
    assert codes(index, text)[0] == first


@pytest.mark.parametrize("text", ["mfz", "mzrfzn", "zzzzz", "mmmmmmmmm"])
def test_short_words_and_doubled_letters_are_not_guessed(index: Index, text: str) -> None:
    assert codes(index, text) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("moun-kuhn", "3347"),
        ("mucopoly saccharidose 1", "579"),
        ("cysticfibrosis", "586"),
        ("mounierkuhn", "3347"),
        ("osteo genese imparf", "666"),
    ],
)
def test_words_split_and_joined(index: Index, text: str, first: str) -> None:
    assert codes(index, text)[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mps 1", "579"),
        ("MPS I", "579"),
        ("mps1", "579"),
        ("mpsi", "579"),
        ("mucopolysaccharidose I", "579"),
        ("mucopolysaccharidose type 1", "579"),
        ("marfan 1", "284963"),
        ("marfan type II", "284973"),
    ],
)
def test_numbers_of_types_in_any_form(index: Index, text: str, first: str) -> None:
    assert codes(index, text)[0] == first


def test_stop_words_weigh_little(index: Index) -> None:
    assert codes(index, "maladie de marfan")[0] == "558"
    assert codes(index, "marfan maladie rare associee")[0] == "558"
    assert codes(index, "syndrome zzzzzz") == []
    assert codes(index, "syndrome")


def test_of_two_acronyms_one_letter_apart_neither_is_the_other_mistyped(index: Index) -> None:
    assert codes(index, "HTAX") == []


def test_where_words_are_found_as_typed_no_typo_is_thought_of(index: Index) -> None:
    assert "905" not in codes(index, "willeb")  # von Willebrand, not Wilson
    assert codes(index, "hunter") == ["580"]  # not Hurler's disease


def test_a_word_that_stands_nowhere_is_passed_over(index: Index) -> None:
    assert codes(index, "marfan zzzzzz")[0] == "558"
    assert codes(index, "zzzzzz") == []


@pytest.mark.parametrize(
    ("text", "first", "other"),
    [
        ("lymphome ALK+", "300895", "300903"),
        ("lymphome ALK-", "300903", "300895"),
        ("SCID T-B+", "317416", "317419"),
        ("SCID T-B-", "317419", "317416"),
    ],
)
def test_plus_and_minus_carry_meaning(index: Index, text: str, first: str, other: str) -> None:
    found = codes(index, text)
    assert found[0] == first
    assert other not in found


def test_a_hyphen_still_being_typed_is_no_minus(index: Index) -> None:
    assert codes(index, "charcot-") == codes(index, "charcot")


@pytest.mark.parametrize(
    "text",
    [
        "ORPHA:558",
        "orpha558",
        "Orphanet_558",
        " ORPHA: 558 ",
        "ORPHA:000558",
        "http://www.orpha.net/ORDO/Orphanet_558",
        "https://www.orpha.net/fr/disease/detail/558",
    ],
)
def test_a_code_in_any_form_is_answered_alone(index: Index, text: str) -> None:
    [hit] = suggest(index, text)
    assert hit.concept.code == "558"
    assert hit.match.kind == "code"
    assert hit.match.text == "ORPHA:558"
    assert hit.score == 1


@pytest.mark.parametrize("text", ["ORPHA:2", "ORPHA:999999", "Orphanet_4"])
def test_an_explicit_code_never_means_a_name(index: Index, text: str) -> None:
    assert suggest(index, text) == []


def test_a_bare_number_may_stand_in_a_name_as_well(index: Index) -> None:
    found = codes(index, "15")
    assert found[0] == "15"
    assert all(hit.match.kind != "code" for hit in suggest(index, "1"))
    assert suggest(index, "1")


def test_inactive_entities_are_hidden_unless_asked_for(index: Index) -> None:
    assert "98861" not in codes(index, "kartagener")
    assert codes(index, "kartagener", filters=INACTIVE) == ["98861"]


def test_the_name_of_a_replaced_entity_leads_to_what_replaces_it(index: Index) -> None:
    [hit] = suggest(index, "kartagener")
    assert hit.concept.code == "244"
    assert "Kartagener" in hit.match.text


def test_a_name_that_only_an_inactive_entity_bears_is_said_and_not_guessed_at(
    index: Index,
) -> None:
    [hit] = suggest(index, "crohn")
    assert hit.concept.code == "206"
    assert not hit.concept.status.is_active


@pytest.mark.parametrize(
    ("code", "target"), [("98861", "244"), ("90309", "287"), ("802", None), ("93594", None)]
)
def test_an_inactive_code_is_answered_with_its_target(
    index: Index, code: str, target: str | None
) -> None:
    for text in (code, f"ORPHA:{code}"):
        hit = suggest(index, text)[0]
        assert hit.concept.code == code
        assert not hit.concept.status.is_active
        assert (hit.concept.redirection and hit.concept.redirection.target) == target


def test_active_comes_before_inactive(index: Index) -> None:
    both = suggest(index, "hemochromatose", limit=50, filters=INACTIVE)
    alike = [hit for hit in both if hit.parts["tier"] == both[0].parts["tier"]]
    active = [hit.concept.status.is_active for hit in alike]
    assert active == sorted(active, reverse=True)
    assert len(set(active)) == 2


def test_what_is_not_rare_is_told_before_what_resembles_it(index: Index) -> None:
    """Every inactive entity without a target, its preferred term typed in full."""
    for concept in index.concepts:
        number = index.number_of[concept.code]
        led = int(index.leads[index.owners == number][0])
        if not concept.status.is_active and led == number:
            first = suggest(index, concept.preferred("fr").text)[0]
            assert words(first.match.text) == words(concept.preferred("fr").text)


def test_small_words_and_letters_of_types_are_told_apart(index: Index) -> None:
    found = [hit.match.text for hit in suggest(index, "maladie de charcot-marie-tooth type 1 a")]
    assert found[0] == "Maladie de Charcot-Marie-Tooth type 1A"


def test_an_index_without_words_answers_nothing(index: Index) -> None:
    nothing = Index(Snapshot(index.snapshot.release, [], []))
    assert suggest(nothing, "marfan") == []
    assert suggest(nothing, "ORPHA:558") == []


class TestFilters:
    def test_level(self, index: Index) -> None:
        for level in ("group", "disorder", "subtype"):
            found = suggest(index, "mal", limit=50, filters=Filters(levels=frozenset({level})))
            assert found
            assert {hit.concept.level.key for hit in found if hit.concept.level} == {level}

    def test_several_levels(self, index: Index) -> None:
        either = Filters(levels=frozenset({"group", "subtype"}))
        found = suggest(index, "mal", limit=100, filters=either)
        assert {hit.concept.level.key for hit in found if hit.concept.level} == either.levels

    def test_an_unknown_level_leaves_nothing(self, index: Index) -> None:
        assert codes(index, "mal", filters=Filters(levels=frozenset({"x"}))) == []

    def test_within_means_below(self, index: Index) -> None:
        found = codes(index, "gaucher", 50, Filters(within="355"))
        assert sorted(found) == ["77259", "77260", "77261"]

    def test_classification(self, index: Index) -> None:
        found = codes(index, "mal", 100, Filters(classification=HEART))
        assert found
        assert set(found) <= set(index.snapshot.hierarchy(HEART))

    def test_within_and_classification(self, index: Index) -> None:
        both = Filters(within="355", classification=NERVES)
        below = set(index.snapshot.hierarchy(NERVES).descendants("355"))
        assert set(codes(index, "gaucher", 50, both)) <= below

    def test_a_code_outside_the_filters_is_not_answered(self, index: Index) -> None:
        assert codes(index, "ORPHA:586", filters=Filters(classification=NERVES)) == []
        assert codes(index, "ORPHA:558", filters=Filters(levels=frozenset({"group"}))) == []
        assert codes(index, "ORPHA:558", filters=Filters(within=GENETIC)) == ["558"]

    def test_what_the_release_does_not_have_is_said(self, index: Index) -> None:
        with pytest.raises(UnknownCode):
            suggest(index, "mal", filters=Filters(within="999999"))
        with pytest.raises(UnknownClassification):
            suggest(index, "mal", filters=Filters(classification="999"))


def test_a_concept_comes_once_with_its_best_label(index: Index) -> None:
    found = suggest(index, "marfan", limit=100)
    assert len({hit.concept.code for hit in found}) == len(found)
    assert (found[0].match.text, found[0].match.kind) == ("Syndrome de Marfan", "preferred")


def test_the_language_asked_for_is_preferred(index: Index) -> None:
    assert suggest(index, "marfan", lang="fr")[0].match.lang == "fr"
    assert suggest(index, "marfan", lang="en")[0].match.text == "Marfan syndrome"
    assert suggest(index, "marfan", lang="pl")[0].concept.code == "558"
    assert suggest(index, "cystic", lang="fr")[0].match.lang == "en"


@pytest.mark.parametrize(
    ("text", "first", "kind"),
    [
        ("maladie lysosomale", "68366", "preferred"),  # whole, before longer ones
        ("bbs", "797", "synonym"),
        ("Syndrome de Hurler", "93473", "preferred"),  # before Hurler-Scheie
        ("neurofibromatose type 1 mosaique", "634461", "preferred"),
    ],
)
def test_a_label_typed_in_full_comes_first(index: Index, text: str, first: str, kind: str) -> None:
    hit = suggest(index, text)[0]
    assert (hit.concept.code, hit.match.kind) == (first, kind)


def test_every_label_typed_in_full_finds_its_concept_first(index: Index) -> None:
    for number, label in enumerate(index.labels):
        owner = index.concepts[index.owners[number]].code
        first, end, _ = index.starting(index.folded[number])
        same = {index.concepts[index.owners[each]].code for each in range(first, end)}
        found = suggest(index, label.text, lang=label.lang, filters=INACTIVE)
        assert owner in same
        assert found[0].concept.code in same, label.text


@pytest.mark.parametrize("limit", [0, 1, 3, 100])
def test_the_limit_is_kept(index: Index, limit: int) -> None:
    everything = codes(index, "mal", 1000)
    assert len(everything) > 30
    assert codes(index, "mal", limit) == everything[:limit]
    assert len(suggest(index, "558", limit=limit)) <= limit


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("osteog", ["Ostéog"]),
        ("marf synd", ["Synd", "Marf"]),
        ("mal alexan", ["Mal", "Alexan"]),
        ("hepato len", ["hépato", "len"]),
        ("ehlers-danl", ["Ehlers", "Danl"]),
        ("marfn", ["Marfan"]),
        ("mal alexandr", ["Mal", "Alexander"]),
    ],
)
def test_spans_mark_what_matched_in_the_text_as_it_is(
    index: Index, text: str, parts: list[str]
) -> None:
    assert marked(index, text) == parts


def test_scores_fall_from_the_first_to_the_last(index: Index) -> None:
    scores = [hit.score for hit in suggest(index, "maladie", limit=100)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
