"""Openings are counted chunk by chunk, and the cut must not show."""

from __future__ import annotations

import polars as pl
import pytest

from datalint.api import Chunk
from datalint.rules.diversity.repetitive_opening import (
    Openings,
    RepetitiveOpeningOptions,
    count_openings,
    join_openings,
)
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten

ROWS = [
    {
        "prompt": f"Question {n}",
        "completion": f"{'Sure! Here is' if n % 3 else 'Number'} {n} with all of its many words",
    }
    for n in range(30)
]


def count(rows: list[dict[str, str]]) -> Openings:
    flat = flatten(rows, Detector())
    partial: Openings = count_openings(Chunk(flat.examples, flat.turns, rows), RepetitiveOpeningOptions())
    return partial


def total(partial: Openings) -> tuple[int, int, dict[str, tuple[int, int, str]]]:
    responses, examples, frames = partial
    found = pl.concat(frames).group_by("key", maintain_order=True).agg(pl.col("count").sum(), pl.first("first", "raw"))
    return responses, examples, {key: (n, first, raw) for key, n, first, raw in found.iter_rows()}


@pytest.mark.parametrize("cuts", [(1, 2), (10, 20), (15, 29)])
def test_chunks_add_up_to_the_whole(cuts: tuple[int, int]) -> None:
    a, b, c = (count(part) for part in (ROWS[: cuts[0]], ROWS[cuts[0] : cuts[1]], ROWS[cuts[1] :]))
    whole = total(count(ROWS))
    assert whole[2]["sure here is"] == (20, 1, "Sure! Here is")
    assert total(join_openings(join_openings(a, b), c)) == whole
    assert total(join_openings(a, join_openings(b, c))) == whole
