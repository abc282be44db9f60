"""What a file is, told by its bytes: a workbook or text; its encoding, line ends and delimiter."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from thesaurus.tables.records import Records, Splitter
from thesaurus.tables.scratch import scratch_file
from thesaurus.tables.trouble import BINARY, EMPTY, OLD_OFFICE, XML, of_file

ZIP = b"PK"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_HEAD = 65_536
_CHUNK = 1 << 20
_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE = 50
MOST_ABOVE = 10
"""Records among which the headings stand: titles may be above them."""
_SAID = re.compile(rb"sep=([;,\t|])\r?\n", re.IGNORECASE)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[?!A-Za-z]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SIGNATURES = (b"%PDF", b"\x89PNG", b"GIF8", b"\x7fELF", b"\x1f\x8b", b"\xff\xd8\xff", b"Rar!")
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Text:
    """Delimited text that is ready to be read.

    Attributes:
        file: the file that was given, or a nameless copy in UTF-8 with plain line ends.
        encoding: of ``file``: ``utf-8`` or ``cp1252``.
        delimiter: one character.
        start: where the first record begins in ``file``, in bytes, and ``line`` its number.
        written: the encoding that was given: also ``utf-8-sig``, ``utf-16-le``, ``utf-16-be``.
        line_end: of the file that was given.
    """

    file: BinaryIO
    encoding: str
    delimiter: str
    start: int
    line: int
    written: str
    line_end: str

    def given(self, data: bytes) -> bytes:
        """Return bytes of ``file`` as they stood in the file that was given."""
        if self.line_end == "\r":
            data = data.replace(b"\n", b"\r")
        if self.written.startswith("utf-16"):
            return data.decode("utf-8", "surrogatepass").encode(self.written, "surrogatepass")
        return data


def read_text(file: BinaryIO, copies: ExitStack) -> Text:
    """Tell how a file of delimited text is written.

    Args:
        file: binary and seekable.
        copies: closes the copies of the file that are made.

    Raises:
        UnreadableTable: it is empty or no text.
    """
    file.seek(0)
    head = file.read(_HEAD)
    if not head.strip():
        raise of_file(EMPTY)
    if head.startswith(OLE):
        raise of_file(OLD_OFFICE)
    written = _UTF16.get(head[:2])
    if written:
        file = _as_utf8(file, written, copies)
        head = file.read(_HEAD)
        if not head.strip():
            raise of_file(EMPTY)
    if _MARKUP.match(head):
        raise of_file(XML)
    if _is_binary(head):
        raise of_file(BINARY)
    survey = _survey(file)
    encoding = "utf-8" if written or head.startswith(codecs.BOM_UTF8) else survey.encoding
    line_end = "\r\n" if b"\r\n" in head else "\n"
    if survey.carriage_returns_only:
        file, line_end = _with_line_feeds(file, copies), "\r"
    if head.startswith(codecs.BOM_UTF8):
        written = "utf-8-sig"
    start = len(codecs.BOM_UTF8) if written == "utf-8-sig" else 0
    file.seek(start)
    said = _SAID.match(file.read(16))
    delimiter = said[1].decode() if said else _delimiter(file, start, encoding)
    start, line = (start + said.end(), 2) if said else (start, 1)
    return Text(file, encoding, delimiter, start, line, written or encoding, line_end)


def _is_binary(head: bytes) -> bool:
    """Tell a picture or a program from text with a stray byte here and there."""
    lines = head.splitlines()
    strange = sum(1 for each in lines if _CONTROL.search(each))
    return head.startswith(_SIGNATURES) or 2 * strange > len(lines)


def _chunks(file: BinaryIO, start: int = 0) -> Iterator[bytes]:
    """Yield the file in pieces that end with a line, where lines are no longer than a piece."""
    file.seek(start)
    while chunk := file.read(_CHUNK):
        yield chunk + file.readline(_CHUNK)


def _as_utf8(file: BinaryIO, encoding: str, copies: ExitStack) -> BinaryIO:
    """Copy UTF-16 into UTF-8, so that half characters stay recognisable as such."""
    copy = copies.enter_context(scratch_file())
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    file.seek(2)
    while chunk := file.read(_CHUNK):
        copy.write(decoder.decode(chunk).encode("utf-8", "surrogatepass"))
    if decoder.getstate()[0]:
        copy.write(b"\xff")
    copy.seek(0)
    return copy


def _with_line_feeds(file: BinaryIO, copies: ExitStack) -> BinaryIO:
    copy = copies.enter_context(scratch_file())
    file.seek(0)
    while chunk := file.read(_CHUNK):
        copy.write(chunk.replace(b"\r", b"\n"))
    return copy


@dataclass(frozen=True, slots=True)
class _Survey:
    encoding: str
    carriage_returns_only: bool


def _survey(file: BinaryIO) -> _Survey:
    """Look through the whole file: the first accent may stand on the last line."""
    sound = broken = feeds = returns = 0
    for chunk in _chunks(file):
        feeds += chunk.count(b"\n")
        returns += chunk.count(b"\r")
        if chunk.isascii():
            continue
        try:
            chunk.decode("utf-8")
            sound += 1
        except UnicodeDecodeError:
            good, bad = _lines_in_utf8(chunk)
            sound, broken = sound + good, broken + bad
    return _Survey("utf-8" if sound >= broken else "cp1252", not feeds and returns > 0)


def _lines_in_utf8(chunk: bytes) -> tuple[int, int]:
    """Count the lines beyond ASCII that are UTF-8 and those that are not."""
    judged: Counter[bool] = Counter()
    for line in chunk.splitlines():
        if not line.isascii():
            try:
                line.decode("utf-8")
                judged[True] += 1
            except UnicodeDecodeError:
                judged[False] += 1
    return judged[True], judged[False]


def _delimiter(file: BinaryIO, start: int, encoding: str) -> str:
    """The sign that splits the first records into most alike; ``;`` where there is one column."""
    scores = [(_likeness(file, start, encoding, sign), sign) for sign in _DELIMITERS]
    best, sign = max(scores, key=lambda each: each[0])
    return sign if best > (0.0, 0) else _DELIMITERS[0]


def _likeness(file: BinaryIO, start: int, encoding: str, sign: str) -> tuple[float, int]:
    """The share of records of the usual width, and that width; nothing for one column.

    Titles of one cell may stand above the others, if these are wider for the most part.
    """
    splitter = Splitter(sign, encoding)
    records = islice(Records(file, sign).read(start), _SAMPLE)
    split = (splitter.cells(each) for each in records if each.raw.strip())
    widths = [len(cells) for cells in split if isinstance(cells, list)]
    above = next((at for at, width in enumerate(widths) if width > 1), len(widths))
    below = widths[above:]
    if not below or above >= MOST_ABOVE:
        return 0.0, 0
    width, count = Counter(each for each in below if each > 1).most_common(1)[0]
    if above and (count < 2 or 2 * count <= len(below)):
        return 0.0, 0
    return count / len(widths), width
