"""``thesaurus demo`` as a newcomer runs it: a process of its own, asked over HTTP, stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from typer.testing import CliRunner

from tests.builders import small_pack
from tests.packs.writer import write_pack
from thesaurus import releases
from thesaurus.cli import app
from thesaurus.cli.demo import load_demonstration
from thesaurus.store import Register

_SECONDS = 40


def test_demo_loads_serves_and_stops(tmp_path: Path) -> None:
    for _ in range(2):  # the second time nothing is loaded again
        with running("demo", home=tmp_path) as address:
            answer = ask(f"{address}/v1/suggest?q=marfn")
            assert answer["release"] == "demo-2023"
            assert answer["hits"][0]["code"] == "558"
            releases = ask(f"{address}/v1/releases")
            assert [each["id"] for each in releases["items"]] == ["demo-2023", "demo-2022"]


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = subprocess.run(
            [sys.executable, "-m", "thesaurus.cli", "serve", "--port", port],
            env={**os.environ, "THESAURUS_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    assert result.returncode == 1
    assert "--port" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_demonstration_recovers_from_an_interruption(
    home: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(releases, "activate", interrupted)
        with pytest.raises(KeyboardInterrupt):
            load_demonstration(home)
    assert [record.id for record in home.records()] == ["demo-2022"]
    assert home.active() is None
    for _ in range(2):
        load_demonstration(home)
        active = home.active()
        assert active
        assert active.id == "demo-2023"
    releases.roll_back(home, actor="test")
    load_demonstration(home)  # a roll-back is wanted: it stays
    active = home.active()
    assert active
    assert active.id == "demo-2022"


def test_real_data_are_served_instead(
    home: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = write_pack(tmp_path, small_pack(), "fr")
    releases.load(home, [pack], actor="test")
    releases.activate(home, "2023", actor="test")
    monkeypatch.setattr(uvicorn, "run", lambda *_, **__: None)
    shown = CliRunner().invoke(app, ["demo", "--port", "64999"]).stderr
    assert "données réelles" in shown
    assert [record.id for record in home.records()] == ["2023"]


@contextmanager
def running(command: str, *, home: Path) -> Iterator[str]:
    """Run a serving command until it is ready; check that it stops when asked."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "thesaurus.cli", command, "--port", str(port)],
        env={**os.environ, "THESAURUS_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_ready(process, address)
        yield address
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=_SECONDS) in (0, 130, -signal.SIGINT)
    finally:
        process.kill()
        process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _SECONDS
    while True:
        assert process.poll() is None, "the service stopped"
        assert time.monotonic() < end, "the service is not ready in time"
        try:
            ask(f"{address}/health/ready")
        except urllib.error.URLError:
            time.sleep(0.05)
        else:
            return


def ask(url: str) -> dict:  # type: ignore[type-arg]
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)
