"""Convert Python, NumPy, pandas and Arrow values to JSON types, and to a line of JSON."""

from __future__ import annotations

import datetime
import decimal
import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import orjson

from datalint.sources.json_layout import max_depth
from datalint.sources.json_truth.truth import DEEP, TOO_DEEP

_NO_VALUES = frozenset({"NAType", "NaTType"})


def plain_value(value: Any, level: int = 0) -> Any:
    """Convert ``value`` to dict, list, str, int, float, bool and None.

    Dates become ISO 8601, decimals numbers, binary data its size and a hash (``<476 kB, a1b62ab7f14b5de7>``), by which
    two images differ, missing values of pandas None, and values without a counterpart the name of their type. Nesting
    that is too deep becomes ``…``.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None or kind is float:
        return value
    if level > TOO_DEEP:
        return "…"
    if isinstance(value, Mapping):
        return {key if type(key) is str else str(key): plain_value(child, level + 1) for key, child in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(child, level + 1) for child in value]
    return _scalar(value, level)


def _scalar(value: Any, level: int) -> Any:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        content = bytes(value)
        return f"<{size_in_words(len(content))}, {blake2b(content, digest_size=8).hexdigest()}>"
    if kind_name(value) in _NO_VALUES:
        return None
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return str(value)
    if isinstance(value, decimal.Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if hasattr(value, "tolist"):  # NumPy, pandas, torch
        inner = value.tolist()
        return plain_value(inner, level + 1) if type(inner) is not type(value) else f"<{kind_name(value)}>"
    return f"<{kind_name(value)}>"


def kind_name(value: Any) -> str:
    """Return the unqualified name of a value's type."""
    return type(value).__name__


def size_in_words(size: int) -> str:
    """Format a number of bytes, as in ``476 kB``."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:,.0f} kB" if size < 10**6 else f"{size / 10**6:,.1f} MB"


def to_line(value: Any) -> bytes:
    """Return ``value`` as a line of JSON that keeps its problems: NaN, lone surrogates, integers outside 64 bits."""
    try:
        line = orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_SUBCLASS)
    except (TypeError, RecursionError):
        line = b"null"
    # orjson writes NaN as null and refuses the others. A genuine null only costs time.
    if b"null" in line or max_depth(line) > DEEP:
        return json.dumps(plain_value(value), separators=(",", ":")).encode()
    return line
