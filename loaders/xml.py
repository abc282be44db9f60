"""Orphanet's XML, read as a stream and without trust.

No entity is expanded, nothing is fetched, a DOCTYPE is refused, and every error says the file
and the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from loaders.messages import refuse

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


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
