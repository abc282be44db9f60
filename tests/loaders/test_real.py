"""The real files of Orphanet, every form at hand: the counts of their README, and what is odd.

Figures without another word are those of ``README.md`` and ``orphanet/README.md`` beside the data.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import loaders
from loaders import LoadReport, Options
from loaders.report import tally
from ontologies.concept import Aggregation, Status
from ontologies.release import Snapshot

pytestmark = pytest.mark.real


@cache
def loaded(*paths: Path, max_unknown: float = 0.01) -> tuple[Snapshot, LoadReport]:
    return loaders.load(paths, Options(max_unknown=max_unknown))


def checks(report: LoadReport, passed: bool | None) -> dict[str, int]:
    return {check.key: check.faults for check in report.checks if check.passed is passed}


# What the two languages of 2023 share. Flag 1 (9,132) and 129 (32) are both active.
FACTS_2023 = {
    "classifications": 34,
    "classified": 9479,
    "distinct_edges": 18424,
    "edges": 35756,
    "entities": 10839,
    "level_disorder": 7048,
    "level_group": 2520,
    "level_subtype": 1271,
    "redirections_moved_to": 288,
    "redirections_referred_to": 836,
    "status_active": 9132 + 32,
    "status_active_historic": 315,
    "status_deprecated": 288,
    "status_non_rare": 141,
    "status_obsolete": 931,
}
# Obsolete and non-rare ones: their labels bear a prefix.
PREFIXED_2023 = 931 + 141


def test_english_2023(real_data: Path) -> None:
    snapshot, report = loaded(real_data / "en_2023")
    assert report.counts == FACTS_2023 | {
        "preferred_terms_en": 10839,
        "synonyms_en": 13828,
        "definitions_en": 6790,
    }
    assert sum(1 for each in snapshot if each.synonyms("en")) == 6544
    assert tally(report.findings) == {
        "inactive-prefix": PREFIXED_2023,
        "automatic-text": 377,
        "definition-markup": 344,
        "extra-spaces": 5,
        "mirror-association": 2,
        "root-without-entity": 1,
    }
    assert checks(report, passed=False) == {}
    assert checks(report, passed=None) == {"same-codes": 0}
    assert (report.date, report.licence) == ("2023-06-21", "CC-BY-4.0")
    assert len(report.files) == 35


def test_definitions_are_plain_text(real_data: Path) -> None:
    snapshot, _ = loaded(real_data / "en_2023")
    texts = [text for each in snapshot for _, text in each.definitions]
    assert not [text for text in texts if "&" in text and ";" in text.partition("&")[2][:8]]
    assert not [text for text in texts if "</" in text or "<i" in text or "  " in text]


def test_french_2023(real_data: Path) -> None:
    snapshot, report = loaded(real_data / "fr_2023")
    assert report.counts == FACTS_2023 | {"preferred_terms_fr": 10839, "synonyms_fr": 13322}
    assert sum(1 for each in snapshot if each.synonyms("fr")) == 6323
    assert tally(report.findings) == {
        "inactive-prefix": PREFIXED_2023,
        "synonym-repeats-label": 56,
        "header-without-date": 34,  # the classification files have none
        "c1-characters": 32,
        "no-break-space": 24,
        "extra-spaces": 7,
        "mirror-association": 2,
        "root-without-entity": 1,
    }
    assert checks(report, passed=False) == {}
    mirrors = {
        each.orpha: each.values["other"] for each in report.oddities if "other" in each.values
    }
    assert mirrors == {"168829": "398980", "565782": "240977"}


def test_french_2023_reads_as_french(real_data: Path) -> None:
    snapshot, report = loaded(real_data / "fr_2023")
    texts = [label.text for each in snapshot for label in each.labels]
    assert not [text for text in texts if any("\x80" <= letter <= "\x9f" for letter in text)]
    assert not [text for text in texts if "\u00a0" in text or "  " in text or text != text.strip()]
    assert not [text for text in texts if text.startswith(("OBSOL", "NON RARE"))]
    repaired = {each.after for each in report.repairs if each.key == "c1-characters"}
    assert "Diabète de type 1" in repaired


def test_french_2022(real_data: Path) -> None:
    snapshot, report = loaded(real_data / "fr_2022")
    assert report.counts == {
        "classifications": 34,
        "classified": 9369,
        "definitions_fr": 5,
        "distinct_edges": 18198,
        "edges": 35276,
        "entities": 10675,
        "level_disorder": 6937,
        "level_group": 2488,
        "level_subtype": 1250,
        "preferred_terms_fr": 10675,
        "redirections_moved_to": 280,
        "redirections_referred_to": 797 - 1,  # 391658 -> 438279 stands twice
        "status_active": 9025 + 32,
        "status_active_historic": 312,
        "status_deprecated": 280,
        "status_non_rare": 134,
        "status_obsolete": 887 + 5,  # flag 9216
        "synonyms_fr": 13045,
    }
    assert tally(report.findings) == {
        "inactive-prefix": 887 + 5 + 134,
        "missing-aggregation": 81,
        "c1-characters": 33,
        "no-break-space": 24,
        "extra-spaces": 7,
        "missing-status-text": 5,
        "duplicate-redirection": 1,
        "synonym-repeats-label": 1,
        "root-without-entity": 1,
    }
    assert checks(report, passed=False) == {}
    (twice,) = (each.orpha for each in report.oddities if each.key == "duplicate-redirection")
    assert twice == "391658"
    assert snapshot.concept("398980").status is Status.ACTIVE


def test_both_languages_of_2023_make_one_release(real_data: Path) -> None:
    snapshot, report = loaded(real_data / "fr_2023", real_data / "en_2023")
    french, english = loaded(real_data / "fr_2023")[0], loaded(real_data / "en_2023")[0]
    assert report.counts == {**french.release.counts, **english.release.counts}
    assert checks(report, passed=False) == checks(report, passed=None) == {}
    assert "language-disagreement" not in tally(report.findings)
    assert set(snapshot.concepts) == set(french.concepts)
    for code, concept in snapshot.concepts.items():
        assert concept.labels == (*french.concepts[code].labels, *english.concepts[code].labels)
        assert concept.definitions == english.concepts[code].definitions
        assert concept.aggregation != Aggregation(known=False)


def test_classifications_of_2019(real_data: Path) -> None:
    _, report = loaded(real_data / "classifications_2019_fr")
    counts = report.counts
    assert (counts["classifications"], counts["classified"]) == (33, 8761)
    assert counts["distinct_edges"] == 13668
    assert tally(report.findings) == {
        "missing-type": 35,
        "extra-spaces": 10,
        "no-break-space": 3,
        "inferred-status": 1,
    }
    assert checks(report, passed=False) == {
        "complete": 1,
        "licence": 33,
        "unique-preferred-terms": 1,
    }
    assert report.date == "2019-05-13"


def test_classifications_of_2024(real_data: Path) -> None:
    snapshot, report = loaded(real_data / "classifications_2024_en")
    counts = report.counts
    assert (counts["classifications"], counts["classified"]) == (31, 7271)
    # The README counts the link from the root of 235, which stands for no entity.
    assert counts["distinct_edges"] == 10376 - 1
    assert len(snapshot.classifications["235"].roots) == 1
    assert tally(report.findings) == {"root-without-entity": 1, "inferred-status": 1}
    assert checks(report, passed=False) == {"complete": 1}
    assert report.date == "2024-06-27"


def test_classifications_of_2025(real_data: Path) -> None:
    _, report = loaded(real_data / "classifications_2025_en")
    counts = report.counts
    assert (counts["classifications"], counts["classified"]) == (32, 7450)
    assert counts["distinct_edges"] == 10751
    assert tally(report.findings) == {"extra-spaces": 2, "inferred-status": 1}
    assert checks(report, passed=False) == {"complete": 1, "licence": 32}
    assert report.date == "2025-06-24"


def test_workbooks_and_french_classifications_of_2025(real_data: Path) -> None:
    _, report = loaded(real_data / "en_2025", real_data / "classifications_2025_fr")
    counts = report.counts
    assert counts["status_active"] == 9784
    assert counts["preferred_terms_en"] == 9784 + 1311  # 323 deprecated, 988 obsolete
    assert (counts["status_deprecated"], counts["status_obsolete"]) == (323, 988)
    assert (counts["redirections_moved_to"], counts["redirections_referred_to"]) == (323, 907)
    # 23,521 labels of active entities.
    assert counts["synonyms_en"] == 23521 - 9784
    assert (counts["classifications"], counts["preferred_terms_fr"]) == (31, 7420)
    assert tally(report.findings) == {
        "inactive-prefix": 988,
        "extra-spaces": 19,
        "c1-characters": 1,
        "root-without-entity": 1,
    }
    # The three largest classifications are absent; one workbook bears no licence.
    assert checks(report, passed=False) == {
        "complete": 1,
        "active-classified": 2364,
        "licence": 1,
    }
    assert report.date == "2025-07-01"


def test_english_classifications_of_2025_beside_the_list(real_data: Path) -> None:
    """Two of them name codes that the list has not: 234 (29 of 229) and 235 (its head, 1 of 2)."""
    the_list = real_data / "en_2025" / "List_of_rare_diseases_2025_en.xlsx"
    snapshot, report = loaded(the_list, real_data / "classifications_2025_en")
    unknown = [each.file or "" for each in report.oddities if each.key == "unknown-code"]
    assert sorted({name[-7:] for name in unknown}) == ["234.xml", "235.xml"]
    assert len(unknown) == 29 + 1
    assert snapshot.classifications["235"].roots == ("616874",)
