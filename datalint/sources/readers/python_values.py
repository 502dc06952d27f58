"""Python, NumPy, pandas and Arrow values as what JSON can hold, and back to a line of JSON."""

from __future__ import annotations

import datetime
import decimal
import json
import math
from collections.abc import Mapping
from typing import Any

import orjson

from datalint.sources.json_truth.layout import max_depth
from datalint.sources.json_truth.truth import DEEP, TOO_DEEP

_NO_VALUES = frozenset({"NAType", "NaTType"})


def plain(value: Any, level: int = 0) -> Any:
    """Return a copy of ``value`` made of dict, list, str, int, float, bool and None.

    Dates become ISO 8601, decimals numbers, binary data its size (``<476 kB>``), pandas' missing values None,
    what has no counterpart the name of its type. Nesting beyond what is read becomes ``…``.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None or kind is float:
        return value
    if level > TOO_DEEP:
        return "…"
    if isinstance(value, Mapping):
        return {key if type(key) is str else str(key): plain(child, level + 1) for key, child in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(child, level + 1) for child in value]
    return _scalar(value, level)


def _scalar(value: Any, level: int) -> Any:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{size_in_words(memoryview(value).nbytes)}>"
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
        return plain(inner, level + 1) if type(inner) is not type(value) else f"<{kind_name(value)}>"
    return f"<{kind_name(value)}>"


def kind_name(value: Any) -> str:
    """Return the bare name of a value's type."""
    return type(value).__name__


def size_in_words(size: int) -> str:
    """Return ``476 kB`` for a number of bytes."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:,.0f} kB" if size < 10**6 else f"{size / 10**6:,.1f} MB"


def json_safe(value: Any) -> Any:
    """Return a copy without what encoders refuse: lone surrogates become U+FFFD, NaN and infinities null, and
    integers outside 64 bits floats.
    """
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 64:
        try:
            return float(value)
        except OverflowError:
            return None
    if isinstance(value, dict):
        return {json_safe(key): json_safe(child) for key, child in value.items()}
    if isinstance(value, list):
        return [json_safe(child) for child in value]
    return value


def to_line(value: Any) -> bytes:
    """Return ``value`` as one line of JSON that says all that is odd about it: NaN, halves of surrogate pairs,
    integers outside 64 bits.
    """
    try:
        line = orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_SUBCLASS)
    except (TypeError, RecursionError):
        line = b"null"
    # orjson writes NaN as null and refuses the rest; a null that was one costs only time.
    if b"null" in line or max_depth(line) > DEEP:
        return json.dumps(plain(value), separators=(",", ":")).encode()
    return line
