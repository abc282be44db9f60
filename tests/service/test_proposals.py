"""What is proposed for the codes of 2022 in 2023, on the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ontologies.concept import Concept, Level
from ontologies.errors import Message, UnknownCode
from ontologies.release import Snapshot
from search import Index
from tests.service.opened_demonstration import opened
from thesaurus.opening import Open
from thesaurus.transcoding.proposing.likeness import likeness
from thesaurus.transcoding.proposing.proposals import Evidence, Ground, Proposal
from thesaurus.transcoding.proposing.successors import successors

Ask = Callable[[str], list[Proposal]]


@pytest.fixture(scope="module")
def releases(
    loaded_demonstration: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Open]:
    return opened(loaded_demonstration, tmp_path_factory.mktemp("proposals"))


@pytest.fixture(scope="module")
def today(releases: dict[str, Open]) -> Open:
    return releases["demo-2023"]


@pytest.fixture(scope="module")
def ask(releases: dict[str, Open], today: Open) -> Ask:
    return lambda code: successors(code, releases["demo-2022"].snapshot, today)


def grounds(proposal: Proposal) -> set[Ground]:
    return {reason.ground for reason in proposal.reasons}


class TestSuccessors:
    @pytest.mark.parametrize(("code", "target"), [("98861", "244"), ("166068", "166063")])
    def test_a_deprecated_code_has_its_target_alone(self, ask: Ask, code: str, target: str) -> None:
        (only,) = ask(code)
        assert (only.code, only.confidence) == (target, 1.0)
        assert grounds(only) == {Ground.MOVED_TO}

    def test_an_obsolete_code_has_its_target_and_what_is_below(self, ask: Ask, today: Open) -> None:
        found = ask("90309")
        assert found[0].code == "287"
        assert Ground.REFERRED_TO in grounds(found[0])
        assert all(today.snapshot.merged.subsumes("287", each.code) for each in found)
        assert found[0].confidence < 1

    def test_a_target_that_is_a_group_is_said_to_be_too_broad(self, ask: Ask) -> None:
        found = ask("68388")  # Neurofibromatose, referred to a group
        (target,) = [each for each in found if each.code == "98196"]
        assert "groupe" in target.reasons[0].message.fr
        assert target.confidence < 0.5

    def test_a_code_that_vanished_leads_to_the_nearest_name(self, ask: Ask) -> None:
        found = ask("398980")
        assert found[0].code == "168829"
        assert Ground.NAME in grounds(found[0])

    def test_nothing_stands_for_what_is_not_rare(self, ask: Ask) -> None:
        assert ask("206") == []

    def test_a_code_that_stays_is_kept(self, ask: Ask) -> None:
        (only,) = ask("558")
        assert (only.code, grounds(only)) == ("558", {Ground.KEPT})

    def test_a_code_of_neither_release_is_unknown(self, ask: Ask) -> None:
        with pytest.raises(UnknownCode):
            ask("999999")

    def test_no_proposal_is_inactive(self, ask: Ask, releases: dict[str, Open]) -> None:
        for concept in releases["demo-2022"].snapshot:
            found = ask(concept.code)
            assert all(each.status.is_active for each in found)
            assert len({each.code for each in found}) == len(found) <= 5
            assert sorted(found, key=lambda each: -each.confidence) == found
            assert all(reason.message.fr and reason.message.en
                       for each in found for reason in each.reasons)  # fmt: skip

    def test_a_former_place_speaks_for_what_still_stands_there(
        self, releases: dict[str, Open], today: Open
    ) -> None:
        after = _without(today, "300895")  # ALK+, beside ALK-
        found = successors("300895", releases["demo-2022"].snapshot, after)
        beside = {each.code for each in found if Ground.FORMER_PARENTS in grounds(each)}
        assert beside == {"300903"}

    def test_what_is_alike_below_a_group_comes_before_it(self, today: Open) -> None:
        old = today.snapshot.concepts["68388"]
        target = next(
            parent
            for parent in today.snapshot.merged.ancestors("77259")
            if today.snapshot.concepts[parent].level is Level.GROUP
        )
        named = replace(
            old,
            labels=today.snapshot.concepts["77259"].labels[:1],
            redirection=replace(old.redirection, target=target),
        )
        after = replace(today, snapshot=_with(today.snapshot, named))
        first, *_ = successors("68388", after.snapshot, after)
        assert first.code == "77259"
        assert {Ground.BELOW_TARGET, Ground.NAME} <= grounds(first)

    def test_what_is_only_alike_stays_behind_the_target(self, today: Open) -> None:
        old = today.snapshot.concepts["68388"]
        target = next(
            parent
            for parent in today.snapshot.merged.ancestors("77259")
            if today.snapshot.concepts[parent].level is Level.GROUP
        )
        (name, *_) = today.snapshot.concepts["77259"].labels
        named = replace(
            old,
            labels=(replace(name, text=f"{name.text} rare"),),
            redirection=replace(old.redirection, target=target),
        )
        after = replace(today, snapshot=_with(today.snapshot, named))
        first, second, *_ = successors("68388", after.snapshot, after)
        assert (first.code, second.code) == (target, "77259")
        assert first.confidence > second.confidence
        assert Ground.CONTRADICTION in grounds(second)


class TestLevels:
    @pytest.mark.parametrize("level", [Level.SUBTYPE, Level.DISORDER])
    def test_what_is_no_group_keeps_its_code(self, today: Open, level: Level) -> None:
        before = _with_level(today.snapshot, "558", Level.GROUP)
        after = replace(today, snapshot=_with_level(today.snapshot, "558", level))
        (only,) = successors("558", before, after)
        assert (only.code, grounds(only)) == ("558", {Ground.LEVEL})

    def test_what_became_a_group_is_made_more_precise(self, today: Open) -> None:
        group = next(
            each.code
            for each in today.snapshot
            if each.level is Level.GROUP
            and any(
                today.snapshot.concepts[below].level is Level.DISORDER
                for below in today.snapshot.merged.children(each.code)
            )
        )
        found = successors(group, _with_level(today.snapshot, group, Level.DISORDER), today)
        assert found[0].level is Level.DISORDER
        assert Ground.LEVEL in grounds(found[0])
        assert found[-1].code == group or group not in {each.code for each in found}


def _with_level(snapshot: Snapshot, code: str, level: Level) -> Snapshot:
    return _with(snapshot, replace(snapshot.concepts[code], level=level))


def _with(snapshot: Snapshot, changed: Concept) -> Snapshot:
    concepts = [changed if each.code == changed.code else each for each in snapshot]
    return Snapshot(snapshot.release, concepts, snapshot.classifications.values())


def _without(release: Open, code: str) -> Open:
    old = release.snapshot
    kept = [each for each in old if each.code != code]
    classifications = [
        replace(each, edges=tuple(edge for edge in each.edges if code not in edge))
        for each in old.classifications.values()
    ]
    snapshot = Snapshot(old.release, kept, classifications)
    return replace(release, snapshot=snapshot, index=Index(snapshot))


class TestLikeness:
    @pytest.mark.parametrize(
        ("one", "other", "least", "most"),
        [
            ("Syndrome de Marfan", "maladie de MARFAN", 1, 1),
            ("Maladie de Gaucher type II", "maladie de gaucher de type 2", 1, 1),
            ("CMT1A", "CMT 1A", 1, 1),
            ("Maladie de Gauscher", "Maladie de Gaucher", 0.8, 0.99),
            ("sindrome de marfan", "Syndrome de Marfan", 1, 1),
            ("Maladie de Gaucher type 1", "Maladie de Gaucher type 3", 0, 0.5),
            ("Surdité rare", "Surdité", 0.2, 0.9),
            ("Epilepsie non progressive", "Epilepsie progressive", 0, 0.85),
            ("Maladie de Fabry", "Syndrome de Rett", 0, 0),
            ("", "Syndrome de Rett", 0, 0),
        ],
    )
    def test_of_names(self, today: Open, one: str, other: str, least: float, most: float) -> None:
        compare = likeness(today.index).between
        assert least <= compare(one, other) <= most
        assert compare(one, other) == pytest.approx(compare(other, one))

    def test_is_worked_out_once_for_an_index(self, today: Open) -> None:
        assert likeness(today.index) is likeness(today.index)


class TestEvidence:
    said = Message("oui", "yes")

    def test_independent_grounds_add_up_and_what_contradicts_lowers(self) -> None:
        evidence = Evidence()
        evidence.add("1", Ground.NAME, 0.5, self.said)
        evidence.add("1", Ground.NAME, 0.4, self.said)
        assert evidence.confidence("1") == pytest.approx(0.5)
        evidence.add("1", Ground.GENE, 0.5, self.said)
        assert evidence.confidence("1") == pytest.approx(0.75)
        evidence.weaken("1", Ground.CONTRADICTION, 0.5, self.said)
        assert evidence.confidence("1") == pytest.approx(0.375)

    def test_what_is_not_the_surest_is_doubted(self) -> None:
        evidence = Evidence()
        for code, strength in (("1", 0.8), ("2", 0.79), ("3", 0.2)):
            evidence.add(code, Ground.NAME, strength, self.said)
        evidence.doubt(0.5, self.said)
        assert evidence.confidence("1") == pytest.approx(0.4)
        assert evidence.confidence("2") == pytest.approx(0.395)
        assert evidence.confidence("3") == pytest.approx(0.1)

    def test_inactive_and_unknown_codes_are_never_proposed(self, today: Open) -> None:
        evidence = Evidence()
        for code in ("98861", "999999", "558"):
            evidence.add(code, Ground.NAME, 0.9, self.said)
        ranked = evidence.ranked(today.snapshot.concepts.get)
        assert [each.code for each in ranked] == ["558"]
