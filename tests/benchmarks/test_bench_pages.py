"""How long pages take, from the question to the last byte, over one connection on the loopback.

Beside each page stands its JSON, which says the same: what a page costs more is its layout.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import httpx2
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.api.serving import until
from tests.benchmarks.conftest import Figure
from tests.benchmarks.test_bench_start import Service

pytestmark = pytest.mark.real

ROUNDS = 40
PAGES = (
    ("home", "/", None),
    ("results of « marfan »", "/search?q=marfan", "/v1/search?q=marfan"),
    ("page of 558", "/concepts/558", "/v1/concepts/558"),
    ("page of 805, 15 parents", "/concepts/805", "/v1/concepts/805"),
    ("classification 147 open at 558", "/classifications/147?open=558", None),
    ("children of a node, 32", "/classifications/156/children?place=98053", None),
    ("rules", "/rules", "/v1/rules"),
)


def test_pages_over_http(benchmark: BenchmarkFixture, figure: Figure, home_2023: Path) -> None:
    service = Service(home_2023)
    try:
        service.wait_until_ready()
        with httpx2.Client(base_url=f"http://127.0.0.1:{service.port}", verify=False) as client:
            until(lambda: client.get("/v1/search?q=marfan").is_success, 120)  # its index is built
            _ask_all(client)  # once, so that what is worked out on demand is there
            found = benchmark.pedantic(_ask_all, (client,), rounds=1)
    finally:
        service.stop()
    for name, page, data in found:
        beside = f", its JSON {data:.1f} ms" if data else ""
        figure(f"{name}: median of {ROUNDS}", f"{page:.1f} ms{beside}")


def _ask_all(client: httpx2.Client) -> list[tuple[str, float, float | None]]:
    return [
        (name, _median(client, page), _median(client, data) if data else None)
        for name, page, data in PAGES
    ]


def _median(client: httpx2.Client, url: str) -> float:
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(url, headers={"Accept": "text/html"}).raise_for_status()
        spent.append(1000 * (time.perf_counter() - start))
    return median(spent)
