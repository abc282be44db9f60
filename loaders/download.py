"""Fetch the public files of Orphanet.

A file is fetched again only when it changed: the manifest ``download.json`` beside the files
remembers what the server said of each. A file takes its name only when it is complete and of the
right nature, so a failure leaves the older file as it was. Every failure is a `DownloadFailed`.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal

import httpx2
from pydantic import TypeAdapter, ValidationError

from loaders.catalogue import PRODUCTS, Address, Product, addresses, check_nature, link_to
from loaders.transfer import Limits, Line, declared_size
from ontologies.errors import DownloadFailed, Message

__all__ = ["PRODUCTS", "Address", "Download", "Limits", "Product", "addresses", "download"]

MANIFEST = "download.json"
MAX_PAGE_BYTES = 5_000_000
LEFTOVER_SECONDS = 600

_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int | None], None]
"""Called with the name of the file, the bytes received and the bytes expected, where known."""


@dataclass(frozen=True)
class Download:
    """One file on the disk.

    Attributes:
        url: the address of the file, before redirections.
        path: where it stands.
        sha256: its checksum.
        size: in bytes.
        modified: false when the server answered that it has not changed.
        etag: the server's mark of this state of the file, if it gave one.
        last_modified: the server's date of the file, if it gave one.
    """

    url: str
    path: Path
    sha256: str
    size: int
    modified: bool
    etag: str | None
    last_modified: str | None


def download(
    addresses: Iterable[Address],
    folder: Path,
    *,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    client: httpx2.Client | None = None,
) -> list[Download]:
    """Fetch files into a folder, one after the other; stop at the first failure.

    Args:
        addresses: what `addresses` gives, or one's own.
        folder: made where it does not exist.
        limits: see `Limits`.
        progress: see `Progress`.
        client: for special settings; without it the proxies of the environment are honoured.

    Raises:
        DownloadFailed: no file, and what to do. The files fetched before it are kept.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        with _client(client) as opened:
            return [
                _File(Line(opened, limits, each.page), progress, folder, each).fetch()
                for each in addresses
            ]
    except OSError as error:
        place = error.filename or folder
        raise DownloadFailed(
            f"Impossible de lire ou d'écrire {place} ({error.strerror}). Vérifiez la place sur le "
            "disque et les droits sur le dossier.",
            f"Cannot read or write {place} ({error.strerror}). Check the disk space and the rights "
            "on the folder.",
        ) from error


def _client(given: httpx2.Client | None) -> AbstractContextManager[httpx2.Client]:
    if given is not None:
        return nullcontext(given)
    try:
        return httpx2.Client()
    except (ValueError, ImportError, OSError, httpx2.InvalidURL) as error:
        raise DownloadFailed(
            f"Réglage du réseau inutilisable ({error}). Vérifiez les variables HTTPS_PROXY, "
            "ALL_PROXY et SSL_CERT_FILE.",
            f"Unusable network settings ({error}). Check the variables HTTPS_PROXY, ALL_PROXY and "
            "SSL_CERT_FILE.",
        ) from error


@dataclass(frozen=True)
class _File:
    line: Line
    progress: Progress | None
    folder: Path
    address: Address

    def fetch(self) -> Download:
        url, name = self._where()
        path, manifest = self.folder / name, _Manifest(self.folder)
        known = manifest.known(url, path)
        if known and not self._expected(known):
            known = None

        def receive(answer: httpx2.Response) -> Download:
            if answer.status_code == 304 and known:
                return known.download(url, path, modified=False)
            entry = self._receive(answer, url, path)
            manifest.remember(url, entry)
            return entry.download(url, path, modified=True)

        return self.line.get(url, known.conditions() if known else {}, receive)

    def _expected(self, entry: _Entry) -> bool:
        return self.address.sha256 is None or self.address.sha256.lower() == entry.sha256

    def _where(self) -> tuple[str, str]:
        """The address of the file and its name, looked up on its page where it is linked."""
        if not self.address.linked:
            return self.address.url, self.address.name
        link = self.line.get(self.address.url, {}, self._find_link)
        return str(link), link.path.rpartition("/")[2]

    def _find_link(self, answer: httpx2.Response) -> httpx2.URL:
        html = b"".join(self.line.body(answer, MAX_PAGE_BYTES))
        return link_to(self.address, html.decode("utf-8", errors="replace"), answer.url)

    def _receive(self, answer: httpx2.Response, url: str, path: Path) -> _Entry:
        with _replacing(path) as file:
            entry = self._write(answer, file, path.name)
            file.flush()
            check_nature(Path(file.name), self.address, answer.headers.get("content-type", "?"))
            if not self._expected(entry):
                raise _wrong_checksum(url, self.address, entry.sha256)
        return entry

    def _write(self, answer: httpx2.Response, file: BinaryIO, name: str) -> _Entry:
        expected = None if "content-encoding" in answer.headers else declared_size(answer)
        digest, size = hashlib.sha256(), 0
        for piece in self.line.body(answer):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
            if self.progress:
                self.progress(name, size, expected)
        return _Entry(
            name=name,
            etag=_mark(answer, "etag"),
            last_modified=_mark(answer, "last-modified"),
            sha256=digest.hexdigest(),
            size=size,
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )


def _mark(answer: httpx2.Response, header: str) -> str | None:
    """A header to be sent back later, where it can be."""
    value = answer.headers.get(header)
    return value if value and value.isascii() else None


def _wrong_checksum(url: str, address: Address, found: str) -> DownloadFailed:
    return DownloadFailed(
        f"La somme de contrôle de {url} est {found}, au lieu de {address.sha256} : fichier non "
        f"gardé. Comparez avec la somme publiée sur {address.page}, puis recommencez.",
        f"The checksum of {url} is {found} instead of {address.sha256}: file not kept. Compare it "
        f"with the one published on {address.page}, then try again.",
    )


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path`` if the block ends well, and vanishes otherwise."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what a killed download left; a living one has written to its file lately."""
    for part in folder.glob(f".*.{'[0-9a-f]' * 8}.part"):
        if time.time() - part.stat().st_mtime > LEFTOVER_SECONDS:
            part.unlink(missing_ok=True)


@dataclass(frozen=True)
class _Entry:
    """What the manifest keeps of one file."""

    name: str
    etag: str | None
    last_modified: str | None
    sha256: str
    size: int
    fetched_at: str

    def conditions(self) -> dict[str, str]:
        """The request headers that spare an unchanged file."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {header: value for header, value in pairs.items() if value}

    def download(self, url: str, path: Path, *, modified: bool) -> Download:
        return Download(url, path, self.sha256, self.size, modified, self.etag, self.last_modified)


@dataclass
class _Content:
    format: Literal[1] = 1
    files: dict[str, _Entry] = field(default_factory=dict)


_CONTENT = TypeAdapter(_Content)


class _Manifest:
    """``download.json``: address -> entry. A lost entry costs no more than a full download."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / MANIFEST
        try:
            self.content = _CONTENT.validate_json(self.path.read_bytes())
        except FileNotFoundError:
            self.content = _Content()
        except ValidationError:
            self.content = _Content()
            said = Message(
                f"{self.path} est illisible : il est refait, et ses fichiers sont retéléchargés.",
                f"{self.path} cannot be read: it is made anew, and its files are fetched again.",
            )
            _log.warning("%s", said)

    def known(self, url: str, path: Path) -> _Entry | None:
        """The entry of an address, if the file is still the one that was fetched."""
        entry = self.content.files.get(url)
        if entry is None or entry.name != path.name or not path.is_file():
            return None
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        return entry if found == entry.sha256 else None

    def remember(self, url: str, entry: _Entry) -> None:
        others = {key: each for key, each in self.content.files.items() if each.name != entry.name}
        content = _Content(files={**others, url: entry})
        with _replacing(self.path) as file:
            file.write(_CONTENT.dump_json(content, indent=2))
