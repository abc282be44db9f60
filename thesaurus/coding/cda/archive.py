"""CDA documents in a zip, as secure mail brings them (IHE XDM: IHE_XDM/SUBSET01/DOC0001.XML).

They are found by what they hold and not by their names; METADATA.XML, INDEX.HTM and whatever else
lies beside them is passed over unread, and so are archives in the archive.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from loaders.archive import ZIP_ERRORS, Limits, inspect_zip
from loaders.xml import looks_like_xml
from ontologies.errors import Refused
from thesaurus.coding.cda.errors import InvalidDocument
from thesaurus.coding.cda.parsing import LARGEST

_LIMITS = Limits(file=LARGEST, total=10 * LARGEST)
_START = b"PK"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?ClinicalDocument[\s>]")
_HEAD = 65_536
_NAME_OF_XDM = re.compile(r"(?:(?:IHE_XDM/)?SUBSET[0-9]{1,4}/)?DOC[0-9]{1,8}\.XML$", re.IGNORECASE)


def is_archive(data: bytes) -> bool:
    return data.startswith(_START)


def documents_in(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file that means to be a CDA document, in the order of names.

    The name is that of IHE XDM (``DOC0001.XML``), else its number: a sender may have put the name
    of a patient there, and answers repeat it.

    Raises:
        InvalidDocument: an archive that is damaged, encrypted, abnormal or without a CDA document.
    """
    count = 0
    with _opened(data) as archive:
        for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
            if entry.is_dir() or not _means_cda(_read(archive, entry, _HEAD)):
                continue
            count += 1
            yield _shown(entry.filename, count), _read(archive, entry, entry.file_size + 1)
    if not count:
        raise InvalidDocument("zip-empty")


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except ZIP_ERRORS:
        raise InvalidDocument("zip-damaged") from None
    try:
        inspect_zip(archive, "zip", _LIMITS)
    except Refused as refused:  # whose message names files, as a patient may be named
        encrypted = refused.reason == "zip-encrypted"
        raise InvalidDocument("zip-encrypted" if encrypted else "zip-abnormal") from None
    return archive


def _means_cda(head: bytes) -> bool:
    return looks_like_xml(head) and _ROOT.search(head.replace(b"\0", b"")) is not None


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int) -> bytes:
    try:
        with archive.open(entry) as stream:
            return stream.read(size)
    except ZIP_ERRORS:
        raise InvalidDocument("zip-damaged") from None


def _shown(name: str, number: int) -> str:
    found = _NAME_OF_XDM.search(name)
    return found[0] if found else f"document-{number}"
