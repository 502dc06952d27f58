"""From records to columns: the two frames that every expression rule speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from datalint.shapes.base import Shape
from datalint.shapes.canonical import as_text, exact_hash, visible_surrogates
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.shapes.identity import identity
from datalint.shapes.sink import CALLS, MEDIA, PROMPT, RESPONSE, Sink

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
        sink = self.sink
        columns = (sink.role[start:end], sink.text[start:end], sink.path[start:end], sink.side[start:end])
        return list(zip(*columns, strict=True))


def flatten(records: Sequence[dict[str, Any]], detector: Detector, category_key: str | None = None) -> Flat:
    """Read every record through its shape. Never raises on a record, whatever it holds."""
    sink = Sink()
    shapes: list[Shape] = []
    features: list[frozenset[str]] = []
    bounds = [0]
    roles: list[str] = []
    systems: list[str] = []
    prompts: list[str] = []
    responses: list[str] = []
    earlier: list[str] = []
    answers: list[str] = []
    known: dict[frozenset[str], frozenset[str]] = {}
    for index, value in enumerate(records):
        shape = detector.shape(value)
        sink.begin(index)
        shape.read(value, sink)
        start, end = bounds[-1], len(sink.text)
        bounds.append(end)
        shapes.append(shape)
        if not _MEDIA_KEYS.isdisjoint(value):
            sink.features.add("media")
        mine = frozenset(sink.features)
        features.append(known.setdefault(mine, mine))
        roles.append("".join(sink.letters))
        _join(sink, start, end, (systems, prompts, responses, earlier, answers))
        if shape is UNKNOWN:
            responses[-1] = "\n".join(as_text(item) for item in value.values())
    turns = _turn_frame(sink, bounds)
    examples = pl.DataFrame(
        {
            "shape": [shape.name for shape in shapes],
            "roles": roles,
            "system": _text_series("system", systems),
            "prompt": _text_series("prompt", prompts),
            "response": _text_series("response", responses),
            "earlier": _text_series("earlier", earlier),
            "answer": _text_series("answer", answers),
            "exact": pl.Series("exact", [exact_hash(value) for value in records], dtype=pl.UInt64),
            "identity": pl.Series(
                "identity",
                [identity(v, mine) for v, mine in zip(records, features, strict=True)],
                dtype=pl.UInt64,
            ),
            "has_tools": pl.Series(["tools" in mine for mine in features], dtype=pl.Boolean),
            "has_tool_calls": pl.Series(["tool_calls" in mine for mine in features], dtype=pl.Boolean),
            "has_media": pl.Series(["media" in mine for mine in features], dtype=pl.Boolean),
            "is_preference": pl.Series(["preference" in mine for mine in features], dtype=pl.Boolean),
        },
        schema_overrides={"shape": pl.String, "roles": pl.String},
    )
    examples = _with_sides(examples, turns)
    category = [category_value(value, category_key) for value in records] if category_key else None
    examples = examples.with_columns(
        pl.Series("category", category or [None] * len(records), dtype=pl.String)
    )
    return Flat(examples, turns, shapes, features, bounds, sink)


def _join(sink: Sink, start: int, end: int, columns: tuple[list[str], ...]) -> None:
    system: list[str] = []
    prompt: list[str] = []
    response: list[str] = []
    for i in range(start, end):
        text = sink.text[i]
        if i in sink.calls and sink.calls[i] != text:
            text = f"{text}\n{sink.calls[i]}" if text else sink.calls[i]
        if sink.flags[i] & RESPONSE:
            response.append(text)
        elif sink.role[i] in ("system", "developer"):
            system.append(text)
        else:
            prompt.append(text)
    joined = (system, prompt, response, response[:-1], response[-1:])
    for column, texts in zip(columns, joined, strict=True):
        column.append(texts[0] if len(texts) == 1 else "\n".join(texts))


def _turn_frame(sink: Sink, bounds: list[int]) -> pl.DataFrame:
    last = bytearray(len(sink.text))
    for end in bounds[1:]:
        if end:
            last[end - 1] = 1
    flags = pl.Series("flags", sink.flags, dtype=pl.UInt8)
    text = _text_series("text", sink.text)
    return pl.DataFrame(
        {
            "example": pl.Series("example", sink.example, dtype=pl.UInt32),
            "turn": pl.Series("turn", sink.turn_index, dtype=pl.UInt32),
            "role": _text_series("role", sink.role),
            "text": text,
            "path": _text_series("path", sink.path),
            "is_prompt": (flags & PROMPT) != 0,
            "is_response": (flags & RESPONSE) != 0,
            "is_last": pl.Series("is_last", last, dtype=pl.UInt8).cast(pl.Boolean),
            "has_tool_calls": (flags & CALLS) != 0,
            "has_media": (flags & MEDIA) != 0,
            "side": pl.Series("side", sink.side, dtype=pl.String),
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
            pl.col("text").filter(pl.col("side") == side).str.join("\n").alias(side)
            for side in ("chosen", "rejected")
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
