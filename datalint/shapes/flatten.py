"""From records to columns: the two frames that every expression rule speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from datalint.shapes.base import Shape
from datalint.shapes.canonical import as_text, exact_hash, visible_surrogates
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.shapes.identity import identity
from datalint.shapes.sink import CALLS, MEDIA, PROMPT, RESPONSE, Sink

_NOTHING: Final[frozenset[str]] = frozenset()
_MEDIA_KEYS: Final = frozenset(("images", "image", "videos", "audios"))


@dataclass(slots=True)
class Flat:
    """A chunk as columns.

    ``examples`` and ``turns`` hold the columns of ``Examples`` and ``Turns`` (``examples`` also ``exact``, a
    64-bit hash of the canonical row, ``identity``, ``answer``, the last response, and ``earlier``, those before
    it). ``shapes[i]`` and ``features[i]`` belong to record ``i``; ``bounds[i]:bounds[i + 1]`` are its turns.
    """

    examples: pl.DataFrame
    turns: pl.DataFrame
    shapes: list[Shape]
    features: list[frozenset[str]]
    bounds: list[int]
    sink: Sink

    def words(self, start: int, end: int) -> list[tuple[str, str, str, str]]:
        """Return ``(role, text, path, side)`` of the turns from ``start`` to ``end``."""
        return [(role, text, path, side) for _, _, role, text, path, _, side in self.sink.turns[start:end]]


def flatten(records: Sequence[dict[str, Any]], detector: Detector, category_key: str | None = None) -> Flat:
    """Read every record through its shape. Never raises on a record, whatever it holds."""
    sink = Sink()
    shapes: list[Shape] = []
    features: list[frozenset[str]] = []
    bounds = [0]
    known: dict[frozenset[str], frozenset[str]] = {_NOTHING: _NOTHING}
    for value in records:
        shape = detector.shape(value)
        sink.begin()
        shape.read(value, sink)
        sink.end()
        bounds.append(len(sink.turns))
        shapes.append(shape)
        if not _MEDIA_KEYS.isdisjoint(value):
            sink.features.add("media")
        mine = frozenset(sink.features) if sink.features else _NOTHING
        features.append(known.setdefault(mine, mine))
        if shape is UNKNOWN:
            sink.responses[-1] = "\n".join(as_text(item) for item in value.values())
    turns = _turn_frame(sink, bounds)
    identities = [identity(v, mine) if mine else 0 for v, mine in zip(records, features, strict=True)]
    category = [category_value(value, category_key) for value in records] if category_key else None
    examples = pl.DataFrame(
        {
            "shape": pl.Series([shape.name for shape in shapes], dtype=pl.String),
            "roles": pl.Series(sink.roles, dtype=pl.String),
            "system": _text_series("system", sink.systems),
            "prompt": _text_series("prompt", sink.prompts),
            "response": _text_series("response", sink.responses),
            "earlier": _text_series("earlier", sink.earlier),
            "answer": _text_series("answer", sink.answers),
            "exact": pl.Series([exact_hash(value) for value in records], dtype=pl.UInt64),
            "identity": pl.Series(identities, dtype=pl.UInt64),
            "has_tools": _having("tools", features, known),
            "has_tool_calls": _having("tool_calls", features, known),
            "has_media": _having("media", features, known),
            "is_preference": _having("preference", features, known),
            "category": pl.Series(category or [None] * len(records), dtype=pl.String),
        }
    )
    return Flat(_with_sides(examples, turns), turns, shapes, features, bounds, sink)


def _having(feature: str, features: list[frozenset[str]], known: Iterable[frozenset[str]]) -> pl.Series:
    if not any(feature in each for each in known):
        return pl.repeat(False, len(features), dtype=pl.Boolean, eager=True)
    return pl.Series([feature in mine for mine in features], dtype=pl.Boolean)


def _turn_frame(sink: Sink, bounds: list[int]) -> pl.DataFrame:
    size = len(sink.turns)
    last = np.zeros(size, np.bool_)
    ends = np.array(bounds[1:], np.int64)
    last[ends[np.diff(bounds) > 0] - 1] = True
    columns = [list(column) for column in zip(*sink.turns, strict=True)] or [[] for _ in range(7)]
    example, turn, role, texts, path, bits, side = columns
    flags = pl.Series("flags", bits, dtype=pl.UInt8)
    text = _text_series("text", texts)
    return pl.DataFrame(
        {
            "example": pl.Series(example, dtype=pl.UInt32),
            "turn": pl.Series(turn, dtype=pl.UInt32),
            "role": _text_series("role", role),
            "text": text,
            "path": _text_series("path", path),
            "is_prompt": (flags & PROMPT) != 0,
            "is_response": (flags & RESPONSE) != 0,
            "is_last": pl.Series(last),
            "has_tool_calls": (flags & CALLS) != 0,
            "has_media": (flags & MEDIA) != 0,
            "side": pl.Series(side, dtype=pl.String),
            "chars": text.str.len_chars(),
        }
    )


def _with_sides(examples: pl.DataFrame, turns: pl.DataFrame) -> pl.DataFrame:
    if not examples["is_preference"].any():
        empty = pl.lit("")
        return examples.with_columns(empty.alias("chosen"), empty.alias("rejected"))
    sides = (
        turns.filter(pl.col("side") != "")
        .group_by("example")
        .agg(
            pl.col("text").filter(pl.col("side") == side).str.join("\n").alias(side) for side in ("chosen", "rejected")
        )
    )
    index = pl.int_range(pl.len(), dtype=pl.UInt32).alias("example")
    return (
        examples.with_columns(index)
        .join(sides, on="example", how="left", maintain_order="left")
        .with_columns(pl.col("chosen", "rejected").fill_null(""))
        .drop("example")
    )


def _text_series(name: str, texts: list[str]) -> pl.Series:
    try:
        return pl.Series(name, texts, dtype=pl.String)
    except UnicodeEncodeError:
        return pl.Series(name, [visible_surrogates(text) for text in texts], dtype=pl.String)


def category_value(value: dict[str, Any], key: str) -> str | None:
    """Return the row's category under ``key`` (dots reach into objects), None where there is none."""
    item: Any = value
    for part in key.split(".") if key not in value else (key,):
        if not isinstance(item, dict) or part not in item:
            return None
        item = item[part]
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, str):
        return visible_surrogates(item) if item.strip() else None
    if isinstance(item, int | float):
        return str(item)
    return None
