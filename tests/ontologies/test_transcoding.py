"""What becomes of a code over one or several years, with and without decisions."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ontologies.chain import Chain
from ontologies.concept import Concept, Label, LabelKind, Level, Redirection, RedirectionKind
from ontologies.release import Release, Snapshot
from ontologies.transcoding import Decision, Kind, Transcoding, Verdict
from tests.ontologies.drawings import concept

OBSOLETE, NON_RARE, DEPRECATED = 8208, 8225, 8449


def moved(code: str, target: str) -> Concept:
    redirection = Redirection(RedirectionKind.MOVED_TO, target)
    return concept(code, flag=DEPRECATED, redirection=redirection)


def referred(code: str, target: str | None = None) -> Concept:
    redirection = Redirection(RedirectionKind.REFERRED_TO, target) if target else None
    return concept(code, flag=OBSOLETE, redirection=redirection)


def year(year: int, *concepts: Concept) -> Snapshot:
    release = Release(id=str(year), date=dt.date(year, 7, 1), languages=("fr",))
    return Snapshot(release, concepts, ())


def row(code: str, *years: Snapshot, **verdicts: Mapping[str, Verdict]) -> Transcoding | None:
    """The row of a code; verdicts as ``y20_21={"1": Verdict(...)}``."""
    given = {(f"20{key[1:3]}", f"20{key[4:6]}"): value for key, value in verdicts.items()}
    return Chain(years, given).row(code)


def told(found: Transcoding | None) -> tuple[object, ...] | None:
    return found and (found.kind, found.decision, found.targets)


ONE = year(2020, concept("1"), concept("2"), concept("3"))
STAYS = year(2021, concept("1"), concept("2"), concept("3"))


class TestOneYear:
    def test_what_did_not_change_has_no_row(self) -> None:
        assert row("1", ONE, STAYS) is None
        assert row("99", ONE, STAYS) is None
        assert list(Chain([ONE, STAYS]).rows()) == []

    def test_deprecated_leads_to_its_target(self) -> None:
        found = row("1", ONE, year(2021, moved("1", "2"), concept("2")))
        assert told(found) == (Kind.DEPRECATED, Decision.AUTOMATIC, ("2",))
        assert found
        assert found.applies
        assert not found.open

    def test_a_deprecated_code_whose_target_is_not_active_waits(self) -> None:
        found = row("1", ONE, year(2021, moved("1", "2"), referred("2")))
        assert told(found) == (Kind.DEPRECATED, Decision.PROPOSED, ())

    def test_deprecated_in_a_circle_waits(self) -> None:
        found = row("1", ONE, year(2021, moved("1", "2"), moved("2", "1")))
        assert told(found) == (Kind.DEPRECATED, Decision.PROPOSED, ())

    def test_a_target_that_moved_itself_is_followed(self) -> None:
        found = row("1", ONE, year(2021, moved("1", "2"), moved("2", "3"), concept("3")))
        assert told(found) == (Kind.DEPRECATED, Decision.AUTOMATIC, ("3",))

    def test_obsolete_is_proposed(self) -> None:
        found = row("1", ONE, year(2021, referred("1", "2"), concept("2")))
        assert told(found) == (Kind.OBSOLETE, Decision.PROPOSED, ("2",))
        assert found
        assert found.open
        assert told(row("1", ONE, year(2021, referred("1")))) == (
            Kind.OBSOLETE,
            Decision.PROPOSED,
            (),
        )

    def test_non_rare_leads_nowhere(self) -> None:
        found = row("1", ONE, year(2021, concept("1", flag=NON_RARE)))
        assert told(found) == (Kind.NON_RARE, Decision.PROPOSED, ())

    def test_gone(self) -> None:
        found = row("1", ONE, year(2021, concept("2")))
        assert told(found) == (Kind.REMOVED, Decision.PROPOSED, ())
        assert found
        assert found.via == "2020"

    def test_a_code_that_only_a_release_between_had_asks_for_nothing(self) -> None:
        found = row("1", year(2020, concept("2")), year(2021, concept("1")), year(2022))
        assert told(found) == (Kind.REMOVED, Decision.PROPOSED, ())
        assert found
        assert not found.open

    def test_new_and_back(self) -> None:
        assert told(row("1", year(2020), STAYS)) == (Kind.NEW, Decision.AUTOMATIC, ("1",))
        back = row("1", year(2020, referred("1", "2"), concept("2")), STAYS)
        assert told(back) == (Kind.REACTIVATED, Decision.AUTOMATIC, ("1",))

    def test_a_code_that_comes_back_at_another_level_waits(self) -> None:
        before = year(2020, referred("1", "2"), concept("2"))
        found = row("1", before, year(2021, concept("1", Level.GROUP), concept("2")))
        assert told(found) == (Kind.REACTIVATED, Decision.PROPOSED, ("1",))

    def test_a_deprecated_code_that_lost_its_target_waits(self) -> None:
        before = year(2020, moved("1", "2"), concept("2"))
        found = row("1", before, year(2021, moved("1", "2"), referred("2")))
        assert found
        assert found.open

    def test_level(self) -> None:
        found = row("1", ONE, year(2021, concept("1", Level.GROUP)))
        assert told(found) == (Kind.LEVEL_CHANGE, Decision.PROPOSED, ("1",))
        unknown = row("1", year(2020, concept("1", None)), STAYS)
        assert unknown is None

    def test_label(self) -> None:
        label = Label("Autre nom", "fr", LabelKind.PREFERRED)
        renamed = replace(concept("1"), labels=(label,))
        assert told(row("1", ONE, year(2021, renamed))) == (
            Kind.LABEL_ONLY,
            Decision.AUTOMATIC,
            ("1",),
        )

    def test_labels_of_other_languages_are_not_compared(self) -> None:
        english = Release(id="2021", date=dt.date(2021, 7, 1), languages=("en",))
        renamed = replace(concept("1"), labels=(Label("Name", "en", LabelKind.PREFERRED),))
        assert row("1", ONE, Snapshot(english, [renamed], ())) is None

    def test_what_was_inactive_before_asks_for_nothing_new(self) -> None:
        before = year(2020, referred("1", "2"), moved("3", "2"), concept("2"), concept("4"))
        after = year(2021, referred("1", "4"), moved("3", "4"), concept("2"), concept("4"))
        suggestion, binding = row("1", before, after), row("3", before, after)
        assert suggestion
        assert binding
        assert (suggestion.changed, suggestion.open) == (False, False)
        assert (binding.changed, binding.targets) == (True, ("4",))


class TestSeveralYears:
    def test_the_last_release_that_knows_a_code_says_what_it_is(self) -> None:
        middle = year(2021, moved("1", "2"), concept("2"), concept("3"))
        end = year(2022, moved("1", "3"), concept("2"), concept("3"))
        assert told(row("1", ONE, middle, end)) == (Kind.DEPRECATED, Decision.AUTOMATIC, ("3",))

    def test_a_code_that_left_keeps_the_last_word_on_it(self) -> None:
        middle = year(2021, moved("1", "2"), concept("2"), concept("3"))
        end = year(2022, moved("2", "3"), concept("3"))
        found = row("1", ONE, middle, end)
        assert told(found) == (Kind.DEPRECATED, Decision.AUTOMATIC, ("3",))
        assert found
        assert found.via == "2021"

    def test_a_target_that_becomes_obsolete_later_waits(self) -> None:
        middle = year(2021, moved("1", "2"), concept("2"), concept("3"))
        end = year(2022, referred("2", "3"), concept("3"))
        found = row("1", ONE, middle, end)
        assert told(found) == (Kind.DEPRECATED, Decision.PROPOSED, ("3",))

    def test_a_code_that_comes_back_stays(self) -> None:
        middle = year(2021, moved("1", "2"), concept("2"))
        assert row("1", ONE, middle, STAYS) is None

    def test_the_start_counts(self) -> None:
        middle = year(2021, moved("1", "2"), concept("2"), concept("3"))
        end = year(2022, moved("1", "2"), concept("2"), concept("3"))
        found = row("1", middle, end)
        assert found
        assert not found.changed


NOW_OBSOLETE = year(2021, referred("1", "2"), concept("2"), concept("3"))
STILL = year(2022, referred("1", "2"), concept("2"), concept("3"))
FOR_3 = {"1": Verdict(accepted=True, targets=("3",))}


class TestDecisions:
    def test_accepted(self) -> None:
        found = row("1", ONE, NOW_OBSOLETE, y20_21=FOR_3)
        assert told(found) == (Kind.OBSOLETE, Decision.ACCEPTED, ("3",))
        assert found
        assert found.decided == ("2020", "2021")

    def test_for_none_and_against(self) -> None:
        none = row("1", ONE, NOW_OBSOLETE, y20_21={"1": Verdict(accepted=True)})
        assert told(none) == (Kind.OBSOLETE, Decision.ACCEPTED, ())
        against = row("1", ONE, NOW_OBSOLETE, y20_21={"1": Verdict(accepted=False)})
        assert told(against) == (Kind.OBSOLETE, Decision.REJECTED, ())
        assert against
        assert not against.open

    def test_a_decision_stands_in_later_years(self) -> None:
        found = row("1", ONE, NOW_OBSOLETE, STILL, y20_21=FOR_3)
        assert told(found) == (Kind.OBSOLETE, Decision.ACCEPTED, ("3",))
        assert told(row("1", NOW_OBSOLETE, STILL, y20_21=FOR_3)) == (
            Kind.OBSOLETE,
            Decision.PROPOSED,
            ("2",),
        )

    def test_the_target_of_a_decision_is_followed(self) -> None:
        end = year(2022, referred("1", "2"), concept("2"), moved("3", "2"))
        found = row("1", ONE, NOW_OBSOLETE, end, y20_21=FOR_3)
        assert told(found) == (Kind.OBSOLETE, Decision.ACCEPTED, ("2",))

    def test_a_decided_target_that_becomes_obsolete_waits_again(self) -> None:
        end = year(2022, referred("1", "2"), concept("2"), referred("3", "2"))
        found = row("1", ONE, NOW_OBSOLETE, end, y20_21=FOR_3)
        assert told(found) == (Kind.OBSOLETE, Decision.PROPOSED, ("2",))
        assert found
        assert found.open
        both = row("1", ONE, NOW_OBSOLETE, end, y20_21=FOR_3, y21_22=FOR_2)
        assert told(both) == (Kind.OBSOLETE, Decision.ACCEPTED, ("2",))

    def test_the_newest_decision_stands(self) -> None:
        found = row("1", ONE, NOW_OBSOLETE, STILL, y20_21=FOR_3, y20_22=FOR_2)
        assert told(found) == (Kind.OBSOLETE, Decision.ACCEPTED, ("2",))

    def test_a_code_that_comes_back_needs_no_decision(self) -> None:
        end = year(2022, concept("1"), concept("2"), concept("3"))
        assert row("1", ONE, NOW_OBSOLETE, end, y20_21=FOR_3) is None

    def test_a_code_that_orphanet_moves_elsewhere_is_looked_at_again(self) -> None:
        end = year(2022, moved("1", "2"), concept("2"), concept("3"))
        found = row("1", ONE, NOW_OBSOLETE, end, y20_21=FOR_3)
        assert told(found) == (Kind.DEPRECATED, Decision.PROPOSED, ("2", "3"))
        same = row("1", ONE, NOW_OBSOLETE, end, y20_21=FOR_2)
        assert told(same) == (Kind.DEPRECATED, Decision.AUTOMATIC, ("2",))

    def test_a_level_change_that_was_accepted_stands_until_the_next_one(self) -> None:
        group = year(2021, concept("1", Level.GROUP), concept("2"))
        keep = {"1": Verdict(accepted=True, targets=("1",))}
        later = year(2022, concept("1", Level.GROUP), concept("2"))
        assert told(row("1", ONE, group, later, y20_21=keep)) == (
            Kind.LEVEL_CHANGE,
            Decision.ACCEPTED,
            ("1",),
        )
        again = year(2022, concept("1", Level.SUBTYPE), concept("2"))
        assert told(row("1", ONE, group, again, y20_21=keep)) == (
            Kind.LEVEL_CHANGE,
            Decision.PROPOSED,
            ("1",),
        )

    def test_a_code_kept_by_decision_beside_another_one(self) -> None:
        both = {"1": Verdict(accepted=True, targets=("1", "2"))}
        group = year(2021, concept("1", Level.GROUP), concept("2"))
        found = row("1", ONE, group, group_later(), y20_21=both)
        assert told(found) == (Kind.LEVEL_CHANGE, Decision.ACCEPTED, ("1", "2"))

    def test_one_of_several_targets_that_leads_nowhere_leaves_a_choice(self) -> None:
        several = {"1": Verdict(accepted=True, targets=("2", "3"))}
        end = year(2022, referred("1"), concept("2"), referred("3"))
        for closed in (Verdict(accepted=True), Verdict(accepted=False)):
            found = row("1", ONE, NOW_OBSOLETE, end, y20_21=several, y21_22={"3": closed})
            assert told(found) == (Kind.OBSOLETE, Decision.PROPOSED, ("2",))
            assert found
            assert found.open

    def test_a_decided_target_whose_level_changes_is_looked_at_again(self) -> None:
        end = year(2022, referred("1"), concept("2"), concept("3", Level.GROUP))
        found = row("1", ONE, NOW_OBSOLETE, end, y20_21=FOR_3)
        assert told(found) == (Kind.LEVEL_CHANGE, Decision.PROPOSED, ("3",))
        moved_on = {"3": Verdict(accepted=True, targets=("2",))}
        found = row("1", ONE, NOW_OBSOLETE, end, y20_21=FOR_3, y21_22=moved_on)
        assert told(found) == (Kind.OBSOLETE, Decision.ACCEPTED, ("2",))

    def test_a_decision_for_none_falls_when_orphanet_moves_the_code(self) -> None:
        end = year(2022, moved("1", "2"), concept("2"), concept("3"))
        none = {"1": Verdict(accepted=True)}
        found = row("1", ONE, NOW_OBSOLETE, end, y20_21=none)
        assert told(found) == (Kind.DEPRECATED, Decision.PROPOSED, ("2",))

    def test_a_code_that_left_and_came_back_waits_where_a_person_chose_another(self) -> None:
        back = year(2022, concept("1"), concept("2"), concept("3"))
        found = row("1", ONE, NOW_OBSOLETE, back, y21_22=FOR_2)
        assert told(found) == (Kind.REACTIVATED, Decision.PROPOSED, ("1", "2"))
        keep = {"1": Verdict(accepted=True, targets=("1",))}
        assert row("1", ONE, NOW_OBSOLETE, back, y21_22=keep) is None

    def test_a_release_without_levels_takes_no_decision_away(self) -> None:
        group = year(2021, concept("1", Level.GROUP), concept("2"))
        thin = year(2022, concept("1", None), concept("2"))
        assert row("1", ONE, group, thin, y20_21=FOR_2) is None
        assert told(row("1", ONE, group, y20_21=FOR_2)) == (
            Kind.LEVEL_CHANGE,
            Decision.ACCEPTED,
            ("2",),
        )

    def test_a_target_that_is_recoded_itself_waits(self) -> None:
        """What is recoded must not move again when it is recoded once more."""
        end = year(2021, moved("1", "2"), concept("2", Level.GROUP), concept("3"))
        chosen = {"2": Verdict(accepted=True, targets=("3",))}
        found = row("1", ONE, end, y20_21=chosen)
        assert told(found) == (Kind.DEPRECATED, Decision.PROPOSED, ("2", "3"))

    def test_decisions_that_lead_in_a_circle_end(self) -> None:
        swap = {"1": Verdict(accepted=True, targets=("2",))}
        back = {"2": Verdict(accepted=True, targets=("1",))}
        both = year(2021, referred("1"), referred("2"), concept("3"))
        end = year(2022, referred("1"), referred("2"), concept("3"))
        found = row("1", ONE, both, end, y20_21=swap, y21_22=back)
        assert found
        assert found.targets in {("1",), ()}

    def test_follow_carries_codes_of_any_release_on(self) -> None:
        end = year(2022, moved("2", "3"), concept("3"), referred("4", "3"), concept("5"))
        chain = Chain([ONE, year(2021, concept("2"), concept("3"), concept("4")), end])
        assert told(chain.follow(["2"], "2021")) == (
            Kind.DEPRECATED,
            Decision.AUTOMATIC,
            ("3",),
        )
        several = chain.follow(["2", "5", "4"], "2021")
        assert several
        assert (several.applies, several.targets) == (False, ("3", "5"))
        assert chain.follow([], "2021") is None


FOR_2 = {"1": Verdict(accepted=True, targets=("2",))}


def group_later() -> Snapshot:
    return year(2022, concept("1", Level.GROUP), concept("2"))


# -- properties ---------------------------------------------------------------------------

CODES = [str(number) for number in range(1, 9)]


@st.composite
def some_years(draw: st.DrawFn, years: int = 3) -> Sequence[Snapshot]:
    """Releases of a few codes, each sound: targets are active."""
    return [draw(_year(2020 + number)) for number in range(years)]


@st.composite
def _year(draw: st.DrawFn, number: int) -> Snapshot:
    fates = draw(st.lists(st.sampled_from("aaaagdorn-"), min_size=len(CODES), max_size=len(CODES)))
    fates[draw(st.integers(0, len(CODES) - 1))] = "a"
    active = [code for code, fate in zip(CODES, fates, strict=True) if fate in "ag"]
    found = []
    for code, fate in zip(CODES, fates, strict=True):
        target = draw(st.sampled_from(active))
        made = {
            "a": concept(code),
            "g": concept(code, Level.GROUP),
            "d": moved(code, target),
            "o": referred(code, target),
            "r": referred(code),
            "n": concept(code, flag=NON_RARE),
        }.get(fate)
        found += [made] if made else []
    return year(number, *found)


@given(some_years())
def test_every_code_that_changed_has_one_row_and_targets_are_active(
    years: Sequence[Snapshot],
) -> None:
    chain = Chain(years)
    rows = {each.source: each for each in chain.rows()}
    assert len(rows) == len(list(chain.rows()))
    for code in CODES:
        now = chain.last.concepts.get(code)
        if code in chain and (now is None or not now.status.is_active):
            assert code in rows
        assert chain.row(code) == rows.get(code)
    for each in rows.values():
        assert all(chain.last.concepts[target].status.is_active for target in each.targets)
        assert not each.applies or each.targets


@given(some_years())
def test_by_way_of_a_year_between_is_the_same_where_the_last_one_knows_the_code(
    years: Sequence[Snapshot],
) -> None:
    """The year between says more only of a code that the last one has no more."""
    first, _, last = years
    by_way, straight = Chain(years), Chain([first, last])
    for code in last.concepts:
        if code in first:
            assert by_way.row(code) == straight.row(code)


@given(some_years())
def test_step_by_step_is_the_same_unless_the_last_year_says_otherwise(
    years: Sequence[Snapshot],
) -> None:
    """Recoding every year, or once at the end, gives a record the same code, or leaves it to a
    person.
    """
    first, middle, last = years
    whole, early, late = Chain(years), Chain([first, middle]), Chain([middle, last])
    for code in first.concepts:
        step = early.row(code)
        if step is None or not step.applies:
            continue
        again = late.row(code)
        comes_back = code in last and code not in middle
        if comes_back or (again and again.changed and again.kind is not Kind.REMOVED):
            continue  # the last year says something else of the very code
        onward = late.follow(step.targets, middle.release.id)
        found = whole.row(code)
        assert onward
        if onward.applies and (found is None or found.applies):
            assert (found.targets if found else (code,)) == onward.targets


@given(some_years(), st.sampled_from(CODES), st.sampled_from(CODES))
def test_a_decision_concerns_its_code_and_those_that_lead_to_it(
    years: Sequence[Snapshot], code: str, target: str
) -> None:
    if target not in years[1] or not years[1].concepts[target].status.is_active:
        return
    verdicts = {("2020", "2021"): {code: Verdict(accepted=True, targets=(target,))}}
    decided, plain = Chain(years, verdicts), Chain(years)
    for other in CODES:
        mine = plain.row(other)
        if other != code and (mine is None or code not in _led_by(other, years)):
            assert decided.row(other) == mine


def _led_by(code: str, years: Sequence[Snapshot]) -> set[str]:
    """The codes that the releases name on the way from a code."""
    found, waiting = set(), [code]
    while waiting:
        here = waiting.pop()
        for each in years:
            concept = each.concepts.get(here)
            redirection = concept.redirection if concept else None
            if redirection and redirection.target not in found:
                found.add(redirection.target)
                waiting.append(redirection.target)
    return found


def test_endless_redirections_of_a_file_at_fault_are_given_up() -> None:
    concepts = [moved(str(number), str(number + 1)) for number in range(1, 3000)]
    end = year(2021, *concepts, concept("3000"))
    assert told(row("1", ONE, end)) == (Kind.DEPRECATED, Decision.PROPOSED, ())
    assert told(row("2990", ONE, end)) == (Kind.DEPRECATED, Decision.AUTOMATIC, ("3000",))
