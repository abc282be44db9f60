"""``GET /v1/rules``, ``GET /v1/profiles``, profiles of a deployment, and the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ontologies.errors import InvalidSetting
from tests.api.asking import get, post, service
from tests.api.serving import until
from tests.test_docs import read
from thesaurus import releases
from thesaurus.coding.rules import RULES
from thesaurus.settings import Settings
from thesaurus.store import Database, Register, State
from thesaurus.store.usage import Usage

DEMONSTRATION = Path(str(files("thesaurus").joinpath("demonstration")))

Start = Callable[..., TestClient]


def test_every_rule_is_listed(client: TestClient) -> None:
    answer = get(client, "/v1/rules", 200)
    assert [each["rule"] for each in answer["items"]] == list(RULES)
    group = next(each for each in answer["items"] if each["rule"] == "DX-020")
    assert (answer["profile"], group["severity"]) == ("bamara", "warning")
    assert group["title"] == "Groupe au lieu d'une maladie"
    assert "domain rules" not in group["title"]
    page = read("docs/rules.md")
    for each in answer["items"]:
        assert f"| {each['rule']} | {each['title']} |" in page
        assert each["action"] in page


def test_the_severities_are_those_of_the_profile(client: TestClient) -> None:
    answer = get(client, "/v1/rules", 200, profile="cda-2024")
    severities = {each["rule"]: each["severity"] for each in answer["items"]}
    assert (severities["DX-020"], severities["DX-102"]) == ("error", "error")
    get(client, "/v1/rules", 400, code="unknown_profile", profile="x")
    get(client, "/v1/rules", 400, code="unknown_parameter", lang="fr")


def test_profiles_say_their_lists(client: TestClient) -> None:
    items = get(client, "/v1/profiles", 200)["items"]
    profiles = {each["profile"]: each for each in items}
    assert list(profiles) == ["bamara", "cda-2022", "cda-2024", "pmsi", "stat"]
    assert profiles["stat"]["severities"] == {"DX-020": "error"}
    status = next(each for each in profiles["cda-2024"]["value_sets"] if each["item"] == "status")
    assert status["accepted"] == ["ans"]
    values = {each["means"]: each for each in status["values"]}
    assert values["confirmed"]["codes"] == {
        "ans": "255545003",
        "bamara": "confirmé",
        "fhir": "confirmed",
    }
    assert values["undetermined"]["nearest"]["ans"] == "42425007"
    get(client, "/v1/profiles", 400, code="unknown_parameter", profile="x")


def test_a_deployment_has_profiles_of_its_own(own_home: Path, start: Start) -> None:
    folder = own_home / "profiles"
    folder.mkdir()
    text = 'extends = "stat"\n[severity]\nDX-020 = "off"\nDX-003 = "warning"\n'
    (folder / "chu.toml").write_text(text)
    running = start(own_home, profiles=folder)
    severities = {
        each["rule"]: each["severity"]
        for each in get(running, "/v1/rules", 200, profile="chu")["items"]
    }
    assert (severities["DX-020"], severities["DX-003"]) == (None, "warning")
    body = {"profile": "chu", "submissions": [{"id": "1", "diagnoses": [{"code": "ORPHA65753"}]}]}
    answer = post(running, "/v1/check", body, 200)
    (found,) = answer["results"][0]["findings"]
    assert (answer["profile"], found["rule"], found["severity"]) == ("chu", "DX-003", "warning")
    coding = {"code": "65753", "system": "http://www.orpha.net"}
    document = {"resourceType": "Condition", "code": {"coding": [coding]}}
    assert post(running, "/v1/check/fhir", document, 200, profile="chu")["profile"] == "chu"
    line = b'{"id": "1", "diagnoses": [{"code": "65753"}]}'
    for address, media in (("stream", "application/x-ndjson"), ("file", "text/csv")):
        sent: dict[str, Any] = {"headers": {"content-type": media}, "params": {"profile": "chu"}}
        content = line if address == "stream" else b"code\n65753\n"
        answer = running.post(f"/v1/check/{address}", content=content, **sent)
        assert answer.status_code == 200
        assert "chu" in answer.text
        assert "DX-020" not in answer.text


def test_a_wrong_profile_stops_the_start(own_home: Path) -> None:
    (own_home / "chu.toml").write_text("[severity]\nDX-999 = 'off'\n")
    with pytest.raises(InvalidSetting, match=r"chu\.toml, ligne / line 2"):
        service(own_home, profiles=own_home)


# -- sandbox -----------------------------------------------------------------------------------

NEW = {"submissions": [{"id": "1", "diagnoses": [{"code": "634461"}]}]}


@pytest.fixture
def before_the_change(tmp_path: Path) -> Path:
    """A data folder where 2022 is active and 2023 in test, as in the weeks before it is."""
    database = Database(Settings(home=tmp_path).database)
    database.upgrade()
    register = Register(database)
    for year in ("2022", "2023"):
        releases.load(register, [DEMONSTRATION / year], actor="test")
    register.move("2022", State.ACTIVE, actor="test")
    register.move("2023", State.TEST, actor="test")
    database.dispose()
    return tmp_path


def test_in_the_sandbox_the_release_in_test_answers(before_the_change: Path, start: Start) -> None:
    running, sandbox = start(before_the_change), start(before_the_change, sandbox=True)
    assert get(running, "/health/ready", 200) == {
        "status": "ready",
        "release": "2022",
        "sandbox": False,
    }
    assert get(sandbox, "/health/ready", 200)["release"] == "2023"
    (later,) = post(running, "/v1/check", NEW, 200)["results"][0]["findings"]
    assert later["rule"] == "DX-005"
    assert post(sandbox, "/v1/check", NEW, 200)["results"][0]["findings"] == []
    older = post(sandbox, "/v1/check", NEW, 200, release="2022")
    assert [each["rule"] for each in older["results"][0]["findings"]] == ["DX-005"]


def test_without_a_release_in_test_the_active_one_answers(
    demonstration_home: Path, start: Start
) -> None:
    sandbox = start(demonstration_home, sandbox=True)
    ready = get(sandbox, "/health/ready", 200)
    assert (ready["release"], ready["sandbox"]) == ("demo-2023", True)


def test_what_is_tried_in_the_sandbox_orders_no_hits(own_home: Path, start: Start) -> None:
    sandbox = start(own_home, sandbox=True, search_log_seconds=0.05)
    for _ in range(3):
        post(sandbox, "/v1/suggest/chosen", {"code": "558"}, 202)
        get(sandbox, "/v1/suggest", 200, q="marfan")
    sandbox.__exit__(None, None, None)
    database = Database(Settings(home=own_home).database)
    assert Usage(database).counts().counts == {}
    database.dispose()


def test_the_release_before_says_so_when_it_is_asked_for(own_home: Path, start: Start) -> None:
    """DX-062 after a roll-back and back: what a call took as the active one is never older."""
    running = start(own_home)
    body = {"submissions": [{"id": "1", "diagnoses": [{"code": "558"}]}]}
    database = Database(Settings(home=own_home).database)
    register = Register(database)
    for active, other in (("demo-2022", "demo-2023"), ("demo-2023", "demo-2022")):
        register.move(active, State.ACTIVE, actor="test")
        until(lambda name=active: get(running, "/health/ready", 200)["release"] == name, 5)
        assert post(running, "/v1/check", body, 200)["summary"]["rules"] == {}
        named = post(running, "/v1/check", {**body, "release": other}, 200)
        older = {"DX-062": 1} if other == "demo-2022" else {}
        assert named["summary"]["rules"] == older
    database.dispose()
