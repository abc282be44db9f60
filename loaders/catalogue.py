"""What Orphanet offers for download, at which addresses, and which hosts are trusted.

The science files of Orphadata have stable addresses. The nomenclature pack has not: its zip moves
every year, so the address is that of the page which links to it, and the link is looked for there.
The files are CC BY 4.0: name Orphanet/INSERM, the version of the data, and what was changed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

import httpx2

from ontologies.errors import DownloadFailed, Message

BASE = "https://www.orphadata.com"
LANGUAGES = ("cs", "de", "en", "es", "fr", "it", "nl", "pl", "pt")

# The hosts that links and redirections may lead to, with their subdomains.
HOSTS = ("orphadata.com", "orpha.net", "orphacode.org")

# The files of the yearly pack of 2023; Orphadata has published others from time to time.
CLASSIFICATIONS = (
    *(146, 147, 148, 150, 152, 156, 181, 182, 183, 184, 185, 186, 187, 188, 189, 193, 194),
    *(195, 196, 197, 198, 199, 200, 201, 202, 203, 204, 205, 209, 212, 216, 231, 233, 235),
)

Kind = Literal["zip", "xml"]


@dataclass(frozen=True)
class Product:
    """One line of the table of downloads.

    Attributes:
        key: what the user asks for.
        fr: what it contains, in French.
        en: the same in English.
        names: the files, where ``{lang}`` and ``{LANG}`` stand for the language.
        kind: what the files are.
        page: where a person finds them, below the base address.
    """

    key: str
    fr: str
    en: str
    names: tuple[str, ...]
    kind: Kind = "xml"
    page: str = "/orphanet-scientific-knowledge-files/"


PRODUCTS: tuple[Product, ...] = (
    Product(
        "pack",
        "nomenclature annuelle : libellés, classifications, alignements CIM, linéarisation",
        "yearly nomenclature: labels, classifications, ICD alignments, linearisation",
        ("Orphanet_Nomenclature_Pack_{LANG}.zip",),
        kind="zip",
        page="/pack-nomenclature/",
    ),
    Product(
        "names",
        "libellés et alignements avec OMIM, CIM-10, CIM-11, UMLS, MeSH, MedDRA, GARD, MONDO",
        "labels and alignments with OMIM, ICD-10, ICD-11, UMLS, MeSH, MedDRA, GARD, MONDO",
        ("{lang}_product1.xml",),
    ),
    Product(
        "classifications",
        "classifications par spécialité (en anglais)",
        "classifications by specialty (in English)",
        tuple(f"en_product3_{number}.xml" for number in CLASSIFICATIONS),
    ),
    Product(
        "phenotypes",
        "phénotypes HPO avec leur fréquence",
        "HPO phenotypes with their frequency",
        ("{lang}_product4.xml",),
    ),
    Product(
        "genes",
        "gènes associés (en anglais)",
        "associated genes (in English)",
        ("en_product6.xml",),
    ),
    Product(
        "linearisation",
        "spécialité préférentielle de chaque entité (en anglais)",
        "preferential specialty of each entity (in English)",
        ("en_product7.xml",),
    ),
    Product(
        "prevalence",
        "épidémiologie : prévalences",
        "epidemiology: prevalences",
        ("{lang}_product9_prev.xml",),
    ),
    Product(
        "ages",
        "histoire naturelle : âges de début, modes de transmission",
        "natural history: ages at onset, modes of inheritance",
        ("{lang}_product9_ages.xml",),
    ),
)


@dataclass(frozen=True)
class Address:
    """One file to fetch.

    Attributes:
        url: the file itself or, where ``linked``, the page that links to it.
        name: the name of the file in the folder.
        kind: what the bytes must be.
        page: where a person can fetch it by hand.
        linked: whether the file is looked for on the page ``url``, by its name.
        sha256: the checksum that the file must have, where it is known.
    """

    url: str
    name: str
    kind: Kind
    page: str
    linked: bool = False
    sha256: str | None = None


def addresses(
    lang: str, products: Sequence[str] = ("pack",), base: str = BASE
) -> tuple[Address, ...]:
    """The files of some products in one language; files that exist in English only are in English.

    Args:
        lang: two letters, one of ``LANGUAGES``, in any case.
        products: keys of ``PRODUCTS``.
        base: the site, without the final slash; another one for a mirror.

    >>> addresses("fr", ["genes"])[0].url
    'https://www.orphadata.com/data/xml/en_product6.xml'
    >>> addresses("fr")[0].name
    'Orphanet_Nomenclature_Pack_FR.zip'
    """
    lang, base = lang.lower(), base.rstrip("/")
    if lang not in LANGUAGES:
        listed = ", ".join(LANGUAGES)
        raise DownloadFailed(
            f"Orphanet ne publie pas la langue « {lang} » ; langues publiées : {listed}.",
            f"Orphanet does not publish the language '{lang}'; published ones: {listed}.",
        )
    return tuple(
        _address(product, name.format(lang=lang, LANG=lang.upper()), base)
        for product in (_product(key) for key in dict.fromkeys(products))
        for name in product.names
    )


def _product(key: str) -> Product:
    for product in PRODUCTS:
        if product.key == key:
            return product
    listed = ", ".join(product.key for product in PRODUCTS)
    raise DownloadFailed(
        f"Produit « {key} » inconnu ; produits connus : {listed}.",
        f"Unknown product '{key}'; known ones: {listed}.",
    )


def _address(product: Product, name: str, base: str) -> Address:
    page = base + product.page
    if product.kind == "zip":
        return Address(url=page, name=name, kind="zip", page=page, linked=True)
    return Address(url=f"{base}/data/xml/{name}", name=name, kind=product.kind, page=page)


def may_ask(url: httpx2.URL) -> bool:
    """Whether a first request may go there: https, or http to this very machine (tests)."""
    return url.scheme == "https" or (
        url.scheme == "http" and url.host in ("127.0.0.1", "localhost")
    )


def may_follow(target: httpx2.URL, asked: httpx2.URL) -> bool:
    """Whether a link or a redirection met on the way from ``asked`` may be followed."""
    if target.host == asked.host:
        return target.scheme == "https" or (asked.scheme == "http" and may_ask(target))
    return target.scheme == "https" and any(
        target.host == host or target.host.endswith(f".{host}") for host in HOSTS
    )


def link_to(address: Address, html: str, page: httpx2.URL) -> httpx2.URL:
    """The first link of a page that leads to the file of an address and may be followed.

    A year may follow the name of the file: ``Orphanet_Nomenclature_Pack_FR_2025.zip``.
    """
    links = list(_links(address.name, html, page))
    for link in links:
        if may_follow(link, httpx2.URL(address.url)):
            return link
    if links:
        raise DownloadFailed(
            f"La page {page} renvoie à {links[0]}, qui n'est pas une adresse https d'Orphanet : "
            "lien non suivi. S'il est digne de confiance, téléchargez le fichier à la main et "
            "donnez-le à « thesaurus load ».",
            f"The page {page} links to {links[0]}, which is not an https address of Orphanet: "
            "link not followed. If you trust it, download the file by hand and give it to "
            "'thesaurus load'.",
        )
    raise DownloadFailed(
        f"La page {page} ne contient aucun lien vers {address.name} : Orphanet l'a sans doute "
        "déplacé. Cherchez le fichier sur cette page et donnez-le à « thesaurus load ».",
        f"The page {page} has no link to {address.name}: Orphanet has probably moved it. Look for "
        "the file on that page and give it to 'thesaurus load'.",
    )


def _links(name: str, html: str, page: httpx2.URL) -> Iterator[httpx2.URL]:
    stem, _, ending = name.rpartition(".")
    wanted = re.compile(
        rf"{re.escape(stem)}(_\d{{4}})?\.{re.escape(ending)}", re.ASCII | re.IGNORECASE
    )
    parser = _Anchors()
    with suppress(AssertionError):  # html.parser gives up so on "<![odd[": keep what came before
        parser.feed(html)
    for link in parser.found:
        with suppress(httpx2.InvalidURL):
            url = page.join(link.strip())
            if wanted.fullmatch(url.path.rpartition("/")[2]):
                yield url


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.extend(value for name, value in attrs if name == "href" and value)


def check_nature(file: Path, address: Address, announced: str) -> None:
    """Refuse a file that is not what the address promises: a page of a proxy, a truncated zip.

    Args:
        file: what was received.
        address: where ``kind`` says what it must be.
        announced: the server's Content-Type, for the message; the bytes alone decide.
    """
    with file.open("rb") as stream:
        head = stream.read(2048).removeprefix(b"\xef\xbb\xbf").lstrip()
        stream.seek(max(0, file.stat().st_size - 256))
        tail = stream.read().rstrip()
    html = b"<html" in head.lower() or b"<!doctype html" in head.lower()
    if address.kind == "zip":
        good = head.startswith(b"PK\x03\x04") and zipfile.is_zipfile(file)
    else:
        good = head.startswith(b"<") and tail.endswith(b">") and not html
    if good:
        return
    wanted = address.kind.upper()
    got = Message("autre chose", "something else")
    if html:
        got = Message("une page HTML", "an HTML page")
    raise DownloadFailed(
        f"{address.url} a livré {got.fr} (Content-Type {announced}) au lieu d'un fichier {wanted} "
        f"complet. Vérifiez le réglage du proxy (HTTPS_PROXY), ou téléchargez {address.name} à la "
        f"main depuis {address.page} et donnez-le à « thesaurus load ».",
        f"{address.url} delivered {got.en} (Content-Type {announced}) instead of a complete "
        f"{wanted} file. Check the proxy settings (HTTPS_PROXY), or download {address.name} by "
        f"hand from {address.page} and give it to 'thesaurus load'.",
    )
