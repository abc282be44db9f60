"""Translations of the HPO, and the signs of diseases."""

from __future__ import annotations

import datetime as dt

import pytest

from loaders.hpo import FORMATS
from loaders.related import Format, Reading, RelatedFile, Sample, assemble_datasets
from loaders.report import tally
from ontologies.concept import Label, LabelKind
from ontologies.dataset import Sign
from ontologies.errors import Refused
from ontologies.related import Related
from ontologies.systems import Coding
from ontologies.terminology import Term

BABELON, SYNONYMS, ANNOTATIONS = FORMATS
COLUMNS = (
    "subject_id\tsource_language\ttranslation_language\tpredicate_id\tcomment\tsource_value"
    "\ttranslation_status\ttranslation_value"
)
ROOT = "HP:0000001|rdfs:label|OFFICIAL|Tout"


def babelon(*rows: str, lang: str = "fr") -> bytes:
    """A table of rows such as ``HP:0000002|rdfs:label|OFFICIAL|Grand nez``."""
    lines = [COLUMNS]
    for row in rows:
        subject, predicate, status, value = row.split("|")
        lines.append(f"{subject}\ten\t{lang}\t{predicate}\t\tsomething\t{status}\t{value}")
    return ("\n".join(lines) + "\n").encode()


def synonyms(*rows: str, template: str = "AL oboInOwl:hasExactSynonym@fr") -> bytes:
    lines = ["subject_id\ttranslation_value\tcomment\tStatus\tLine number", f"ID\t{template}\t\t\t"]
    for row in rows:
        subject, value, status = row.split(";")
        lines.append(f"{subject}\t{value}\tsynonyms of\t{status}\t7")
    return "\r\n".join(lines).encode()


def read(form: Format, data: bytes, dataset: str | None = None) -> RelatedFile:
    assert [each.key for each in FORMATS if each.recognises(Sample.of("x.obo", data))] == [form.key]
    return form.read("x.tsv", data, Reading(dataset=dataset))


def named(text: str, status: str, scope: str | None = None, raw: str | None = None) -> Label:
    """A French synonym."""
    return Label(text, "fr", LabelKind.SYNONYM, raw=raw, scope=scope, status=status)


def preferred(text: str, status: str) -> Label:
    return Label(text, "fr", LabelKind.PREFERRED, status=status)


def hpo(number: int) -> Coding:
    return Coding("hpo", f"HP:{number:07}")


def test_names_and_definitions() -> None:
    parsed = read(
        BABELON,
        babelon(
            ROOT,
            "HP:0000002|rdfs:label|CANDIDATE|Nez grand",
            "HP:0000002|rdfs:label|OFFICIAL|Grand nez",
            "HP:0000002|rdfs:label|OFFICIAL|Grand nez",
            "HP:0000002|IAO:0000115|CANDIDATE|Un nez grand.",
            "HP:0000002|IAO:0000115|OFFICIAL|Un nez  plus grand.",
            "HP:0000003|rdfs:label|NOT_TRANSLATED|Small nose",
            "HP:0000004|rdfs:label|CANDIDATE|Nez  en trompette",
            "HP:0000005|rdfs:comment|OFFICIAL|rien",
            "HP:0000006|rdfs:label|OFFICIAL|",
        ),
    )
    assert (parsed.dataset, parsed.source.lang) == ("hpo-fr", "fr")
    assert parsed.terms == (
        Term(hpo(1), (preferred("Tout", "official"),)),
        Term(
            hpo(2),
            (preferred("Grand nez", "official"), named("Nez grand", "candidate")),
            (("fr", "Un nez plus grand."),),
        ),
        Term(
            hpo(4),
            (
                Label(
                    "Nez en trompette",
                    "fr",
                    LabelKind.PREFERRED,
                    raw="Nez  en trompette",
                    status="candidate",
                ),
            ),
        ),
    )
    assert parsed.counts == {
        "rows": 10,
        "rows_official": 6,
        "rows_candidate": 3,
        "rows_not_translated": 1,
        "rows_other_predicates": 1,
        "rows_without_text": 1,
        "labels": 5,
        "labels_repeating": 1,
        "definitions": 2,
        "concepts_translated": 3,
    }
    (repair,) = parsed.findings
    assert (repair.key, repair.line, repair.concept) == ("extra-spaces", 9, "HP:0000004")


def test_quotes_of_a_spreadsheet() -> None:
    (term,) = read(BABELON, babelon('HP:0000001|rdfs:label|OFFICIAL|"L\'""œil"" rond"')).terms
    assert term.labels == (preferred('L\'"œil" rond', "official"),)


def test_columns_of_another_order_and_language() -> None:
    header = "translation_status\ttranslation_value\tpredicate_id\ttranslation_language\tsubject_id"
    row = "OFFICIAL\tTodo\trdfs:label\tes\tMONDO:0000001"
    parsed = read(BABELON, f"{header}\n{row}\n".encode())
    assert parsed.dataset == "mondo-es"
    assert parsed.terms[0].labels == (Label("Todo", "es", LabelKind.PREFERRED, status="official"),)


def test_relations_of_other_ontologies_are_counted() -> None:
    parsed = read(
        BABELON,
        babelon(ROOT, "HP:0000002|rdfs:label|OFFICIAL|a", "BFO:0000050|rdfs:label|OFFICIAL|b"),
    )
    assert [term.code for term in parsed.terms] == ["HP:0000001", "HP:0000002"]
    assert parsed.counts["concepts_other_prefixes"] == 1


def test_synonyms() -> None:
    parsed = read(
        SYNONYMS,
        synonyms(
            "HP:0000002;nez long|nez  fort| ;CANDIDATE",
            "HP:0000002;nez fort;OFFICIAL",
            "HP:0000003;small nose;NOT_TRANSLATED",
        ),
    )
    assert (parsed.dataset, parsed.source.lang) == ("hpo-fr-synonyms", "fr")
    assert parsed.terms == (
        Term(
            hpo(2),
            (named("nez fort", "official", "exact"), named("nez long", "candidate", "exact")),
        ),
    )
    assert parsed.counts == {
        "rows": 3,
        "rows_official": 1,
        "rows_candidate": 1,
        "rows_not_translated": 1,
        "synonyms": 3,
        "labels_repeating": 1,
        "concepts_translated": 1,
    }


def test_synonyms_of_another_scope() -> None:
    parsed = read(
        SYNONYMS, synonyms("HP:0000002;Nase;OFFICIAL", template="AL oboInOwl:hasBroadSynonym@de")
    )
    assert (parsed.dataset, parsed.terms[0].labels[0].scope) == ("hpo-de-synonyms", "broad")


def served(*files: RelatedFile) -> dict[str, set[Label]]:
    """What they say together, each a dataset of its own."""
    assembled = assemble_datasets(files, None, dt.date(2026, 1, 1))
    together = Related(each.dataset for each in assembled)
    return {code: set(term.labels) for code, term in together.terms("hpo").items()}


def test_what_has_changed_comes_after_the_whole_list() -> None:
    changed = read(
        BABELON,
        babelon(
            "HP:0000002|rdfs:label|OFFICIAL|Nez long",
            "HP:0000003|rdfs:label|OFFICIAL|Petit nez",
            "HP:0000004|rdfs:label|OFFICIAL|Nez rond",
        ),
    )
    assert changed.dataset == "hpo-fr-changed"
    assert tally(changed.findings) == {"partial-translation": 1}
    assert changed.terms[0].labels == (preferred("Nez long", "changed"),)
    whole = read(
        BABELON,
        babelon(
            ROOT,
            "HP:0000002|rdfs:label|CANDIDATE|Nez long",
            "HP:0000003|rdfs:label|CANDIDATE|Nez court",
        ),
    )
    added = read(SYNONYMS, synonyms("HP:0000003;nez menu;OFFICIAL"))
    for files in ((changed, added, whole), (whole, changed, added)):
        labels = served(*files)
        assert labels["HP:0000002"] == {preferred("Nez long", "candidate")}
        assert labels["HP:0000003"] == {
            preferred("Nez court", "candidate"),
            named("nez menu", "official", "exact"),
            named("Petit nez", "changed"),
        }
        assert labels["HP:0000004"] == {preferred("Nez rond", "changed")}


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (babelon(ROOT, "HP:0000002|rdfs:label|SURE|x"), "bad-value", 3),
        (babelon(ROOT, "0000002|rdfs:label|OFFICIAL|x"), "bad-code", 3),
        (babelon(ROOT) + b"HP:0000002\ten\tde\trdfs:label\t\tx\tOFFICIAL\ty\n", "bad-value", 3),
        (babelon(ROOT, lang=""), "bad-value", 2),
        (babelon(ROOT, "HP:0000002|rdfs:label|OFFICIAL|x")[:-20], "bad-row", 3),
        (babelon(ROOT).replace(b"Tout", b"Entit\xe9"), "not-text", 2),
        (babelon("HP:0000002|rdfs:label|NOT_TRANSLATED|x"), "nothing-inside", None),
    ],
)
def test_damaged_babelon(data: bytes, reason: str, line: int | None) -> None:
    with pytest.raises(Refused) as caught:
        read(BABELON, data)
    assert (caught.value.reason, caught.value.file, caught.value.line) == (reason, "x.tsv", line)


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (synonyms("HP:0000002;x;SURE"), "bad-value", 3),
        (synonyms("nose;x;OFFICIAL"), "bad-code", 3),
        (synonyms("HP:0000002;x;OFFICIAL")[:-2], "bad-row", 3),
        (synonyms(template="AL oboInOwl:hasSynonym@fr"), "bad-header", 2),
        (synonyms("HP:0000002;x;NOT_TRANSLATED"), "nothing-inside", None),
    ],
)
def test_damaged_synonyms(data: bytes, reason: str, line: int | None) -> None:
    with pytest.raises(Refused) as caught:
        read(SYNONYMS, data)
    assert (caught.value.reason, caught.value.file, caught.value.line) == (reason, "x.tsv", line)


HPOA_COLUMNS = (
    "database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex"
    "\tmodifier\taspect\tbiocuration"
)


def hpoa(*rows: str, version: str = "2024-12-31", declared: int = 2) -> bytes:
    """A file of rows such as ``ORPHA:558|NOT|HP:0001166|HP:0003577|3/7|MALE|P``."""
    lines = [
        f'#description: "annotations [8: OMIM; 1: DECIPHER; {declared} ORPHANET]"',
        f"#version: {version}",
        "#hpo-version: http://purl.obolibrary.org/obo/hp/releases/2025-01-16/hp.json",
        HPOA_COLUMNS,
    ]
    for row in rows:
        disease, qualifier, code, onset, frequency, sex, aspect = row.split("|")
        lines.append(
            f"{disease}\tx\t{qualifier}\t{code}\tPMID:1\tTAS\t{onset}\t{frequency}\t{sex}\t\t{aspect}\ty"
        )
    return ("\n".join(lines) + "\n").encode()


def test_signs() -> None:
    parsed = read(
        ANNOTATIONS,
        hpoa(
            "OMIM:154700||HP:0001166||||P",
            "ORPHA:558||HP:0001166||HP:0040281||P",
            "ORPHA:558|NOT|HP:0000098||||P",
            "ORPHA:284963||HP:0001166|HP:0003577|3/7|FEMALE|C",
            "ORPHA:558||HP:0001166||HP:0040281||P",
            "DECIPHER:1||HP:0001166||||P",
        ),
    )
    assert (parsed.dataset, parsed.source.version, parsed.source.date) == (
        "hpo-annotations",
        "2024-12-31",
        "2024-12-31",
    )
    assert parsed.ends == {"hpo": "2025-01-16"}
    assert parsed.signs == (
        Sign("558", "HP:0001166", frequency="HP:0040281"),
        Sign("558", "HP:0000098", excluded=True),
        Sign("284963", "HP:0001166", frequency="3/7", onset="HP:0003577", aspect="C", sex="FEMALE"),
    )
    assert parsed.counts == {
        "rows_orpha": 4,
        "rows_omim": 1,
        "rows_decipher": 1,
        "signs": 3,
        "diseases": 2,
    }
    assert parsed.findings == ()


def test_odd_signs() -> None:
    parsed = read(
        ANNOTATIONS,
        hpoa("ORPHA:558|NOT|HP:0001166||||P", "ORPHA:558||HP:0001166||||P", declared=3),
    )
    contradiction, declared = parsed.findings
    assert (contradiction.key, contradiction.line, contradiction.orpha) == (
        "contradictory-sign",
        5,
        "558",
    )
    assert (declared.key, dict(declared.values)) == (
        "declared-diseases",
        {"declared": "3", "found": 1},
    )
    assert len(parsed.signs) == 2


def test_a_declared_number_of_thousands_of_digits() -> None:
    data = hpoa("ORPHA:1||HP:0001166||||P").replace(b"2 ORPHA", b"9" * 5000 + b" ORPHA")
    [declared] = read(ANNOTATIONS, data).findings
    assert declared.values == {"declared": "9" * 20, "found": 1}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ORPHA:||HP:0001166||||P", "bad-code"),
        ("ORPHA:C010||HP:0001166||||P", "bad-code"),
        ("ORPHA:558||HP:1166||||P", "bad-code"),
        ("ORPHA:558|MAYBE|HP:0001166||||P", "bad-value"),
        ("ORPHA:558||HP:0001166||||X", "bad-value"),
        ("ORPHA:558||HP:0001166||||", "bad-value"),
    ],
)
def test_damaged_signs(row: str, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        read(ANNOTATIONS, hpoa("ORPHA:1||HP:0001166||||P", row))
    assert (caught.value.reason, caught.value.file, caught.value.line) == (reason, "x.tsv", 6)


def test_truncated_signs() -> None:
    with pytest.raises(Refused) as caught:
        read(ANNOTATIONS, hpoa("ORPHA:1||HP:0001166||||P")[:-6])
    assert (caught.value.reason, caught.value.line) == ("bad-row", 5)
    with pytest.raises(Refused) as caught:
        read(ANNOTATIONS, hpoa("OMIM:154700||HP:0001166||||P"))
    assert caught.value.reason == "nothing-inside"


@pytest.mark.parametrize(
    "data",
    [
        b"subject_id\tpredicate_id\tobject_id\n",
        synonyms().replace(b"AL oboInOwl", b"A"),
        hpoa().replace(b"#description", b"#title"),
        hpoa().replace(b"aspect", b"side"),
    ],
)
def test_other_files_are_left_alone(data: bytes) -> None:
    sample = Sample.of("phenotype.hpoa", data)
    assert not any(each.recognises(sample) for each in FORMATS)
