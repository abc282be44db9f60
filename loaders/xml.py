"""Orphanet's XML, read as a stream and without trust; documents of others, read whole.

No entity is expanded, nothing is fetched, a DOCTYPE is refused, and every error says the file
and the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Literal, TypeAlias

from lxml import etree

from loaders.messages import refuse

Element: TypeAlias = etree._Element  # noqa: SLF001
"""An element, for those who do not import lxml."""

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf|\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_UTF_16 = re.compile(rb"<\?xml[^>]{1,60}encoding=.utf-?16", re.IGNORECASE)
_ONE_BYTE = re.compile("ISO-8859-|WINDOWS-125|CP125", re.IGNORECASE)

Reason = Literal[
    "after-end", "doctype", "encoding", "entity", "limit", "malformed", "mismatch", "not-xml",
    "truncated",
]  # fmt: skip
_REASONS: dict[int, Reason] = {
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY: "not-xml",
    etree.ErrorTypes.ERR_DOCUMENT_END: "after-end",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "encoding",
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING: "encoding",
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: "encoding",
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: "entity",
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "mismatch",
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: "truncated",
    etree.ErrorTypes.ERR_RESOURCE_LIMIT: "limit",
}


class Unreadable(Exception):
    """A document that is not read: why, in a word, and at which line.

    Never what stands there, as the parser would tell it: it may be of a patient.
    """

    def __init__(self, reason: Reason, line: int | None) -> None:
        super().__init__(reason, line)
        self.reason = reason
        self.line = line


def looks_like_xml(data: bytes) -> bool:
    """Tell by the first bytes whether a file means to be XML."""
    return data.startswith(_BOMS) or data[:64].lstrip().startswith(b"<")


def events(name: str, data: bytes, *tags: str) -> Iterator[tuple[str, etree._Element]]:
    """Yield ("start" | "end", element) for the given tags (all without any), in document order.

    Args:
        name: the file's name, for messages.
        data: the whole file.

    Raises:
        Refused: XML that is truncated or not well formed, with the line.
    """
    parser = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        tag=tags or None,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        yield from parser
    except etree.XMLSyntaxError as error:
        # Without the zero bytes of UTF-16, every file of Orphanet's ends so.
        whole = data[-64:].replace(b"\0", b"").rstrip().endswith(b"</JDBOR>")
        reason = "bad-xml" if whole else "truncated-xml"
        line, why = _fault(error, parser)
        raise refuse(reason, file=name, line=line, why=why) from None


def _fault(error: etree.XMLSyntaxError, parser: etree.iterparse[Any]) -> tuple[int | None, str]:
    """Return where and what; of an undeclared entity only the parser's log tells."""
    logged = [entry for entry in parser.error_log if entry.level == etree.ErrorLevels.FATAL]
    if error.lineno or not logged:
        return error.lineno or None, error.msg
    return logged[-1].line, logged[-1].message


def read_root(name: str, data: bytes) -> etree._Element:
    """Return the root element with its attributes, its content not yet read.

    Raises:
        Refused: not XML, a DOCTYPE, a root that is not Orphanet's.
    """
    for _, root in events(name, data):
        document = root.getroottree().docinfo
        if document.doctype or document.internalDTD is not None:
            raise refuse("doctype", file=name, line=1)
        if root.tag != "JDBOR":
            raise refuse("wrong-root", file=name, line=root.sourceline, root=root.tag)
        return root
    raise refuse("not-xml", file=name)


def read_document(data: bytes) -> Element:
    """Return the root of a document that is read whole, of a few megabytes at most.

    Raises:
        Unreadable: not XML, not well formed, cut short, a DOCTYPE, another encoding than announced.
    """
    plain = data.replace(b"\0", b"") if b"\0" in data[:4] else data
    if found := _DOCTYPE.match(plain.removeprefix(_BOMS[1]).removeprefix(_BOMS[2])):
        raise Unreadable("doctype", found[0].count(b"\n") + 1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(_reason(error, data), error.lineno or None) from None
    about = root.getroottree().docinfo
    if about.doctype or about.internalDTD is not None:
        raise Unreadable("doctype", 1)
    if _ONE_BYTE.match(about.encoding or "") and (line := _line_of_utf_8(data)):
        raise Unreadable("encoding", line)
    return root


def _reason(error: etree.XMLSyntaxError, data: bytes) -> Reason:
    if b"\0" not in data[:4] and _UTF_16.match(data):
        return "encoding"
    known = _REASONS.get(error.code)
    cut = not data[-64:].replace(b"\0", b"").rstrip().endswith(b">")
    return known or ("truncated" if cut else "malformed")


def _line_of_utf_8(data: bytes) -> int | None:
    """Return the first line that is UTF-8 and not ASCII, of a text that is UTF-8 throughout."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    lines = enumerate(data.split(b"\n"), 1)
    return next((number for number, line in lines if not line.isascii()), None)


def text(element: etree._Element, path: str) -> str | None:
    """Return the text of a descendant, None where there is none or it is blank."""
    found = element.findtext(path)
    return found if found and not found.isspace() else None


def forget(element: etree._Element) -> None:
    """Free an element that was read, and what stood before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
