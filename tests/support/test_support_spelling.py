"""Keys that were meant to be others: slips are found, and what is right is left alone."""

from __future__ import annotations

from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.support.names.spelling import EXPECTED, misspelled


@given(st.sampled_from([(key, context) for context, keys in EXPECTED.items() for key in keys]))
def test_expected_keys_are_never_misspelled(pair: tuple[str, str]) -> None:
    key, context = pair
    assert not list(misspelled({key: "x"}, context))
    assert not list(misspelled({key: [{"role": "user"}]}, context))


@every(
    ("key", "context", "meant"),
    [
        ("promt", "row", "prompt"), ("Prompt", "row", "prompt"), (" completion", "row", "completion"),
        ("compeltion", "row", "completion"), ("reponse", "row", "response"), ("anwser", "row", "answer"),
        ("outputs", "row", "output"), ("lable", "row", "label"), ("catagory", "row", "category"),
        ("form", "message", "from"), ("rol", "message", "role"), ("contnet", "message", "content"),
        ("toolCalls", "message", "tool_calls"), ("tool-call-id", "message", "tool_call_id"),
        ("argument", "function", "arguments"),
    ],
)  # fmt: skip
def test_slips(key: str, context: str, meant: str) -> None:
    assert list(misspelled({key: "x" if meant != "tool_calls" else []}, context)) == [(key, meant)]


@every(
    "key",
    ["test", "next", "test_list", "question_id", "prompt2", "answer_type", "context", "title", "level", "inputs",
     "tool", "construction", "history_id", "story", "sources", "stem", "k" * 200, ""],
)  # fmt: skip
def test_other_words(key: str) -> None:
    assert not list(misspelled({key: "x"}, "row"))
