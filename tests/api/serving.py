"""The service as it is run: ``thesaurus serve`` in processes of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2


@dataclass
class Served:
    """A running server: its address and what it has written so far."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str, **query: str) -> httpx2.Response:
        """Ask over a connection of its own, which may fall to any worker."""
        # Nothing is encrypted here, and reading certificates takes a quarter of a second.
        return httpx2.get(self.url + path, params=query or None, verify=False)

    def stop(self) -> int:
        """Ask it to end, as service managers do; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=15)


@contextmanager
def serving(
    home: Path, *, workers: int = 1, follow_seconds: float = 0.2, **settings: str
) -> Iterator[Served]:
    """Serve a data folder on a free port until the block ends."""
    port = _free_port()
    environment = os.environ | {
        "THESAURUS_HOME": str(home),
        "THESAURUS_FOLLOW_SECONDS": str(follow_seconds),
        "TMPDIR": str(home),
        **{f"THESAURUS_{name.upper()}": value for name, value in settings.items()},
    }
    command = [sys.executable, "-m", "thesaurus.cli", "serve"]
    log = home / "stderr.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--workers", str(workers)],
            env=environment,
            stdout=file,
            stderr=file,
        )
    try:
        served = Served(f"http://127.0.0.1:{port}", process, log)
        until(lambda: _is_ready(served), 60)  # on a machine where other tests run beside
        yield served
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=15)


def until(holds: Callable[[], bool], seconds: float) -> float:
    """Wait until something holds; return how long that took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < seconds, f"not within {seconds} s"
        time.sleep(0.01)
    return time.monotonic() - start


def _is_ready(served: Served) -> bool:
    assert served.process.poll() is None, served.log.read_text()
    try:
        return served.get("/health/ready").is_success
    except httpx2.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
