"""The coders' search on a small release: fields, operators, order, counts, highlights, spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontologies.related import Related
from ontologies.release import Snapshot
from search.fulltext import Found, FullText, InvalidQuery, Sort
from search.fulltext.building import build
from search.fulltext.language import MOST_LEAVES
from tests.search import releases

Ask = Callable[..., Found]


def opened(folder: Path) -> Iterator[Ask]:
    """Index the small release, to be asked: ``ask("marfan", page=2)``."""
    snapshot, related = releases.snapshot(), releases.related()
    build(folder, snapshot, related)
    index = FullText(folder)
    yield lambda query, **options: index.search(snapshot, related, query, **options)
    index.close()


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from opened(tmp_path_factory.mktemp("index"))


def codes(found: Found) -> list[str]:
    return [hit.concept.code for hit in found.hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # words and names
        ("marfan", "558 2840 2841 77"),
        ("MARFAN Syndrome", "558 2840 2841 77"),
        ("marfan 2", "2841"),
        ("coeur", "10"),
        ("cœur", "10"),
        ("l'aorte", "75"),
        ("d’ehlers", "287"),
        ("ehlers-danlos", "287"),
        ("danlos-ehlers", ""),
        ("ALK+", "78"),
        ("ALK", ""),
        ("arachnodactyly", "558"),
        # fields
        ("label:anévrisme", "75"),
        ("libellé:anévrisme", "75"),
        ("synonyme:anévrisme", "287"),
        ("name:anévrisme", "75 287"),
        ("linked:marfan", "558"),
        ("label.en:aneurysm", "75"),
        ("label.fr:aneurysm", ""),
        ("definition:aneurysm", "558"),
        ("text:aneurysm", "75 558"),
        ("texte:aneurysm SAUF label:aneurysm", "558"),
        ("code:558", "558"),
        ("code:ORPHA:558", "558"),
        ("ORPHA:558", "558"),
        ("code:28*", "287 2840 2841"),
        ("558", "558"),
        ("Q87.4", "558"),
        # values
        ("type:disease", "76 78 287 558 77 79"),
        ("type:maladie level:disorder status:active", "76 78 287 558"),
        ("type:sous-type", "2840 2841"),
        ("niveau:groupe", "1 10"),
        ('level:"Group of disorders"', "1 10"),
        ("statut:déprécié", "77"),
        ("status:inactif", "77 79"),
        ('status:"non rare"', "79"),
        ("classification:146", "10 75 76 558"),
        ("classification:cardiaques", "10 75 76 558"),
        ("classification:(146 AND 199)", "558"),
        ("within:1", "287 558 2840 2841"),
        ("parent:ORPHA:1", "287 558"),
        # codes of other systems
        ("omim:154700", "558"),
        ("mim:154700", "558"),
        ("mondo:0007947", "558"),
        ("mondo:MONDO:0007947", "558"),
        ("icd10:Q87.4", "558"),
        ("CIM-10:q874", "558"),
        ("cim10:Q*", "287 558"),
        ("icd10:Q87.8", ""),  # said to be wrong
        ("icd11:LD28.01", "558"),
        ("umls:C0024796", "558"),
        ("mesh:D008382", "558"),
        ("meddra:10026829", "558"),
        ("gene:FBN1", "558 2840"),
        ("gène:fbn", "558 2840"),
        ("hgnc:3603", "558 2840"),
        ("gene:FB*", "558 2840"),
        # operators, phrases, wildcards
        ("marfan AND type", "2840 2841"),
        ("marfan ET (1 OU 2)", "2840 2841"),
        ("anévrisme OR cardiomyopathie", "75 76 287"),
        ("marfan SAUF type", "558 77"),
        ("marfan NOT status:deprecated", "558 2840 2841"),
        ("NOT classification:199 NOT classification:146", "78 77 79"),
        ('"syndrome de marfan"', "558 2840 2841 77"),
        ('"marfan syndrome"', "558 2840 2841 77"),
        ('"de syndrome marfan"', ""),
        ('"marfan marfan"', ""),  # not from one name into the next
        ("« type 1 »", "2840"),
        ("cardio*", "76"),
        ("card?omyop*ie", "76"),
        ("ehlers-dan*", "287"),
        ("label:(cardio* OR aorte)", "75 76"),
    ],
)
def test_what_a_query_finds(ask: Ask, query: str, expected: str) -> None:
    found = ask(query, page_size=50)
    if query.count(":") and not any(hit.highlights for hit in found.hits):
        assert sorted(codes(found)) == sorted(expected.split())
    else:
        assert set(codes(found)) == set(expected.split())
    assert found.total == len(expected.split())


@pytest.mark.parametrize(
    ("query", "place", "words"),
    [
        ("a*", None, None),  # short, and few words begin so
        ("*", (0, 1), "begin"),
        ("?arfan", (0, 6), "begin"),
        ("marfan *om", (7, 10), "begin"),
        ("icd10:*", (6, 7), "begin"),
        ('"marf*"', (1, 6), "quotation"),
        ("marfan !!", (7, 9), "letters"),
        ("😀", (0, 1), "letters"),
        ("foo:bar", (0, 3), "icd10"),
        ("hpo:1", (0, 3), "unknown field"),
        ("a type:truc", (7, 11), "clinical_subtype"),
        ("niveau:truc", (7, 11), "disorder (Pathologie)"),
        ("statut:truc", (7, 11), "non_rare"),
        ("classification:9", (15, 16), "199"),
        ("label.de:x", (0, 8), "fr, en"),
        ("type.fr:maladie", (0, 7), "language"),
        ("within:abc", (7, 10), "ORPHA"),
        ("within:999", (7, 10), "unknown"),
        ("code:abc", (5, 8), "ORPHA"),
        ("icd10:hello", (6, 11), "ICD-10"),
        ("gene:XYZ9", (5, 9), "unknown gene"),
        (" ".join(['"a b c d e f g h i j k"'] * 10), (217, 238), "words"),
    ],
)
def test_what_is_refused_and_where(
    ask: Ask, query: str, place: tuple[int, int] | None, words: str | None
) -> None:
    if place is None:
        ask(query)
        return
    with pytest.raises(InvalidQuery) as refused:
        ask(query)
    assert refused.value.place == place
    assert str(words) in refused.value.reason.en


def test_the_preferred_term_above_synonyms_above_linked_names_above_definitions(ask: Ask) -> None:
    assert codes(ask("anévrisme")) == ["75", "287"]
    assert codes(ask("text:aneurysm")) == ["75", "558"]


def test_shorter_above_longer_and_what_is_in_use_above_what_is_not(ask: Ask) -> None:
    assert codes(ask("syndrome marfan")) == ["558", "2840", "2841", "77"]
    scores = [hit.score for hit in ask("marfan").hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.CODE, "77 558 2840 2841"),
        (Sort.LABEL, "558 77 2840 2841"),
        (Sort.LEVEL, "558 77 2840 2841"),
        (Sort.RELEVANCE, "558 2840 2841 77"),
    ],
)
def test_orders(ask: Ask, sort: Sort, expected: str) -> None:
    assert codes(ask("marfan", sort=sort)) == expected.split()


def test_pages_are_cut_from_one_order(ask: Ask) -> None:
    whole = codes(ask("NOT label:x", page_size=100))
    assert len(whole) == len(releases.CONCEPTS)
    cut = [codes(ask("NOT label:x", page=page, page_size=4)) for page in (1, 2, 3, 4)]
    assert [code for page in cut for code in page] == whole
    assert [len(each) for each in cut] == [4, 4, 3, 0]


def test_counts_are_of_all_that_match(ask: Ask) -> None:
    found = ask("marfan", page_size=1)
    assert found.facets["level"] == [("disorder", 2), ("subtype", 2)]
    assert found.facets["type"] == [("disease", 2), ("clinical_subtype", 2)]
    assert found.facets["status"] == [("active", 3), ("deprecated", 1)]
    assert found.facets["classification"] == [("199", 3), ("146", 1)]
    for field, counts in found.facets.items():
        for value, count in counts:
            assert ask(f"marfan {field}:{value}").total == count


def test_highlights_are_ranges_of_the_text(ask: Ask) -> None:
    (hit,) = ask('"ehlers danlos" synonyme:fragile').hits
    shown = [
        (each.field.key, each.lang, [each.text[start:end] for start, end in each.spans])
        for each in hit.highlights
    ]
    assert shown == [
        ("label", "fr", ["Ehlers", "Danlos"]),
        ("label", "en", ["Ehlers", "Danlos"]),
        ("synonym", "fr", ["fragile"]),
    ]


def test_highlights_begin_in_the_language_asked_for(ask: Ask) -> None:
    first = ask("marfan", lang="en").hits[0].highlights[0]
    assert (first.text, first.spans) == ("Marfan syndrome", ((0, 6),))


def test_of_linked_names_the_source_is_said(ask: Ask) -> None:
    (highlight,) = ask("contractures").hits[0].highlights
    assert (highlight.field.key, highlight.source) == ("linked", "mondo")


def test_what_is_excluded_is_not_highlighted(ask: Ask) -> None:
    found = ask("marfan NOT type")
    texts = {each.text[start:end] for hit in found.hits for each in hit.highlights
             for start, end in each.spans}  # fmt: skip
    assert texts == {"Marfan"}


def test_an_unknown_field_lists_the_systems_that_are_aligned_without_looking(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.fulltext.postings.Postings.starting", None)
    monkeypatch.setattr("whoosh.reading.SegmentReader.terms_from", None)
    with pytest.raises(InvalidQuery) as refused:
        ask("foo:bar")
    listed = refused.value.reason.en.partition("known ones: ")[2].partition(". ")[0].split(", ")
    assert listed[-7:] == ["mondo", "icd10", "icd11", "omim", "umls", "mesh", "meddra"]


def test_an_unknown_field_is_answered_with_the_names_of_the_language(ask: Ask) -> None:
    with pytest.raises(InvalidQuery) as refused:
        ask("foo:bar")
    _, _, listed = refused.value.reason.fr.partition("connus : ")
    french = listed.partition(". ")[0].split(", ")
    assert french[:2] == ["nom", "libellé"]
    assert {"niveau", "sous", "gène", "cim10", "cim11", "omim"} <= set(french)
    assert not {"name", "label", "level", "within", "icd10"} & set(french)
    for name in french:  # each is understood
        refusal = _refusal(ask, f"{name}:1")
        assert refusal is None or "champ inconnu" not in refusal.reason.fr
    with pytest.raises(InvalidQuery) as refused:
        ask("level:truc")
    assert "champ niveau" in refused.value.reason.fr
    assert "field level" in refused.value.reason.en


def _refusal(ask: Ask, query: str) -> InvalidQuery | None:
    try:
        ask(query)
    except InvalidQuery as refused:
        return refused
    return None


def test_a_perimeter_bounds_hits_counts_and_pages(ask: Ask) -> None:
    chosen = frozenset({"2841", "77", "10", "999999"})
    found = ask("marfan", perimeter=chosen, page_size=1)
    assert (codes(found), found.total) == (["2841"], 2)
    assert found.facets["status"] == [("active", 1), ("deprecated", 1)]
    assert ask("NOT coeur", perimeter=chosen).total == 2
    assert ask("marfan", perimeter=frozenset()).total == 0


def check_place(refused: InvalidQuery, query: str) -> None:
    assert 0 <= refused.place.start <= refused.place.end <= len(query)
    assert refused.reason.fr


PIECES = st.sampled_from(
    [
        *("marfan", "syndrome", "de", "type:disease", "label:", "status:inactif", "AND", "OU"),
        *("SAUF", "(", ")", '"', "m*", "s?ndrome", "*", "gene:FBN1", "icd10:Q*", "within:1"),
        *("l'", "é", "\u202e", "\x00", "😀", "558", "text:", "foo:", "marfn", ":", "-", "+"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(query=st.lists(PIECES, max_size=20).map(" ".join) | st.text(max_size=60))
def test_any_query_is_answered_or_refused_at_a_place(ask: Ask, query: str) -> None:
    try:
        found = ask(query)
    except InvalidQuery as refused:
        check_place(refused, query)
        return
    assert found.total <= len(releases.CONCEPTS)
    for hit in found.hits:
        for each in hit.highlights:
            assert each.spans
            ends = [0, *(end for span in each.spans for end in span), len(each.text)]
            assert ends == sorted(ends)


def test_a_release_without_anything_related(tmp_path: Path) -> None:
    snapshot = Snapshot(releases.snapshot().release, releases.CONCEPTS[:1], ())
    build(tmp_path, snapshot, Related())
    index = FullText(tmp_path)
    assert index.search(snapshot, Related(), "squelette").total == 1
    with pytest.raises(InvalidQuery, match="no genes"):
        index.search(snapshot, Related(), "gene:FBN1")
    index.close()


def test_the_most_that_is_answered(ask: Ask) -> None:
    assert ask(" OR ".join(["marfan"] * MOST_LEAVES)).total == 4
