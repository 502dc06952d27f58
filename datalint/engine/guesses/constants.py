"""Rows of a known shape that a key with one value in all of them hides, such as the canary of a benchmark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of
from datalint.shapes.guess import PARTS
from datalint.shapes.side_keys import use_of

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector
    from datalint.shapes.guess import Guess

#: Rows with the same value at least, so that it is no chance.
_LEAST: Final = 10


def without_constants(rows: Sequence[Mapping[str, Any]], detector: Detector) -> Guess | None:
    """Return the guess about rows that have a known shape apart from texts that are the same in all of them."""
    if len(rows) < _LEAST:
        return None
    first = rows[0]
    filled = (key for key, value in first.items() if isinstance(value, str) and value.strip())
    constant = {key for key in filled if not _is_learned(key)}
    constant = {key for key in constant if all(row.get(key) == first[key] for row in rows)}
    others = [{key: value for key, value in row.items() if key not in constant} for row in rows] if constant else []
    shapes = {shape.name: shape for shape in map(detector.shape, others)}
    shape = next(iter(shapes.values())) if len(shapes) == 1 else None
    if shape is None or shape.fields is None or shape.kind == "text":
        return None
    from datalint.shapes.guess import JOIN, Guess

    found: dict[str, list[str]] = {}
    for field in fields_of(shape, others[0]):
        found.setdefault(field.part, []).append(field.key)
    if "prompt" not in found or not found.keys() <= {*PARTS}:
        return None
    columns = {part: JOIN.join(keys) for part, keys in found.items()}
    return Guess.of(columns, clear=True, basis="names").about(rows)


def _is_learned(key: str) -> bool:
    """Whether a key may name the answer, which may be the same in all rows of one class."""
    from datalint.support.names.column_names import Strength, strength

    return use_of(key) == "learned" or strength(key, "response") >= Strength.HEAD
