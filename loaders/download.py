"""Fetch the public files of Orphanet.

A file is fetched again only when it changed: the manifest ``download.json`` beside the files
remembers what the server said of each. A file takes its name only when it is complete and of the
right nature, so a failure leaves the older file as it was. Every failure is a `DownloadFailed`.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, BinaryIO, Literal, Self, TypeVar

import httpx2
import stamina
from pydantic import TypeAdapter, ValidationError

from loaders.catalogue import (
    PRODUCTS,
    Address,
    Product,
    addresses,
    check_nature,
    link_to,
    may_ask,
    may_follow,
)
from ontologies.errors import DownloadFailed, Message

__all__ = ["PRODUCTS", "Address", "Download", "Limits", "Product", "addresses", "download"]

MANIFEST = "download.json"
MAX_REDIRECTS = 5
MAX_PAGE_BYTES = 5_000_000
LEFTOVER_SECONDS = 600

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

Progress = Callable[[str, int, int | None], None]
"""Called with the name of the file, the bytes received and the bytes expected, where known."""


@dataclass(frozen=True)
class Limits:
    """What a download may cost. Times in seconds.

    Attributes:
        max_bytes: the size of one file, decompressed from the transport.
        connect: to reach the server.
        read: between two pieces of an answer.
        total: for one file, its retries and waits included.
        retries: after a cut line, a timeout or the statuses 429, 502, 503 and 504.
        longest_wait: a server that asks for more through Retry-After is given up.
    """

    max_bytes: int = 500_000_000
    connect: float = 10.0
    read: float = 30.0
    total: float = 1800.0
    retries: int = 3
    longest_wait: float = 30.0


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
            return [_fetch(opened, limits, progress, folder, each) for each in addresses]
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


# --- One file ---------------------------------------------------------------------------------


def _fetch(
    client: httpx2.Client,
    limits: Limits,
    progress: Progress | None,
    folder: Path,
    address: Address,
) -> Download:
    with _Clock(limits.total) as clock:
        return _File(_Line(client, limits, clock, address.page), progress, folder, address).fetch()


@dataclass(frozen=True)
class _File:
    line: _Line
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
        expected = None if "content-encoding" in answer.headers else _declared(answer)
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


def _declared(answer: httpx2.Response) -> int | None:
    length = answer.headers.get("content-length", "")
    return int(length) if length.isdecimal() else None


def _wrong_checksum(url: str, address: Address, found: str) -> DownloadFailed:
    return DownloadFailed(
        f"La somme de contrôle de {url} est {found}, au lieu de {address.sha256} : fichier non "
        f"gardé. Comparez avec la somme publiée sur {address.page}, puis recommencez.",
        f"The checksum of {url} is {found} instead of {address.sha256}: file not kept. Compare it "
        f"with the one published on {address.page}, then try again.",
    )


# --- Files on the disk ------------------------------------------------------------------------


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


# --- The conversation with the server ---------------------------------------------------------


class _Clock:
    """Cuts the line when the time for one file is over, even if headers or bytes trickle in."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._end = time.monotonic() + seconds
        self._stream: Any = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def left(self) -> float:
        return self._end - time.monotonic()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Called by httpx2 at each step of a request; keeps the stream to be cut."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._stream = info["return_value"]
            if self.over:
                self._cut()

    def _cut(self) -> None:
        self.over = True
        line = self._stream.get_extra_info("socket") if self._stream else None
        if isinstance(line, socket.socket):
            with suppress(OSError):
                # Not SSLSocket.shutdown, which drops the TLS layer under the reader's feet.
                socket.socket.shutdown(line, socket.SHUT_RDWR)


_RETRIED = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)


class _Busy(Exception):
    """An answer that may be better in a moment; ``wait`` is the server's wish in seconds."""

    def __init__(self, status: int, wait: float | None) -> None:
        super().__init__(status)
        self.status, self.wait = status, wait


@dataclass(frozen=True)
class _Line:
    client: httpx2.Client
    limits: Limits
    clock: _Clock
    page: str

    def get(
        self, url: str, conditions: Mapping[str, str], receive: Callable[[httpx2.Response], _T]
    ) -> _T:
        """Ask until an answer comes that is worth receiving, and give what was received."""
        asked = _checked(url)
        caller = stamina.RetryingCaller(
            attempts=self.limits.retries + 1, timeout=None, wait_initial=0.5, wait_max=10.0
        )
        try:
            return caller(self._again, self._attempt, asked, conditions, receive)
        except (httpx2.HTTPError, _Busy) as error:
            raise self._failure(asked, error) from error

    def body(self, answer: httpx2.Response, most: int | None = None) -> Iterator[bytes]:
        """The body, piece by piece; refused as soon as it is known to exceed the limit."""
        limit = min(self.limits.max_bytes, most or self.limits.max_bytes)
        if (_declared(answer) or 0) > limit:
            raise _too_large(answer.url, limit)
        size = 0
        for piece in answer.iter_bytes():
            size += len(piece)
            if size > limit:
                raise _too_large(answer.url, limit)
            yield piece
        if self.clock.over:  # a line that was cut may look like the end of the body
            raise httpx2.ReadTimeout("no time left")

    def _again(self, error: Exception) -> bool | float:
        """Whether to try once more; as a number, after how many seconds."""
        if self.clock.over or _untrusted(error):
            return False
        if isinstance(error, _Busy):
            if error.wait is None:
                return True
            patience = min(self.limits.longest_wait, self.clock.left())
            return error.wait if error.wait <= patience else False
        return isinstance(error, _RETRIED)

    def _attempt(
        self,
        asked: httpx2.URL,
        conditions: Mapping[str, str],
        receive: Callable[[httpx2.Response], _T],
    ) -> _T:
        target = asked
        for _ in range(MAX_REDIRECTS + 1):
            with closing(self._send(target, conditions)) as answer:
                if not answer.has_redirect_location:
                    self._check_status(answer, conditions)
                    return receive(answer)
                target = self._redirected(answer, asked)
        raise self._failed(
            f"{asked} renvoie plus de {MAX_REDIRECTS} fois d'une adresse à l'autre.",
            f"{asked} redirects more than {MAX_REDIRECTS} times.",
        )

    def _send(self, target: httpx2.URL, conditions: Mapping[str, str]) -> httpx2.Response:
        if self.clock.over:
            raise httpx2.ReadTimeout("no time left")
        request = self.client.build_request(
            "GET",
            target,
            # One connection per request: it is the one that the clock can cut.
            headers={"User-Agent": _user_agent(), "Connection": "close", **conditions},
            timeout=httpx2.Timeout(self.limits.read, connect=self.limits.connect),
            extensions={"trace": self.clock.trace},
        )
        return self.client.send(request, stream=True, follow_redirects=False)

    def _redirected(self, answer: httpx2.Response, asked: httpx2.URL) -> httpx2.URL:
        following = answer.next_request
        if following is not None and may_follow(following.url, asked):
            return following.url
        place = answer.headers["location"]
        raise self._failed(
            f"{answer.url} renvoie à {place}, qui n'est pas une adresse https d'Orphanet : "
            "redirection non suivie.",
            f"{answer.url} redirects to {place}, which is not an https address of Orphanet: not "
            "followed.",
        )

    def _check_status(self, answer: httpx2.Response, conditions: Mapping[str, str]) -> None:
        status, url = answer.status_code, answer.url
        if status == 200 or (status == 304 and conditions):
            return
        if status in (429, 502, 503, 504):
            raise _Busy(status, _retry_after(answer))
        if status in (404, 410):
            raise DownloadFailed(
                f"{url} n'existe pas ({status}) : Orphanet l'a sans doute déplacé. Cherchez le "
                f"fichier sur {self.page} et donnez-le à « thesaurus load ».",
                f"{url} does not exist ({status}): Orphanet has probably moved it. Look for the "
                f"file on {self.page} and give it to 'thesaurus load'.",
            )
        raise self._failed(
            f"{url} a répondu {status} {answer.reason_phrase} au lieu du fichier.",
            f"{url} answered {status} {answer.reason_phrase} instead of the file.",
        )

    def _failed(self, fr: str, en: str) -> DownloadFailed:
        hint = _by_hand(self.page)
        return DownloadFailed(f"{fr} {hint.fr}", f"{en} {hint.en}")

    def _failure(self, url: httpx2.URL, error: httpx2.HTTPError | _Busy) -> DownloadFailed:
        """Say in the user's words what the library says in its own."""
        if self.clock.over:
            return self._failed(
                f"{url} n'était pas complet après {self.limits.total:g} s : téléchargement coupé.",
                f"{url} was not complete after {self.limits.total:g} s: download cut off.",
            )
        if isinstance(error, _Busy):
            return self._busy(url, error)
        if _untrusted(error):
            return DownloadFailed(
                f"Le certificat de {url.host} n'est pas reconnu ({error}). Si votre réseau "
                "inspecte le trafic HTTPS, indiquez son autorité de certification dans "
                f"SSL_CERT_FILE ; sinon, téléchargez le fichier à la main depuis {self.page}.",
                f"The certificate of {url.host} is not recognised ({error}). If your network "
                "inspects HTTPS traffic, name its certification authority in SSL_CERT_FILE; "
                f"otherwise download the file by hand from {self.page}.",
            )
        if isinstance(error, httpx2.TimeoutException):
            return self._failed(
                f"{url.host} n'a pas répondu à temps pour {url}.",
                f"{url.host} did not answer in time for {url}.",
            )
        if isinstance(error, httpx2.ConnectError | httpx2.ProxyError):
            return self._failed(
                f"Impossible de joindre {url.host} pour télécharger {url} ({error}).",
                f"Cannot reach {url.host} to download {url} ({error}).",
            )
        return self._failed(
            f"La réponse de {url} est incomplète ou illisible ({error}).",
            f"The answer of {url} is incomplete or cannot be read ({error}).",
        )

    def _busy(self, url: httpx2.URL, error: _Busy) -> DownloadFailed:
        when = Message("plus tard", "later")
        if error.wait:
            when = Message(f"dans {error.wait:.0f} s", f"in {error.wait:.0f} s")
        return DownloadFailed(
            f"{url.host} est surchargé ou en maintenance ({error.status}) pour {url}. Réessayez "
            f"{when.fr}, ou téléchargez le fichier à la main depuis {self.page} et donnez-le à "
            "« thesaurus load ».",
            f"{url.host} is overloaded or under maintenance ({error.status}) for {url}. Try again "
            f"{when.en}, or download the file by hand from {self.page} and give it to 'thesaurus "
            "load'.",
        )


def _by_hand(page: str) -> Message:
    return Message(
        "Vérifiez le réglage du proxy (HTTPS_PROXY), ou téléchargez le fichier à la main depuis "
        f"{page} et donnez-le à « thesaurus load ».",
        f"Check the proxy settings (HTTPS_PROXY), or download the file by hand from {page} and "
        "give it to 'thesaurus load'.",
    )


def _too_large(url: httpx2.URL, limit: int) -> DownloadFailed:
    return DownloadFailed(
        f"{url} dépasse la limite de {limit} octets : fichier refusé. Vérifiez l'adresse, ou "
        "relevez la limite si cette taille est attendue.",
        f"{url} exceeds the limit of {limit} bytes: file refused. Check the address, or raise the "
        "limit if that size is expected.",
    )


def _checked(url: str) -> httpx2.URL:
    with suppress(httpx2.InvalidURL):
        asked = httpx2.URL(url)
        if asked.host and may_ask(asked):
            return asked
    raise DownloadFailed(
        f"« {url} » n'est pas une adresse https : rien n'est demandé. Corrigez l'adresse.",
        f"'{url}' is not an https address: nothing is asked. Correct the address.",
    )


def _untrusted(error: BaseException | None) -> bool:
    """Whether the certificate of the server was refused, somewhere down the chain of causes."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None


def _retry_after(answer: httpx2.Response) -> float | None:
    """Seconds to wait, from a number or a date (RFC 9110, 10.2.3)."""
    wish = answer.headers.get("retry-after", "").strip()
    if wish.isdecimal():
        return float(wish)
    try:
        return max(0.0, (parsedate_to_datetime(wish) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _user_agent() -> str:
    try:
        return f"rare-disease-thesaurus/{version('rare-disease-thesaurus')}"
    except PackageNotFoundError:
        return "rare-disease-thesaurus/0"
