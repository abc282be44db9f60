"""The answer of a file as JSON, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from ontologies.errors import Message
from thesaurus.transcoding.recoding.answer import of_code
from thesaurus.transcoding.recoding.codes import Outcome, Recoded
from thesaurus.transcoding.recoding.table import FileRun, Step

_CHUNK = 1 << 16
_FORMS = 20_000
_NOT_LISTED = frozenset({Outcome.UNCHANGED, Outcome.BLANK})


def json_pieces(run: FileRun) -> Iterator[bytes]:
    """Write a ``recode_answer.RecodeFileAnswer``: the rows as they come, then the sums."""
    rows = run.recoder.rows
    start = {"release": rows.target, "from": rows.source, "to": rows.target}
    yield _json(start)[:-1] + b', "items": ['
    held, comma = bytearray(), b""
    item = _items(run)
    for step in run.steps():
        if step.done.recoded.outcome not in _NOT_LISTED:
            held += comma + item(step)
            comma = b",\n"
        if len(held) >= _CHUNK:
            yield bytes(held)
            held.clear()
    yield bytes(held) + b'], "proposals": '
    recoder = run.recoder
    yield _json(
        {code: [each.model_dump() for each in found] for code, found in recoder.proposed.items()}
    )
    rest = run.summary.model_dump(mode="json")
    left = {name: value for name, value in rest.items() if name not in start}
    yield b", " + _json(left)[1:] + b"\n"


def _items(run: FileRun) -> Callable[[Step], bytes]:
    """Return what writes a row as JSON; what depends on its code alone is written once."""

    @lru_cache(_FORMS)
    def of(written: str, recoded: Recoded, why: Message) -> bytes:
        fields = of_code(run.recoder, written or None, recoded, why)
        end = fields["target"]
        return _json(fields | {"target": end.model_dump() if end else None})

    def item(step: Step) -> bytes:
        place = {"line": step.line.record.line, "site": step.site or None}
        return _json(place)[:-1] + b", " + of(step.written, step.done.recoded, step.done.why)[1:]

    return item


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
