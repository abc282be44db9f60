"""A server on this machine with the mishaps of real ones."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

from loaders.download import Download, Limits, addresses, download
from ontologies.errors import DownloadFailed

XML = b"<?xml version='1.0' encoding='UTF-8'?>\n<JDBOR><DisorderList count='0'/></JDBOR>\n"
OTHER = XML.replace(b"'0'", b"'00'")
GENES = "/data/xml/en_product6.xml"
PACK = "/pack-nomenclature/"
BRIEF = Limits(connect=2, read=2, total=5, retries=3)

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        answers = self.server.answers.get(self.path, [answer(b"nothing here", 404)])
        (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def log_message(self, *_: object) -> None:
        pass

    def start(self, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()


class Site(ThreadingHTTPServer):
    """A server whose answers to each path are given one after the other; the last one stays."""

    daemon_threads = True

    def __init__(self, client: httpx2.Client) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.client = client
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, list[Answer]] = {}
        self.closing = threading.Event()

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is part of these tests."""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def answer(body: bytes, status: int = 200, **headers: str) -> Answer:
    def send(handler: Handler) -> None:
        handler.start(status, **{"Content_Length": str(len(body)), **headers})
        handler.wfile.write(body)

    return send


def unless_known(body: bytes, etag: str, date: str) -> Answer:
    def send(handler: Handler) -> None:
        if handler.headers["If-None-Match"] == etag:
            assert handler.headers["If-Modified-Since"] == date
            handler.start(304, ETag=etag)
        else:
            answer(body, ETag=etag, Last_Modified=date)(handler)

    return send


def trickle(handler: Handler) -> None:
    handler.start(Content_Length="1000000")
    while not handler.server.closing.wait(0.02):
        handler.wfile.write(b"<")


def silence(handler: Handler) -> None:
    handler.server.closing.wait(5)


def cut(handler: Handler) -> None:
    handler.start(Content_Length=str(len(XML)))
    handler.wfile.write(XML[:30])


def redirect(place: str) -> Answer:
    return answer(b"", 302, Location=place)


def zip_bytes() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("ORPHAnomenclature_fr_2025.xml", XML)
    return stream.getvalue()


def fetch(site: Site, folder: Path, limits: Limits = BRIEF, sha256: str | None = None) -> Download:
    (wanted,) = addresses("fr", ["genes"], site.base)
    (got,) = download([replace(wanted, sha256=sha256)], folder, limits=limits, client=site.client)
    return got


def refusal(site: Site, folder: Path, **options: object) -> DownloadFailed:
    """The failure to fetch, which leaves the folder as it was and speaks both languages."""
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(DownloadFailed) as caught:
        fetch(site, folder, **options)  # type: ignore[arg-type]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    fr, en = caught.value.message
    assert fr != en
    assert site.base in fr
    assert site.base in en
    return caught.value
