"""The tree at the top of ontologies/errors.py is the tree that the code has."""

import inspect
from datetime import date

import pytest

from ontologies import errors
from ontologies.errors import Message, ThesaurusError

SLUGS = {
    "conflict",
    "cycle",
    "damaged_release",
    "database_unavailable",
    "download_failed",
    "error",
    "invalid_code",
    "invalid_parameter",
    "invalid_setting",
    "no_active_release",
    "no_dataset",
    "not_found",
    "refused",
    "unknown_classification",
    "unknown_code",
    "unknown_legacy_table",
    "unknown_perimeter",
    "unknown_profile",
    "unknown_release",
    "unknown_system",
}

EXAMPLES = [
    ThesaurusError("Erreur.", "Error."),
    errors.InvalidCode("Marfan"),
    errors.InvalidRequest("Trop.", "Too much."),
    errors.InvalidSetting("THESAURUS_SYSTEMS", "x.toml: [hpo]"),
    errors.NotFound("Absent.", "Absent."),
    errors.UnknownCode("999", "2023", ["99"]),
    errors.UnknownClassification("1", ["146"]),
    errors.UnknownPerimeter("mucoo", ["muco"]),
    errors.UnknownLegacyTable("cemarra", ["cemara"]),
    errors.UnknownProfile("x", ["bamara"]),
    errors.UnknownRelease("1999", ["2023"]),
    errors.UnknownRelease("1999-01-01", ["2023"], oldest=date(2023, 6, 21)),
    errors.UnknownSystem("snomed3", ["orpha"]),
    errors.NoDataset(Message("les gènes", "genes")),
    errors.NoActiveRelease(),
    errors.Refused("not-xml", Message("Pas du XML.", "Not XML."), file="a.xml", line=3),
    errors.Conflict("Non.", "No."),
    errors.Cycle(("1", "2", "1")),
    errors.DatabaseUnavailable("sqlite://", "locked"),
    errors.DamagedRelease("Abîmée.", "Damaged."),
    errors.DownloadFailed("Échec.", "Failed."),
]


def classes() -> dict[str, type[ThesaurusError]]:
    return {
        name: each
        for name, each in vars(errors).items()
        if inspect.isclass(each) and issubclass(each, ThesaurusError)
    }


def drawn() -> dict[str, str]:
    """Each error of the drawing with the one that it hangs on."""
    above: list[str] = []
    parents: dict[str, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        branch = line[4:]
        if branch == "ThesaurusError":
            above = [branch]
        elif "── " in branch:
            depth = branch.index("── ") // 4 + 1
            name = branch.split("── ")[1].split()[0]
            parents[name] = above[depth - 1]
            above[depth:] = [name]
    return parents


def test_the_drawn_tree_is_the_tree_of_classes() -> None:
    defined = {name: each.__bases__[0].__name__ for name, each in classes().items()}
    del defined["ThesaurusError"]
    assert drawn() == defined


def test_there_is_an_example_of_every_error() -> None:
    assert {type(each) for each in EXAMPLES} == set(classes().values())


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda each: type(each).__name__)
def test_an_error_has_a_closed_slug_and_speaks_both_languages(error: ThesaurusError) -> None:
    assert error.slug in SLUGS
    assert error.message.fr
    assert error.message.en
    assert str(error) == f"{error.message.fr}\n{error.message.en}"


def test_each_kind_has_a_slug_of_its_own() -> None:
    assert sorted(each.slug for each in classes().values()) == sorted(SLUGS)


def test_a_refusal_names_the_file_and_the_line_in_both_languages() -> None:
    refusal = errors.Refused("x", Message("Faux.", "Wrong."), file="a.zip!/b.xml", line=7)
    assert refusal.message.fr == "a.zip!/b.xml, ligne 7 : Faux."
    assert refusal.message.en == "a.zip!/b.xml, line 7: Wrong."
    assert errors.Refused("x", Message("Faux.", "Wrong.")).message.fr == "Faux."


def test_a_long_text_is_shortened_in_the_message() -> None:
    assert len(str(errors.InvalidCode("9" * 100_000))) < 400


def test_a_long_circle_is_shortened_in_the_message_and_whole_in_the_error() -> None:
    codes = tuple(str(number) for number in range(1000))
    error = errors.Cycle(codes)
    assert error.codes == codes
    assert len(str(error)) < 400
