"""Repeated lines of songs, and copies of rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

import datalint
from datalint.engine.reduce.duplicates.repeated_lines import refrains_of

Lines = list[int]


@pytest.mark.parametrize(
    ("line", "copied"),
    [("▸", False), ("* * *", False), ("___", False), ("=" * 72, False), ("😀", True), ("Yes.", True), ("4", True)],
)
def test_lines_of_signs_between_sections_are_no_copies(tmp_path: Path, line: str, *, copied: bool) -> None:
    sections = (
        f"In year {n} a crane of {n * 7} tons was built at pier {n}.\n{line}\n{line}\n{line}\n" for n in range(30)
    )
    (tmp_path / "a.txt").write_text("".join(sections), encoding="utf-8")
    report = datalint.lint(tmp_path / "a.txt", eval=False, config={"select": ["DIV001"]})
    assert bool(report.findings) is copied
    assert any("without a letter or digit" in note for note in report.notes) is not copied


@pytest.mark.parametrize(
    ("speakers", "copies"), [("AB", 0), ("ABC", 0), ("A", 20), ("AAAAAAAAAAAAAAAAAAAAB", 20)], ids=str
)
def test_turns_of_a_table_with_who_speaks_are_no_copies(speakers: str, copies: int) -> None:
    turns = [f"We lay at dock {n} for {n * 7} days." if n % 3 else "Yes, I see." for n in range(63)]
    rows = [
        {"turn": n, "speaker": speakers[n % len(speakers)], "utterance": said} for n, said in enumerate(turns, start=1)
    ]
    report = datalint.lint(rows, eval=False, config={"select": ["DIV001", "DIV002"], "columns": {"text": "utterance"}})
    assert len(report.findings) == copies
    assert report.measures["redundant-share"] == pytest.approx(copies / 63)


def test_turns_that_are_written_twice_are_copies() -> None:
    rows = [
        {"turn": n, "speaker": "AB"[n % 2], "utterance": f"We lay at dock {n} for {n * 7} days."} for n in range(40)
    ]
    report = datalint.lint([*rows, *rows[:20]], eval=False, config={"select": ["DIV001"]})
    assert report.measures["redundant-share"] == pytest.approx(20 / 60)


def anchors(lines: Lines) -> NDArray[np.int64]:
    first: dict[int, int] = {}
    return np.array([first.setdefault(line, place) for place, line in enumerate(lines)], np.int64)


def song(verse: int, chorus: int) -> Lines:
    """Return 40 songs of three verses with a chorus after each."""
    found: Lines = []
    for start in range(0, 40_000, 1_000):
        for part in range(3):
            found += range(start + 100 * part, start + 100 * part + verse)
            found += range(start + 900, start + 900 + chorus)
    return found


def copied(random: Random) -> Lines:
    """Return rows of which one in eight was copied to any place."""
    found = list(range(1_000))
    for line in random.sample(found, 125):
        found.insert(random.randrange(len(found)), line)
    return found


def twice() -> Lines:
    """Return short runs of rows, each with a copy of it behind it that is not of one place."""
    return [line for start in range(0, 600, 12) for line in (*range(start, start + 12), start + 3, start + 9)]


@pytest.mark.parametrize(
    ("make", "known", "found"),
    [
        pytest.param(lambda: song(8, 4), False, 40 * 2 * 4, id="choruses"),
        pytest.param(lambda: song(8, 4), True, 40 * 2 * 4, id="choruses of a text with an order"),
        pytest.param(lambda: song(8, 1), True, 40 * 2, id="a line of a text with an order"),
        pytest.param(lambda: song(8, 1), False, 0, id="a line alone says nothing by itself"),
        pytest.param(lambda: song(20, 14), False, 0, id="passages"),
        pytest.param(lambda: song(2, 4), False, 0, id="most lines are repeated"),
        pytest.param(lambda: copied(Random(1)), False, 0, id="copies"),
        pytest.param(lambda: [*range(500), *range(500)], False, 0, id="a list twice"),
        pytest.param(lambda: [line for line in range(500) for _ in range(2)], True, 0, id="each line twice"),
        pytest.param(lambda: [*range(30), 5, 6, *range(30, 400)], False, 0, id="one place"),
        pytest.param(twice, False, 0, id="rows of different places"),
        pytest.param(lambda: list(range(50)), True, 0, id="nothing is repeated"),
    ],
)
def test_refrains(make: Callable[[], Lines], known: bool, found: int) -> None:
    assert refrains_of(anchors(make()), known=known).sum() == found
