"""A real browser on the service as it is run, with the demonstration releases.

``tab`` is an empty page that fails its test where it wrote an error to the console, asked another
host or left a cookie. A test that brings an error about names it in ``watched.expected``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.api.serving import Served, serving
from tests.browser.chromium import Watched, chromium, launch, reading


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        found = launch(playwright)
        yield found
        found.close()


@pytest.fixture(scope="session")
def served(
    loaded_demonstration: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The service on demo-2022 and demo-2023; its data are not to be changed."""
    home = shutil.copytree(loaded_demonstration, tmp_path_factory.mktemp("browser") / "home")
    with serving(home, search_log_seconds="3600") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[tuple[Page, Watched]]:
    with reading(browser, served.url) as found:
        yield found


@pytest.fixture
def tab(opened: tuple[Page, Watched]) -> Page:
    return opened[0]


@pytest.fixture
def watched(opened: tuple[Page, Watched]) -> Watched:
    return opened[1]
