"""Debian's chromium, steered by playwright: where it is, and what a page must not do in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Return the browser's path, None where there is none."""
    named = os.environ.get("THESAURUS_CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=chromium(),
        args=["--no-sandbox", "--disable-dev-shm-usage"],  # CI is root in a container
    )


@dataclass
class Watched:
    """What a page said and asked while a test used it.

    Attributes:
        allowed: hosts and ports that it may ask.
        expected: parts of console errors that the test brings about itself.
    """

    allowed: set[str]
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._ask(request.url))

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.errors.append(said.text)

    def _ask(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc not in self.allowed:
            self.strangers.append(url)

    def check(self) -> None:
        unexpected = [
            each for each in self.errors if not any(part in each for part in self.expected)
        ]
        assert not unexpected, unexpected
        assert not self.strangers, self.strangers


@contextmanager
def reading(browser: Browser, url: str, **options: object) -> Iterator[tuple[Page, Watched]]:
    """Open an empty tab whose addresses are below ``url``; check at the end what it did."""
    context: BrowserContext = browser.new_context(base_url=url, locale="fr-FR", **options)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    watched = Watched({urlsplit(url).netloc})
    try:
        page = context.new_page()
        watched.watch(page)
        yield page, watched
        watched.check()
        assert not context.cookies()
    finally:
        context.close()
