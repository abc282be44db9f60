"""Downloads that fail, for a moment or for good, and where they may lead."""

import hashlib
import socket
import time
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import httpx2
import pytest
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from loaders.catalogue import may_follow
from loaders.download import Address, addresses, download
from ontologies.errors import DownloadFailed
from tests.loaders.site import (
    BRIEF,
    GENES,
    OTHER,
    XML,
    Handler,
    Site,
    answer,
    cut,
    fetch,
    redirect,
    refusal,
    silence,
    trickle,
    zip_bytes,
)

pytestmark = pytest.mark.usefixtures("no_waits")


# --- Failures that pass -----------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again(site: Site, tmp_path: Path, status: int) -> None:
    site.answers[GENES] = [answer(b"", status), answer(b"", status), answer(XML)]
    assert fetch(site, tmp_path).path.read_bytes() == XML
    assert len(site.asked) == 3


def test_a_server_that_stays_busy_is_given_up(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [answer(b"", 503)]
    error = refusal(site, tmp_path, limits=replace(BRIEF, retries=2))
    assert len(site.asked) == 3
    assert "surchargé ou en maintenance (503)" in error.message.fr
    assert "Try again later" in error.message.en


def test_the_wish_of_a_busy_server_is_honoured(site: Site, tmp_path: Path) -> None:
    waits: list[float] = []

    def note(details: RetryDetails) -> None:
        waits.append(details.wait_for)

    set_on_retry_hooks([note])
    soon = formatdate(time.time() - 60, usegmt=True)
    site.answers[GENES] = [
        answer(b"", 429, Retry_After="0"),
        answer(b"", 503, Retry_After=soon),
        answer(XML),
    ]
    with stamina.set_testing(False):
        fetch(site, tmp_path)
    assert waits == [0.0, 0.0]  # not the half second of the first retry


@pytest.mark.parametrize(
    "wish", ["3600", formatdate(time.time() + 3600, usegmt=True)], ids=["seconds", "date"]
)
def test_a_server_that_wants_an_hour_is_given_up(site: Site, tmp_path: Path, wish: str) -> None:
    site.answers[GENES] = [answer(b"", 503, Retry_After=wish)]
    error = refusal(site, tmp_path)
    assert len(site.asked) == 1
    assert "dans 3" in error.message.fr


def test_an_unreadable_wish_is_ignored(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [answer(b"", 503, Retry_After="soon"), answer(XML)]
    assert fetch(site, tmp_path).modified


def test_a_line_cut_in_the_middle_is_tried_again(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [cut, answer(XML)]
    assert fetch(site, tmp_path).path.read_bytes() == XML


# --- Failures that stay -----------------------------------------------------------------------


def test_a_line_that_is_always_cut(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [answer(XML), cut]
    fetch(site, tmp_path)
    error = refusal(site, tmp_path)
    assert len(site.asked) == 5
    assert "incomplète" in error.message.fr


@pytest.mark.parametrize(
    ("status", "says"), [(404, "moved"), (403, "403"), (500, "500"), (204, "204")]
)
def test_other_statuses_are_not_asked_again(
    site: Site, tmp_path: Path, status: int, says: str
) -> None:
    site.answers[GENES] = [answer(b"", status)]
    assert says in refusal(site, tmp_path).message.en
    assert len(site.asked) == 1


def test_an_unasked_304_is_refused(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [lambda handler: handler.start(304)]
    assert "304" in refusal(site, tmp_path).message.en


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(DownloadFailed) as caught:
        download(addresses("fr", base=f"http://127.0.0.1:{port}"), tmp_path, limits=BRIEF)
    fr, en = caught.value.message
    assert "Impossible de joindre 127.0.0.1" in fr
    assert "HTTPS_PROXY" in fr
    assert f"by hand from http://127.0.0.1:{port}/pack-nomenclature/ and give it" in en
    assert list(tmp_path.iterdir()) == []


def test_a_silent_server(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [silence]
    error = refusal(site, tmp_path, limits=replace(BRIEF, read=0.1, retries=1))
    assert "did not answer in time" in error.message.en
    assert len(site.asked) == 2


def test_a_trickling_server_is_cut_off(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [trickle]
    start = time.monotonic()
    error = refusal(site, tmp_path, limits=replace(BRIEF, total=0.3))
    assert time.monotonic() - start < 2
    assert len(site.asked) == 1
    assert "coupé" in error.message.fr
    assert "0.3 s" in error.message.en


def test_too_large_by_its_own_account(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [lambda handler: handler.start(Content_Length="1000000000")]
    assert "500000000" in refusal(site, tmp_path).message.en


def test_too_large_without_saying_so(site: Site, tmp_path: Path) -> None:
    def endless(handler: Handler) -> None:
        handler.start()
        while not handler.server.closing.is_set():
            handler.wfile.write(b"<" * 65536)

    site.answers[GENES] = [endless]
    error = refusal(site, tmp_path, limits=replace(BRIEF, max_bytes=1_000_000))
    assert "1000000" in error.message.fr


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>Authentification requise</body></html>",
        b"",
        XML[:-5],
        zip_bytes(),
    ],
    ids=["html", "empty", "truncated", "zip"],
)
def test_another_thing_than_xml(site: Site, tmp_path: Path, body: bytes) -> None:
    site.answers[GENES] = [answer(XML), answer(body, Content_Type="text/html")]
    fetch(site, tmp_path)
    error = refusal(site, tmp_path)
    assert "(Content-Type text/html) au lieu d'un fichier XML complet" in error.message.fr
    assert ("HTML page" in error.message.en) == (b"html" in body.lower())


def test_the_wrong_checksum_leaves_the_older_file(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [answer(XML, ETag='"a"'), answer(OTHER, ETag='"b"')]
    good = hashlib.sha256(XML).hexdigest()
    path = fetch(site, tmp_path, sha256=good.upper()).path
    error = refusal(site, tmp_path, sha256=good)
    assert good in error.message.fr
    assert path.read_bytes() == XML


def test_another_checksum_than_that_of_the_file_here_asks_in_full(
    site: Site, tmp_path: Path
) -> None:
    site.answers[GENES] = [answer(XML, ETag='"a"'), answer(OTHER, ETag='"b"')]
    fetch(site, tmp_path)
    fetch(site, tmp_path, sha256=hashlib.sha256(OTHER).hexdigest())
    assert "If-None-Match" not in site.asked[-1][1]


def test_a_folder_that_cannot_be_written(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DownloadFailed) as caught:
        fetch(site, tmp_path / "file")
    assert "Impossible de lire ou d'écrire" in caught.value.message.fr


def test_an_unusable_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "ftp://proxy.example:21")
    with pytest.raises(DownloadFailed) as caught:
        download(addresses("fr"), tmp_path)
    assert "HTTPS_PROXY" in caught.value.message.fr


def test_a_proxy_of_the_environment_is_used(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", site.base)
    with pytest.raises(DownloadFailed) as caught:
        download(addresses("fr"), tmp_path, limits=BRIEF)
    assert "www.orphadata.com" in caught.value.message.en
    assert "501" in caught.value.message.en  # this server knows no CONNECT


@pytest.mark.parametrize(
    "url", ["http://www.orphadata.com/x.xml", "file:///etc/passwd", "http://["]
)
def test_only_https_is_asked(tmp_path: Path, url: str) -> None:
    with pytest.raises(DownloadFailed) as caught:
        download([Address(url, "x.xml", "xml", "page")], tmp_path)
    assert url in caught.value.message.fr


# --- Redirections -----------------------------------------------------------------------------


def test_a_redirection_on_the_same_host(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [redirect("/moved.xml")]
    site.answers["/moved.xml"] = [answer(XML)]
    assert fetch(site, tmp_path).url == site.base + GENES


@pytest.mark.parametrize(
    "place",
    [
        "https://example.org/product6.xml",
        "https://notorphadata.com/x",
        "https://orphadata.com@example.org/x",
        "file:///etc/passwd",
    ],
)
def test_a_redirection_elsewhere_is_refused(site: Site, tmp_path: Path, place: str) -> None:
    site.answers[GENES] = [redirect(place)]
    error = refusal(site, tmp_path)
    assert "redirection non suivie" in error.message.fr
    assert place in error.message.en


def test_a_redirection_loop_ends(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [redirect(GENES)]
    assert "more than 5 times" in refusal(site, tmp_path).message.en
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    ("asked", "target", "followed"),
    [
        ("https://www.orphadata.com/a", "https://sciences.orphadata.com/a", True),
        ("https://www.orphadata.com/a", "https://www.orpha.net/a", True),
        ("https://www.orphadata.com/a", "http://www.orphadata.com/a", False),
        ("https://mirror.example/a", "https://mirror.example/b", True),
        ("https://mirror.example/a", "http://127.0.0.1/b", False),
    ],
)
def test_where_one_may_go(asked: str, target: str, followed: bool) -> None:
    assert may_follow(httpx2.URL(target), httpx2.URL(asked)) is followed
