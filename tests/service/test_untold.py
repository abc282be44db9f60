"""What is said beside a transcoding table of releases that do not say everything."""

from __future__ import annotations

from dataclasses import replace

from ontologies.chain import Chain
from ontologies.release import Snapshot
from tests.ontologies.years import ONE, PLAIN, THREE, TWO, release
from thesaurus.transcoding.untold import untold

WHOLE = "nomenclature:fr classification:fr"


def said(first: Snapshot, last: Snapshot) -> list[str]:
    return [message.en for message in untold(Chain([first, last]))]


def test_nothing_of_whole_releases() -> None:
    assert said(release(*PLAIN, version="2022"), release(ONE, TWO)) == []


def test_classifications_alone_name_no_inactive_codes() -> None:
    thin = release(ONE, TWO, version="2024", kinds="classification:fr")
    codes, status = said(release(*PLAIN, kinds=WHOLE), thin)
    assert "a code that is not in them may exist and be inactive" in codes
    assert "held to be active" in status
    assert said(thin, release(*PLAIN, version="2025", kinds=WHOLE)) == [codes, status]


def test_the_list_of_rare_diseases_does_not_name_what_is_not_rare() -> None:
    codes, status = said(release(*PLAIN), release(ONE, version="2025", kinds="list:fr"))
    assert "may have become so" in codes
    assert "historic" in status


def test_levels_that_one_release_does_not_give() -> None:
    without = [replace(each, level=None) for each in (TWO, THREE)]
    (levels,) = said(release(*PLAIN, version="2022"), release(ONE, *without))
    assert levels == "2023 does not give the level of 2 entities of both releases"


def test_no_language_in_common() -> None:
    english = release(*PLAIN, languages=("en",))
    assert said(release(*PLAIN, version="2022"), english) == [
        "the two releases have no language in common"
    ]
