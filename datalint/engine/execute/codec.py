"""Lossless encoding of Python values as JSON, so that the partials of dataset rules are cached without pickles.

JSON's scalars are encoded as they are; lists and every other container become lists that begin with a tag. Of classes,
only dataclasses and named tuples are supported. They are encoded by name, and decoding only sets their fields, so it
runs no other code.
"""

from __future__ import annotations

import dataclasses
import importlib
import io
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import polars as pl

_SEQUENCES: Final[dict[type, str]] = {list: "list", tuple: "tuple", set: "set", frozenset: "frozenset"}
_BUILDERS: Final[dict[str, Callable[[Any], Any]]] = {name: kind for kind, name in _SEQUENCES.items()}
_MAPPINGS: Final[dict[type, str]] = {dict: "dict", Counter: "Counter"}


class ForeignError(TypeError):
    """A value that can't be encoded."""


def encode_value(value: Any, frames: list[bytes]) -> Any:
    """Return ``value`` as a JSON value; data frames become Arrow files in ``frames``.

    Raises:
        ForeignError: for a type that is none of JSON's, list, tuple, set, frozenset, dict, Counter, bytes, a numpy
            scalar, a Polars frame, a dataclass or a named tuple.
        RecursionError: for a value that contains itself.
    """
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value
    if kind in _SEQUENCES:
        return [_SEQUENCES[kind], *(encode_value(item, frames) for item in value)]
    if kind in _MAPPINGS:
        pairs = [encode_value(item, frames) for pair in value.items() for item in pair]
        return [_MAPPINGS[kind], *pairs]
    if kind is bytes:
        return ["bytes", value.hex()]
    if kind is pl.DataFrame:
        frames.append(to_arrow(value))
        return ["frame", len(frames) - 1]
    if isinstance(value, np.generic) and value.dtype.kind in "biuf":
        return ["numpy", value.dtype.str, value.tobytes().hex()]
    named = (kind.__module__, kind.__qualname__)
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return ["named", *named, *(encode_value(item, frames) for item in value)]
    if "__dataclass_fields__" in vars(kind):
        return ["object", *named, *(encode_value(getattr(value, name), frames) for name in _names(kind))]
    raise ForeignError(kind.__name__)


def decode_value(value: Any, frames: list[memoryview]) -> Any:
    """Return the value that :func:`encode_value` was called with.

    Raises:
        ForeignError: for a value that :func:`encode_value` did not produce, or a class that no longer exists.
    """
    if not isinstance(value, list):
        return value
    tag, *rest = value
    if tag in _BUILDERS:
        return _BUILDERS[tag](decode_value(item, frames) for item in rest)
    if tag in ("dict", "Counter"):
        items = [decode_value(item, frames) for item in rest]
        pairs = dict(zip(items[::2], items[1::2], strict=True))
        return Counter(pairs) if tag == "Counter" else pairs
    if tag == "bytes":
        return bytes.fromhex(rest[0])
    if tag == "frame":
        return from_arrow(frames[rest[0]])
    if tag == "numpy":
        return np.frombuffer(bytes.fromhex(rest[1]), np.dtype(rest[0]))[0]
    if tag in ("named", "object"):
        return _object(tag, rest[0], rest[1], [decode_value(item, frames) for item in rest[2:]])
    raise ForeignError(str(tag))


def to_arrow(frame: pl.DataFrame) -> bytes:
    """Return a frame as an Arrow file, compressed with LZ4, which halves its size at no cost in time.

    String columns are written without views: views would include the complete buffers, and with them text from before
    redaction.
    """
    file = io.BytesIO()
    frame.write_ipc(file, compression="lz4", compat_level=pl.CompatLevel.oldest())
    return file.getvalue()


def from_arrow(data: memoryview) -> pl.DataFrame:
    """Return the frame in an Arrow file."""
    return pl.read_ipc(io.BytesIO(data))


def _names(kind: type) -> list[str]:
    return [field.name for field in dataclasses.fields(kind)]


def _object(tag: str, module: str, name: str, values: list[Any]) -> Any:
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    if tag == "named" and isinstance(found, type) and issubclass(found, tuple) and hasattr(found, "_make"):
        return found._make(values)
    if tag == "object" and isinstance(found, type) and dataclasses.is_dataclass(found):
        made = object.__new__(found)
        for field, value in zip(_names(found), values, strict=True):
            object.__setattr__(made, field, value)
        return made
    raise ForeignError(name)
