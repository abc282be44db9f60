"""What several files of tests share: a small release, and a server to download from."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx2
import pytest
import stamina
from stamina.instrumentation import set_on_retry_hooks

import loaders
from loaders import LoadReport
from ontologies.release import Snapshot
from tests.loaders.site import Site
from tests.loaders.small import PACK
from tests.packs.writer import zip_pack


@pytest.fixture(scope="package")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, LoadReport]:
    """The small pack in French and in English as one release."""
    folder = tmp_path_factory.mktemp("packs")
    return loaders.load([zip_pack(folder / f"{lang}.zip", PACK, lang) for lang in ("en", "fr")])


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    """One for all, for each makes its own TLS settings, which takes long."""
    with httpx2.Client(trust_env=False) as shared:
        yield shared


@pytest.fixture
def site(client: httpx2.Client) -> Iterator[Site]:
    with Site(client) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def no_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    set_on_retry_hooks([])
    with stamina.set_testing(True, attempts=10, cap=True):
        yield
    set_on_retry_hooks(None)
