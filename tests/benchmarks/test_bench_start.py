"""Reach: from the command to ready at most 2 s, at most 250 MB, on FR + EN 2023."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.conftest import Figure
from tests.benchmarks.process import free_port, memory

pytestmark = pytest.mark.real

ROUNDS = 5
_PACKAGES = "import fastapi, numpy, pydantic_settings, rapidfuzz, sqlalchemy.orm, typer, uvicorn"


class Service:
    """``thesaurus serve`` in a process of its own."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        command = [Path(sys.executable).with_name("thesaurus"), "serve", "--port", str(self.port)]
        environment = {**os.environ, "THESAURUS_HOME": str(home), "THESAURUS_LOG_LEVEL": "error"}
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def get(self, path: str) -> dict[str, object]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            found: dict[str, object] = json.load(answer)
            return found

    def post(self, path: str, body: object) -> dict[str, Any]:
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def wait_until_ready(self) -> None:
        end = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < end:
            try:
                self.get("/health/ready")
            except OSError:
                time.sleep(0.005)
            else:
                return
        raise TimeoutError("the service never became ready")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def test_start_to_ready(benchmark: BenchmarkFixture, figure: Figure, home_2023: Path) -> None:
    started: list[Service] = []
    resident: list[int] = []
    imports: list[float] = []

    def import_first() -> None:
        """Before each start the bare import of the packages, to see the same machine."""
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", _PACKAGES], check=True)
        imports.append(time.perf_counter() - start)

    def start() -> None:
        started.append(Service(home_2023))
        started[-1].wait_until_ready()

    def look_and_stop() -> None:
        service = started[-1]
        resident.append(memory(service.process.pid))
        try:
            assert service.get("/v1/concepts/558?lang=en")["label"] == "Marfan syndrome"
        finally:
            service.stop()

    benchmark.pedantic(start, setup=import_first, teardown=look_and_stop, rounds=ROUNDS)
    ready = benchmark.stats.stats.median
    figure("start to ready, FR + EN 2023", f"{ready:.2f} s", "<= 2 s")
    figure("  bare import of the packages", f"{median(imports):.2f} s")
    figure("  start / bare import", f"{ready / median(imports):.1f}")
    figure("  resident memory when ready", f"{max(resident)} MB", "<= 250 MB")
