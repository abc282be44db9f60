"""What the entries of a legacy table lead to, on the demonstration."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontologies.concept import Level
from tests.service.legacy_table import NOTHING, rows
from tests.service.opened_demonstration import opened
from thesaurus.transcoding.legacy.matching import Entry, Matcher, Matching
from thesaurus.transcoding.legacy.words import readings, says_nothing
from thesaurus.transcoding.proposing.proposals import Ground, Proposal


class Ask:
    """Asks with any of the cells."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def __call__(
        self, label: str | None = None, orpha: str | None = None, icd10: str | None = None
    ) -> Matching:
        return self._matcher.match(Entry("L1", label, orpha, icd10))

    def first(
        self, label: str | None = None, orpha: str | None = None, icd10: str | None = None
    ) -> Proposal:
        found = self(label, orpha, icd10)
        assert found.proposals, found.why
        assert found.why is None
        return found.proposals[0]

    def why(
        self, label: str | None = None, orpha: str | None = None, icd10: str | None = None
    ) -> str:
        found = self(label, orpha, icd10)
        assert found.proposals == ()
        assert found.why
        assert found.why.en
        return found.why.fr


@pytest.fixture(scope="module")
def matcher(loaded_demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return Matcher(opened(loaded_demonstration, tmp_path_factory.mktemp("legacy"))["demo-2023"])


@pytest.fixture(scope="module")
def match(matcher: Matcher) -> Ask:
    return Ask(matcher)


def grounds(proposal: Proposal) -> set[Ground]:
    return {reason.ground for reason in proposal.reasons}


class TestLabels:
    @pytest.mark.parametrize(
        ("label", "code", "ground"),
        [
            ("Syndrome de Marfan", "558", Ground.NAME),
            ("MALADIE DE POMPE", "365", Ground.NAME),
            ("Pompe disease", "365", Ground.NAME),
            ("Neurofibromatose type 2", "637", Ground.FORMER_NAME),
            ("Carcinome séreux/papillaire primitif du péritoine", "168829", Ground.FORMER_NAME),
            ("Syndrome de Kartagener", "244", Ground.FORMER_NAME),
        ],
    )
    def test_a_name_of_any_release_and_language_is_sure(
        self, match: Ask, label: str, code: str, ground: Ground
    ) -> None:
        first = match.first(label)
        assert first.code == code
        assert ground in grounds(first)
        assert first.confidence > 0.7

    def test_a_name_of_an_obsolete_entity_is_less_sure_than_one_of_a_deprecated(
        self, match: Ask
    ) -> None:
        deprecated, obsolete = match.first("Syndrome de Kartagener"), match.first("SED I")
        assert obsolete.code == "287"
        assert obsolete.confidence < 0.7 < deprecated.confidence

    @pytest.mark.parametrize(
        ("label", "code"),
        [("maladie de gauchet", "355"), ("sindrome de marfann", "558"), ("phenilcetonurie", "716")],
    )
    def test_a_misspelt_name_is_found_and_less_sure(
        self, match: Ask, label: str, code: str
    ) -> None:
        first = match.first(label)
        assert first.code == code
        assert grounds(first) >= {Ground.SEARCH}
        assert 0.5 < first.confidence < 0.9

    @pytest.mark.parametrize(
        "label",
        [
            "suspicion de maladie de Fabry",
            "Maladie de Fabry ?",
            "maladie de Fabry probable",
            "Maladie de Fabry, sans autre indication",
            "maladie de Fabry SAI",
            "Maladie de Fabry non précisée",
            "maladie de Fabry (à confirmer)",
            "Maladie de Fabry (ORPHA:324)",
            "Maladie de Fabry [E75.2]",
        ],
    )
    def test_words_that_qualify_are_looked_through(self, match: Ask, label: str) -> None:
        first = match.first(label)
        assert first.code == "324"
        assert first.confidence >= 0.8

    def test_another_one_is_not_the_entity_itself(self, match: Ask) -> None:
        assert match.first("autre maladie de Fabry").confidence < 0.7

    def test_an_acronym_is_less_sure_than_a_name(self, match: Ask) -> None:
        acronym = match.first("MPS1")
        assert acronym.code == "579"
        assert 0.5 < acronym.confidence < 0.8

    @pytest.mark.parametrize(
        "label", ["xxxxxx", "azertyuiop", "rendez-vous annulé", "12345", "voir dossier papier"]
    )
    def test_nonsense_gives_nothing(self, match: Ask, label: str) -> None:
        assert match.why(label)

    def test_what_is_not_rare_is_said_to_be(self, match: Ask) -> None:
        assert "n'est pas rare" in match.why("Maladie de Crohn")
        assert "n'est pas rare" in match.why(None, "206")


class TestGivenCodes:
    @pytest.mark.parametrize(
        "written", ["324", "ORPHA:324", "orpha-324", "Orphanet_000324", "324 - Fabry"]
    )
    def test_in_any_written_form(self, match: Ask, written: str) -> None:
        assert match.first(None, written).code == "324"

    @pytest.mark.parametrize(
        ("written", "code"), [("98861", "244"), ("90309", "287"), ("398980", "168829")]
    )
    def test_that_are_inactive_or_gone_are_followed(
        self, match: Ask, written: str, code: str
    ) -> None:
        first = match.first(None, written)
        assert first.code == code
        assert Ground.ORPHA not in grounds(first)

    def test_that_are_obsolete_or_gone_are_less_sure_than_active_ones(self, match: Ask) -> None:
        active = match.first(None, "324").confidence
        assert match.first(None, "90309").confidence < 0.7 < active
        assert match.first(None, "398980").confidence < 0.8 < active

    def test_agreement_raises(self, match: Ask) -> None:
        alone, both = match.first("Maladie de Fabry"), match.first("Maladie de Fabry", "324")
        assert both.code == "324"
        assert both.confidence > alone.confidence
        assert Ground.ORPHA in grounds(both)

    def test_contradiction_lowers_and_both_are_proposed(self, match: Ask) -> None:
        found = match("Maladie de Gaucher", "324").proposals
        assert [each.code for each in found[:2]] == ["355", "324"]
        for each in found[:2]:
            assert Ground.CONTRADICTION in grounds(each)
            assert each.confidence < 0.8

    def test_what_stands_above_the_label_does_not_contradict_it(self, match: Ask) -> None:
        found = match("Maladie de von Willebrand type 2A", "903").proposals
        assert {each.code for each in found} == {"166084", "903"}
        assert not any(Ground.CONTRADICTION in grounds(each) for each in found)

    def test_unknown_ones_are_named(self, match: Ask) -> None:
        assert "inconnu" in match.why(None, "999999")
        assert "OMIM" in match.why(None, "219700")
        assert "abc" in match.why(None, "abc")
        assert match.first("Maladie de Fabry", "999999").code == "324"


class TestIcd10:
    def test_the_disorder_above_its_subtypes_is_meant(self, match: Ask) -> None:
        found = match(None, None, "Q87.4").proposals
        assert found[0].code == "558"
        assert found[0].level is Level.DISORDER
        assert all(each.confidence < 0.7 for each in found)

    def test_the_french_extension_goes_by_the_code_of_the_who(self, match: Ask) -> None:
        whole, longer = match.first(None, None, "Q874"), match.first(None, None, "Q87.40")
        assert longer.code == whole.code
        assert longer.confidence < whole.confidence
        assert "approché" in longer.reasons[0].message.fr

    def test_several_candidates_share_little(self, match: Ask) -> None:
        found = match(None, None, "E75.2").proposals
        assert len(found) > 2
        assert all(each.confidence < 0.3 for each in found)

    def test_agreement_with_the_label_raises_and_chooses(self, match: Ask) -> None:
        alone, both = match.first("Marfann"), match.first("Marfann", None, "Q87.4")
        assert alone.code == both.code == "558"
        assert both.confidence > alone.confidence
        assert Ground.ALIGNMENT in grounds(both)

    def test_contradiction_with_the_label_is_said(self, match: Ask) -> None:
        other = match.first("Maladie de Fabry", None, "Q87.4")
        assert other.code == "324"
        assert other.confidence < match.first("Maladie de Fabry").confidence
        assert Ground.CONTRADICTION in grounds(other)

    def test_that_lead_nowhere_are_named(self, match: Ask) -> None:
        assert "I10" in match.why(None, None, "I10")
        assert match.why(None, None, "not a code")


def test_nothing_to_go_by_is_said(match: Ask) -> None:
    assert "rien" in match.why()
    assert "rien" in match.why("", " ", "")
    assert "ne nomme rien" in match.why("à compléter")


@given(
    label=st.text(max_size=60) | st.none(),
    orpha=st.text(max_size=20) | st.from_regex(r"[0-9]{1,7}", fullmatch=True),
    icd10=st.text(max_size=12) | st.from_regex(r"[A-Z][0-9]{2}\.?[0-9]?", fullmatch=True),
)
def test_any_cells_give_few_active_codes_or_a_reason(
    matcher: Matcher, label: str | None, orpha: str, icd10: str
) -> None:
    found = matcher.match(Entry("L1", label, orpha, icd10))
    assert (found.why is None) == bool(found.proposals)
    assert len(found.proposals) <= 5
    for each in found.proposals:
        assert each.status.is_active
        assert 0 < each.confidence < 1
        assert each.reasons


def test_entries_are_matched_one_by_one(matcher: Matcher) -> None:
    entries = (Entry(str(number), "Maladie de Fabry") for number in range(3))
    found = map(matcher.match, entries)
    assert next(found).entry.code == "0"
    assert [each.entry.code for each in found] == ["1", "2"]


class TestWords:
    @pytest.mark.parametrize("label", ["", "?", "autre", "RAS", "non renseigné", "xx", "12 345"])
    def test_that_name_nothing(self, label: str) -> None:
        assert says_nothing(label)

    @pytest.mark.parametrize("label", ["SLA", "LES", "Marfan", "syndrome de Rett"])
    def test_that_name_something(self, label: str) -> None:
        assert not says_nothing(label)

    def test_the_plainest_reading_comes_first_and_the_others_are_worth_less(self) -> None:
        found = readings("Suspicion de granulomatose (Wegener)")
        assert [each.text for each in found] == [
            "Suspicion de granulomatose (Wegener)", "granulomatose", "Wegener",
        ]  # fmt: skip
        shares = [each.share for each in found]
        assert shares == sorted(shares, reverse=True)


def test_the_written_table_has_its_rows() -> None:
    table = rows()
    assert len(table) == 300
    assert len({row.entry.code for row in table}) == 300
    kinds = [row.kind for row in table]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "wording": 90, "typo": 70, "ward": 60, "icd10": 30, "orpha": 25, "none": 25,
    }  # fmt: skip
    assert all(row.expected.isdigit() or row.expected == NOTHING for row in table)
