"""Where full-text indexes lie on disk: one folder for each, whole or not there.

::

    THESAURUS_HOME/search/<key>/            an index; the key says of what and in which format
    THESAURUS_HOME/search/.building-.../    one that is being built, or whose builder was killed
    THESAURUS_HOME/search/.lock             held by the process that builds

An index is built aside and renamed into place, so that a killed build leaves nothing that is
taken for an index. Whoosh keeps parts of its files as pickles, which run code when they are read:
a folder that others may write into is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
import struct
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from ontologies.errors import InvalidSetting
from search.fulltext import FORMAT, FullText
from thesaurus import __version__
from thesaurus.runtime import Open

try:
    import fcntl
except ImportError:  # no such locks on Windows: two builds there are waste, not damage
    fcntl = None  # type: ignore[assignment]

log = structlog.get_logger()

_SIZES = "sizes.json"
_BUILDING = ".building-"
_KEY_LENGTH = 32
_LOOK_AGAIN_SECONDS = 0.1
_DAMAGE = (
    *(ValueError, LookupError, EOFError, AssertionError, AttributeError, TypeError),
    *(pickle.PickleError, struct.error, FileNotFoundError),
)
"""What damaged files make Whoosh raise. Not its own errors: it says that there is no index when
it may open no more files. Too little memory, too many files or a disk that fails are no damage.
"""


def key_of(release: Open) -> str:
    """The name of the index of a release beside its datasets, as this program lays it out."""
    said = f"{__version__} {FORMAT} {release.record.release.digest} {release.related.digest}"
    return hashlib.sha256(said.encode()).hexdigest()[:_KEY_LENGTH]


def _at_once() -> None:
    pass


class IndexFolder:
    """The indexes under one folder.

    Args:
        keep: how many stay on disk; of more the longest unused go.
    """

    def __init__(self, root: Path, *, keep: int) -> None:
        self._root = root
        self._keep = keep

    def open(self, key: str) -> FullText | None:
        """Open an index; None where there is none, or one that is damaged, which goes.

        Raises:
            OSError: it cannot be read now; it stays, and who serves it says so for a while.
        """
        folder = self._root / key
        if not folder.is_dir():
            return None
        self._refuse_shared()
        try:
            self._check(folder)
            found = FullText(folder)
        except _DAMAGE as error:
            log.warning("search index damaged", index=key, why=f"{type(error).__name__}: {error}")
            shutil.rmtree(folder, ignore_errors=True)
            return None
        os.utime(folder)
        return found

    def build(self, key: str, release: Open, *, pause: Callable[[], None] = _at_once) -> FullText:
        """Build an index, unless another process just did, and open it.

        Args:
            pause: called again and again meanwhile; what it raises ends the build.

        Raises:
            OSError: the folder cannot be written.
        """
        self._root.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._root.mkdir(mode=0o700, exist_ok=True)
        self._refuse_shared()
        with self._locked(pause):
            found = self.open(key)
            if found is None:
                self._build_aside(key, release, pause)
                found = FullText(self._root / key)
            self._clean(key)
        return found

    def _build_aside(self, key: str, release: Open, pause: Callable[[], None]) -> None:
        from search.fulltext.building import build

        start = time.monotonic()
        aside = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=self._root))
        try:
            build(aside, release.snapshot, release.related, pause=pause)
            sizes = {each.name: each.stat().st_size for each in aside.iterdir()}
            (aside / _SIZES).write_text(json.dumps(sizes), encoding="utf-8")
            aside.rename(self._root / key)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        seconds = round(time.monotonic() - start, 1)
        log.info("search index built", release=release.id, seconds=seconds)

    @staticmethod
    def _check(folder: Path) -> None:
        """Raise ValueError where a file is not as long as it was when the index was built."""
        sizes = json.loads((folder / _SIZES).read_text(encoding="utf-8"))
        for name, size in sizes.items():
            if (folder / name).stat().st_size != size:
                raise ValueError(f"{name} is not {size} bytes long")

    def _refuse_shared(self) -> None:
        """Refuse a folder that other accounts may write into."""
        if not hasattr(os, "getuid"):
            return
        status = self._root.stat()
        if status.st_uid not in (0, os.getuid()) or status.st_mode & 0o022:
            raise InvalidSetting(
                "THESAURUS_HOME",
                "d'autres comptes écrivent dans son dossier search (chmod 700) / other accounts "
                "may write into its folder search (chmod 700)",
            )

    @contextmanager
    def _locked(self, pause: Callable[[], None]) -> Iterator[None]:
        """Hold the lock of the folder; the system gives it back when a process dies."""
        with (self._root / ".lock").open("w") as file:
            while fcntl is not None:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    pause()
                    time.sleep(_LOOK_AGAIN_SECONDS)
            yield

    def _clean(self, key: str) -> None:
        """Remove what killed builds left and the longest unused indexes. Wants the lock."""
        for left in self._root.glob(f"{_BUILDING}*"):
            shutil.rmtree(left, ignore_errors=True)
        others = [
            each
            for each in self._root.iterdir()
            if each.is_dir() and len(each.name) == _KEY_LENGTH and each.name != key
        ]
        others.sort(key=lambda each: each.stat().st_mtime, reverse=True)
        for old in others[self._keep - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
