"""Another release is activated while requests run: none fails, none is of two releases."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from typing import Any

import httpx2

from tests.api.serving import Served, serving, until
from thesaurus import releases

YEARS = ("demo-2022", "demo-2023")
# Without DX-062, which says of one release another thing when another one is active.
PROFILE = 'extends = "bamara"\n[severity]\nDX-062 = "off"\n'
CHECK = {
    "profile": "swap",
    "submissions": [{"id": "1", "diagnoses": [{"code": "398980"}, {"code": "634461"}]}],
}
QUESTIONS: tuple[tuple[str, str, Any], ...] = (
    ("GET", "/v1/concepts/636", None),
    ("GET", "/v1/concepts/636/ancestors", None),
    ("GET", "/v1/suggest?q=neurofib", None),
    ("GET", "/v1/classifications", None),
    ("POST", "/v1/codes/aggregate", {"codes": ["255241", "99126"]}),
    ("POST", "/v1/check", CHECK),
)
FOLLOW = 0.1
CLIENTS = 4


def ask(client: httpx2.Client, question: tuple[str, str, Any], release: str | None = None) -> Any:
    method, url, body = question
    if release:
        url += ("&" if "?" in url else "?") + f"release={release}"
    response = client.request(method, url, json=body)
    response.raise_for_status()
    return response.json()


class Asking(threading.Thread):
    """Asks all questions in turn, with and without naming a release, until told to stop."""

    def __init__(self, url: str, expected: dict[tuple[int, str], Any]) -> None:
        super().__init__()
        self.url, self.expected = url, expected
        self.enough = threading.Event()
        self.faults: list[str] = []
        self.seen: Counter[str] = Counter()

    def run(self) -> None:
        with httpx2.Client(base_url=self.url) as client:
            turn = 0
            while not self.enough.is_set():
                turn += 1
                number = turn % len(QUESTIONS)
                wanted = (None, *YEARS)[turn // len(QUESTIONS) % 3]
                try:
                    self._compare(number, wanted, ask(client, QUESTIONS[number], wanted))
                except httpx2.HTTPError as error:
                    self.faults.append(repr(error))

    def _compare(self, number: int, wanted: str | None, answer: Any) -> None:
        self.seen[answer["release"]] += 1
        if wanted not in (None, answer["release"]):
            self.faults.append(f"{wanted} asked, {answer['release']} answered")
        if answer != self.expected[number, answer["release"]]:
            self.faults.append(f"mixed: {json.dumps(answer)[:300]}")


def expected_of(served: Served) -> dict[tuple[int, str], Any]:
    """The answer to each question from each release; they differ."""
    with httpx2.Client(base_url=served.url) as client:
        found = {
            (number, release): ask(client, question, release)
            for number, question in enumerate(QUESTIONS)
            for release in YEARS
        }
    for number in range(len(QUESTIONS)):
        first, second = ({**found[number, year], "release": None} for year in YEARS)
        assert first != second, QUESTIONS[number]
    return found


def answers_from(served: Served, release: str) -> bool:
    return served.get("/health/ready").json()["release"] == release


def test_no_failed_and_no_mixed_answer(own_home, register):
    (own_home / "profiles").mkdir()
    (own_home / "profiles" / "swap.toml").write_text(PROFILE, encoding="utf-8")
    profiles = str(own_home / "profiles")
    with serving(own_home, follow_seconds=FOLLOW, profiles=profiles) as served:
        expected = expected_of(served)
        clients = [Asking(served.url, expected) for _ in range(CLIENTS)]
        for each in clients:
            each.start()
        delays = []
        for turn in range(10):
            release = YEARS[turn % 2]
            releases.activate(register, release, actor="test")
            delays.append(until(lambda r=release: answers_from(served, r), FOLLOW + 5))
        for each in clients:
            each.enough.set()
        for each in clients:
            each.join()
    assert [fault for each in clients for fault in each.faults] == []
    assert min(sum((each.seen for each in clients), Counter())[year] for year in YEARS) > 20
    assert sorted(delays)[len(delays) // 2] < FOLLOW + 0.5


def asked_anew(served: Served, times: int) -> Counter[str]:
    """Ask over connections of their own, which fall to any worker; count the releases."""
    return Counter(served.get("/v1/concepts/558").json()["release"] for _ in range(times))


def counted(served: Served) -> float:
    text = served.get("/metrics").text
    labels = re.escape('{method="GET",route="/v1/concepts/{code}",status="200"}')
    found = re.search(rf"^thesaurus_requests_total{labels} (.*)$", text, re.MULTILINE)
    return float(found[1]) if found else 0


def processes_that_counted(home) -> set[str]:
    return {path.name for path in home.glob("thesaurus-metrics-*/counter_*.db")}


def test_several_workers_follow(own_home, register):
    with serving(own_home, workers=2, follow_seconds=0.2) as served:
        until(
            lambda: bool(asked_anew(served, 5)) and len(processes_that_counted(own_home)) == 2, 30
        )
        before = counted(served)
        assert asked_anew(served, 30) == {"demo-2023": 30}
        assert counted(served) == before + 30
        releases.activate(register, "demo-2022", actor="test")
        until(lambda: asked_anew(served, 20) == {"demo-2022": 20}, 20)
        assert asked_anew(served, 30) == {"demo-2022": 30}
        code = served.stop()
        log = served.log.read_text()
    assert code in (0, -15), log  # uvicorn ends by the signal that it was sent
    assert "Traceback" not in log
    assert not list(own_home.glob("thesaurus-metrics-*"))
