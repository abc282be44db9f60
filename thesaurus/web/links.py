"""Addresses of pages: below the root of the service, in the reader's language and release."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from fastapi import Request

from thesaurus.api.paths import path_of

Value = str | int | Iterable[str] | None

_MOST_PARAMETERS = 100
"""Of an address that is read on; no page takes more, and each link repeats them."""


class Links:
    """Addresses as seen from one page.

    Args:
        lang: language of the page; French is not said in an address.
        release: the release that the reader asked for; None reads on in the active one.
    """

    def __init__(self, request: Request, lang: str, release: str | None) -> None:
        self._path = path_of(request.scope)
        asked = dict.fromkeys(request.query_params.multi_items())
        self._asked = list(asked)[:_MOST_PARAMETERS]
        self._kept = {"release": release, "lang": None if lang == "fr" else lang}
        self.root = request.scope.get("root_path", "")

    def to(self, path: str, **query: Value) -> str:
        """Return the address of a page, ``/concepts/558``, in this language and release."""
        return self._address(path, {**query, **self._kept, **_only(query, self._kept)})

    def here(self, **query: Value) -> str:
        """Return the address of this very page with other parameters; None takes one away."""
        asked: dict[str, list[str]] = {}
        for name, value in self._asked:
            if value:
                asked.setdefault(name, []).append(value)
        return self._address(self._path, {**asked, **query})

    def carried(self) -> list[tuple[str, str]]:
        """Return what a form has to send along: names and values of hidden fields."""
        return [(name, value) for name, value in self._kept.items() if value]

    def _address(self, path: str, query: dict[str, Value]) -> str:
        pairs = [
            (name, each)
            for name, value in query.items()
            for each in ([value] if isinstance(value, str | int) else value or ())
        ]
        asked = f"?{urlencode(pairs)}" if pairs else ""
        return f"{self.root}{quote(path, safe='/:')}{asked}"


def _only(query: dict[str, Value], names: Iterable[str]) -> dict[str, Value]:
    """What is said expressly weighs more than what is kept."""
    return {name: query[name] for name in names if name in query}
