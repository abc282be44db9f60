"""The example documents of the ANS, read, checked and broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from starlette.testclient import TestClient

from tests.api.asking import service
from tests.coding.cda.documents import NAMESPACES
from tests.coding.cda.leaks import broken, leaked, secrets
from thesaurus.cli.demo import load_demonstration
from thesaurus.coding.cda.parsing import parse
from thesaurus.coding.cda.places import Places
from thesaurus.coding.cda.reading import Reading, read
from thesaurus.coding.cda.writing import write
from thesaurus.settings import Settings
from thesaurus.store import Database, Register

pytestmark = pytest.mark.real

VERSIONS = ("2022.01", "2024.01")
URL = "/v1/check/cda"
Document = Callable[[str], bytes]


@pytest.fixture(scope="module")
def document(real_data: Path) -> Document:
    folder = real_data.parent / "cda"
    if not folder.is_dir():
        pytest.skip(f"no documents in {folder}")

    def of_version(version: str) -> bytes:
        (path,) = folder.glob(f"SDM-MR_{version}*.xml")
        return path.read_bytes()

    return of_version


def reading(data: bytes) -> Reading:
    return read(parse(data).root, "document")


def codes(items: Any) -> list[str]:
    return [each.code for each in items]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_both_documents_say(version: str, document: Document) -> None:
    assert parse(document(version)).version == version
    submission, _, notes = reading(document(version))
    (diagnosis,) = submission.diagnoses
    assert notes == ()
    assert (diagnosis.code, diagnosis.system) == ("513", "1.2.250.1.213.2.49.1")
    assert (diagnosis.status, diagnosis.familial) == ("385651009", "75741005")
    assert diagnosis.assessment == "2667000"
    assert diagnosis.age_at_onset is not None
    assert (diagnosis.age_at_onset.value, diagnosis.age_at_onset.unit) == (5, "mo")
    assert codes(diagnosis.description)[0] == "98006"
    assert codes(diagnosis.genes) == ["HGNC:39983"]
    assert codes(diagnosis.techniques) == ["GEN-092.04.17"]


def test_what_only_one_of_them_says(document: Document) -> None:
    older, newer = (reading(document(each)).submission for each in VERSIONS)
    assert (codes(older.problems), codes(newer.problems)) == (["513"], [])
    assert (codes(older.family_history), codes(newer.family_history)) == ([], ["513"])
    assert codes(older.diagnoses[0].description) == ["98006", "R26.0"]
    assert codes(older.diagnoses[0].investigations) == ["58147004"]
    ages = ("age_at_diagnosis", "age_at_clinical_diagnosis", "age_at_genetic_diagnosis")
    given = [
        [getattr(each.diagnoses[0], age) is not None for age in ages] for each in (older, newer)
    ]
    assert given == [[True, False, False], [False, True, True]]


@pytest.mark.parametrize("version", VERSIONS)
def test_places_find_their_elements(version: str, document: Document) -> None:
    data = document(version)
    root = parse(data).root
    elements = read(root, "document").elements
    places = Places(elements, data)
    lines = data.split(b"\n")
    for path, element in elements.items():
        place = places.of(path)
        assert root.xpath(place.xpath, namespaces=NAMESPACES) == [element]
        assert place.line is not None
        assert f"<{etree.QName(element).localname}".encode() in lines[place.line - 1]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_read_can_be_written_and_read_again(version: str, document: Document) -> None:
    submission = reading(document(version)).submission
    assert reading(write(submission, version)).submission == submission


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = tmp_path_factory.mktemp("cda")
    database = Database(Settings(home=home).database)
    database.upgrade()
    load_demonstration(Register(database))
    database.dispose()
    with service(home, log_level="debug") as client:
        yield client


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_of_people_comes_out(
    version: str, document: Document, running: TestClient, capfd: pytest.CaptureFixture[str]
) -> None:
    data = document(version)
    secret = secrets(data)
    assert len(secret) > 100
    for variant in (data, *broken(data).values()):
        capfd.readouterr()
        response = running.post(URL, content=variant, headers={"content-type": "application/xml"})
        assert response.status_code == (200 if variant is data else 422)
        logged = "".join(capfd.readouterr())
        assert URL in logged
        assert leaked(secret | {"SECRET"}, response.text, logged) == set()
