"""``check`` with documents: CDA, alone or in a zip, FHIR, submissions as JSON and NDJSON."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from thesaurus.coding.cda import write
from thesaurus.coding.submission import Submission

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("demo")

DEPRECATED = {"code": "166068", "system": "1.2.250.1.213.2.49.1", "status": "385651009"}


def document(version: str = "2022.01", **fields: Any) -> bytes:
    sent = {"id": "1", "diagnoses": [DEPRECATED | fields]}
    return write(Submission.model_validate(sent), version)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes | Any], str]:
    def written(content: bytes | Any) -> str:
        path = tmp_path / "file"
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        path.write_bytes(data)
        return str(path)

    return written


def test_a_document_tells_lines_and_chooses_its_profile(run: Run, file: Any) -> None:
    data = document()
    shown = run("check", file(data), code=1).stdout
    line = next(n for n, text in enumerate(data.split(b"\n"), 1) if b'"166068"' in text)
    assert "(SDM-MR 2022.01, profil cda-2022)" in shown
    assert f"  ligne {line}  /diagnoses/0/code\n    DX-010" in shown
    assert "→ ORPHA:166063" in shown
    assert "profil stat)" in run("check", file(data), "--profile", "stat", code=1).stdout


def test_documents_in_a_zip(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mail.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("IHE_XDM/SUBSET01/DOC0001.XML", document())
        archive.writestr("IHE_XDM/SUBSET01/DOC0002.XML", document()[:-40])
        archive.writestr("README.TXT", "bonjour")
    shown = run("check", str(path), code=1).stdout
    assert "DOC0001.XML  erreur" in shown
    assert "DOC0002.XML, ligne " in shown
    answer = json.loads(run("check", str(path), "--json", code=1).stdout)
    assert [each["problem"] is None for each in answer["documents"]] == [True, False]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_in_another_encoding(run: Run, file: Any, encoding: str) -> None:
    text = document().decode().replace("utf-8", encoding).replace("UTF-8", encoding)
    assert "DX-010" in run("check", file(text.encode(encoding)), code=1).stdout


def test_a_broken_document_says_the_line(run: Run, file: Any) -> None:
    failed = run("check", file(document()[:-40]), code=1)
    assert "Ligne" in failed.stderr
    assert failed.stdout == ""


def test_fhir(run: Run, file: Any) -> None:
    coding = {"system": "http://www.orpha.net", "code": "166068"}
    condition = {"resourceType": "Condition", "code": {"coding": [coding]}}
    assert "DX-010" in run("check", file(condition), code=1).stdout
    coding["code"] = "558"
    assert "Syndrome de Marfan" in run("check", file(condition)).stdout
    assert "Condition.code" in run("check", file(condition | {"code": 3}), code=1).stderr


@pytest.mark.parametrize("form", ["request", "list", "one"])
def test_submissions_as_json(run: Run, file: Any, form: str) -> None:
    one = {"id": "p1", "diagnoses": [{"code": "65753"}]}
    value = {"request": {"profile": "stat", "submissions": [one]}, "list": [one], "one": one}[form]
    shown = run("check", file(value), code=1).stdout
    assert "  /diagnoses/0/code\n    DX-020" in shown
    assert f"profil {'stat' if form == 'request' else 'bamara'})" in shown
    assert "profil pmsi)" in run("check", file(value), "--profile", "pmsi", code=1).stdout


def test_lines_of_json(run: Run, file: Any) -> None:
    line = json.dumps({"id": "1", "diagnoses": [{"code": "558"}]})
    shown = run("check", file(f"{line}\n{line}\n".encode())).stdout.splitlines()
    assert [json.loads(each).get("valid") for each in shown] == [True, True, None]
    problem = run("check", file(f"{line}\n{{\n".encode()), code=1).stdout.splitlines()[1]
    assert json.loads(problem)["line"] == 2


def test_output_and_json(run: Run, file: Any, tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    run("check", file(document()), "--output", str(target), code=1)
    assert json.loads(target.read_bytes())["documents"][0]["version"] == "2022.01"


@pytest.mark.parametrize(
    "content", [b"{", b'{"a": 1}', b'{"submissions": 1}', b"{\xff}", b"[" * 100_000]
)
def test_what_is_neither_is_wrong_usage(run: Run, file: Any, content: bytes) -> None:
    assert "file" in run("check", file(content), code=2).stderr


def test_a_submission_that_is_not_of_its_form_loses_no_other(run: Run, file: Any) -> None:
    shown = run("check", file([1, {"id": "p2", "diagnoses": [{"code": "558"}]}]), code=1).stdout
    assert shown.splitlines()[0].startswith("1  erreur  L'envoi n'a pas la forme attendue")
    assert shown.splitlines()[1] == "p2  ok  Syndrome de Marfan"


def test_one_thing_at_a_time(run: Run, file: Any) -> None:
    path = file(document())
    assert "séparément" in run("check", path, "558", code=2).stderr
    assert "un seul" in run("check", path, path, "--json", code=2).stderr
