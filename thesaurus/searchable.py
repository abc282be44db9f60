"""The full-text indexes that are open, and the thread that builds them.

An index belongs to one release beside certain datasets: a request is answered from the index of
exactly what it opened, or told to come back. The thread looks at what is active, builds its index
aside if no other process has, and does the same for every other release that is asked for.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress

import structlog

from ontologies.errors import NoActiveRelease, ThesaurusError
from search.fulltext import FullText
from thesaurus.index_folder import IndexFolder, key_of
from thesaurus.runtime import Open
from thesaurus.settings import Settings

log = structlog.get_logger()

_MOST_WANTED = 8
_TRY_AGAIN_SECONDS = 60.0
_PAUSE_SECONDS = 0.001
"""How long a build lets go of the interpreter, every few documents."""


class IndexNotReady(ThesaurusError):
    """The index is being built; ``retry_after`` is in seconds."""

    slug = "index_not_ready"
    retry_after = 5

    def __init__(self, release: str) -> None:
        super().__init__(
            f"L'index de recherche de la version {release} est en construction ; redemander dans "
            "quelques secondes.",
            f"The search index of release {release} is being built; ask again in a few seconds.",
        )


class IndexUnavailable(ThesaurusError):
    """The index cannot be built or opened; everything else goes on."""

    slug = "index_unavailable"
    retry_after = int(_TRY_AGAIN_SECONDS)

    def __init__(self, why: str) -> None:
        super().__init__(
            f"L'index de recherche ne peut pas être construit ({why}) ; suggest et les autres "
            "routes répondent. La raison est dans le journal du service.",
            f"The search index cannot be built ({why}); suggest and the other routes answer. The "
            "reason is in the log of the service.",
        )


class _Stopped(Exception):
    """The service ends; a build is given up."""


class Searchable:
    """The open indexes of one process.

    Args:
        folder: where they lie.
        keep: how many stay open.
        look_seconds: pause between two looks at what is active.
    """

    def __init__(self, folder: IndexFolder, *, keep: int = 4, look_seconds: float = 2.0) -> None:
        self._folder = folder
        self._keep = keep
        self._look_seconds = look_seconds
        self._open: OrderedDict[str, FullText] = OrderedDict()
        self._wanted: OrderedDict[str, Open] = OrderedDict()
        self._troubles: dict[str, tuple[str, float]] = {}
        self._changing = threading.Lock()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._builder: threading.Thread | None = None

    def of(self, release: Open) -> FullText:
        """Return the index of a release.

        Raises:
            IndexNotReady: it is not open yet; the builder has been told.
            IndexUnavailable: it could not be built a short while ago.
        """
        key = key_of(release)
        with self._changing:
            if found := self._open.get(key):
                self._open.move_to_end(key)
                return found
            if trouble := self._trouble(key):
                raise IndexUnavailable(trouble)
            if len(self._wanted) < _MOST_WANTED:
                self._wanted.setdefault(key, release)
        self._wake.set()
        raise IndexNotReady(release.id)

    def made(self, release: Open, note: Callable[[], None]) -> FullText:
        """Return the index of a release, built here and now if need be; ``note`` is called first.

        Raises:
            OSError: the folder cannot be written.
        """
        key = key_of(release)
        found = self._folder.open(key)
        if found is None:
            note()
            found = self._folder.build(key, release)
        return found

    def _trouble(self, key: str) -> str | None:
        why, until = self._troubles.get(key, ("", 0.0))
        return why if time.monotonic() < until else None

    # -- the builder -----------------------------------------------------------------------

    def start(self, current: Callable[[], Open]) -> None:
        """Start the builder; its first look comes after a pause, when the service is ready."""
        self._builder = threading.Thread(
            target=self._work, args=(current,), name="build-search", daemon=True
        )
        self._builder.start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._builder:
            self._builder.join(timeout=5)

    def _work(self, current: Callable[[], Open]) -> None:
        while not self._stop.is_set():
            self._wake.wait(self._look_seconds)
            self._wake.clear()
            with suppress(NoActiveRelease, _Stopped):
                self._want(current())
            with suppress(_Stopped):
                self._make_wanted()

    def _want(self, release: Open) -> None:
        key = key_of(release)
        with self._changing:
            if key not in self._open and not self._trouble(key):
                self._wanted.setdefault(key, release)

    def _make_wanted(self) -> None:
        while not self._stop.is_set():
            with self._changing:
                if not self._wanted:
                    return
                key, release = next(iter(self._wanted.items()))
            found = self._make(key, release)
            with self._changing:
                if found is not None:
                    self._open[key] = found
                del self._wanted[key]
                while len(self._open) > self._keep:  # whoever still asks one has it in hand
                    self._open.popitem(last=False)

    def _make(self, key: str, release: Open) -> FullText | None:
        """Open or build an index. Trouble is logged when it comes, and answered for a while."""
        try:
            found = self._folder.open(key) or self._folder.build(key, release, pause=self._pause)
        except _Stopped:
            raise
        except Exception as error:
            why = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
            if key not in self._troubles:
                log.error("search index not built", release=release.id, why=str(error))  # noqa: TRY400
            self._troubles[key] = (why, time.monotonic() + _TRY_AGAIN_SECONDS)
            return None
        self._troubles.pop(key, None)
        return found

    def _pause(self) -> None:
        if self._stop.is_set():
            raise _Stopped
        time.sleep(_PAUSE_SECONDS)


def searchable_of(settings: Settings) -> Searchable:
    """The indexes of a deployment, in its data folder."""
    keep = settings.open_releases + 1
    folder = IndexFolder(settings.home / "search", keep=keep)
    return Searchable(folder, keep=keep, look_seconds=settings.follow_seconds)
