"""A row as canonical bytes, and its 64-bit hash."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import orjson

#: What a JSON object or array begins with.
_OPENED: Final = ("{", "[")


def visible_surrogates(text: str) -> str:
    """Return ``text`` with lone surrogates, which no encoding holds, as the escapes they came from."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def exact_hash(value: Any) -> int:
    """Return a 64-bit hash of the canonical row: keys sorted, white space gone, everything else kept.

    It is the beginning of its SHA-256, so that a row is not easily made to pass for another one.
    """
    return int.from_bytes(_digest(value)[:8], "little")


def exact_hashes(values: Iterable[Any]) -> npt.NDArray[np.uint64]:
    """Return the :func:`exact_hash` of each of ``values``."""
    digests = np.frombuffer(b"".join([_digest(value) for value in values]), "<u8")
    return digests[::4].astype(np.uint64)


def is_same_json(one: str, other: str) -> bool:
    """Return whether two texts are the same JSON object or array, in whatever order its keys are."""
    if not all(text.lstrip()[:1] in _OPENED for text in (one, other)):
        return False
    try:
        return exact_hash(orjson.loads(one)) == exact_hash(orjson.loads(other))
    except orjson.JSONDecodeError:
        return False


def _digest(value: Any) -> bytes:
    # Not for security in OpenSSL's sense, which looks up permissions at every call and doubles the time.
    return sha256(_canonical(value), usedforsecurity=False).digest()


def _canonical(value: Any) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except (TypeError, ValueError):
        return _canonical_slow(value)


def _canonical_slow(value: Any) -> bytes:
    """Hash what orjson will not write: lone surrogates, integers over 64 bits, deep nesting."""
    try:
        return json.dumps(value, sort_keys=True, default=str).encode("ascii")
    except RecursionError:
        return visible_surrogates(_shallow(value)).encode()


def _shallow(value: Any) -> str:
    pieces: list[str] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            pieces.append("{")
            for key in sorted(item, reverse=True):
                stack += (item[key], key)
        elif isinstance(item, list):
            pieces.append("[")
            stack += reversed(item)
        else:
            pieces.append(repr(item))
    return ",".join(pieces)


def as_text(value: Any) -> str:
    """Return a string as it is and any other value as JSON; empty for what no JSON can hold."""
    if isinstance(value, str):
        return value
    try:
        return orjson.dumps(value).decode()
    except (TypeError, ValueError):
        pass
    try:
        return json.dumps(value, default=str)
    except (RecursionError, ValueError):
        return ""
