"""The thread in which a process follows the register."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable

import structlog

from thesaurus.opening import settle

_AT_THE_START_SECONDS = 0.2
"""How long the first answers go before what only quickens later ones."""

log = structlog.get_logger()


class Follower:
    """Looks at the register again and again.

    Args:
        look: looks once and tells whether something else is served now; it may raise.
        warm: makes what is served quick, after the first answers.
        seconds: pause between two looks.
    """

    def __init__(
        self, look: Callable[[], bool], warm: Callable[[], None], *, seconds: float
    ) -> None:
        self._refresh, self._warm, self._seconds = look, warm, seconds
        self._trouble: str | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look once, then follow in a thread."""
        self._look()
        gc.freeze()  # at once, so that no request waits for a walk over the whole release
        self._thread = threading.Thread(target=self._follow, name="follow-register", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=10)

    def _follow(self) -> None:
        self._stop.wait(_AT_THE_START_SECONDS)
        self._warm()
        while not self._stop.wait(self._seconds):
            if self._look():
                settle()

    def _look(self) -> bool:
        """Look once; trouble is logged when it comes and when it goes, and what is served stays."""
        trouble: str | None = None
        swapped = False
        try:
            swapped = self._refresh()
        except Exception as error:
            trouble = f"{type(error).__name__}: {error}"
        if trouble != self._trouble:
            if trouble:
                log.error("register not followed", why=trouble)
            else:
                log.info("register followed again")
        self._trouble = trouble
        return swapped
