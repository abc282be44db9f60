"""Queries with their right answers, and JSON lines files of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ontologies.codes import parse_code
from ontologies.errors import InvalidCode, Message, Refused
from ontologies.release import Snapshot

_FORM = '{"query": "marfn", "codes": ["558"], "kind": "one-typo"}'


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed and what should come.

    Attributes:
        query: the text.
        codes: the right answers; one of them found is a success.
        kind: how the text came to be.
    """

    query: str
    codes: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class QuerySet:
    """The queries of one kind, and what is to be said of them beside the figures."""

    kind: str
    queries: tuple[Query, ...]
    note: Message | None = None


def write_sets(sets: Iterable[QuerySet], folder: Path) -> list[Path]:
    """Write each set as ``<kind>.jsonl``; the same sets give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for each in sets:
        lines = (json.dumps(asdict(query), ensure_ascii=False) for query in each.queries)
        path = folder / f"{each.kind}.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        written.append(path)
    return written


def read_sets(paths: Iterable[Path], snapshot: Snapshot) -> tuple[QuerySet, ...]:
    """Read query sets, one for each kind in the order of the files.

    Args:
        paths: JSON lines files; empty lines are passed over.
        snapshot: the release whose codes the right answers are.

    Raises:
        Refused: ``query-set``, with the file and the line, and what to do.
    """
    found: dict[str, list[Query]] = {}
    for path in paths:
        for query in _read(path, snapshot):
            found.setdefault(query.kind, []).append(query)
    return tuple(QuerySet(kind, tuple(queries)) for kind, queries in found.items())


def _read(path: Path, snapshot: Snapshot) -> Iterator[Query]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise _refused(path, None, "n'est pas en UTF-8", "is not UTF-8") from None
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    if not numbered:
        raise _refused(path, None, "aucune requête", "no query")
    for number, line in numbered:
        yield _query(line, path, number, snapshot)


def _query(line: str, path: Path, number: int, snapshot: Snapshot) -> Query:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        said = Message(f"JSON illisible ({error})", f"not JSON ({error})")
        raise _refused(path, number, *said) from None
    if not _well_formed(row):
        raise _refused(path, number, "champs inattendus", "unexpected fields")
    codes = tuple(_code(code, path, number, snapshot) for code in row["codes"])
    return Query(row["query"], codes, row.get("kind", path.stem))


def _well_formed(row: Any) -> bool:
    """Tell whether a row has a text, at least one code, and no field that nobody reads."""
    if not isinstance(row, dict) or row.keys() - {"kind"} != {"query", "codes"}:
        return False
    texts = isinstance(row["query"], str) and isinstance(row.get("kind", ""), str)
    codes = row["codes"]
    return texts and isinstance(codes, list) and bool(codes) and all(map(_is_text, codes))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _code(text: str, path: Path, number: int, snapshot: Snapshot) -> str:
    try:
        code = parse_code(text)
    except InvalidCode:
        code = ""
    if code not in snapshot:
        release = snapshot.release.id
        raise _refused(
            path,
            number,
            f"le code « {text} » est inconnu de la version {release} ; le corriger, ou évaluer la "
            "version dont il vient avec --release",
            f"code '{text}' is unknown in release {release}; correct it, or evaluate the release "
            "that it comes from with --release",
        )
    return code


def _refused(path: Path, number: int | None, fr: str, en: str) -> Refused:
    shown = Message(f"{fr}. Forme attendue : {_FORM}.", f"{en}. Expected form: {_FORM}.")
    return Refused("query-set", shown, file=str(path), line=number)
