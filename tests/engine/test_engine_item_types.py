"""Types of the items of a benchmark are no answers to them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources import open_sources

STATEMENTS = [
    f"It is fair to give dock {n} to the {'first' if n % 3 else 'largest'} ship that asks." for n in range(90)
]


@pytest.mark.parametrize(
    ("name", "key", "mapping"),
    [
        ("DockBenchmark.json", "type", "prompt=statement,category=type"),
        ("harbour_bench.json", "sub_scale", "prompt=statement,category=sub_scale"),
        ("harbour_test.json", "type", "prompt=statement,response=type,category=type"),
        ("DockBenchmark.json", "verdict", "prompt=statement,response=verdict,category=verdict"),
    ],
)
def test_the_type_of_an_item_is_no_answer(tmp_path: Path, name: str, key: str, mapping: str) -> None:
    rows = [{"statement": text, key: ("IB", "IH")[n % 2], "id": n} for n, text in enumerate(STATEMENTS)]
    (tmp_path / name).write_text(json.dumps(rows))
    (source,) = open_sources([str(tmp_path / name)])
    guess = guess_columns(source, Detector(), held=True)
    assert guess is not None
    assert guess.mapping == mapping
