"""Every layout that providers and trainers document is read as they mean it, and is valid."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from every import every

from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten
from datalint.shapes.formats import SHAPES
from datalint.shapes.validate import Validator

PATH = Path(__file__).parent / "cases" / "documented.toml"
CASES: list[dict[str, str]] = tomllib.loads(PATH.read_text(encoding="utf-8"))["case"]
ORIGINS = [case["origin"] for case in CASES]
OTHERS: list[Any] = [None, True, 2**70, "x", [], ["x"], [None], {}]


@cache
def read_together() -> list[dict[str, str]]:
    """Return what is read of each row, of all of them at once: alone, each takes fifty times as long."""
    flat = flatten([json.loads(case["row"], strict=False) for case in CASES], Detector())
    return flat.examples.select("shape", "roles", "prompt", "response").to_dicts()


@every(("number", "case"), enumerate(CASES), ids=ORIGINS)
def test_a_documented_row_is_read_as_it_is_meant(number: int, case: dict[str, str]) -> None:
    row: dict[str, Any] = json.loads(case["row"], strict=False)
    detector = Detector()
    read = read_together()[number]
    assert read == {name: case[name] for name in read}
    assert Validator(detector.shape(row)).explain(row) == ()
    assert len(detector.fits(row)) == 1


@every("case", CASES, ids=ORIGINS)
def test_a_key_about_the_row_changes_nothing(case: dict[str, str]) -> None:
    row: dict[str, Any] = json.loads(case["row"], strict=False)
    more = {"id": 7, **row, "url": "https://example.org", "quality_score": 3}
    assert Detector().shape(more).name == case["shape"]


@every("case", CASES, ids=ORIGINS)
def test_a_documented_row_with_any_value_in_it_is_read(case: dict[str, str]) -> None:
    rows = list(_damaged(json.loads(case["row"], strict=False)))
    assert flatten(rows, Detector()).examples.height == len(rows)


def _damaged(value: Any) -> Iterator[Any]:
    """Yield a value with another one in the place of each that is in it."""
    for place in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        for other in chain(OTHERS, _damaged(value[place])):
            yield {**value, place: other} if isinstance(value, dict) else [*value[:place], other, *value[place + 1 :]]


def test_origins_differ() -> None:
    assert len(set(ORIGINS)) == len(ORIGINS)


def test_every_shape_is_documented_somewhere() -> None:
    named = {case["shape"] for case in CASES}
    older = {"bedrock-converse", "preference", "openai-preference", "kto", "text", "text-label"}
    assert {shape.name for shape in SHAPES} <= named | older


def test_every_shape_is_described() -> None:
    text = (Path(__file__).parents[2] / "docs" / "shapes.md").read_text(encoding="utf-8")
    assert [shape.name for shape in SHAPES if f"`{shape.name}`" not in text and f"### {shape.name}\n" not in text] == []
