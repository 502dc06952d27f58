"""Guesses about rows that fit no shape: what is suggested works, and what is right is left alone."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.rules.format._columns import suggest_columns
from datalint.shapes.detect import Detector
from datalint.support.spelling import EXPECTED, misspelled

CHAT = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
NAMES = st.sampled_from(
    ("user_query", "std_answer", "class", "task", "better", "worse", "chosen", "Response", "Best Answer", "id",
     "source", "systemPrompt", "body", "tweet", "dialog", "问题", "标准答案", "a,b", "c=d", "", "x" * 80, "::warning::")
)  # fmt: skip
ITEMS = st.sampled_from(("Some text.", "", "label", "42", 42, True, None, CHAT, ["a"], {"a": 1}))


def parsed(argument: str) -> dict[str, str]:
    flag, columns = shlex.split(argument)
    assert flag == "--columns"
    return dict(pair.split("=") for pair in columns.split(","))


@given(st.dictionaries(NAMES, ITEMS, max_size=7))
def test_a_suggestion_can_be_used_as_it_stands(row: dict[str, Any]) -> None:
    argument = suggest_columns(row)
    if argument is not None:
        columns = parsed(argument)
        assert set(columns.values()) <= row.keys()
        assert Detector(columns).shape(row).name == "mapped"


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"article": "A b.", "summary": "B."}, {"prompt": "article", "response": "summary"}),
        ({"title": "A b", "body": "B c"}, {"prompt": "title", "response": "body"}),
        ({"source_text": "Hi", "target_text": "Hei"}, {"prompt": "source_text", "response": "target_text"}),
        ({"systemPrompt": "a", "userPrompt": "b", "modelOutput": "c"},
         {"system": "systemPrompt", "prompt": "userPrompt", "response": "modelOutput"}),
        ({"utterance": "hi", "intent": "greet"}, {"prompt": "utterance", "response": "intent", "category": "intent"}),
        ({"prompt": "a", "positive": "b", "negative": "c"},
         {"prompt": "prompt", "chosen": "positive", "rejected": "negative"}),
        ({"dialog": CHAT, "topic": "x"}, {"messages": "dialog", "category": "topic"}),
        ({"code": "def f(): ...", "license": "mit"}, {"text": "code"}),
    ],
)  # fmt: skip
def test_meanings(row: dict[str, Any], columns: dict[str, str]) -> None:
    argument = suggest_columns(row)
    assert argument is not None
    assert parsed(argument) == columns


@pytest.mark.parametrize(
    "row", [{}, {"id": 1, "url": "x"}, {"en": "hi", "de": "hallo"}, {"instruction": "a", "input": ""}, {"prompt": "a"}]
)
def test_no_guess_is_better_than_a_wild_one(row: dict[str, Any]) -> None:
    assert suggest_columns(row) is None


@given(st.sampled_from([(key, context) for context, keys in EXPECTED.items() for key in keys]))
def test_expected_keys_are_never_misspelled(pair: tuple[str, str]) -> None:
    key, context = pair
    assert not list(misspelled({key: "x"}, context))
    assert not list(misspelled({key: [{"role": "user"}]}, context))


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    "key",
    ["test", "next", "test_list", "question_id", "prompt2", "answer_type", "context", "title", "level", "inputs",
     "tool", "construction", "history_id", "story", "sources", "stem", "k" * 200, ""],
)  # fmt: skip
def test_other_words(key: str) -> None:
    assert not list(misspelled({key: "x"}, "row"))
