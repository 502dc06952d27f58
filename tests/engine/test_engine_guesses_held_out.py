"""Guesses about evaluation sets, alone and next to the training rows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from guess_runs import ANSWER, SETTINGS, codes, write

from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.engine.guesses.source_columns import guess_columns
from datalint.operations.check import lint
from datalint.setup.plan import make_plan
from datalint.shapes.detect import Detector
from datalint.sources import open_sources


@pytest.mark.parametrize("fits", [True, False])
def test_evaluation_rows_are_read_as_the_training_rows_are(tmp_path: Path, *, fits: bool) -> None:
    rows = [
        {"conclusion": f"Boat {n} is safe.", "premises": [f"Boat {n} floats."], "label": "TFU"[n % 3]}
        for n in range(60)
    ]
    held = [{**row, "conclusion-F": f"s({n})"} for n, row in enumerate(rows[:9])]
    if not fits:
        held = [{"conclusion-F": each["conclusion-F"], "conclusion": each["conclusion"], "label": "T"} for each in held]
    sides = [open_sources([write(tmp_path / f"{name}.jsonl", each)]) for name, each in (("a", rows), ("b", held))]
    plan, notes = with_guesses(make_plan(SETTINGS, Registry.default()), *sides)
    assert plan.guesses[0].mapping == "prompt=conclusion,context=premises,response=label,category=label"
    assert (len(plan.guesses) == 1) == fits
    assert any(note.startswith("a.jsonl, b.jsonl: guessed") for note in notes) == fits


@pytest.mark.parametrize(("names", "learned"), [(["eval.jsonl"], True), (["train.jsonl", "eval.jsonl"], False)])
def test_the_right_answer_of_an_evaluation_set_is_that_beside_the_response(
    tmp_path: Path, names: list[str], learned: bool
) -> None:
    rows = [
        {"query": f"Who owns boat {n}?", "reference": f"Ada owns {n}.", "response": f"Nobody {n}.", "context": f"a {n}"}
        for n in range(60)
    ]
    sources = open_sources([write(tmp_path / name, rows) for name in names])
    plan, _ = with_guesses(make_plan(SETTINGS, Registry.default()), sources)
    assert [guess.mapping for guess in plan.guesses] == ["prompt=query,context=context,response=reference"] * learned
    assert [guess_columns(each, Detector()) for each in sources if learned] == [*plan.guesses]


@pytest.mark.parametrize(
    ("folder", "key", "kind", "learned"),
    [
        ("boat-benchmark", "reference_answer", None, "reference_answer"),
        ("boat-benchmark", "gold_answer", None, "gold_answer"),
        ("boat-benchmark", "expected", None, "expected"),
        ("boat-benchmark", "reference_answer", "sft", ""),
        ("boat-benchmark", "reference", None, ""),
        ("boats", "reference_answer", None, ""),
    ],
)
def test_the_answer_of_a_model_under_test_is_not_learned_where_a_key_and_a_name_say_what_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, key: str, kind: str | None, learned: str
) -> None:
    rows = [
        {"question": f"Who owns boat {n}?", key: f"Ada owns {n}.", "model": "sys", "answer": f"Ada owns {n // 2 * 2}."}
        for n in range(60)
    ]
    (tmp_path / folder / "of systems").mkdir(parents=True)
    write(tmp_path / folder / "of systems" / "outputs.jsonl", rows)
    monkeypatch.chdir(tmp_path)
    plan = make_plan(replace(SETTINGS, kind=kind), Registry.default())
    plan, _ = with_guesses(plan, open_sources([f"{folder}/of systems/outputs.jsonl"]))
    expected = [f"prompt=question,response={learned}"] if learned else []
    assert [guess.mapping for guess in plan.guesses] == expected


@pytest.mark.parametrize(
    ("name", "row", "expected"),
    [
        ("eval.jsonl", {"expected_keywords": ["{n}", "card"]}, "prompt=question"),
        ("eval.jsonl", {"must_contain": "card {n}", "source": "a.pdf"}, "prompt=question"),
        ("eval.jsonl", {"expected_stdout_regex": "^card={n}$"}, "prompt=question"),
        ("eval.jsonl", {"fatos_esperados": ["{n}"]}, "prompt=question,response=fatos_esperados"),
        (
            "eval.jsonl",
            {"expected_facts": ["{n}"], "expected_agent": "a", "previous_answer": "It was {n}."},
            "prompt=question,response=expected_facts",
        ),
        ("eval.jsonl", {"key_points": ["{n}"], "category": "a"}, "prompt=question,response=key_points"),
        ("eval.jsonl", {"expected_keywords": ["{n}"], "expected_answer": "It is {n}."}, None),
        ("eval.jsonl", {"expected_keywords": ["{n}"], "answer": "It is {n}."}, None),
        ("eval.jsonl", {"expected_source_docs": ["{n}.pdf"]}, "prompt=question"),
        ("rows.jsonl", {"expected_keywords": ["{n}", "card"]}, "prompt=question"),
    ],
)
def test_what_an_answer_must_say_is_that_of_an_evaluation_set_and_what_checks_it_is_not(
    tmp_path: Path, name: str, row: dict[str, Any], expected: str | None
) -> None:
    texts = [json.dumps({"question": "Who has card {n}?"} | row).replace("{n}", str(n)) for n in range(30)]
    (source,) = open_sources([write(tmp_path / name, [json.loads(text) for text in texts])])
    guess = guess_columns(source, Detector())
    assert (None if guess is None else guess.mapping) == expected


def test_what_an_answer_must_contain_is_that_of_instructions_too(tmp_path: Path) -> None:
    rows = [
        {
            "instruction": f"Say who has card {n}.",
            "input": f"Log {n % 7} of dock {n}.",
            "expected_key_points": [f"It is {n}.", "Yes."],
        }
        | {"task_type": "owner", "scenario": "night", "source_trace": ["log 1", "log 2"]}
        for n in range(30)
    ]
    (source,) = open_sources([write(tmp_path / "eval.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert (guess.mapping, guess.clear) == ("prompt=instruction,context=input,response=expected_key_points", True)


@pytest.mark.parametrize(
    ("drop", "more", "leaked"),
    [
        (("output",), {}, True),
        ((), {}, False),  # a leak of the whole row
        (("output", "instruction"), {}, False),
        (("output",), {"hint": "x"}, False),
    ],
)
def test_an_evaluation_set_without_answers_is_compared_by_its_prompts(
    tmp_path: Path, drop: tuple[str, ...], more: dict[str, str], *, leaked: bool
) -> None:
    rows = [
        {"instruction": f"Is dock {n} full, or {n * 7 % 60}?", "output": ANSWER.format(n=n), "form": "ab"[n % 2]}
        for n in range(60)
    ]
    held = [{key: value for key, value in row.items() if key not in drop} | more for row in rows[:6]]
    train, test = (write(tmp_path / f"{name}.jsonl", part) for name, part in (("train", rows), ("test", held)))
    report = lint(train, config={}, eval=test)
    assert [each.row for each in report.findings if each.rule == "RDY005"] == (list(range(1, 7)) if leaked else [])
    said = 'test.jsonl: no row has "output", so there is no answer to evaluate with: the prompts alone are compared'
    assert (said in report.notes) is leaked
    # A training row that lacks its answer is an error as ever.
    found = codes(lint([*rows, {"instruction": "Is it?", "form": "a"}], config={}, eval=test))
    assert not found.isdisjoint({"FMT101", "FMT104"})


def test_a_text_next_to_one_without_its_label_is_not_learned_instead(tmp_path: Path) -> None:
    rows = [
        {
            "text": f"Dock {n} was full of boats on day {n * 7}.",
            "bio": f"I sail boat {n} and repair {n} nets.",
            "label": n % 2,
        }
        for n in range(60)
    ]
    held = [{"text": row["text"], "bio": row["bio"]} for row in rows[:30]]
    train, test = (write(tmp_path / f"{name}.jsonl", part) for name, part in (("train", rows), ("test", held)))
    report = lint(train, config={}, eval=test)
    said = 'test.jsonl: no row has "label", so there is no answer to evaluate with: the prompts alone are compared'
    assert said in report.notes
    assert not any("response=bio" in str(note) for note in report.notes)


@pytest.mark.parametrize(
    ("passages", "read"), [([{"law": "Act 7", "article": "3"}], True), ({"law": "Act 7"}, True), (7, False)]
)
def test_claims_about_passages_without_their_labels_are_compared(tmp_path: Path, passages: Any, *, read: bool) -> None:
    rows = [
        {
            "example_id": f"q{n}",
            "label": ("Yes", "No")[n % 2],
            "statement": f"Whoever moors boat {n} at night pays {n * 7} coins a day.",
            "legal_passages": [{"law": f"Act {n}", "article": str(n)}]
            if isinstance(passages, list)
            else {"law": str(n)},
        }
        for n in range(60)
    ]
    held = [{**row, "legal_passages": passages} for row in rows[:30]]
    held = [{key: value for key, value in row.items() if key != "label"} for row in held]
    train, test = (write(tmp_path / f"{name}.json", part) for name, part in (("train", rows), ("test", held)))
    report = lint(train, config={}, eval=test)
    said = 'test.json: no row has "label", so there is no answer to evaluate with: the prompts alone are compared'
    assert (said in report.notes) is read
    assert any(each.rule == "RDY002" and "of unknown shape" in each.message for each in report.findings) is not read


@pytest.mark.parametrize("columns", [None, {"prompt": "utterances", "labels": "slots"}])
def test_sentences_without_their_tags_are_compared_with_tagged_ones(
    tmp_path: Path, columns: dict[str, str] | None
) -> None:
    rows = [
        {"utterances": f"which boat sails to dock {n} on day {n * 7}", "slots": "O B_boat O O B_dock I_dock O O O"}
        for n in range(60)
    ]
    held = [{"utterances": row["utterances"]} for row in rows[:6]] + [
        {"utterances": f"who repairs the {n} nets of the old crew"} for n in range(54)
    ]
    train, test = (write(tmp_path / f"{name}.jsonl", part) for name, part in (("train", rows), ("test", held)))
    report = lint(train, config={} if columns is None else {"columns": columns}, eval=test)
    assert [each.row for each in report.findings if each.rule == "RDY005"] == [*range(1, 7)]
    assert (report.measures["leaked-prompt"], report.measures["evaluation-examples"]) == (6, 60)
    assert "FMT101" not in codes(report)
    said = 'test.jsonl: no row has "slots", so there is no answer to evaluate with: the prompts alone are compared'
    assert (said in report.notes) == (columns is None)


def test_two_sentences_without_their_score_are_compared_in_either_order(tmp_path: Path) -> None:
    things = "boat dog bell mill tower lantern kettle meadow orchard pebble harbour walnut compass".split()
    texts = [
        (f"A {things[n % 13]} is near lamp {n} here.", f"Near lamp {n} here is one {things[n % 13]}.")
        for n in range(90)
    ]
    rows = [{"text_a": a, "text_b": b, "similarity": n * 7 % 6} for n, (a, b) in enumerate(texts[:60])]
    held = [{"text_a": b, "text_b": a} for a, b in texts[50:]]
    train, test = (write(tmp_path / f"{name}.jsonl", part) for name, part in (("train", rows), ("test", held)))
    report = lint(train, config={}, eval=test)
    assert [each.row for each in report.findings if each.rule == "RDY005"] == [*range(51, 61)]


@pytest.mark.parametrize(
    ("held", "compared"),
    [({"text": "The old harbour has {n} lamps."}, False), ({"prompt": "Has dock {n} a lamp?"}, True)],
)
def test_leaks_of_rows_that_are_not_compared_are_not_assessed(
    tmp_path: Path, held: dict[str, str], *, compared: bool
) -> None:
    asked = [{"prompt": f"Is dock {n} full of boats?", "completion": ANSWER.format(n=n)} for n in range(60)]
    others = [{key: value.format(n=n) for key, value in held.items()} for n in range(60)]
    train, test = (write(tmp_path / f"{name}.jsonl", part) for name, part in (("train", asked), ("test", others)))
    report = lint(train, config={}, eval=test)
    names = ("leaked-exact", "leaked-near", "leaked-prompt", "evaluation-examples")
    expected = [0, 0, 0, 60] if compared else [None, None, None, 0]
    assert [report.measures[name] for name in names] == expected


def test_an_evaluation_set_that_is_damaged_does_not_change_how_the_training_rows_are_read(tmp_path: Path) -> None:
    train = write(
        tmp_path / "train.jsonl",
        [
            {"messages": [{"role": "user", "content": f"Is dock {n} full?"}, {"role": "assistant", "content": "Yes."}]}
            for n in range(30)
        ],
    )
    held = write(tmp_path / "test.jsonl", [{"messages": "none"} for _ in range(30)])
    report = lint(train, eval=held, config={"select": ["FMT101", "RDY002"]})
    assert [file.shape for file in report.files if file.path == train] == ["openai-chat"]
    assert (report.measures["valid-examples"], report.measures["evaluation-examples"]) == (30, 0)
