"""A page as a browser makes of it: its elements, and the words that stand in them."""

from __future__ import annotations

from typing import Any

from httpx2 import Response
from lxml import html
from starlette.testclient import TestClient

READER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
"""What a browser asks for when it opens an address."""


class Seen:
    """One page.

    Attributes:
        response: as it came.
        tree: its elements.
    """

    def __init__(self, response: Response) -> None:
        self.response = response
        self.tree = html.document_fromstring(response.content.decode("utf-8"))

    def all(self, path: str) -> list[Any]:
        """Return the elements or attributes that an XPath names."""
        found: list[Any] = self.tree.xpath(path)
        return found

    def texts(self, path: str) -> list[str]:
        """Return the words of each element, blanks made one."""
        return [words(each) for each in self.all(path)]

    def text(self, path: str = "//main") -> str:
        (found,) = self.texts(path)
        return found

    def rows(self, caption: str) -> list[list[str]]:
        """Return the cells of the table whose caption starts so, without its headings."""
        (table,) = self.all(f"//table[starts-with(normalize-space(caption), '{caption}')]")
        return [[words(cell) for cell in row] for row in table.xpath("./tbody/tr")]


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def see(client: TestClient, url: str, status: int = 200, **request: Any) -> Seen:
    """Open an address, or send it something: ``data``, ``files`` or ``content``."""
    method = "POST" if request.keys() & {"data", "files", "content"} else "GET"
    headers = READER | request.pop("headers", {})
    response = client.request(method, url, headers=headers, follow_redirects=False, **request)
    assert response.headers["content-type"] == "text/html; charset=utf-8", response.text[:500]
    seen = Seen(response)
    assert response.status_code == status, f"{response.status_code}: {seen.text()[:500]}"
    return seen
