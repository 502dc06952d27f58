"""Texts that are conversations are compared with the markers that nearly all texts of the data have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import lint, run_lint
from datalint.sources import open_sources
from datalint.support.chat_texts.turns import spoken, usual_marks

CODES = ["FMT205", "FMT206", "FMT208", "FMT209", "QUA001", "QUA002"]
SETTINGS = load_settings(registry=Registry.default(), isolated=True, overrides={"select": CODES})
LAYOUTS = [
    ("### Human: ", "### Assistant: "),
    ("User: ", "\nBot: "),
    ("Question:\n", "\n\nAnswer:\n"),
    ("<s>[INST] ", " [/INST] "),
    ("<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n"),
    ("Below is a task.\n\n### Instruction:\n", "\n\n### Response:\n"),
]


@pytest.mark.parametrize(("asks", "answers"), LAYOUTS)
def test_what_a_text_lacks_is_reported(tmp_path: Path, asks: str, answers: str) -> None:
    texts = [f"{asks}Who is number {n}?{answers}It is {n}, I think." for n in range(40)]
    again = f"{texts[0]}\n{asks}And who is next?"
    texts += [f"{asks}Who is it?", f"{asks}{answers}It is me.", f"{asks}Who is it?{answers}", again]
    path = tmp_path / "train.jsonl"
    path.write_text("".join(f"{json.dumps({'text': text})}\n" for text in texts))
    found = run_lint(SETTINGS, Registry.default(), open_sources([str(path)])).findings
    assert sorted((each.line, each.rule) for each in found) == [
        (41, "FMT209"),
        (42, "QUA001"),
        (43, "QUA002"),
        (44, "FMT206"),
    ]


MARKS = usual_marks([f"### Human: {n}?### Assistant: {n}." for n in range(20)])
LINES = usual_marks([f"Question: {n}?\nAnswer: {n}." for n in range(20)])
WORDS = usual_marks([f"A chat. USER: {n}? ASSISTANT: {n}." for n in range(20)])


@pytest.mark.parametrize(
    ("marks", "text", "letters"),
    [
        (MARKS, "### Human: a### Human: b", "uu"),
        (MARKS, "### Human: ### Assistant: b", "Ua"),
        (MARKS, "### Human: a### Assistant: </s>", "uA"),
        (MARKS, "### Human: a### Assistant: \u200b\u00ad\n</s>", "uA"),
        (MARKS, "### Human: \ufeff### Assistant: b\u200b", "Ua"),
        (MARKS, "Nothing of the kind.", "-"),
        (LINES, "Question: what does Answer: mean?\nAnswer: This.", "ua"),
        (WORDS, "A chat. USER: what is USER: for? ASSISTANT: For you.", "ua"),
    ],
)
def test_a_letter_for_each_turn(marks: object, text: str, letters: str) -> None:
    assert marks is not None
    assert spoken(text, marks) == letters  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "texts",
    [
        ["User: hi\nBot: hello"] * 7,
        [f"### Human: {n}?### Human: {n}!### Assistant: {n}." for n in range(20)],
        [f"Plain text number {n}." for n in range(20)],
    ],
)
def test_texts_of_another_kind_have_no_markers(texts: list[str]) -> None:
    assert usual_marks(texts) is None


@pytest.mark.parametrize("every", [1, 2, 5])
def test_a_question_at_the_end_is_reported_in_any_share_of_the_texts(tmp_path: Path, every: int) -> None:
    said = [f"### Human: Is dock {n} free?### Assistant: It is, as of {n}." for n in range(40)]
    said[::every] = [f"{each}### Human: And now?" for each in said[::every]]
    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps({"text": each}) + "\n" for each in said))
    report = lint(path, config={"select": ("FMT206",)})
    assert [each.line for each in report.findings] == [*range(1, 41, every)]


def test_an_answer_of_invisible_characters_is_an_empty_one_alone(tmp_path: Path) -> None:
    turns = "<s>Human: Is dock {n} free?\n</s><s>Assistant: {said}\n</s>"
    said = [*(f"It is, as of {n}." for n in range(20)), "\u200b", "It\u200b is."]
    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps({"text": turns.format(n=n, said=each)}) + "\n" for n, each in enumerate(said)))
    report = lint(path, config={"select": ("QUA002", "QUA014")})
    assert [(each.rule, each.line) for each in report.findings] == [("QUA002", 21), ("QUA014", 22)]
