"""Tests of what is learned where a row has the right answer next to another one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import datalint
from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources import open_sources

NAMES = ("ash", "birch", "cedar", "elm", "fir", "larch", "maple", "oak", "pine", "rowan", "spruce", "yew")


def rows_of(given: str, right: str, *, every: int = 1, keys: tuple[str, str] = ("answer", "correct_answer")) -> Any:
    """Return rows of which each ``every``-th has an answer that is not the right one."""
    return [
        {"question": f"Which tree is number {n} from the gate?"}
        | {
            keys[0]: (given if n % every == 0 else right).format(name=NAMES[n % 12], other=NAMES[(n + 5) % 12], n=n),
            keys[1]: right.format(name=NAMES[n % 12], n=n),
        }
        for n in range(60)
    ]


def written(folder: Path, rows: Any) -> Path:
    import json

    path = folder / "trees.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


@pytest.mark.parametrize(
    ("given", "right", "keys", "learned"),
    [
        ("{other}", "{name}", ("answer", "correct_answer"), "correct_answer"),
        ("{n}", "{name} 7", ("answer", "gold_answer"), "gold_answer"),
        ("Not found", "{name}", ("response", "ground_truth"), "ground_truth"),
        ("The {other}.", "{name}", ("answer", "reference_answer"), "reference_answer"),
        # The right answer in other words, the letter of its option, what is no answer, and texts.
        ("It is the {name}.", "{name}", ("answer", "correct_answer"), None),
        ("The {name} tree", "the tree: {name}", ("answer", "correct_answer"), None),
        ("{name}", "B", ("answer", "correct_answer"), None),
        ("{name}", "page {n}", ("answer", "reference"), None),
        ("{name}", "2 of 3", ("answer", "correct_letters"), None),
        (
            "A {other}, as I could count " + "the trees " * 9,
            "{name}, by the gate " * 5,
            ("answer", "gold_answer"),
            None,
        ),
    ],
)
def test_of_two_brief_answers_that_always_differ_the_right_one_is_learned(
    tmp_path: Path, given: str, right: str, keys: tuple[str, str], learned: str | None
) -> None:
    [source] = open_sources([str(written(tmp_path, rows_of(given, right, keys=keys)))])
    guess = guess_columns(source, Detector())
    assert (guess and dict(guess.columns)["response"]) == learned


def test_some_rows_may_lack_the_other_answer() -> None:
    rows = rows_of("{other}", "{name}")
    for row in rows[3:9]:
        del row["answer"]
    report = datalint.lint(rows, config={})
    assert "guessed from the values: --columns prompt=question,response=correct_answer" in "".join(report.notes)


@pytest.mark.parametrize(("every", "noted"), [(3, "in 20 of 60 rows"), (30, "")])
def test_a_note_counts_answers_that_are_not_the_right_ones(every: int, noted: str) -> None:
    report = datalint.lint(rows_of("{other}", "{name}", every=every), config={})
    found = [note for note in report.notes if "is not learned, and" in note]
    assert len(found) == bool(noted)
    assert all(noted in note and note.endswith("--columns prompt=question,response=correct_answer") for note in found)
