"""Downloads against a real server on this machine: files, manifest, the pack on its page."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest

from loaders.catalogue import CLASSIFICATIONS
from loaders.download import PRODUCTS, Download, addresses, download
from ontologies.errors import DownloadFailed
from tests.loaders.site import (
    BRIEF,
    GENES,
    OTHER,
    PACK,
    XML,
    Handler,
    Site,
    answer,
    fetch,
    refusal,
    unless_known,
    zip_bytes,
)

pytestmark = pytest.mark.usefixtures("no_waits")


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


@pytest.mark.parametrize("damage", [XML[:-1], None])
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


@pytest.mark.parametrize("content", [b"", b"[]", b'{"format": 2, "files": {}}'])
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
        (b"<![odd[ \xff <a href=/Orphanet_Nomenclature_Pack_FR.zip>", "has no link"),
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


@pytest.mark.parametrize("body", [page(), zip_bytes()[:-10]])
def test_another_thing_than_a_zip(site: Site, tmp_path: Path, body: bytes) -> None:
    link = "/Orphanet_Nomenclature_Pack_FR.zip"
    site.answers.update({PACK: [answer(page(link))], link: [answer(body)]})
    with pytest.raises(DownloadFailed) as caught:
        download(addresses("fr", base=site.base), tmp_path, limits=BRIEF, client=site.client)
    assert "au lieu d'un fichier ZIP complet" in caught.value.message.fr
    assert list(tmp_path.iterdir()) == []


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


def test_unknown_language_and_product() -> None:
    with pytest.raises(DownloadFailed, match="xx"):
        addresses("xx")
    with pytest.raises(DownloadFailed, match="known ones: pack, names"):
        addresses("fr", ["packs"])
