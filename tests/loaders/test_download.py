"""Downloads against a real server on this machine, with the mishaps of real ones."""

import hashlib
import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from loaders.catalogue import CLASSIFICATIONS, LANGUAGES, may_follow
from loaders.download import PRODUCTS, Address, Download, Limits, addresses, download
from ontologies.errors import DownloadFailed

XML = b"<?xml version='1.0' encoding='UTF-8'?>\n<JDBOR><DisorderList count='0'/></JDBOR>\n"
OTHER = XML.replace(b"'0'", b"'00'")
GENES = "/data/xml/en_product6.xml"
PACK = "/pack-nomenclature/"
BRIEF = Limits(connect=2, read=2, total=5, retries=3)

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    server: "Site"

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


def trickle_spaces(handler: Handler) -> None:
    """Complete at every moment, if one believes the end of the line."""
    handler.start()
    handler.wfile.write(XML)
    while not handler.server.closing.wait(0.02):
        handler.wfile.write(b"\n")


def trickle_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.server.closing.wait(0.02):
        handler.wfile.write(b"X")


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


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    """One for all, for each makes its own TLS settings, which takes long."""
    with httpx2.Client(trust_env=False) as shared:
        yield shared


@pytest.fixture
def site(client: httpx2.Client) -> Iterator[Site]:
    with Site(client) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    set_on_retry_hooks([])
    with stamina.set_testing(True, attempts=10, cap=True):
        yield
    set_on_retry_hooks(None)


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


# --- What is fetched --------------------------------------------------------------------------


def test_a_first_fetch(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [answer(XML, ETag='"a"', Last_Modified="Tue, 01 Jul 2025 08:00:00 GMT")]
    seen: list[tuple[str, int, int | None]] = []
    folder = tmp_path / "new" / "folder"

    (got,) = download(
        addresses("fr", ["genes"], site.base),
        folder,
        limits=BRIEF,
        progress=lambda *step: seen.append(step),
    )

    path = folder / "en_product6.xml"
    sha256 = hashlib.sha256(XML).hexdigest()
    date = "Tue, 01 Jul 2025 08:00:00 GMT"
    assert got == Download(site.base + GENES, path, sha256, len(XML), True, '"a"', date)
    assert path.read_bytes() == XML
    assert seen[-1] == ("en_product6.xml", len(XML), len(XML))
    assert site.asked[0][1]["User-Agent"].startswith("rare-disease-thesaurus/")
    manifest = json.loads((folder / "download.json").read_bytes())
    assert manifest["format"] == 1
    entry = manifest["files"][site.base + GENES]
    assert (entry["etag"], entry["sha256"], entry["size"]) == ('"a"', sha256, len(XML))
    assert sorted(each.name for each in folder.iterdir()) == ["download.json", "en_product6.xml"]


def test_an_unchanged_file_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [unless_known(XML, '"a"', formatdate(usegmt=True))]
    first = fetch(site, tmp_path)
    again = fetch(site, tmp_path)
    assert (first.modified, again.modified) == (True, False)
    assert replace(again, modified=True) == first


def test_a_changed_file_replaces_the_older_one(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [
        answer(XML, ETag='"a"'),
        unless_known(OTHER, '"b"', ""),
    ]
    with fetch(site, tmp_path).path.open("rb") as reader:
        again = fetch(site, tmp_path)
        assert reader.read() == XML  # replaced at once, not overwritten
    assert site.asked[1][1]["If-None-Match"] == '"a"'
    assert (again.modified, again.etag) == (True, '"b"')
    assert again.path.read_bytes() == OTHER


@pytest.mark.parametrize("damage", [b"", XML[:-1], None])
def test_a_file_damaged_on_the_disk_is_fetched_in_full(
    site: Site, tmp_path: Path, damage: bytes | None
) -> None:
    site.answers[GENES] = [unless_known(XML, '"a"', formatdate(usegmt=True))]
    path = fetch(site, tmp_path).path
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    again = fetch(site, tmp_path)
    assert again.modified
    assert path.read_bytes() == XML
    assert "If-None-Match" not in site.asked[-1][1]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"format": 2, "files": {}}', b'{"files": {"x": {"etag": 1}}}']
)
def test_a_broken_manifest_is_said_and_rebuilt(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    site.answers[GENES] = [answer(XML, ETag='"a"')]
    manifest = tmp_path / "download.json"
    manifest.write_bytes(content)
    assert fetch(site, tmp_path).modified
    assert "est illisible" in caplog.text
    assert caplog.text.count("cannot be read") == 1
    assert list(json.loads(manifest.read_bytes())["files"]) == [site.base + GENES]


def test_a_compressed_answer_is_stored_as_it_is_meant(site: Site, tmp_path: Path) -> None:
    import gzip

    site.answers[GENES] = [answer(gzip.compress(XML), Content_Encoding="gzip")]
    assert fetch(site, tmp_path).path.read_bytes() == XML


def test_a_compressed_bomb_is_cut_off(site: Site, tmp_path: Path) -> None:
    import gzip

    bomb = gzip.compress(b"<" * 10_000_000)
    site.answers[GENES] = [answer(bomb, Content_Encoding="gzip")]
    assert len(bomb) < 100_000
    error = refusal(site, tmp_path, limits=replace(BRIEF, max_bytes=100_000))
    assert "100000" in error.message.en


def test_the_caller_may_bring_a_client(site: Site, tmp_path: Path) -> None:
    site.answers[GENES] = [answer(XML)]
    with httpx2.Client(follow_redirects=True) as client:
        for _ in range(2):
            download(addresses("en", ["genes"], site.base), tmp_path, client=client)
        assert not client.is_closed


# --- Failures that pass -----------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 502, 503, 504])
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
        answer(b"", 429, Retry_After="1"),
        answer(b"", 503, Retry_After=soon),
        answer(XML),
    ]
    with stamina.set_testing(False):
        fetch(site, tmp_path)
    assert waits == pytest.approx([1.0, 0.0])


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
    ("status", "says"), [(404, "moved"), (410, "moved"), (403, "403"), (500, "500"), (204, "204")]
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


@pytest.mark.parametrize("slow", [trickle, trickle_spaces, trickle_headers])
def test_a_trickling_server_is_cut_off(site: Site, tmp_path: Path, slow: Answer) -> None:
    site.answers[GENES] = [slow]
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
        b"<?xml version='1.0'?>\n<!doctype HTML>\n<HTML></HTML>",
        b"",
        b"Proxy error",
        XML[:-5],
        zip_bytes(),
    ],
    ids=["html", "xhtml", "empty", "text", "truncated", "zip"],
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
    "url", ["http://www.orphadata.com/x.xml", "file:///etc/passwd", "x", "http://["]
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
        "http://www.orphadata.com/product6.xml",
        "https://notorphadata.com/x",
        "https://orphadata.com.example.org/x",
        "https://orphadata.com@example.org/x",
        "file:///etc/passwd",
        "http://[",
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
        ("http://127.0.0.1:80/a", "http://127.0.0.1:81/a", True),
        ("http://127.0.0.1:80/a", "http://localhost:80/a", False),
    ],
)
def test_where_one_may_go(asked: str, target: str, followed: bool) -> None:
    assert may_follow(httpx2.URL(target), httpx2.URL(asked)) is followed


# --- The pack, which is found on its page -----------------------------------------------------


def page(*links: str) -> bytes:
    anchors = "".join(f'<p><a class=x href="{link}">Pack</a></p>' for link in links)
    return f"<!DOCTYPE html><html><body><a name=top></a>{anchors}</body></html>".encode()


@pytest.mark.parametrize(
    ("link", "path"),
    [
        (
            "/data/2025/Orphanet_Nomenclature_Pack_FR.zip",
            "/data/2025/Orphanet_Nomenclature_Pack_FR.zip",
        ),
        (
            "../a/Orphanet_Nomenclature_Pack_FR_2025.zip",
            "/a/Orphanet_Nomenclature_Pack_FR_2025.zip",
        ),
        (
            " orphanet_nomenclature_pack_fr.ZIP?v=2&amp;x=1 ",
            "/pack-nomenclature/orphanet_nomenclature_pack_fr.ZIP?v=2&x=1",
        ),
    ],
)
def test_the_pack_is_found_on_its_page(site: Site, tmp_path: Path, link: str, path: str) -> None:
    others = ("/a/Orphanet_Nomenclature_Pack_EN.zip", "http://[", "https://x.org/pack_FR.zip")
    elsewhere = "https://example.org/Orphanet_Nomenclature_Pack_FR.zip"
    site.answers[PACK] = [answer(page(*others, elsewhere, link))]
    site.answers[path] = [unless_known(zip_bytes(), '"z"', formatdate(usegmt=True))]

    (got,) = download(
        addresses("FR", base=site.base + "/"), tmp_path, limits=BRIEF, client=site.client
    )
    (again,) = download(addresses("fr", base=site.base), tmp_path, limits=BRIEF, client=site.client)

    assert got.url == site.base + path
    assert got.path == tmp_path / path.partition("?")[0].rpartition("/")[2]
    assert zipfile.is_zipfile(got.path)
    assert not again.modified


def test_the_pack_of_a_new_year_takes_the_place_of_the_old_one(site: Site, tmp_path: Path) -> None:
    name = "Orphanet_Nomenclature_Pack_FR.zip"
    site.answers[PACK] = [answer(page(f"/2024/{name}")), answer(page(f"/2025/{name}"))]
    site.answers[f"/2024/{name}"] = site.answers[f"/2025/{name}"] = [answer(zip_bytes())]
    for _ in range(2):
        download(addresses("fr", base=site.base), tmp_path, limits=BRIEF, client=site.client)
    manifest = json.loads((tmp_path / "download.json").read_bytes())
    assert list(manifest["files"]) == [f"{site.base}/2025/{name}"]


@pytest.mark.parametrize(
    ("html", "says"),
    [
        (page(), "has no link to Orphanet_Nomenclature_Pack_FR.zip"),
        (page("Orphanet_Nomenclature_Pack_EN.zip"), "has no link"),
        (b"<![odd[ <a href=/Orphanet_Nomenclature_Pack_FR.zip>", "has no link"),
        (b"\xff\xfe\x00", "has no link"),
        (
            page("https://example.org/Orphanet_Nomenclature_Pack_FR.zip"),
            "links to https://example.org/Orphanet_Nomenclature_Pack_FR.zip, which is not",
        ),
    ],
)
def test_a_page_without_a_good_link(site: Site, tmp_path: Path, html: bytes, says: str) -> None:
    site.answers[PACK] = [answer(html)]
    with pytest.raises(DownloadFailed) as caught:
        download(addresses("fr", base=site.base), tmp_path, limits=BRIEF, client=site.client)
    assert says in caught.value.message.en
    assert site.paths() == [PACK]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("body", [page(), zip_bytes()[:-10], XML, b"PK\x03\x04"])
def test_another_thing_than_a_zip(site: Site, tmp_path: Path, body: bytes) -> None:
    link = "/Orphanet_Nomenclature_Pack_FR.zip"
    site.answers.update({PACK: [answer(page(link))], link: [answer(body)]})
    with pytest.raises(DownloadFailed) as caught:
        download(addresses("fr", base=site.base), tmp_path, limits=BRIEF, client=site.client)
    assert "au lieu d'un fichier ZIP complet" in caught.value.message.fr
    assert list(tmp_path.iterdir()) == []


# --- Killed ------------------------------------------------------------------------------------

CHILD = """
import sys
from pathlib import Path
from loaders.download import addresses, download
tell = lambda name, size, total: print(size, flush=True)
download(addresses("fr", ["genes"], sys.argv[1]), Path(sys.argv[2]), progress=tell)
"""


def test_killed_in_the_middle(site: Site, tmp_path: Path) -> None:
    def stall(handler: Handler) -> None:
        handler.start(Content_Length=str(len(OTHER)))
        handler.wfile.write(OTHER[:40])
        handler.server.closing.wait(10)

    site.answers[GENES] = [answer(XML, ETag='"a"'), stall, unless_known(XML, '"a"', "")]
    path = fetch(site, tmp_path).path

    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", CHILD, site.base, str(tmp_path)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"40"
        child.kill()

    assert path.read_bytes() == XML
    (left,) = tmp_path.glob(".*.part")
    os.utime(left, (0, 0))
    stranger = tmp_path / ".mine.part"
    stranger.write_bytes(b"")
    os.utime(stranger, (0, 0))
    site.answers[GENES] = [answer(OTHER)]
    fetch(site, tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {
        "download.json",
        "en_product6.xml",
        ".mine.part",
    }


# --- The table ----------------------------------------------------------------------------------


def test_the_addresses_of_every_product() -> None:
    keys = [product.key for product in PRODUCTS]
    every = addresses("fr", [*keys, "genes"])
    assert len(keys) == len(set(keys))
    assert len(every) == len({each.name for each in every}) == 7 + len(CLASSIFICATIONS)
    assert len(CLASSIFICATIONS) == 34
    urls = [each.url for each in every]
    assert "https://www.orphadata.com/data/xml/fr_product1.xml" in urls
    assert "https://www.orphadata.com/data/xml/en_product3_146.xml" in urls
    assert "https://www.orphadata.com/data/xml/fr_product9_ages.xml" in urls
    assert "https://www.orphadata.com/pack-nomenclature/" in urls


def test_the_pack_exists_in_nine_languages() -> None:
    names = {addresses(lang)[0].name for lang in LANGUAGES}
    assert len(names) == 9


def test_unknown_language_and_product() -> None:
    with pytest.raises(DownloadFailed, match="xx"):
        addresses("xx")
    with pytest.raises(DownloadFailed, match="known ones: pack, names"):
        addresses("fr", ["packs"])
