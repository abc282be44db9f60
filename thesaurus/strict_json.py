"""JSON in the strict sense: UTF-8, each key once, no NaN.

Python's reader keeps the last of two equal keys; of two codes of one diagnosis, nobody knows which
one was meant.
"""

from __future__ import annotations

import json
from typing import Any


def strict_json(data: bytes) -> Any:
    """Read JSON in the strict sense.

    Raises:
        ValueError: it is not UTF-8 (UnicodeError) or not such JSON (json.JSONDecodeError).
    """
    text = data.decode("utf-8-sig")
    read = json.loads(text, object_pairs_hook=_each_once, parse_constant=_not_json)
    if "\\u" in text:  # may be half a surrogate pair, which no answer could repeat
        json.dumps(read, ensure_ascii=False).encode()
    return read


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise json.JSONDecodeError("Duplicate key", "", 0)
    return found


def _not_json(name: str) -> Any:
    raise json.JSONDecodeError(f"{name} is not JSON", "", 0)
