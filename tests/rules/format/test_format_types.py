"""Types by path: what is reported is what Arrow refuses, however the rows are cut into chunks."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from typing import Any

import polars as pl
import pyarrow as pa
from every import every
from hypothesis import example, given
from hypothesis import strategies as st
from pyarrow import json as arrow_json

from datalint.api import Chunk
from datalint.records.structure import Structure
from datalint.rules.common.keys.key_counts import add_counts, count_keys
from datalint.rules.common.keys.value_kinds import collect_kinds
from datalint.rules.format.type_drift import TypeDriftOptions, measure, merge

KEYS = st.sampled_from(("text", "meta", "tags", "id"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(-9, 9).map(lambda x: x + 0.5)
    | st.sampled_from(("", "x")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=5,
)
ROWS = st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=3), min_size=1, max_size=5)


def drifting(rows: list[dict[str, Any]]) -> dict[str, set[str]]:
    return {path: set(kinds) for path, kinds in collect_kinds(Structure(rows)).items() if len(kinds) > 1}


def arrow_refuses(rows: list[dict[str, Any]]) -> bool:
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    try:
        arrow_json.read_json(io.BytesIO(lines.encode()))
    except pa.ArrowInvalid as error:
        return "changed from" in str(error)
    return False


@given(ROWS)
def test_reported_is_what_arrow_refuses(rows: list[dict[str, Any]]) -> None:
    assert bool(drifting(rows)) == arrow_refuses(rows)


@every(
    ("one", "other", "kinds"),
    [
        (1, 1.5, None),
        (None, "a", None),
        ([], ["a"], None),
        ([None], ["a"], None),
        ({"x": 1}, {"y": "a"}, None),
        ({}, {"x": 1}, None),
        (True, 1, {"boolean", "number"}),
        ("1", 1, {"string", "number"}),
        ("a", ["a"], {"string", "array"}),
        ({"x": 1}, [1], {"object", "array"}),
    ],
)
def test_two_values(one: Any, other: Any, kinds: set[str] | None) -> None:
    rows = [{"text": "a", "k": one}, {"text": "b", "k": other}]
    assert drifting(rows) == ({} if kinds is None else {"$.k": kinds})
    assert arrow_refuses(rows) is (kinds is not None)


@example([{"text": None}, {"meta": 1, "text": {"a": None, "b": False}}, {"text": {"a": None, "b": False}}], [1])
@example(
    [
        {"text": None},
        {"text": None, "meta": None},
        {"meta": None, "text": {"text": None, "meta": False}},
        {"text": {"text": None, "meta": False}},
    ],
    [1],
)
@given(ROWS, st.lists(st.integers(0, 5), max_size=2))
def test_chunks_make_no_difference(rows: list[dict[str, Any]], cuts: list[int]) -> None:
    bounds = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    chunks = [rows[a:b] for a, b in pairwise(bounds)]
    parts = [measure(Chunk(pl.DataFrame(), pl.DataFrame(), chunk), TypeDriftOptions()) for chunk in chunks]
    merged = parts[0]
    for part in parts[1:]:
        merged = merge(merged, part)
    assert merged.rows == len(rows)
    assert merged.paths == collect_kinds(Structure(rows))
    shapes = ["text" if row.get("id") else "unknown" for row in rows]
    whole = count_keys(shapes, Structure(rows), 3)
    counts = [count_keys(shapes[a:b], Structure(rows[a:b]), 3) for a, b in pairwise(bounds)]
    joined = counts[0]
    for count in counts[1:]:
        joined = add_counts(joined, count)
    assert joined == whole


def test_hostile_depth_and_keys_are_bounded() -> None:
    deep: Any = "x"
    for _ in range(300):
        deep = {"d": [deep]}
    paths = collect_kinds(Structure([{"text": "a", "deep": deep, "k" * 101: 1}, {"text": "b", "deep": 1}]))
    assert len(paths["$.deep"]) == 2
    assert len(paths) < 100
    assert not any("kkk" in path for path in paths)


def test_keys_reach_no_terminal() -> None:
    assert list(collect_kinds(Structure([{"a\x1b[31m\n": 1}]))) == ['$["a\\x1b[31m\\n"]']
