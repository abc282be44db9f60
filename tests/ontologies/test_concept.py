"""The values an entity is made of: kinds by number, status by flag, labels by language."""

import dataclasses

import pytest

from ontologies.alignment import IcdRelation, Relation
from ontologies.concept import (
    Concept,
    EntityType,
    Label,
    LabelKind,
    Level,
    Numbered,
    RedirectionKind,
    Status,
)
from ontologies.genes import Association

KINDS: tuple[type[Numbered], ...] = (
    Level,
    EntityType,
    RedirectionKind,
    Relation,
    IcdRelation,
    Association,
)

MARFAN = Concept(
    "558",
    1,
    Level.DISORDER,
    EntityType.DISEASE,
    (
        Label("Marfan-Syndrom", "de", LabelKind.PREFERRED),
        Label("Syndrome de Marfan", "fr", LabelKind.PREFERRED),
        Label("MFS", "fr", LabelKind.SYNONYM),
        Label("Marfan syndrome", "en", LabelKind.PREFERRED, raw="Marfan  syndrome"),
    ),
    (("de", "Eine Krankheit"), ("en", "A disease")),
)


@pytest.mark.parametrize(
    ("flag", "status", "active"),
    [
        (1, Status.ACTIVE, True),
        (129, Status.ACTIVE, True),
        (513, Status.HISTORIC, True),
        (8449, Status.DEPRECATED, False),
        (8208, Status.OBSOLETE, False),
        (9216, Status.OBSOLETE, False),
        (8225, Status.NON_RARE, False),
    ],
)
def test_a_flag_gives_the_status(flag: int, status: Status, active: bool) -> None:
    concept = dataclasses.replace(MARFAN, flag=flag)
    assert concept.status is status
    assert concept.status.is_active is active
    assert concept.is_head is (flag == 129)


def test_a_flag_never_seen_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        Status.of_flag(8193)


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_are_read_by_number_and_by_key(kind: type[Numbered]) -> None:
    for rank, each in enumerate(kind):
        assert each.number is None or kind.of_number(each.number) is each
        assert kind.of_key(each.key) is each
        assert each.rank == rank
        assert each.fr != each.en or each in (EntityType.CATEGORY, Relation.EXACT)
    numbers = [each.number for each in kind if each.number is not None]
    assert len(set(numbers)) == len(numbers)
    assert len({each.key for each in kind}) == len(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_kinds_are_not_guessed(kind: type[Numbered]) -> None:
    with pytest.raises(KeyError):
        kind.of_number(0)
    with pytest.raises(KeyError):
        kind.of_key("")


def test_a_type_implies_its_level() -> None:
    levels = {level: [each.key for each in EntityType if each.level is level] for level in Level}
    assert levels[Level.GROUP] == ["category", "clinical_group"]
    assert len(levels[Level.DISORDER]) == 6
    assert levels[Level.SUBTYPE] == [
        "etiological_subtype",
        "clinical_subtype",
        "histopathological_subtype",
    ]


def test_the_preferred_term_falls_back_to_the_first_language_that_has_one() -> None:
    assert MARFAN.preferred().text == "Syndrome de Marfan"
    assert MARFAN.preferred("en").text == "Marfan syndrome"
    assert MARFAN.preferred("pl").text == "Marfan-Syndrom"


def test_a_concept_known_by_synonyms_only_still_has_a_name() -> None:
    nameless = dataclasses.replace(MARFAN, labels=MARFAN.labels[2:3])
    assert nameless.preferred("en").text == "MFS"


def test_synonyms_are_those_of_the_language_alone() -> None:
    assert [each.text for each in MARFAN.synonyms("fr")] == ["MFS"]
    assert MARFAN.synonyms("en") == ()


def test_a_definition_falls_back_and_says_its_language() -> None:
    assert MARFAN.definition("en") == ("en", "A disease")
    assert MARFAN.definition("fr") == ("de", "Eine Krankheit")
    assert dataclasses.replace(MARFAN, definitions=()).definition("fr") is None


def test_languages_stand_in_the_order_of_the_labels() -> None:
    assert MARFAN.languages == ("de", "fr", "en")


def test_the_text_of_the_file_is_kept_beside_the_clean_one() -> None:
    assert MARFAN.labels[3].in_file == "Marfan  syndrome"
    assert MARFAN.labels[2].in_file == "MFS"


def test_a_concept_is_never_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        MARFAN.code = "58"  # type: ignore[misc]
