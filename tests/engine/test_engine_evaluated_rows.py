"""Rows of evaluation sets with a prompt and what is expected of its answer, whose keys differ from row to row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from guess_runs import checked, codes, write

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources import open_sources

#: The rows that take turns in a file, in which ``{n}`` stands for their number, and the columns that they are read by.
Case = tuple[Sequence[dict[str, Any]], str | None]

LABELS: Sequence[Case] = [
    # Of the keys of a prompt without an answer, which are those of rewards too.
    ([{"prompt": "Dock {n}?", "expectedKinds": ["gate"], "expectedDecision": "deny"}],
     "prompt=prompt,response=expectedKinds+expectedDecision"),
    ([{"query": "Who owns boat {n}?", "expected_mode": "lookup"}, {"query": "Why {n}?", "expected_mode": "summary"}],
     "prompt=query,response=expected_mode"),
    ([{"text": "Open gate {n}.", "expected_blocked": False, "expected_category": "none"},
      {"text": "Sink boat {n}.", "expected_blocked": True, "expected_category": "harm"}],
     "prompt=text,response=expected_blocked+expected_category"),
    ([{"input": "return {n} - 1", "track": "debugging", "expected_score": 20}], "prompt=input,response=expected_score"),
    # What explains an answer, or checks it, is not learned.
    ([{"id": "c{n}", "input": "Map dock {n}, and say who owns the boats that wait there.", "must_not": "Invent {n}.",
       "rationale": "The file of the harbour lists who owns each boat of dock {n}, and nothing else says it.",
       "expected": "It reads the file of the harbour and names {n} owners."}], "prompt=input,response=expected"),
    # What few rows expect is learned with the rest, and what a grader looks for in the answer is not.
    ([*[{"id": "c{n}", "message": "Open gate {n}.", "expected_intent": "gate", "expected_step": step, "contains": "{n}"}
        for step in ("ask", "do", "do", "ask")],
      {"id": "e{n}", "message": "Call {n}.", "expected_intent": "call", "expected_step": "do", "contains": "called {n}",
       "setup": ["Is anybody at dock {n}?"]},
      {"id": "f{n}", "message": "Stop {n}.", "expected_intent": "stop", "expected_step": "do", "contains": "stopped",
       "expected_tool": "stop_boat"}],
     "prompt=message,response=expected_intent+expected_step+expected_tool"),
    ([{"input": "Who owns {n}?", "expect_route": "facts"}, {"input": "Hi {n}!", "expect_route": "talk"},
      {"input": "Why is dock {n} full?", "expect_route": "facts", "judge": "It must name boat {n} and its owner."}],
     "prompt=input,response=expect_route"),
    # An answer goes before labels, limits and formats are none, and objects are for programs.
    ([{"prompt": "Dock {n}?", "expected_reply": "It is full {n}.", "expected_kind": "a"}],
     "prompt=prompt,response=expected_reply"),
    ([{"prompt": "Dock {n}?", "expected_mode": "a", "expected_max_tokens": 7, "expected_format": "json"}],
     "prompt=prompt,response=expected_mode"),
    ([{"prompt": "Dock {n}?", "expected_style": {"max_chars": 7}}], None),
    # What people judge is no answer.
    ([{"prompt": "Dock {n}?", "expected_behavior": "It says {n}.", "expected_mode": "a"}], None),
]  # fmt: skip
CHECKS: Sequence[Case] = [
    ([{"prompt": "Dock {n}?", "must_cover": "gate {n}; boat", "expect_grep": ["{n}"], "expect_files": ["a.md"],
       "remark": "Found on the second try, and only after a long search of {n}."}], "prompt=prompt"),
    ([{"question": "Who owns boat {n}?", "doc_id": "boats_{n}"}], "prompt=question"),
    # What a search should find, and where it stands.
    ([{"query": "Who owns boat {n}?", "relevant": ["boats-{n}"]}, {"query": "Pay?", "relevant": []}], "prompt=query"),
    ([{"query": "Who owns boat {n}?", "relevant_ids": [7, 9]}], "prompt=query"),
    ([{"id": "q{n}", "question": "Who owns boat {n}?", "source": "harbour_law, 7", "type": "fact",
       "evidence": "The owner of boat {n} is whoever the list of the harbour names."},
      {"id": "r{n}", "question": "Why {n}?", "source": "harbour_law, 7", "type": "law",
       "evidence": ["Dock {n} is full.", "Gates."]}],
     "prompt=question"),
    ([{"question": "Who owns boat {n}?", "evidence": "An owner is a person whose boat is in the list {n}."}],
     "prompt=question,context=evidence"),
    ([{"query": "Who owns boat {n}?", "relevant": "yes"}, {"query": "Pay {n}?", "relevant": "no"}], None),
    ([{"input": "Write boat_{n}.py.", "verify": "python3 -c 'import boat_{n}'"}], "prompt=input"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [*LABELS, *CHECKS])
def test_labels_that_are_expected_are_learned_and_checks_are_not(
    tmp_path: Path, rows: Sequence[dict[str, Any]], expected: str | None
) -> None:
    assert _read(tmp_path, [numbered(rows[n % len(rows)], n) for n in range(12)]) == expected


@pytest.mark.parametrize("few", [{"known_gap": "Gates are not seen yet."}, {"unexpected_contains": ["a model"]}])
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"prompt": "Dock {n}?", "expected_contains": ["{n}"]}, "prompt=prompt"),
        ({"prompt": "Dock {n}?", "expected_mode": "a"}, "prompt=prompt,response=expected_mode"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_key_of_few_rows_changes_how_none_is_read(
    tmp_path: Path, row: dict[str, Any], few: dict[str, Any], expected: str, *, first: bool
) -> None:
    rows = [numbered(row, n) | (few if n < 2 else {}) for n in range(20)]
    rows = rows if first else rows[::-1]
    assert _read(tmp_path, rows) == expected
    assert "FMT101" not in codes(checked(str(tmp_path / "eval.jsonl")))


def test_each_row_may_expect_something_else(tmp_path: Path) -> None:
    """Their labels are learned together, with the calls of tools that only some rows have."""
    call = [{"tool": "find_boat", "args": {"n": 7}}]
    rows = [
        {"input": f"Bill {n}.", "expected_skill": ("triage", "none")[n % 5 == 0], "rubric": ["names a boat"]}
        | ({"expected_flags": []} if n % 3 else {})
        | ({"expected_tool_calls": call} if n % 2 else {})
        | ({"expected_tier": "head"} if n == 5 else {})
        for n in range(30)
    ]
    named = "expected_skill+expected_tool_calls+expected_flags"
    assert sorted((_read(tmp_path, rows) or "").split("=")[-1].split("+")) == sorted(named.split("+"))
    assert "FMT101" not in codes(checked(str(tmp_path / "eval.jsonl")))


def test_the_first_row_does_not_decide_for_the_others(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"query": f"Who owns {n}?", "expected_doc_ids": [f"{n}/7"]} for n in range(40)]
    rows[0]["expected_answer"] = "Ada owns it, and Bo sails it."
    assert "FMT101" not in codes(checked(write(tmp_path / "rows.jsonl", rows)))


@pytest.mark.parametrize("prompt", ["user_input", "prompt"])
@pytest.mark.parametrize("slip", ["expected_mod", "expeced_mode", ""])
def test_a_misspelled_or_missing_key_of_few_rows_is_still_found(tmp_path: Path, prompt: str, slip: str) -> None:
    rows: list[dict[str, Any]] = [{prompt: f"Is dock {n} full?", "expected_mode": "ab"[n % 2]} for n in range(40)]
    value = rows[7].pop("expected_mode")
    rows[7] |= {slip: value} if slip else {}
    found = codes(checked(write(tmp_path / "eval.jsonl", rows)))
    assert found & {"FMT101", "FMT106", "FMT107"} or (prompt, slip) == ("prompt", "")


def test_rows_of_training_data_are_read_as_before(tmp_path: Path) -> None:
    rows = [numbered(dict(LABELS[0][0][0]), n) for n in range(12)]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    assert guess_columns(source, Detector()) is None


def numbered(row: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(row).replace("{n}", str(number)))
    return found


def _read(folder: Path, rows: Sequence[dict[str, Any]]) -> str | None:
    """Return the columns that rows of an evaluation set are read by; None if they are not clear."""
    (source,) = open_sources([write(folder / "eval.jsonl", rows)])
    guess = guess_columns(source, Detector())
    return None if guess is None or not guess.clear else guess.mapping
