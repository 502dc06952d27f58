"""Every built-in target: its file, and what it does with rows that its documentation and code accept and refuse."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from every import every

from datalint.records.treatment import Treatment
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten
from datalint.shapes.formats import SHAPES
from datalint.targets.describe import describe, to_dict
from datalint.targets.load import built_in, find_targets
from datalint.targets.rows import RowTargets

CASES = Path(__file__).parent / "cases"
NAMES = built_in()
ALL = {name: tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8")) for name in NAMES}


def treat(name: str, row: dict[str, Any]) -> Treatment:
    """Return what a built-in target does with a row."""
    flat = flatten([row], Detector({}))
    [treatment] = RowTargets(find_targets([name]), None).of_row(row, flat, 0)
    return treatment


@every(("name", "row"), [(name, row) for name in NAMES for row in ALL[name]["accepts"]])
def test_what_a_target_documents_is_accepted(name: str, row: str) -> None:
    assert treat(name, json.loads(row)).faults == ()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_documented_example_is_lost(name: str) -> None:
    """Rows of our own in the layouts of the examples of a target's documentation, by what the examples are about."""
    examples = [(about, row) for about, rows in ALL[name]["documented"].items() for row in rows]
    assert examples
    lost = {about: said for about, row in examples if (said := treat(name, json.loads(row)))[1:] != ((), ())}
    assert not lost


REFUSED = [(name, *pair) for name in NAMES for pair in ALL[name]["refuses"].items()]


@every(("name", "says", "rows"), REFUSED, ids=[f"{name}: {says}" for name, says, _ in REFUSED])
def test_a_documented_violation_is_found(name: str, says: str, rows: list[str]) -> None:
    for row in rows:
        assert says in [fault.says for fault in treat(name, json.loads(row)).faults]


@every("name", NAMES)
def test_every_check_is_tried(name: str) -> None:
    [target] = find_targets([name])
    assert {check.says for check in target.checks} <= ALL[name]["refuses"].keys()


@every("name", NAMES)
def test_a_target_says_where_and_when_its_facts_are_from(name: str) -> None:
    [target] = find_targets([name])
    assert datetime.date(2025, 1, 1) < target.date
    assert all(re.match(r"https://", source) for source in target.sources)
    assert target.arguments_says
    assert {each.shape for each in target.formats} - {""} <= {shape.name for shape in SHAPES}
    described = "\n".join(describe(target))
    assert target.title in described
    assert target.sources[0].split()[0] in described
    assert json.dumps(to_dict(target), default=str)
