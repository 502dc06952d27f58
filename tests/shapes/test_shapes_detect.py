"""Which shape a row has, by its keys."""

from __future__ import annotations

from typing import Any

import pytest
from every import every

from datalint.core.errors import DatalintError
from datalint.shapes.detect import UNKNOWN, Detector

USER = {"role": "user", "content": "Hi"}
ANSWER = {"role": "assistant", "content": "Hello!"}
CALL = {
    "role": "assistant",
    "content": None,
    "tool_calls": [{"id": "a1", "function": {"name": "now", "arguments": "{}"}}],
}
CHAT = {"messages": [USER, ANSWER]}
TURNS = [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello!"}]
BEDROCK = [{"role": "user", "content": [{"text": "Hi"}]}, {"role": "assistant", "content": [{"text": "Hello!"}]}]
PARTS = [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}, ANSWER]

SHAPES: list[tuple[str, dict[str, Any]]] = [
    ("openai-chat", CHAT),
    ("openai-chat", {"messages": [{"role": "developer", "content": "Be kind."}, USER, ANSWER]}),
    ("openai-chat", {"messages": PARTS}),
    ("openai-chat", {"messages": [USER, CALL], "tools": [], "parallel_tool_calls": False}),
    ("openai-chat", {"messages": [USER, ANSWER], "category": "greeting", "id": 7}),
    ("openai-chat", {"messages": [USER], "category": "greeting"}),
    ("openai-chat", {"messages": []}),
    ("openai-chat", {"messages": "Hi"}),
    ("openai-chat", {"messages": [USER, ANSWER], "score": 3}),
    ("openai-rft", {"messages": [USER], "reference_answer": "Hello!"}),
    ("bedrock-converse", {"schemaVersion": "bedrock-conversation-2024", "messages": BEDROCK}),
    ("bedrock-converse", {"messages": BEDROCK}),
    ("sharegpt", {"conversations": TURNS}),
    ("sharegpt", {"conversations": [USER, ANSWER], "system": "Be kind.", "tools": "[]"}),
    ("intents", {"name": "full-dock", "examples": ["Is it full?", "Any place?"], "id": 4, "source": "port"}),
    ("unknown", {"name": "gerund", "usage": "After a preposition.", "examples": ["Before leaving", "By sailing"]}),
    ("alpaca", {"instruction": "Add.", "input": "2 and 2", "output": "4"}),
    ("alpaca", {"instruction": "Add.", "response": "4"}),
    ("alpaca", {"instruction": "Add.", "output": "4", "history": [["Hi", "Hello!"]], "system": ""}),
    ("prompt-completion", {"prompt": "Hi", "completion": "Hello!"}),
    ("prompt-completion", {"prompt": [USER], "completion": [ANSWER]}),
    ("prompt-completion", {"query": "Hi", "response": "Hello!"}),
    ("prompt-completion", {"input": "Hi", "output": "Hello!"}),
    ("question-answer", {"question": "Hi?", "answer": "Hello!"}),
    ("stepwise", {"problem": "Moor it.", "steps": ["Slow down.", "Tie it."], "step_labels": [True, False]}),
    ("stepwise", {"prompt": "Moor it.", "steps": ["Slow down.", "Tie it."], "ratings": [1, -1]}),
    ("unknown", {"prompt": "Moor it.", "steps": ["Slow down.", "Tie it."], "ratings": [4, 5, 4]}),
    ("unknown", {"prompt": "Moor it.", "steps": ["Slow down.", "Tie it."], "labels": ["dock", "boat"]}),
    ("preference", {"prompt": "Hi", "chosen": "Hello!", "rejected": "What?"}),
    ("preference", {"chosen": [USER, ANSWER], "rejected": [USER, ANSWER]}),
    ("preference", {"conversations": TURNS[:1], "chosen": TURNS[1], "rejected": TURNS[1]}),
    ("preference", {"question": "Hi?", "response_j": "Hello!", "response_k": "What?"}),
    ("preference", {"chosen_messages": [USER, ANSWER], "rejected_messages": [USER, ANSWER]}),
    ("openai-preference", {"input": CHAT, "preferred_output": [ANSWER], "non_preferred_output": [ANSWER]}),
    ("openai-preference", {"input": CHAT, "preferred_completion": [ANSWER], "non_preferred_completion": [ANSWER]}),
    ("kto", {"prompt": "Hi", "completion": "Hello!", "label": True}),
    ("kto", {"messages": [USER, ANSWER], "label": False}),
    ("kto", {"conversations": TURNS, "kto_tag": True}),
    ("kto", {"instruction": "Say it.", "input": "", "output": "It.", "kto_tag": False}),
    ("text", {"text": "Once upon a time.", "meta": {}}),
    ("text-label", {"text": "Where is my parcel?", "intent": "shipping"}),
    ("unknown", {}),
    ("unknown", {"mesages": [USER, ANSWER]}),
    ("unknown", {"prompt": "Hi", "wording": "Hello!"}),
    ("unknown", {"prompt": "Hi", "complction": "Hello!"}),
    ("unknown", {"prompt": "Hi", "response_text_of_bot_x": 3, "wording": "Hello!"}),
]


@every(("name", "row"), SHAPES)
def test_the_keys_decide(name: str, row: dict[str, Any]) -> None:
    assert Detector().shape(row).name == name


def test_a_row_of_two_shapes_fits_both_and_the_conversation_comes_first() -> None:
    both = {**CHAT, "prompt": "Hi", "completion": "Hello!"}
    assert [shape.name for shape in Detector().fits(both)] == ["openai-chat", "prompt-completion"]
    assert Detector().shape(both).name == "openai-chat"


@every("row", [row for _, row in SHAPES])
def test_a_plain_row_fits_one_shape_at_most(row: dict[str, Any]) -> None:
    assert len(Detector().fits(row)) <= 1


def test_mapped_columns_win_where_the_row_has_them() -> None:
    detector = Detector({"prompt": "q", "response": "a", "category": "topic"})
    assert detector.shape({"q": "Hi", "a": "Hello!", **CHAT}).name == "mapped"
    assert detector.shape({"a": "Hello!"}).name == "mapped"
    assert detector.shape(CHAT).name == "openai-chat"


def test_a_category_alone_maps_no_shape() -> None:
    assert Detector({"category": "topic"}).mapped is None


@pytest.mark.parametrize(
    ("columns", "words"),
    [({"answer": "a"}, "'answer'"), ({"system": "q"}, "no text"), ({"chosen": "a"}, "no text")],
)
def test_a_mapping_that_means_nothing_is_refused(columns: dict[str, str], words: str) -> None:
    with pytest.raises(DatalintError, match=words):
        Detector(columns)


def test_keys_that_are_data_name_no_shape() -> None:
    row = {**{f"word{number}": number for number in range(300)}, "question": 1, "sql": 2}
    assert Detector().shape(row) is UNKNOWN


@pytest.mark.parametrize(
    ("row", "shape"),
    [
        ({"question_id": 1, "text": "How?", "category": "docks"}, "prompt-only"),
        ({"question_id": 1, "text": "So.", "answer_id": "x", "model_id": "m"}, "model-answers"),
        ({"question_id": 1, "text": "How?", "image": "a.jpg", "category": "docks"}, "prompt-only"),
        ({"prompt_id": 1, "sample_id": 2, "text": "So."}, "text"),
        ({"question_id": 1, "seed": 7, "text": "So."}, "text"),
        ({"question_id": 1, "text": "Both are good.", "review_id": 1, "category": "docks"}, "model-answers"),
        ({"text": "How?", "category": "docks"}, "text-label"),
    ],
)
def test_a_text_with_the_number_of_a_question_is_one_if_nothing_answers_it(row: dict[str, Any], shape: str) -> None:
    assert Detector().shape(row).name == shape


@pytest.mark.parametrize(
    ("messages", "shape"),
    [
        ({"save": "Save the file", "menu": {"open": "Open a file"}}, "unknown"),
        ({"role": "user", "content": "Is it full?"}, "openai-chat"),
        ({"first": {"role": "user", "content": "Is it full?"}}, "openai-chat"),
        ({"Human": "Is it full?", "AI": "No."}, "openai-chat"),
        ({"0": "Is it full?", "1": "No."}, "openai-chat"),
        ({"save": 4}, "openai-chat"),
        ({}, "openai-chat"),
    ],
)
def test_texts_of_a_program_are_no_messages_of_a_chat(messages: dict[str, Any], shape: str) -> None:
    assert Detector().shape({"locale": "en", "messages": messages}).name == shape


def test_a_message_of_a_tree_is_no_text() -> None:
    row = {"message_id": "m2", "parent_id": "m1", "text": "It is full.", "role": "assistant", "lang": "en"}
    assert Detector().shape(row).name == "unknown"
    assert Detector().shape({"text": "It is full.", "lang": "en"}).name == "text"


def test_a_chat_next_to_other_texts_is_no_conversation_as_one_text() -> None:
    row = {"chat": "dock 3 shut lol", "topic": "docks"}
    assert Detector().shape(row).name == "chat-text"
    assert Detector().shape(row | {"formal": "Dock 3 is shut today."}).name == "unknown"
    assert Detector().shape(row | {"summary": "Shut."}).name == "unknown"
    assert Detector().shape(row | {"system": "Be brief.", "summary": "Shut."}).name == "chat-text"


def test_a_number_does_not_say_which_of_two_answers_with_letters_is_better() -> None:
    row = {"prompt": "Is it full?", "response_a": "Go away.", "response_b": "No.", "preference": "1"}
    assert Detector().shape(row) is UNKNOWN
    assert Detector().shape(row | {"preference": "A"}).name == "judged-pair"


def test_only_a_word_says_which_of_two_answers_in_a_list_is_better() -> None:
    row = {"prompt": "Is it full?", "response": ["Go away.", "No."], "winner": "second"}
    assert Detector().shape(row).name == "judged-pair"
    # A number may count from 0 or from 1.
    assert Detector().shape(row | {"winner": 1}) is UNKNOWN
    assert Detector().shape(row | {"winner": "gpt-4"}) is UNKNOWN
    for key in ("answer", "completion", "output", "candidates"):
        assert Detector().shape({"prompt": "Is it?", key: ["Go.", "No."], "winner": "B"}).name == "judged-pair"
    assert Detector().shape(row | {"response": "No."}).name == "prompt-completion"
    assert Detector().shape(row | {"response": ["No."]}).name == "prompt-completion"


def test_a_number_matches_no_query() -> None:
    assert Detector().shape({"query": "Is it full?", "positive": "An empty dock."}).name == "contrastive"
    assert Detector().shape({"query": "Is it full?", "positive": 0.7}).name != "contrastive"


def test_a_system_that_the_columns_leave_out_is_compared() -> None:
    keys = ("sentence", "answer", "system")
    assert Detector({"prompt": "sentence", "response": "answer"}).compared_keys(keys) == [("system", "context")]
    assert Detector({"prompt": "sentence", "response": "answer", "system": "system"}).compared_keys(keys) == []
