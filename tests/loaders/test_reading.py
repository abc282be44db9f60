"""What the files say and what we make of it: each repair, each oddity, each check."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import loaders
from loaders import LoadReport
from loaders.messages import ODDITIES, REFUSALS, REPAIRS
from loaders.orphanet.labels import clean_label, plain_definition
from loaders.report import tally
from ontologies.concept import Aggregation, EntityType, LabelKind, Level, Redirection, Status
from ontologies.concept import RedirectionKind as Link
from ontologies.release import Snapshot
from tests.loaders.small import (
    MARFAN,
    PACK,
    classification,
    entity,
    found,
    line_of,
    load_bytes,
    nomenclature,
    same,
)
from tests.packs.displays import OBSOLETE_WITHOUT_STATUS
from tests.packs.model import Classification, Entity, Node
from tests.packs.writer import (
    Form,
    classification_xml,
    nomenclature_xml,
    write_pack,
)


def labelled(tmp_path: Path, raw: str, *, code: str = "558") -> tuple[Snapshot, LoadReport]:
    """The nomenclature with another French preferred term for an entity."""
    old = {"558": MARFAN, "8": "Arachnodactylie"}[code]
    return load_bytes(tmp_path, nomenclature("fr", (entity(code), entity(code).replace(old, raw))))


# --- What a sound pack gives --------------------------------------------------------------------


def test_every_fact_of_an_entity(both: tuple[Snapshot, LoadReport]) -> None:
    marfan = both[0].concept("558")
    assert (marfan.status, marfan.level, marfan.type) == (
        Status.ACTIVE,
        Level.DISORDER,
        EntityType.DISEASE,
    )
    assert marfan.preferred("fr").text == MARFAN
    assert marfan.preferred("en").text == "Marfan syndrome"
    assert [each.text for each in marfan.synonyms("fr")] == ["MFS", "Maladie de Marfan"]
    assert [each.text for each in marfan.synonyms("en")] == ["MFS"]
    assert marfan.aggregation == Aggregation("558")
    assert both[0].concept("99").aggregation == Aggregation("558")
    assert both[0].concept("1").aggregation == Aggregation(None)


def test_statuses_and_redirections(both: tuple[Snapshot, LoadReport]) -> None:
    concepts = both[0].concepts
    assert {code: concepts[code].status.value for code in ("40", "8", "9", "7")} == {
        "40": "active_historic",
        "8": "deprecated",
        "9": "obsolete",
        "7": "non_rare",
    }
    assert concepts["8"].redirection == Redirection(Link.MOVED_TO, "558")
    assert concepts["9"].redirection == Redirection(Link.REFERRED_TO, "558")
    assert concepts["7"].redirection is None
    assert concepts["558"].redirection is None  # its side holds mirrors only


def test_the_classifications(both: tuple[Snapshot, LoadReport]) -> None:
    heart = both[0].classifications["146"]
    assert heart.number == "156265"
    assert heart.names == (("fr", "Cardiopathies rares"), ("en", "Rare cardiac diseases"))
    assert heart.roots == ("1",)
    assert set(heart.edges) == {("1", "2"), ("1", "558"), ("2", "558"), ("2", "40"), ("558", "99")}
    assert list(both[0].classifications) == ["146", "156"]


def test_the_release_and_its_report(both: tuple[Snapshot, LoadReport]) -> None:
    release, report = both[0].release, both[1]
    assert (release.id, release.date.isoformat()) == ("2023", "2023-06-21")
    assert (release.languages, release.licence) == (("fr", "en"), "CC-BY-4.0")
    assert [(each.kind, each.lang) for each in report.files] == [
        ("nomenclature", "fr"),
        ("nomenclature", "en"),
        *[("classification", "fr")] * 2,
        *[("classification", "en")] * 2,
    ]
    assert dict(release.counts) == {
        "classifications": 2,
        "classified": 6,
        "definitions_en": 1,
        "distinct_edges": 6,
        "edges": 7,
        "entities": 9,
        "level_disorder": 5,
        "level_group": 3,
        "level_subtype": 1,
        "preferred_terms_en": 9,
        "preferred_terms_fr": 9,
        "redirections_moved_to": 1,
        "redirections_referred_to": 1,
        "status_active": 5,
        "status_active_historic": 1,
        "status_deprecated": 1,
        "status_non_rare": 1,
        "status_obsolete": 1,
        "synonyms_en": 1,
        "synonyms_fr": 2,
    }
    assert tally(report.findings) == {"inactive-prefix": 4, "definition-markup": 1}
    assert {check.passed for check in report.checks} == {True}


def test_the_report_as_json(both: tuple[Snapshot, LoadReport]) -> None:
    shown = both[1].as_json()
    assert shown["checks"][0]["result"] == "pass"
    assert shown["files"][0]["kind"] == "nomenclature"
    repair = next(each for each in shown["repairs"] if each["code"] == "9")
    assert repair["before"] == "OBSOLETE : Dolichosténomélie"
    assert repair["after"] == "Dolichosténomélie"
    assert repair["line"]
    assert repair["message"] != repair["message_en"]
    assert shown["oddities"] == []


# --- Forms of the files -------------------------------------------------------------------------

FORMS = {
    "utf-8": Form(encoding="UTF-8"),
    "crlf": Form(crlf=True),
    "2019": Form(code_tag="OrphaNumber", date_attribute="date", licence=False),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_other_forms_say_the_same(
    tmp_path: Path, form: Form, both: tuple[Snapshot, LoadReport]
) -> None:
    paths = [write_pack(tmp_path, PACK, lang, form=form) for lang in ("fr", "en")]
    snapshot, _ = loaders.load(paths)
    assert same(snapshot, both[0])


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_and_byte_order_marks(tmp_path: Path, codec: str) -> None:
    declared = "UTF-8" if codec == "utf-8-sig" else "UTF-16"
    mark = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(codec, "")
    text = nomenclature().decode("ISO-8859-1").replace("ISO-8859-1", declared)
    snapshot, _ = load_bytes(tmp_path, (mark + text).encode(codec))
    assert snapshot.concept("40").preferred().text == "Cœur de verre"


@pytest.mark.parametrize("attribute", ["ExtractionDate", "date"])
def test_header_dates(tmp_path: Path, attribute: str) -> None:
    change = ('ExtractionDate="2023-06-21 18:14:45"', f'{attribute}="2023-06-22"')
    snapshot, report = load_bytes(tmp_path, nomenclature("fr", change), nomenclature("en"))
    assert snapshot.release.date.isoformat() == "2023-06-22"  # the latest
    assert [file.date for file in report.files] == ["2023-06-22", "2023-06-21"]
    assert report.files[0].version == PACK.version


def test_header_without_date(tmp_path: Path) -> None:
    undated = classification("fr", form=Form(date_attribute=None))
    snapshot, report = load_bytes(tmp_path, nomenclature(), undated)
    assert snapshot.release.id == "2023"
    assert [each.file for each in found(report, "header-without-date")] == ["1.xml"]


def test_header_without_licence(tmp_path: Path) -> None:
    bare = classification("fr", form=Form(licence=False))
    snapshot, report = load_bytes(tmp_path, nomenclature(), bare)
    assert snapshot.release.licence == "CC-BY-4.0"
    (check,) = (check for check in report.checks if check.key == "licence")
    assert (check.passed, check.examples) == (False, ("1.xml",))


# --- Labels -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Diab\x8fte de type 1", "Diabète de type 1"),
        ("b\x90ta", "bêta"),
        ("aigu\x91", "aiguë"),
        ("syndrome c\x8er\x8ebral", "syndrome cérébral"),
        ("fa\x94ade", "faîade"),
        ("l'\x9cil", "l'œil"),
        ("légè\x8fre", "légère"),
    ],
)
def test_c1_characters(tmp_path: Path, raw: str, clean: str) -> None:
    snapshot, report = labelled(tmp_path, raw)
    label = snapshot.concept("558").preferred()
    assert (label.text, label.raw, label.in_file) == (clean, raw, raw)
    (repair,) = report.repairs[:1]
    assert (repair.key, repair.orpha, repair.before, repair.after) == (
        "c1-characters",
        "558",
        raw,
        clean,
    )
    assert repair.line == line_of(nomenclature(), '<Disorder id="9558">')


@pytest.mark.parametrize(
    ("raw", "clean", "repairs"),
    [
        ("\u00a0Asthme", "Asthme", ["no-break-space"]),
        ("Type\u00a01", "Type 1", ["no-break-space"]),
        ("Type\u202f1", "Type 1", ["no-break-space"]),
        ("Type  1", "Type 1", ["extra-spaces"]),
        (" Type 1\n", "Type 1", ["extra-spaces"]),
        ("Type\u00a01  bis", "Type 1 bis", ["no-break-space", "extra-spaces"]),
        ("Type \u00a01", "Type 1", ["no-break-space"]),
        ("Diab\x8fte  1", "Diabète 1", ["c1-characters", "extra-spaces"]),
        ("Maladie d'Erdheim-Chester (α, β)", "Maladie d'Erdheim-Chester (α, β)", []),
    ],
)
def test_spaces(raw: str, clean: str, repairs: list[str]) -> None:
    assert clean_label(raw, inactive=False) == (clean, tuple(repairs))


@pytest.mark.parametrize(
    "prefix",
    [
        "OBSOLETE: ",
        "OBSOLETE : ",
        "OBSOLÈTE : ",
        "Obsolète: ",
        "OBSOLETE\u00a0: ",
        "OBSOLETE:  ",
        "NON RARE EN EUROPE : ",
        "NON RARE IN EUROPE: ",
        "NON-RARE EN EUROPE: ",
        "DEPRECATED: ",
    ],
)
def test_prefixes_of_inactive_entities(tmp_path: Path, prefix: str) -> None:
    raw = f"{prefix}Arachnodactylie"
    snapshot, report = labelled(tmp_path, raw, code="8")
    label = snapshot.concept("8").preferred()
    assert (label.text, label.raw) == ("Arachnodactylie", raw)
    assert any(each.orpha == "8" for each in found(report, "inactive-prefix"))


@pytest.mark.parametrize("raw", ["OBSOLETE : ", "Obsoletes Syndrom", "Maladie OBSOLETE : x"])
def test_what_is_no_prefix_stays(raw: str) -> None:
    assert "inactive-prefix" not in clean_label(raw, inactive=True).repairs


def test_the_prefix_of_an_active_entity_stays(tmp_path: Path) -> None:
    snapshot, _ = labelled(tmp_path, "OBSOLETE : Marfan")
    assert snapshot.concept("558").preferred().text == "OBSOLETE : Marfan"


def test_a_synonym_that_repeats_the_label_is_kept_and_noted(tmp_path: Path) -> None:
    data = nomenclature("fr", (">MFS<", f"> {MARFAN}<"))
    snapshot, report = load_bytes(tmp_path, data)
    (noted,) = found(report, "synonym-repeats-label")
    assert (noted.orpha, noted.line) == ("558", line_of(data, f"> {MARFAN}<"))
    assert [each.text for each in snapshot.concept("558").synonyms("fr")] == [
        MARFAN,
        "Maladie de Marfan",
    ]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("A <i>gene</i>.", "A gene."),
        ("The <i<SYNE1</i> gene", "The SYNE1 gene"),
        ("One<br/>two<p class='x'>three</p>", "One two three"),
        ("10&nbsp;m/s &lt; x &amp; y", "10 m/s < x & y"),
        ("H<sub>2</sub>O, <b>p</b> < 0.05", "H2O, p < 0.05"),
        ("b\x90ta", "bêta"),
    ],
)
def test_definitions_are_plain_text(tmp_path: Path, raw: str, plain: str) -> None:
    assert plain_definition(raw).text == plain
    pack = replace(PACK, entities=(Entity("1", {"fr": "x"}, definitions={"fr": raw}),))
    snapshot, report = load_bytes(tmp_path, nomenclature_xml(pack, "fr"))
    assert snapshot.concept("1").definition() == ("fr", plain)
    assert [each.orpha for each in found(report, "definition-markup")] == ["1"]


def test_a_plain_definition_is_not_repaired() -> None:
    assert plain_definition("A disease.") == ("A disease.", ())


def test_an_automatic_text_is_no_definition(tmp_path: Path) -> None:
    text = (
        '<SummaryInformationList count="1"><SummaryInformation id="0.36" lang="fr">'
        '<TextAuto id="1"><Info>Cette maladie est décrite sous X</Info></TextAuto>'
        '<TextSectionList count="0"></TextSectionList>'
        "</SummaryInformation></SummaryInformationList>"
    )
    marfan = entity("558").replace("      <AggregationLevelSection>", text, 1)
    marfan = marfan.replace(text, f"{text}<AggregationLevelSection>")
    snapshot, report = load_bytes(tmp_path, nomenclature("fr", (entity("558"), marfan)))
    assert snapshot.concept("558").definitions == ()
    assert [each.orpha for each in found(report, "automatic-text")] == ["558"]


# --- Facts that are missing or given twice ------------------------------------------------------


def test_mirror_associations_of_unknown_codes(tmp_path: Path) -> None:
    """558 is said to be the target of 888, which is nowhere."""
    mirror = entity("558").replace("<OrphaCode>8</OrphaCode>", "<OrphaCode>888</OrphaCode>")
    snapshot, report = load_bytes(tmp_path, nomenclature("fr", (entity("558"), mirror)))
    (noted,) = found(report, "mirror-association")
    assert (noted.orpha, noted.message.fr.endswith(": 888")) == ("558", True)
    assert "888" not in snapshot
    assert sum(1 for each in snapshot if each.redirection) == 2


def associations(code: str) -> str:
    text = entity(code)
    start = text.index("        <DisorderDisorderAssociation>")
    return text[start : text.index("      </DisorderDisorderAssociationList>")]


@pytest.mark.parametrize(
    ("others", "key"),
    [
        (["558"], "duplicate-redirection"),
        (["40"], "several-redirections"),
        (["558", "40"], "several-redirections"),
    ],
)
def test_more_than_one_redirection(tmp_path: Path, others: list[str], key: str) -> None:
    link = associations("8")
    more = "".join(link.replace(">558<", f">{other}<") for other in others)
    changed = entity("8").replace(link, link + more)
    changed = changed.replace(
        'AssociationList count="1"', f'AssociationList count="{1 + len(others)}"'
    )
    snapshot, report = load_bytes(tmp_path, nomenclature("fr", (entity("8"), changed)))
    assert snapshot.concept("8").redirection == Redirection(Link.MOVED_TO, "558")
    (noted,) = report.oddities
    assert (noted.key, noted.orpha) == (key, "8")
    assert "558" in noted.message.en


def test_several_aggregations(tmp_path: Path) -> None:
    text = entity("99")
    start, end = (
        text.index("          <AggregationLevel>"),
        text.index("        </AggregationLevelList>"),
    )
    level = text[start:end]
    changed = text.replace(level, level + level.replace(">558<", ">40<")).replace(
        'AggregationLevelList count="1"', 'AggregationLevelList count="2"'
    )
    snapshot, report = load_bytes(tmp_path, nomenclature("fr", (text, changed)))
    assert snapshot.concept("99").aggregation == Aggregation("558")
    assert [each.orpha for each in found(report, "several-aggregations")] == ["99"]


def test_flag_9216_and_no_aggregation(tmp_path: Path) -> None:
    odd = Entity("5", {"fr": "OBSOLÈTE : x"}, flag=OBSOLETE_WITHOUT_STATUS, aggregation=None)
    pack = replace(PACK, entities=(*PACK.entities, odd))
    snapshot, report = load_bytes(tmp_path, nomenclature_xml(pack, "fr"))
    assert (snapshot.concept("5").flag, snapshot.concept("5").status) == (9216, Status.OBSOLETE)
    assert snapshot.concept("5").aggregation == Aggregation(known=False)
    (noted,) = found(report, "missing-status-text")
    assert (noted.orpha, noted.message.en.endswith("9216")) == ("5", True)
    assert [each.orpha for each in found(report, "missing-aggregation")] == ["5"]


def test_an_entity_without_type(tmp_path: Path) -> None:
    data = classification("fr", form=Form(types_in_classifications=False))
    snapshot, report = load_bytes(tmp_path, data)
    assert {concept.type for concept in snapshot} == {None}
    assert {concept.level for concept in snapshot} == {None}
    assert len(found(report, "missing-type")) == len(snapshot) == 5
    assert snapshot.release.counts["level_unknown"] == 5


# --- Classifications ----------------------------------------------------------------------------


def test_classifications_alone(tmp_path: Path) -> None:
    snapshot, report = load_bytes(tmp_path, classification())
    assert set(snapshot.concepts) == {"1", "2", "558", "40", "99"}
    assert {concept.status for concept in snapshot} == {Status.ACTIVE}
    assert snapshot.concept("99").level is Level.SUBTYPE  # from its type
    assert snapshot.concept("558").aggregation == Aggregation(known=False)
    assert tally(report.findings) == {"inferred-status": 1}
    not_applicable = {check.key for check in report.checks if check.passed is None}
    assert not_applicable == {"unique-codes", "redirection-targets", "same-codes"}


def test_a_root_without_entity(tmp_path: Path) -> None:
    bare = Classification(
        "235", "616871", {"fr": "Autres"}, (Node(None, (Node("558"), Node("40"))),)
    )
    data = classification_xml(PACK, bare, "fr")
    snapshot, report = load_bytes(tmp_path, nomenclature(), data)
    assert snapshot.classifications["235"].roots == ("558", "40")
    assert snapshot.classifications["235"].edges == ()
    (noted,) = found(report, "root-without-entity")
    assert noted.line == line_of(data, "<ClassificationNode>")
    assert (snapshot.release.counts["edges"], snapshot.release.counts["distinct_edges"]) == (2, 0)


def test_names_come_from_the_nomenclature_where_it_has_them(tmp_path: Path) -> None:
    tree = classification("fr", (f">{MARFAN}<", ">Marfan  autrement<"))
    english = classification("en")
    snapshot, report = load_bytes(tmp_path, nomenclature(), tree, english)
    marfan = snapshot.concept("558")
    assert [each.text for each in marfan.labels if each.kind is LabelKind.PREFERRED] == [
        MARFAN,
        "Marfan syndrome",
    ]
    assert [each.text for each in marfan.synonyms("fr")] == ["MFS", "Maladie de Marfan"]
    assert found(report, "extra-spaces") == []  # of a name that is not used
    assert snapshot.release.languages == ("fr", "en")


def test_a_classification_has_one_name_a_language(tmp_path: Path) -> None:
    """A French file may show the English name, of that year or of another."""
    makeshift = classification(
        "fr", ('<Name lang="fr">Cardiopathies rares<', '<Name lang="en">Rare old hearts<')
    )
    alone, _ = load_bytes(tmp_path, makeshift)
    assert alone.classifications["146"].names == (("en", "Rare old hearts"),)
    snapshot, _ = load_bytes(tmp_path, makeshift, classification("en"))
    assert snapshot.classifications["146"].names == (("en", "Rare cardiac diseases"),)


# --- The tables of messages ---------------------------------------------------------------------


@pytest.mark.parametrize("key", [*REFUSALS, *REPAIRS, *ODDITIES])
def test_every_message_is_exercised(key: str) -> None:
    sources = [path.read_text() for path in Path(__file__).parent.glob("test_*.py")]
    assert any(f'"{key}"' in text for text in sources)


@pytest.mark.parametrize("message", [*REFUSALS.values(), *REPAIRS.values(), *ODDITIES.values()])
def test_messages_speak_both_languages(message: tuple[str, str]) -> None:
    fr, en = message
    assert fr
    assert en
    assert fr != en
