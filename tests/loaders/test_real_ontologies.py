"""The real files of HPO and Mondo and two imports of ORDO: the counts of their README.

Figures without another word are those of ``README.md`` beside the data.
"""

from __future__ import annotations

import datetime as dt
import gzip
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from loaders import hpo, mondo, obo
from loaders.dataset_checks import check_dataset
from loaders.related import Reading, RelatedFile, Sample, assemble_datasets
from loaders.report import tally
from ontologies.alignment import Alignment, Relation
from ontologies.dataset import Dataset, Sign
from ontologies.related import Related
from ontologies.systems import Coding
from ontologies.terminology import Term

pytestmark = pytest.mark.real


@cache
def read(path: Path) -> RelatedFile:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    sample = Sample.of(path.name, data)
    (form,) = (
        each for each in (*hpo.FORMATS, *mondo.FORMATS, *obo.FORMATS) if each.recognises(sample)
    )
    return form.read(path.name, data, Reading())


@pytest.fixture
def data(real_data: Path) -> Path:
    return real_data.parent


def assembled(*files: RelatedFile) -> Dataset:
    (each,) = assemble_datasets(files, None, dt.date(2026, 1, 1))
    return each.dataset


def systems(alignments: tuple[Alignment, ...]) -> dict[str, int]:
    return dict(Counter(each.object.system for each in alignments))


def test_hpo(data: Path) -> None:
    parsed = read(data / "hpo" / "hp.obo")
    assert (parsed.dataset, parsed.source.version, parsed.source.date) == (
        "hpo",
        "2025-01-16",
        "2025-01-16",
    )
    counts = parsed.counts
    assert (counts["terms"], counts["terms_obsolete"]) == (19484, 450)
    assert (counts["synonyms"], counts["is_a"], counts["xrefs_orpha"]) == (23519, 23392, 6)
    # Of 18,173 lines with xref 3 are of relations.
    assert (counts["xrefs"], counts["xrefs_no_codes"]) == (18173 - 3, 2)
    assert len(parsed.terms) == 19484
    assert sum(term.obsolete for term in parsed.terms) == 450
    assert sum(len(term.parents) for term in parsed.terms) == 23392
    assert systems(parsed.alignments)["orpha"] == 6
    assert parsed.findings == ()
    assert [check.key for check in check_dataset(assembled(parsed)) if check.passed is False] == []


def test_terms_of_the_hpo(data: Path) -> None:
    terms = {term.code: term for term in read(data / "hpo" / "hp.obo").terms}
    arachnodactyly = terms["HP:0001166"]
    assert arachnodactyly.labels[0].text == "Arachnodactyly"
    assert "Spider fingers" in {label.text for label in arachnodactyly.labels}
    assert terms["HP:0000001"].parents == ()
    obsolete = [term for term in terms.values() if term.obsolete]
    assert not [term for term in obsolete if term.labels[0].text.startswith("obsolete")]
    # One has no such prefix in the file.
    assert sum(term.labels[0].raw is not None for term in obsolete) == 450 - 1


def test_equivalents_of_mondo(data: Path) -> None:
    parsed = read(data / "mondo" / "equivalencies.obo")
    assert (parsed.dataset, parsed.source.version, parsed.source.licence) == (
        "mondo-equivalencies",
        None,
        "CC0-1.0",
    )
    counts = parsed.counts
    assert (counts["terms"], counts["terms_mondo"]) == (50055, 14189)
    assert (counts["equivalents"], counts["equivalents_orpha"]) == (62107, 5336)
    # One frame, ADRENAL:GLAND, is of no code.
    assert (len(parsed.alignments), counts["terms_no_codes"]) == (62107 - 1, 1)
    assert systems(parsed.alignments)["orpha"] == 5336
    assert {each.relation for each in parsed.alignments} == {Relation.EXACT}
    assert {each.subject.system for each in parsed.alignments} == {"mondo"}


def test_import_of_ordo(data: Path) -> None:
    parsed = read(data / "orphanet" / "mappings" / "orphanet_import.obo")
    assert (parsed.dataset, parsed.source.version, parsed.terms) == ("ordo-import", None, ())
    assert parsed.counts == {
        "terms": 5742,
        "terms_other_prefixes": 1,  # Orphanet:C001
        "synonyms": 7605,
        "is_a": 16965,
        "xrefs": 15362,
        "xrefs_icd-10": 4682,
        "xrefs_meddra": 747,
        "xrefs_mesh": 1409,
        "xrefs_omim": 6341,
        "xrefs_umls": 2183,
        "alignments": 15362,
    }
    assert Alignment(Coding("orpha", "100006"), Coding("icd-10", "E85.4"), written="E85.4+") in (
        parsed.alignments
    )
    assert tally(parsed.findings) == {"names-not-served": 1}


def test_ordo_as_obographs(data: Path) -> None:
    """Without genes it says what ``ordo_2.6_2018-07-12_xrefs.tsv``, derived from it, says."""
    parsed = read(data / "orphanet" / "mappings" / "ordo-2_6-2018-07-12.json.gz")
    assert (parsed.dataset, parsed.source.version) == ("ordo-import", "2.6")
    assert systems(parsed.alignments) == {
        "icd-10": 8044,
        "omim": 7194,
        "umls": 5399,
        "mesh": 1780,
        "meddra": 1206,
    }
    assert len({each.subject for each in parsed.alignments}) == 7704
    # Of 13,887 nodes 16 are properties.
    assert (parsed.counts["terms"], parsed.counts["synonyms"]) == (13887 - 16, 22121)


def test_rare_diseases_of_mondo(data: Path) -> None:
    parsed = read(data / "mondo" / "new-rare-diseases.tsv")
    assert (parsed.dataset, len(parsed.terms), parsed.counts["terms"]) == (
        "mondo-rare",
        16610,
        16610,
    )
    assert not [label for term in parsed.terms for label in term.labels if '""' in label.text]


def test_french_names_of_the_hpo(data: Path) -> None:
    best = read(data / "hpo" / "hp-fr-preprocessed.babelon.tsv")
    assert best.dataset == "hpo-fr"
    counts = best.counts
    assert (counts["labels"], counts["definitions"], len(best.terms)) == (14220, 473, 13985)
    assert (counts["rows_official"], counts["rows_candidate"]) == (13041, 1652)
    changed = read(data / "hpo" / "hp-fr-changed.babelon.tsv")
    assert (changed.dataset, changed.counts["rows"]) == ("hpo-fr-changed", 2934)
    assert tally(changed.findings)["partial-translation"] == 1
    more = read(data / "hpo" / "hp-fr.synonyms.tsv")
    assert (more.dataset, more.counts["rows"]) == ("hpo-fr-synonyms", 11815)
    assert (
        more.counts["rows_candidate"],
        more.counts["rows_not_translated"],
        more.counts["rows_official"],
    ) == (9314, 2469, 32)


def french(terms: tuple[Term, ...]) -> dict[str, tuple[str, str | None]]:
    preferred = {term.code: term.preferred("fr") for term in terms}
    return {code: (label.text, label.status) for code, label in preferred.items() if label}


def test_best_french_name(data: Path) -> None:
    """What has changed says nothing that the best list does not say, as a candidate."""
    folder = data / "hpo"
    best = read(folder / "hp-fr-preprocessed.babelon.tsv")
    changed = read(folder / "hp-fr-changed.babelon.tsv")
    together = tuple(Related([assembled(changed), assembled(best)]).terms("hpo").values())
    assert french(together) == french(best.terms)
    statuses = Counter(label.status for term in together for label in term.labels)
    assert set(statuses) == {"official", "candidate"}
    assert french(changed.terms)["HP:0000022"] == (
        "Anomalie des organes génitaux internes masculins",
        "changed",
    )
    assert french(together)["HP:0000022"][1] == "candidate"
    assert french(together)["HP:0002454"] == (
        'Anomalie du globus pallidus en "oeil de tigre"',
        "official",
    )


def test_signs(data: Path) -> None:
    parsed = read(data / "hpo" / "phenotype.hpoa.gz")
    assert (parsed.dataset, parsed.source.version, parsed.ends) == (
        "hpo-annotations",
        "2025-01-16",
        {"hpo": "2025-01-16"},
    )
    assert parsed.counts == {
        "rows_orpha": 114960,
        "rows_omim": 156446,
        "rows_decipher": 296,
        "signs": 114960 - 43,  # rows that stand twice
        "diseases": 4281,
    }
    (declared,) = parsed.findings
    assert dict(declared.values) == {"declared": "4283", "found": 4281}
    assert sum(sign.excluded for sign in parsed.signs) == 711
    assert Sign("558", "HP:0001166", frequency="HP:0040281") in parsed.signs
