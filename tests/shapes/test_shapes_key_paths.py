"""Paths that `--columns` names reach into objects and into the items of lists."""

from __future__ import annotations

import json

import pytest

from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten

CHUNKS = {"q": "Is the dock full?", "found": [{"text": "Dock A is full."}, {"n": 2}, {"text": "Dock B is free."}]}
PAIRS = {
    "qa": [
        {"q": "Is it full?", "a": "No, it is half empty."},
        {"q": "Who says that it is?", "a": "The harbour master."},
    ]
}
SIDES = {"q": "Is it full?", "best": {"answer": "No."}, "rest": [{"answer": None}, {"answer": "Yes."}, {"answer": "?"}]}
INNER = {"q": "Is it full?", "found": [{"hits": [{"text": "A is full."}, {"text": "B is free."}]}, {"hits": "none"}]}


@pytest.mark.parametrize(
    ("row", "columns", "turns"),
    [
        (
            CHUNKS,
            {"prompt": "q", "context": "found[].text"},
            [("user", "Is the dock full?", "$.q"), ("user", "Dock A is full.\nDock B is free.", "$.found")],
        ),
        (
            PAIRS,
            {"prompt": "qa[].q", "response": "qa[].a"},
            [
                ("user", "Is it full?", "$.qa[0]"),
                ("assistant", "No, it is half empty.", "$.qa[0]"),
                ("user", "Who says that it is?", "$.qa[1]"),
                ("assistant", "The harbour master.", "$.qa[1]"),
            ],
        ),
        (
            SIDES,
            {"prompt": "q", "chosen": "best.answer", "rejected": "rest[].answer"},
            [
                ("user", "Is it full?", "$.q"),
                ("assistant", "No.", "$.best.answer"),
                ("assistant", "Yes.", "$.rest[1].answer"),
            ],
        ),
        (
            INNER,
            {"prompt": "q", "context": "found[].hits[].text"},
            [("user", "Is it full?", "$.q"), ("user", "A is full.\nB is free.", "$.found")],
        ),
        (
            {"q": "Is it full?", "reasoning": ["Nine boats fit.", "Nine are there."], "tags": ["a", "b"], "a": "Yes."},
            {"prompt": "q", "response": "reasoning+tags+a"},
            [
                ("user", "Is it full?", "$.q"),
                (
                    "assistant",
                    'reasoning: Nine boats fit.\nNine are there.\ntags: ["a","b"]\na: Yes.',
                    "$.reasoning",
                ),
            ],
        ),
        (INNER, {"prompt": "q", "context": "q[].text"}, [("user", "Is it full?", "$.q")]),
        ({"a[].b": "Is it full?", "r": "No."}, {"prompt": "a[].b", "response": "r"}, [
            ("user", "Is it full?", "$.a[].b"),
            ("assistant", "No.", "$.r"),
        ]),
    ],
)  # fmt: skip
def test_the_texts_of_a_list_are_read(
    row: dict[str, object], columns: dict[str, str], turns: list[tuple[str, str, str]]
) -> None:
    flat = flatten([json.loads(json.dumps(row))], Detector(columns))
    assert [*flat.turns.select("role", "text", "path").iter_rows()] == turns
