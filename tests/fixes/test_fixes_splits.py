"""Leaks between the sides of a split: how they are searched after rows were moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.execute.row_reader import Reader
from datalint.engine.map.mapper import Mapper
from datalint.engine.mapping import map_sources
from datalint.engine.plan import Plan
from datalint.engine.reduce.leaks.near_prompts import PromptScan
from datalint.engine.reduce.leaks.second_reading import read_again
from datalint.engine.reduce.merge import Merged
from datalint.fixes.groups import find_groups
from datalint.fixes.sides import Sides
from datalint.fixes.split_leaks import LeakSearch
from datalint.setup.plan import make_plan
from datalint.sources import open_sources
from datalint.support.varied import sentence

#: Rows 0 and 1 are copies; 2 and 3, and 4 and 5, have nearly the same prompt; the last two are like no other.
ROWS = [
    (sentence(1), sentence(11)),
    (sentence(1), sentence(11)),
    (f"{sentence(2)} {sentence(3)}", sentence(12)),
    (f"{sentence(2)} {sentence(3)[:-1]}, please?", sentence(13)),
    (f"{sentence(4)} {sentence(5)}", sentence(14)),
    (f"{sentence(4)} {sentence(5)[:-1]}, please?", sentence(15)),
    (sentence(6), sentence(16)),
    (sentence(7), sentence(17)),
]


@pytest.fixture
def search(tmp_path: Path) -> LeakSearch:
    merged, reader, plan = mapped(tmp_path, sketched=True)
    return LeakSearch(merged, reader, plan, by_prompt=True)


def mapped(folder: Path, *, sketched: bool, rows: list[dict[str, Any]] | None = None) -> tuple[Merged, Reader, Plan]:
    path = folder / "data.jsonl"
    rows = rows or [{"prompt": one, "completion": other} for one, other in ROWS]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    registry = Registry.default()
    plan = make_plan(load_settings(registry=registry, isolated=True), registry).also_needing("near")
    mapper = Mapper(Plan((), needs=plan.needs, near=plan.near, sketches_prompts=sketched))
    sources = open_sources([str(path)])
    merged = map_sources(sources, mapper, None)
    return merged, Reader(sources, merged.examples, mapper.detector, merged.kept), plan


def test_the_turns_of_a_dialogue_stay_together_and_those_of_a_common_greeting_do_not(tmp_path: Path) -> None:
    def prompts(said: list[str]) -> list[dict[str, Any]]:
        turns = [{"role": "user" if i % 2 == 0 else "assistant", "content": text} for i, text in enumerate(said)]
        return [{"prompt": turns[:end]} for end in range(1, len(turns) + 1, 2)]

    one, other = ([sentence(10 * first + i) for i in range(11)] for first in (1, 3))
    merged, reader, plan = mapped(tmp_path, sketched=True, rows=[*prompts(one), *prompts(["Hi", *other])])
    assert find_groups(merged, reader, plan.near).labels.tolist() == [0] * 6 + [6] * 6
    # With a greeting that begins several dialogues, these stay apart.
    merged, reader, plan = mapped(tmp_path, sketched=True, rows=[*prompts(["Hi", *one]), *prompts(["Hi", *other])])
    assert find_groups(merged, reader, plan.near).labels.tolist() == [0, *[1] * 5, 0, *[7] * 5]


def sides(*numbers: int) -> Sides:
    return Sides(["train", "eval"], np.array(numbers), pl.Series([""] * len(numbers)), {}, [], 1)


def found(search: LeakSearch, *numbers: int) -> set[tuple[str, int, int]]:
    return {(leak.kind, leak.training, leak.evaluation) for leak in search.find(sides(*numbers))}


def test_prompts_of_all_rows_are_compared_once_nothing_else_leaks(search: LeakSearch) -> None:
    """Rows that were moved because of another leak are not the only ones to compare."""
    assert found(search, 0, 1, 0, 1, 0, 1, 0, 1) == {("exact", 0, 1)}
    search.moved(np.arange(8) == 1)
    assert found(search, 0, 0, 0, 1, 0, 1, 0, 1) == {("near-prompt", 2, 3), ("near-prompt", 4, 5)}


def test_after_that_only_moved_rows_are(search: LeakSearch) -> None:
    assert len(found(search, 0, 0, 0, 1, 0, 1, 0, 1)) == 2
    search.moved(np.arange(8) == 3)
    assert found(search, 0, 0, 0, 0, 0, 1, 0, 1) == set()
    search.moved(np.arange(8) == 4)
    assert found(search, 0, 0, 0, 0, 0, 1, 0, 1) == {("near-prompt", 4, 5)}
    search.divided()
    assert found(search, 0, 0, 0, 1, 0, 0, 0, 1) == {("near-prompt", 2, 3)}


def test_sketches_of_the_map_half_find_what_a_second_reading_does(tmp_path: Path) -> None:
    leaks = []
    for sketched in (True, False):
        merged, reader, plan = mapped(tmp_path, sketched=sketched)
        assert (merged.prompts is not None) == sketched
        scan = PromptScan(merged, merged, (reader, reader), plan.near, ())
        if not sketched:
            read_again(reader, merged.examples, [scan])
        leaks.append(scan.finish())
    assert leaks[0] == leaks[1] != []


def test_rows_that_differ_only_in_a_key_more_of_a_side_are_leaks(tmp_path: Path) -> None:
    rows = [{"prompt": one, "completion": other} for one, other in ROWS[4:]]
    rows += [rows[0] | {"rewording": sentence(21)}, rows[1] | {"rewording": sentence(22)}]
    merged, reader, plan = mapped(tmp_path, sketched=True, rows=rows)
    search = LeakSearch(merged, reader, plan, by_prompt=True)
    assert found(search, 0, 0, 0, 0, 1, 1) == {("normalized", 0, 4), ("normalized", 1, 5)}
    # The first row of the training file still lacks the key.
    search.moved(np.arange(6) == 4)
    assert found(search, 0, 0, 0, 0, 0, 1) == {("normalized", 1, 5)}
    search.moved(np.arange(6) == 5)
    assert found(search, 0, 0, 0, 0, 0, 0) == set()
