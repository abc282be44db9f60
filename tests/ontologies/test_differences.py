"""What changed between two releases, what did not, and what nobody can know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from ontologies.concept import (
    Aggregation,
    Concept,
    EntityType,
    Label,
    LabelKind,
    Level,
    Redirection,
    RedirectionKind,
)
from ontologies.differences import Differences, Facet, Kind, Place, differences
from ontologies.release import Snapshot
from tests.ontologies.datasets import align
from tests.ontologies.years import ONE, PLAIN, THREE, TWO, entity, release, tree

PREFERRED, SYNONYM = LabelKind.PREFERRED, LabelKind.SYNONYM
MOVED = Redirection(RedirectionKind.MOVED_TO, "2")


def found(old: Iterable[Concept], new: Iterable[Concept]) -> Differences:
    return differences(release(*old, version="2022"), release(*new))


def counted(changes: Differences) -> dict[str, int]:
    """The counts that are not 0."""
    return {name: count for name, count in changes.counts.items() if count}


def facets(changes: Differences) -> list[Facet]:
    """What was not compared; that no alignments were given is left out."""
    return [each.facet for each in changes.not_compared if each.facet is not Facet.ALIGNMENTS]


def test_a_release_does_not_differ_from_itself() -> None:
    same = found(PLAIN, PLAIN)
    assert same.empty
    assert counted(same) == {}
    assert facets(same) == []


def test_codes_in_and_out() -> None:
    changes = found((ONE, TWO), (ONE, THREE))
    assert (list(changes.added), list(changes.removed)) == (["3"], ["2"])
    assert counted(changes) == {"added": 1, "removed": 1, "edges_added": 1, "edges_removed": 1}
    assert changes.kinds == {"2": (Kind.REMOVED,), "3": (Kind.ADDED,)}


@pytest.mark.parametrize(
    ("facts", "kind", "name"),
    [
        ({"level": Level.SUBTYPE}, Kind.LEVEL, "level"),
        ({"type": EntityType.CLINICAL_SYNDROME}, Kind.TYPE, "type"),
        ({"flag": 513}, Kind.STATUS, "status"),
        ({"redirection": MOVED}, Kind.REDIRECTION, "redirections"),
        ({"aggregation": Aggregation("2")}, Kind.AGGREGATION, "aggregations"),
        ({"aggregation": Aggregation(None)}, Kind.AGGREGATION, "aggregations"),
    ],
)
def test_one_fact_changes(facts: dict[str, Any], kind: Kind, name: str) -> None:
    changes = found(PLAIN, (ONE, TWO, replace(THREE, **facts)))
    assert changes.kinds == {"3": (kind,)}
    assert counted(changes) == {name: 1}


def test_two_flags_of_one_status_are_no_change() -> None:
    """9216 became 8208 in 2023: both are obsolete (domain rules, section 6)."""
    assert found((ONE, replace(TWO, flag=9216)), (ONE, replace(TWO, flag=8208))).empty
    assert found((ONE, TWO), (replace(ONE, flag=129), TWO)).empty


def test_a_code_that_becomes_inactive_leaves_the_hierarchy_by_its_status() -> None:
    changes = found(PLAIN, (ONE, TWO, replace(THREE, flag=8208)))
    assert counted(changes) == {"status": 1, "newly_inactive": 1, "edges_removed": 1}
    back = found((ONE, TWO, replace(THREE, flag=8208)), PLAIN)
    assert counted(back) == {"status": 1, "reactivated": 1, "edges_added": 1}


def test_names_are_compared_as_clean_texts_and_sets() -> None:
    old = entity("3", "Ancien", "b", "a")
    changes = found((ONE, TWO, old), (ONE, TWO, entity("3", "Nouveau", "a", "c")))
    (preferred,) = changes.changes["3"].preferred
    assert preferred.before and preferred.after  # noqa: PT018
    assert (preferred.before.text, preferred.after.text) == ("Ancien", "Nouveau")
    (synonyms,) = changes.changes["3"].synonyms
    assert (synonyms.added, synonyms.removed) == (("c",), ("b",))
    assert found((ONE, TWO, old), (ONE, TWO, entity("3", "Ancien", "a", "b", "b"))).empty


def test_a_prefix_and_blanks_are_no_change_of_a_name() -> None:
    raw = Label("Ancien", "fr", PREFERRED, raw="OBSOLETE :  Ancien ")
    assert found((ONE, entity("2", "Ancien")), (ONE, replace(TWO, labels=(raw,)))).empty


def test_a_stray_character_that_was_corrected_is_a_change_of_its_own_kind() -> None:
    stray = Label("Menière", "fr", PREFERRED, raw="NON RARE EN EUROPE : Meni\x8fre")
    sound = Label("Menière", "fr", PREFERRED, raw="NON RARE EN EUROPE : Menière")
    old, new = (replace(TWO, labels=(label,)) for label in (stray, sound))
    (change,) = found((ONE, old), (ONE, new)).changes["2"].preferred
    assert change.respelled
    assert found((ONE, old), (ONE, old)).empty


def test_languages_of_one_release_are_not_compared() -> None:
    english = Label("Disease 2", "en", PREFERRED)
    new = replace(TWO, labels=(*TWO.labels, english))
    changes = differences(
        release(ONE, TWO, version="2022"), release(ONE, new, languages=("fr", "en"))
    )
    assert changes.empty
    assert changes.languages == ("fr",)
    assert facets(changes) == [Facet.LABELS]
    assert "2023" in changes.not_compared[0].reason.fr


def test_definitions_that_only_one_release_has_are_not_compared() -> None:
    defined = replace(TWO, definitions=(("fr", "Une maladie."),))
    changes = found((ONE, defined, THREE), PLAIN)
    assert changes.empty
    assert facets(changes) == [Facet.DEFINITION]
    both = replace(THREE, definitions=(("fr", "Une autre."),))
    changes = found((ONE, defined, both), (ONE, TWO, both))
    (change,) = changes.changes["2"].definitions
    assert (change.lang, change.before, change.after) == ("fr", "Une maladie.", None)
    assert counted(changes) == {"definitions": 1}


def test_an_unknown_aggregation_is_not_a_change() -> None:
    unknown = replace(TWO, aggregation=Aggregation(known=False))
    changes = found((ONE, unknown), (ONE, TWO))
    assert changes.empty
    first = changes.not_compared[0]
    assert (first.facet, first.entities) == (Facet.AGGREGATION, 1)


def test_parents_merged_and_in_each_classification() -> None:
    old = release(*PLAIN, trees=[tree("146", "1>2", "1>3"), tree("147", "1>3")], version="2022")
    moved = release(*PLAIN, trees=[tree("146", "1>2", "2>3"), tree("147", "1>3")])
    changes = differences(old, moved)
    change = changes.changes["3"]
    assert change.parents
    assert (change.parents.before, change.parents.after) == (("1",), ("1", "2"))
    assert change.places == (Place("146", ("1",), ("2",)),)
    assert (changes.edges_added, changes.edges_removed) == ((("2", "3"),), ())
    assert counted(changes) == {"parents": 1, "classifications": 1, "edges_added": 1}


def test_a_place_may_change_while_the_merged_parents_stay() -> None:
    old = release(*PLAIN, trees=[tree("146", "1>2", "1>3"), tree("147", "1>3")], version="2022")
    left = release(*PLAIN, trees=[tree("146", "1>2", "1>3"), tree("147")])
    changes = differences(old, left)
    assert counted(changes) == {"classifications": 1}
    assert changes.changes["3"].places == (Place("147", ("1",), None),)


def test_a_classification_that_comes_is_known_where_both_releases_are_whole() -> None:
    old = release(*PLAIN, version="2022")
    more = release(*PLAIN, trees=[tree("146", "1>2", "1>3"), tree("147", "2>3", roots=("2",))])
    changes = differences(old, more)
    assert [each.id for each in changes.classifications_added] == ["147"]
    assert counted(changes)["edges_added"] == 1
    unplaced = release(*PLAIN, entity("4"), trees=[tree("146", "1>2", "1>3")], version="2022")
    changes = differences(unplaced, more)  # a file may be missing: 4 is active and has no place
    assert not changes.classifications_added
    assert Facet.CLASSIFICATIONS in facets(changes)
    assert "147" in changes.not_compared[0].reason.fr
    assert not differences(more, unplaced).classifications_removed
    assert [each.id for each in differences(more, old).classifications_removed] == ["147"]


def test_a_renamed_classification() -> None:
    old = release(*PLAIN, trees=[tree("146", "1>2", "1>3")], version="2022")
    new = release(*PLAIN, trees=[tree("146", "1>2", "1>3", fr="Autre")])
    assert counted(differences(old, new)) == {"classifications_renamed": 1}


# -- thin releases -----------------------------------------------------------------------


def listed(*concepts: Concept) -> Snapshot:
    """A release made of the list of rare diseases: no types, no aggregation, no hierarchy."""
    thin = (replace(each, type=None, aggregation=Aggregation(known=False)) for each in concepts)
    return release(*thin, version="2025", kinds="list:fr masterfile:fr", trees=())


def test_the_list_of_rare_diseases_says_nothing_of_types_hierarchy_and_non_rare_entities() -> None:
    historic, non_rare = entity("4", flag=513), entity("5", flag=8225)
    old = release(*PLAIN, historic, non_rare, kinds="nomenclature:fr classification:fr")
    changes = differences(old, listed(*PLAIN, replace(historic, flag=1)))
    assert changes.empty
    assert facets(changes) == [
        *(Facet.CODES, Facet.STATUS, Facet.TYPE, Facet.AGGREGATION),
        *(Facet.PARENTS, Facet.CLASSIFICATIONS),
    ]
    assert changes.not_compared[0].entities == 1  # ORPHA:5


def test_the_list_gives_codes_in_and_out_and_those_newly_inactive_with_their_targets() -> None:
    old = release(ONE, TWO, THREE, kinds="nomenclature:fr")
    new = listed(ONE, replace(TWO, flag=8449, redirection=MOVED), entity("6"))
    changes = differences(old, new)
    assert (list(changes.added), list(changes.removed)) == (["6"], ["3"])
    assert counted(changes) == {
        "added": 1,
        "removed": 1,
        "status": 1,
        "newly_inactive": 1,
        "redirections": 1,
    }
    back = differences(new, old)
    assert (list(back.added), list(back.removed)) == (["3"], ["6"])


def test_the_list_does_not_give_the_synonyms_of_inactive_entities() -> None:
    known = entity("2", "Deux", "Duo", flag=8208)
    changes = differences(
        release(ONE, known, entity("3", "Trois", "Trio"), kinds="nomenclature:fr"),
        listed(ONE, entity("2", "Deux", flag=8208), entity("3", "Trois")),
    )
    assert changes.kinds == {"3": (Kind.SYNONYMS,)}
    assert (Facet.SYNONYMS, 1) in [(each.facet, each.entities) for each in changes.not_compared]


def test_classifications_alone_say_which_codes_are_classified() -> None:
    inactive, elsewhere = entity("4", flag=8208), entity("5")
    old = release(ONE, TWO, kinds="classification:fr", version="2019")
    new = release(
        *(ONE, TWO, THREE, inactive, elsewhere),
        trees=[tree("146", "1>2", "1>3"), tree("147", "1>5")],
        kinds="nomenclature:fr classification:fr",
    )
    changes = differences(old, new)
    assert list(changes.added) == ["3"]  # 4 may have been inactive, 5 in the other classification
    assert changes.not_compared[0].facet is Facet.CODES
    assert changes.not_compared[0].entities == 2
    assert Facet.SYNONYMS in facets(changes)
    gone = differences(new, old)
    assert list(gone.removed) == ["3"]


# -- alignments --------------------------------------------------------------------------


def aligned(old: Any, new: Any) -> Differences:
    a, b = release(*PLAIN, version="2022"), release(*PLAIN)
    return differences(a, b, {"orphanet-icd10": (old, new)})


def test_alignments_that_come_go_and_change() -> None:
    old = [
        align("ORPHA:2", "E", "ICD-10:Q87.4"),
        align("ORPHA:3", "NTBT", "ICD-10:Q77.3", "index", validated=False),
    ]
    new = [
        align("ORPHA:2", "E", "ICD-10:Q87.5"),
        align("ORPHA:3", "NTBT", "ICD-10:Q77.3", "attributed", validated=True),
    ]
    changes = aligned(old, new)
    assert [(each.code, each.other.code, each.what) for each in changes.alignments] == [
        *(("2", "Q87.4", "removed"), ("2", "Q87.5", "added"), ("3", "Q77.3", "updated")),
    ]
    assert counted(changes) == {
        "alignments": 2,
        "alignments_added": 1,
        "alignments_updated": 1,
        "alignments_removed": 1,
    }
    assert changes.not_compared == ()


def test_an_alignment_may_be_written_from_either_end() -> None:
    forth, back = align("ORPHA:2", "NTBT", "ICD-10:Q87"), align("ICD-10:Q87", "BTNT", "ORPHA:2")
    assert aligned([forth], [back]).empty


def test_of_two_alignments_of_the_same_codes_the_surest_counts() -> None:
    sure, unsure = align("ORPHA:2", "E", "ICD-10:Q87"), align("ORPHA:2", "ND", "ICD-10:Q87")
    assert aligned([sure, unsure], [sure]).empty
    assert aligned([unsure, sure], [sure]).empty
    assert counted(aligned([unsure], [sure, unsure]))["alignments_updated"] == 1


def test_relations_that_one_release_never_states_are_not_compared() -> None:
    plain = [align("ORPHA:2", "unspecified", "ICD-10:Q87.4")]
    stated = [align("ORPHA:2", "E", "ICD-10:Q87.4", "specific", validated=True)]
    changes = aligned(plain, stated)
    assert changes.empty
    assert len(changes.not_compared) == 3


def test_a_dataset_of_one_year_is_not_compared() -> None:
    changes = aligned(None, [align("ORPHA:2", "E", "ICD-10:Q87.4")])
    assert changes.empty
    assert "2022" in changes.not_compared[0].reason.fr
    assert differences(release(*PLAIN), release(*PLAIN)).not_compared[0].facet is Facet.ALIGNMENTS


def test_alignments_of_codes_of_neither_release_are_counted_and_left_out() -> None:
    changes = aligned([align("ORPHA:99", "E", "ICD-10:Q87.4")], [])
    assert changes.empty
    assert "1" in changes.not_compared[0].reason.fr
