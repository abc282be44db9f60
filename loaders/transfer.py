"""The conversation with the server that has a file: retries, redirections, limits, failures.

Whatever goes wrong becomes a `DownloadFailed` that says what to do.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar

import httpx2
import stamina

from loaders.catalogue import may_ask, may_follow
from ontologies.errors import DownloadFailed, Message

MAX_REDIRECTS = 5

_BUSY = (429, 502, 503, 504)
_RETRIED = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)
_T = TypeVar("_T")


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


class _Busy(Exception):
    """An answer that may be better in a moment; ``wait`` is the server's wish in seconds."""

    def __init__(self, status: int, wait: float | None) -> None:
        super().__init__(status)
        self.status, self.wait = status, wait


@dataclass(frozen=True)
class Line:
    """The line to a server while one file is fetched; its time runs from the start.

    Attributes:
        page: where a person finds the file, for the messages.
    """

    client: httpx2.Client
    limits: Limits
    page: str
    _start: float = field(default_factory=time.monotonic)

    def get(
        self, url: str, conditions: Mapping[str, str], receive: Callable[[httpx2.Response], _T]
    ) -> _T:
        """Ask until an answer comes that is worth receiving, and give what was received.

        Args:
            conditions: request headers to which the server may answer 304, not modified.
            receive: called with the answer; where the line breaks meanwhile, called anew.

        Raises:
            DownloadFailed: the server gives no file.
        """
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
        if (declared_size(answer) or 0) > limit:
            raise _too_large(answer.url, limit)
        size = 0
        for piece in answer.iter_bytes():
            size += len(piece)
            if size > limit:
                raise _too_large(answer.url, limit)
            if self._left() <= 0:
                raise httpx2.ReadTimeout("no time left")
            yield piece

    def _left(self) -> float:
        return self._start + self.limits.total - time.monotonic()

    def _again(self, error: Exception) -> bool | float:
        """Whether to try once more; as a number, after how many seconds."""
        if self._left() <= 0 or _untrusted(error):
            return False
        if isinstance(error, _Busy):
            if error.wait is None:
                return True
            patience = min(self.limits.longest_wait, self._left())
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
        if self._left() <= 0:
            raise httpx2.ReadTimeout("no time left")
        request = self.client.build_request(
            "GET",
            target,
            headers={"User-Agent": _user_agent(), **conditions},
            timeout=httpx2.Timeout(self.limits.read, connect=self.limits.connect),
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
        if status in _BUSY:
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

    def _failure(self, url: httpx2.URL, error: httpx2.HTTPError | _Busy) -> DownloadFailed:
        """Say in the user's words what the library says in its own."""
        if self._left() <= 0:
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

    def _failed(self, fr: str, en: str) -> DownloadFailed:
        return DownloadFailed(
            f"{fr} Vérifiez le réglage du proxy (HTTPS_PROXY), ou téléchargez le fichier à la main "
            f"depuis {self.page} et donnez-le à « thesaurus load ».",
            f"{en} Check the proxy settings (HTTPS_PROXY), or download the file by hand from "
            f"{self.page} and give it to 'thesaurus load'.",
        )


def declared_size(answer: httpx2.Response) -> int | None:
    """The size in bytes that the server announces, where it does."""
    length = answer.headers.get("content-length", "")
    return int(length) if length.isdecimal() else None


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
