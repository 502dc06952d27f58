"""Of an object that is an answer with what is said of it, the text alone is learned; any other object is data."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten

SIGNED = {"llm_name": "m-1", "answer": "No, it is free."}
STEPS = {
    "Step 1": {"content": "3 docks of 2 are 6.", "label": 1, "equation": ["3*2=6"]},
    "Step 2": {"content": "So there are 6.", "label": 0, "history": {"Step 1": "3 docks of 2 are 6."}},
}
PLAIN = {"Step 1": {"content": "Tie the rope."}, "Step 2": {"content": "Lift the anchor."}}


@pytest.mark.parametrize(
    ("value", "text", "path"),
    [
        (SIGNED, "No, it is free.", "$.r.answer"),
        ({"model": "m-1", "response": "No.", "score": 7}, "No.", "$.r.response"),
        ({"model": "m-1", "response": "No.", "reason": "It is free."}, None, "$.r"),  # two texts are data
        ({"answer": "No.", "score": 7}, None, "$.r"),  # what a judge is asked for
        ({"model": "Golf", "price": "7"}, None, "$.r"),
        ({"model": "m-1", "answer": ["No."]}, None, "$.r"),
        ([SIGNED, SIGNED], None, "$.r"),
        (STEPS, "3 docks of 2 are 6.\nSo there are 6.", "$.r"),
        (PLAIN, None, "$.r"),
        ({**STEPS, "result": "6"}, None, "$.r"),
    ],
)
def test_the_text_of_an_object_is_the_response(value: Any, text: str | None, path: str) -> None:
    turns = flatten([{"p": "Is the dock full?", "r": value}], Detector({"prompt": "p", "response": "r"})).turns
    assert turns["path"][1] == path
    assert (turns["text"][1] == text) is (text is not None)
    assert text is not None or turns["text"][1][0] in "{["


@pytest.mark.parametrize("several", [[SIGNED], [SIGNED, {"llm_name": "m-2", "answer": "Yes."}]])
def test_of_several_rejected_answers_the_first_is_read(several: list[dict[str, str]]) -> None:
    columns = {"prompt": "p", "chosen": "c", "rejected": "r"}
    row = {"p": "Is the dock full?", "c": {"llm_name": "m-2", "answer": "Half of it."}, "r": several}
    turns = flatten([row], Detector(columns)).turns
    assert turns.select("text", "side", "path").rows()[1:] == [
        ("Half of it.", "chosen", "$.c.answer"),
        ("No, it is free.", "rejected", "$.r[0].answer"),
    ]


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"dataset": "docks", "id": "7", "full_text": "Is it full?"}, "$.question.full_text"),
        ({"text": "Is it full?", "tokens": ["Is", "it", "full", "?"]}, "$.question.text"),
        ({"full_text": "Is it full?", "topic": "docks"}, "$.question"),
    ],
)
def test_the_text_of_an_object_is_the_question(asked: dict[str, Any], path: str) -> None:
    turns = flatten([{"question": asked, "answer": "No."}], Detector()).turns
    assert turns["path"][0] == path
    assert (turns["text"][0] == "Is it full?") is (path != "$.question")


def test_the_texts_around_a_table_are_read() -> None:
    row = {"pre_text": ["Docks of 2020."], "post_text": ["As of May."], "table": [["dock", "7"]]}
    turns = flatten([row | {"question": "How many?", "answer": "7"}], Detector()).turns
    assert turns["path"].to_list() == ["$.question", "$.pre_text", "$.table", "$.post_text", "$.answer"]
