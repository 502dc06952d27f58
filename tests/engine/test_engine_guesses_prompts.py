"""Rows without an answer: which are read as prompts, and which lack something."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from guess_runs import asked, checked, codes, write

from datalint.operations.check import lint

PROMPTS = [[asked(n) for n in range(60)], [asked(n, "Eight") for n in range(60)]]


@pytest.mark.parametrize("rows", PROMPTS, ids=["questions", "conversations"])
def test_messages_that_nobody_answers_fail(tmp_path: Path, rows: Sequence[Any]) -> None:
    """They may be an export that lost its answers, and must not pass as prompts."""
    path = write(tmp_path / "train.jsonl", rows)
    report = checked(path)
    assert codes(report) & {"FMT206", "FMT209"}
    assert (report.kind, report.factors["format"].verdict) == ("sft", "fail")
    assert all(": --kind rl (or" in each.message for each in report.findings if each.rule == "FMT209")
    report = lint(path, config={"kind": "rl"}, eval=False)
    assert codes(report).isdisjoint({"FMT206", "FMT209"})
    assert report.measures["valid-examples"] == len(rows)


@pytest.mark.parametrize("rows", PROMPTS, ids=["questions", "conversations"])
def test_an_evaluation_set_may_be_prompts_alone(tmp_path: Path, rows: Sequence[Any]) -> None:
    """It is so by its name or by what the user says, and passes with one info; a few rows without an answer do not."""
    for name, config in (("test_data", {}), ("rows", {"kind": "evaluation"})):
        report = lint(write(tmp_path / f"{name}.jsonl", rows), config=config, eval=False)
        [found] = [each for each in report.findings if each.rule in ("FMT206", "FMT209")]
        assert (found.severity, found.line, report.factors["format"].verdict) == ("info", None, "pass")
        assert found.message.startswith("60 of 60 examples (100 %) ")
        assert report.measures["valid-examples"] == len(rows)
    answered = [{"messages": asked(n, "Eight")["messages"][:2]} for n in range(58)]
    report = lint(write(tmp_path / "test_data.jsonl", [*answered, *rows[58:]]), config={}, eval=False)
    assert [each.severity for each in report.findings if each.rule in ("FMT206", "FMT209")] == ["error"] * 2


def test_a_file_of_prompts_alone_among_others_is_named(tmp_path: Path) -> None:
    answered = [{"messages": asked(n, "Eight")["messages"][:2]} for n in range(40, 60)]
    write(tmp_path / "a.jsonl", [*answered, *PROMPTS[0][:2]])
    write(tmp_path / "b.jsonl", PROMPTS[0][2:22])
    report = lint(tmp_path, config={}, eval=False)
    said = {each.file: "if this file is prompts" in each.message for each in report.findings if each.rule == "FMT209"}
    assert {Path(file or "").name: found for file, found in said.items()} == {"a.jsonl": False, "b.jsonl": True}


NO_PROMPTS = {
    "system prompts": [{"messages": [{"role": "system", "content": f"Count to {n}."}]} for n in range(60)],
    "labelled": [{**asked(n), "label": True} for n in range(60)],
    "some answered": [asked(n) if n % 20 else {"messages": asked(n, "Eight")["messages"][:2]} for n in range(60)],
}


@pytest.mark.parametrize("rows", NO_PROMPTS.values(), ids=NO_PROMPTS)
def test_rows_that_are_no_prompts_name_no_kind(tmp_path: Path, rows: Sequence[Any]) -> None:
    report = checked(write(tmp_path / "train.jsonl", rows))
    said = {each.message for each in report.findings if each.rule == "FMT209"}
    assert said == {"no assistant turn, so there is nothing to learn"}


@pytest.mark.parametrize("how", [{}, {"columns": {"prompt": "Frage", "response": "Antwort"}}], ids=["guessed", "told"])
@pytest.mark.parametrize("nothing", [None, ""], ids=["null", "text"])
def test_an_answer_that_is_nothing_is_one_empty_response(tmp_path: Path, nothing: Any, how: dict[str, Any]) -> None:
    rows = [{"Frage": f"Wie heißt der {n}. Fluss des Landes?", "Antwort": f"Fluss {n * 7}"} for n in range(40)]
    rows[7]["Antwort"] = nothing
    report = lint(write(tmp_path / "train.jsonl", rows), config=how, eval=False)
    assert [(each.rule, each.path) for each in report.findings if each.row == 8] == [("QUA002", "$.Antwort")]
    assert codes(report).isdisjoint({"FMT101", "FMT105", "FMT209"})


def test_prompts_under_another_name_are_read_as_such(tmp_path: Path) -> None:
    rows = [{"idx": n, "Skill": "AB"[n % 2], "Instruction": f"Write {n * 7} lines about lake {n}."} for n in range(60)]
    path = write(tmp_path / "train.jsonl", rows)
    report = checked(path)
    assert codes(report).isdisjoint({"FMT101", "FMT106", "FMT206", "FMT209"})
    assert report.kind == "rl"
    told = lint(path, config={"columns": {"prompt": "Instruction", "category": "Skill"}}, eval=False)
    assert [*lint(path, config={}, eval=False).findings] == [*told.findings]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"input": [[1, "{n}"]], "dialogue": [["YOU", "Dock {n}?"], ["THEM", "No."]], "output": [[0, 1]]},
            "; try --columns messages=dialogue",
        ),
        ({"input": [[1, 2], [3, "{n}"]], "output": [[0, 1]], "size": 3}, "no known shape for keys input, output, size"),
        ({"input": [1, 2, "{n}"], "output": "dock"}, ""),
        ({"input": "Dock {n}?", "output": [[0, 1]]}, ""),
        ({"input": [[1, 2]], "context": "Dock {n} is full.", "output": "Yes"}, ""),
    ],
)
def test_without_a_text_to_answer_rows_are_no_prompts(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    """What differs in them is not read, and equal responses would make copies of them."""
    text = json.dumps(row)
    rows = [json.loads(text.replace('"{n}"', str(n)).replace("{n}", str(n))) for n in range(40)]
    report = checked(write(tmp_path / "train.jsonl", rows))
    unread = [finding.message for finding in report.findings if finding.rule == "FMT101"]
    assert len(unread) == (40 if said else 0)
    assert all(said in message for message in unread)
    assert codes(report).isdisjoint({"DIV001", "DIV002"})


UNANSWERED = [
    {"id": n, "instruction": "Answer with a number.", "input": f"How long is bridge {n} of the river?"}
    for n in range(30)
]


@pytest.mark.parametrize(("name", "kind"), [("test.jsonl", None), ("a.jsonl", "rl"), ("a.jsonl", "evaluation")])
def test_instructions_without_an_output_are_prompts_where_these_are_expected(
    tmp_path: Path, name: str, kind: str | None
) -> None:
    report = lint(write(tmp_path / name, UNANSWERED), eval=False, config={} if kind is None else {"kind": kind})
    assert "FMT104" not in codes(report)
    assert f"{name}: guessed from the names: --columns prompt=instruction,context=input" in report.notes


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (UNANSWERED, " to learn from; as prompts alone, try --columns prompt=instruction,context=input"),
        ([*UNANSWERED, {**UNANSWERED[0], "output": "7"}], ""),
        ([{**row, "note_of_the_reply": "It has no less than seven pillars in the water"} for row in UNANSWERED], None),
    ],
)
def test_instructions_without_an_output_lack_it_in_training_data(
    tmp_path: Path, rows: list[dict[str, Any]], said: str | None
) -> None:
    report = lint(write(tmp_path / "a.jsonl", rows), eval=False, config={"select": ["FMT104"]})
    found = {finding.message for finding in report.findings}
    assert found == (set() if said is None else {f"no 'output'; the row has 'instruction', which needs it{said}"})


@pytest.mark.parametrize(
    ("more", "name", "is_read"),
    [
        ({}, "test.jsonl", True),
        ({"context_of_messages": " ", "id": 7}, "benchmark.jsonl", True),
        ({}, "a.jsonl", False),
        ({"sample_reply": "Ask at the gate"}, "test.jsonl", False),
        ({"expected_keywords": ["gate"]}, "test.jsonl", True),
    ],
)
def test_a_few_questions_alone_are_prompts_where_these_are_expected(
    tmp_path: Path, more: dict[str, Any], name: str, *, is_read: bool
) -> None:
    rows = [{"question": f"How long is bridge {n} of the river?"} | more for n in range(6)]
    report = lint(write(tmp_path / name, rows), eval=False)
    assert (f"{name}: guessed from the names: --columns prompt=question" in report.notes) is is_read
