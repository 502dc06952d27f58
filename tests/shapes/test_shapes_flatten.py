"""What a row becomes: letters, texts, paths and features."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from every import every

from datalint.core.columns import describe_columns
from datalint.records.canonical import exact_hash
from datalint.shapes.detect import Detector
from datalint.shapes.example import example_text
from datalint.shapes.flatten import Flat, category_value, flatten


def flat(*rows: dict[str, Any], columns: dict[str, str] | None = None) -> Flat:
    return flatten(list(rows), Detector(columns))


def message(role: str, content: Any = "x", **more: Any) -> dict[str, Any]:
    return {"role": role, "content": content, **more}


def turn(speaker: str, value: Any = "x") -> dict[str, Any]:
    return {"from": speaker, "value": value}


CALLS = [{"id": "a1", "type": "function", "function": {"name": "now", "arguments": "{}"}}]
USER = message("user")
ANSWER = message("assistant")
CALL = message("assistant", None, tool_calls=CALLS)
USE = message("assistant", [{"type": "tool_use", "name": "f", "input": {}}])
RESULT = message("user", [{"type": "tool_result", "content": "1"}])
BOTH = {"messages": [USER, ANSWER]}
LETTERS: list[tuple[str, dict[str, Any]]] = [
    ("ua", BOTH),
    ("ssua", {"system": "x", "messages": [message("developer"), USER, ANSWER]}),
    ("ucta", {"messages": [USER, CALL, message("tool"), ANSWER]}),
    ("uct", {"messages": [USER, message("assistant", None, function_call={"name": "f"}), message("function")]}),
    ("ua", {"messages": [USER, message("assistant", "x", tool_calls=[])]}),
    ("uax", {"messages": [message("Human"), message(" GPT "), message("narrator")]}),
    ("xu", {"messages": [{"content": "x"}, USER]}),
    ("u", {"messages": ["x", USER, None, 3]}),
    ("", {"messages": []}),
    ("", {"messages": "Hi"}),
    ("ucua", {"messages": [USER, USE, RESULT, ANSWER]}),
    (
        "uct",
        {"messages": [USER, {"role": "assistant", "function_call": [{"name": "f"}]}, message("tool", [{"ok": True}])]},
    ),
    ("suct", {"conversations": [turn("system"), turn("human"), turn("function_call"), turn("observation")]}),
    ("uau", {"conversations": [turn("human"), turn("gpt"), turn("human")]}),
    ("sua", {"conversations": [USER, ANSWER], "system": "x"}),
    ("ssu", {"system": [{"text": "x"}, {"text": "y"}], "messages": [message("user", [{"text": "x"}])]}),
    ("c", {"messages": [message("assistant", [{"toolUse": {"name": "f", "input": {}}}])]}),
    ("uaua", {"instruction": "x", "input": "y", "output": "z", "history": [["a", "b"]]}),
    ("ua", {"instruction": "x", "output": ""}),
    ("sua", {"prompt": "x", "completion": "y", "system": "z"}),
    ("ua", {"prompt": [USER], "completion": [ANSWER]}),
    ("ua", {"question": "x", "answer": 4}),
    ("uaua", {"instruction": ["Is the dock full?", "And tomorrow?"], "output": ["No.", "Yes."]}),
    ("ua", {"instruction": ["full", "free"], "output": ["voll", "frei"]}),
    ("ua", {"source": ["The dock is full.", "It is late now."], "target": ["Full.", "Late."]}),
    ("uaa", {"prompt": "x", "chosen": "y", "rejected": "z"}),
    ("uaua", {"chosen": [USER, ANSWER], "rejected": [USER, ANSWER]}),
    ("uaua", {"chosen": BOTH, "rejected": BOTH}),
    ("uaa", {"conversations": [turn("human")], "chosen": turn("gpt"), "rejected": turn("gpt")}),
    ("uaa", {"input": {"messages": [USER]}, "preferred_output": [ANSWER], "non_preferred_output": [ANSWER]}),
    ("ua", {**BOTH, "label": True}),
    ("p", {"text": "x"}),
    ("ua", {"text": "x", "label": 3}),
    ("", {"foo": "x"}),
]


@every(("letters", "row"), LETTERS)
def test_a_letter_for_each_turn(letters: str, row: dict[str, Any]) -> None:
    assert flat(row).examples["roles"].to_list() == [letters]


PATHS: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"system": "x", "messages": [message("user"), "y", message("assistant")]},
        ["$.system", "$.messages[0].content", "$.messages[2].content"],
    ),
    ({"conversations": [turn("human"), turn("gpt")]}, ["$.conversations[0].value", "$.conversations[1].value"]),
    ({"instruction": "x", "input": "y", "output": "z"}, ["$.instruction", "$.input", "$.output"]),
    (
        {"input": {"messages": [USER]}, "preferred_output": [ANSWER], "non_preferred_output": []},
        ["$.input.messages[0].content", "$.preferred_output[0].content"],
    ),
    ({"chosen": {"messages": [message("user")]}, "rejected": "x"}, ["$.chosen.messages[0].content", "$.rejected"]),
    ({"text": "x", "intent": "y"}, ["$.text", "$.intent"]),
]  # fmt: skip


@pytest.mark.parametrize(("row", "paths"), PATHS)
def test_each_turn_has_the_path_of_its_text(row: dict[str, Any], paths: list[str]) -> None:
    assert flat(row).turns["path"].to_list() == paths


def test_texts_go_to_their_columns() -> None:
    row = {
        "messages": [
            message("system", "S"),
            message("user", "U1"),
            message("assistant", "A1"),
            message("tool", "T"),
            message("user", [{"type": "text", "text": "U2"}, {"type": "image"}, "U3"]),
            message("assistant", None, tool_calls=CALLS),
        ]
    }
    examples = flat(row).examples.row(0, named=True)
    assert (examples["system"], examples["prompt"]) == ("S", "U1\nT\nU2\nU3")
    assert examples["response"] == "A1\nnow({})"
    assert (examples["earlier"], examples["answer"]) == ("A1", "now({})")
    assert examples["has_media"]
    assert examples["has_tool_calls"]


def test_the_sides_of_a_preference_are_apart() -> None:
    rows = flat({"prompt": "P", "chosen": "C", "rejected": "R"}, {"text": "x"}, {"chosen": "C2", "rejected": []})
    assert rows.examples["chosen"].to_list() == ["C", "", "C2"]
    assert rows.examples["rejected"].to_list() == ["R", "", ""]
    assert rows.turns["side"].to_list() == ["", "chosen", "rejected", "", "chosen"]
    assert rows.examples["is_preference"].to_list() == [True, False, True]


@pytest.mark.parametrize(
    ("row", "features"),
    [
        ({"messages": [message("user")]}, set()),
        ({"messages": [message("user", weight=None)]}, {"weights"}),
        ({"messages": [message("assistant", loss_weight=0.0, name="n")]}, {"weights", "names"}),
        ({"messages": [message("user", [{"type": "text", "text": "x"}])]}, {"parts"}),
        ({"messages": [message("user", [{"type": "image"}])]}, {"parts", "media"}),
        ({"messages": [message("assistant", None, tool_calls=CALLS)], "tools": [{}]}, {"tools", "tool_calls"}),
        ({"conversations": [turn("function_call")], "tools": "[]"}, {"tool_calls"}),
        ({"chosen": "x", "rejected": "y"}, {"preference"}),
        ({"prompt": "x", "completion": "y", "label": True}, {"kto"}),
    ],
)
def test_features_say_what_there_is_to_look_at(row: dict[str, Any], features: set[str]) -> None:
    assert flat(row).features == [frozenset(features)]


def test_a_null_that_a_table_padded_is_no_image() -> None:
    row = {"messages": [message("user", [{"text": "Hi", "image": None}]), message("assistant", [{"text": "x"}])]}
    found = flat(row)
    assert found.examples["has_media"].to_list() == [False]
    assert found.turns["text"].to_list() == ["Hi", "x"]


def test_columns_are_those_that_rules_may_speak_of() -> None:
    described = describe_columns()
    for rows in ([], [{"text": "x"}], [{"chosen": "x", "rejected": "y"}], [{"foo": 1}]):
        found = flat(*rows)
        assert set(described["Turns"]) <= set(found.turns.columns)
        assert set(described["Examples"]) <= set(found.examples.columns)


def test_turns_know_their_example_and_place() -> None:
    rows = flat({"prompt": "a", "completion": "b"}, {"foo": 1}, {"messages": [message("user")]})
    assert rows.turns.select("example", "turn").rows() == [(0, 0), (0, 1), (2, 0)]
    assert rows.turns["is_last"].to_list() == [False, True, True]
    assert rows.bounds == [0, 2, 2, 3]
    assert rows.turns.schema["text"] == pl.String


def test_a_lone_surrogate_becomes_the_escape_it_came_from() -> None:
    rows = flat({"prompt": "\ud83d", "completion": "fine"})
    assert rows.examples["prompt"].to_list() == ["\\ud83d"]


def test_the_exact_hash_ignores_the_order_of_keys_and_nothing_else() -> None:
    assert exact_hash({"a": 1, "b": "x"}) == exact_hash({"b": "x", "a": 1})
    different = [{"a": 1}, {"a": 1.5}, {"a": "1"}, {"a": True}, {"a": None}, {"a": [1]}, {"a": "\ud83d"}, {"a": 2**80}]
    assert len({exact_hash(value) for value in different}) == len(different)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("topic", "a"),
        ("meta.topic", "b"),
        ("a.b", "c"),
        ("flag", "true"),
        ("n", "3"),
        ("none", None),
        ("meta.x.y", None),
    ],
)
def test_a_category_is_a_plain_value_found_by_its_key(key: str, value: str | None) -> None:
    row = {"topic": "a", "meta": {"topic": "b"}, "a.b": "c", "flag": True, "n": 3, "none": " "}
    assert category_value(row, key) == value


def test_mapped_columns_are_read_as_mapped() -> None:
    rows = flat({"q": "P", "good": "C", "bad": "R"}, columns={"prompt": "q", "chosen": "good", "rejected": "bad"})
    row = rows.examples.row(0, named=True)
    assert (row["shape"], row["roles"], row["prompt"], row["chosen"], row["rejected"]) == (
        "mapped",
        "uaa",
        "P",
        "C",
        "R",
    )


def test_a_side_may_be_objects_with_the_writer_of_each() -> None:
    row = {
        "q": "P",
        "best": {"llm_name": "m1", "answer": "C"},
        "losers": [{"llm_name": "m2", "answer": "R"}, {"llm_name": "m3", "answer": "S"}],
    }
    data = row | {"q": "T", "best": {"model": "van", "seats": 7}, "losers": [{"model": "car", "answer": "R", "n": 1}]}
    rows = flat(row, data, columns={"prompt": "q", "chosen": "best", "rejected": "losers"})
    read = rows.examples["chosen", "rejected"].rows()
    assert read == [("C", "R"), ('{"model":"van","seats":7}', read[1][1])]
    assert "car" in read[1][1]


@pytest.mark.parametrize(
    ("asked", "other", "whole"),
    [
        ("premise", "hypothesis", True),
        ("text_a", "text_b", True),
        ("Sentence 1", "Sentence 2", True),
        ("prompt", "context", False),
        ("a", "b", False),
    ],
)
def test_a_mapped_context_that_the_prompt_has_too_is_read_in_a_pair(asked: str, other: str, *, whole: bool) -> None:
    part = "The ferry of the northern line was late on four days, and the winter timetable was not printed. " * 2
    mapped = {"prompt": asked, "context": other, "response": "label"}
    for row in ({asked: f"He wrote: {part}", other: part, "label": "true"}, {asked: part, other: [part], "label": 1}):
        rows = flat(row, row | {"label": 0}, columns=mapped)
        assert [prompt.count(part) for prompt in rows.examples["prompt"].to_list()] == [1 + whole] * 2


@pytest.mark.parametrize(
    ("evidence", "is_read"),
    [
        ([{"source_id": "a7", "locator": "dock 7 is missing in table 2"}], False),
        ([{"docId": "a7", "page": 3, "offsets": [4, 9], "score": 0.7}, {"docId": "b1", "page": None}], False),
        ([{"doc": "harbour.pdf", "start": 0, "end": 40}], False),
        ([{"source_id": "a7", "text": "Dock 7 is shut."}], True),
        ([{"page_id": "a7", "page": "Dock 7 is shut, and so is gate 3."}], True),
        ([{"source": "harbour.pdf", "line": "7"}], True),
        ([{"file": "harbour.pdf", "start": "Dock 7 opens"}], True),
        (["a7"], True),
    ],
)
def test_evidence_that_only_says_where_it_is_is_not_read(evidence: list[Any], *, is_read: bool) -> None:
    row = {"question": "Where is dock 7?", "answer": "Nobody can say.", "evidence": evidence}
    found = flat(row).examples["prompt"][0]
    assert (found != row["question"]) is is_read


def test_a_mapped_key_may_have_dots_itself() -> None:
    rows = flat({"data.q": "P", "data.a": "R"}, columns={"prompt": "data.q", "response": "data.a"})
    assert rows.examples["shape"].to_list() == ["mapped"]
    assert rows.turns["text"].to_list() == ["P", "R"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([], "[]"),
        ({}, "{}"),
        (["a"], "a"),
        (["a", "b"], "a\nb"),
        ([{"c": 1}], '[{"c":1}]'),
        ([["a"], ["b", "c"]], '[["a"],["b","c"]]'),
        ({"value": 40, "rate": 2}, '{"value":40,"rate":2}'),
        ({"value": "40", "unit": "m"}, '{"value":"40","unit":"m"}'),
        ({"content": 40}, '{"content":40}'),
        ([{"name": "rate", "value": 2}], '[{"name":"rate","value":2}]'),
        ({"value": "a", "loss": True}, "a"),
        ({"from": "gpt", "value": "a", "id": 3}, "a"),
        ({"content": "a", "model": "b"}, "a"),
        ([{"value": "a"}, {"from": "gpt", "value": "b"}], ""),
    ],
)
def test_an_answer_under_a_mapped_key_that_is_no_text(value: object, text: str) -> None:
    rows = flat({"q": "Which of them?", "found": value}, columns={"prompt": "q", "response": "found"})
    assert rows.examples["response"].to_list() == [text]


IDENTITIES: list[dict[str, Any]] = [
    BOTH,
    {**BOTH, "tools": [{"name": "f"}]},
    {**BOTH, "label": True},
    {**BOTH, "label": False},
    {**BOTH, "images": ["1.png"]},
    {**BOTH, "images": ["2.png"]},
    {"messages": [USER, message("assistant", weight=0)]},
    {"messages": [USER, message("assistant", weight=1)]},
]


def test_what_texts_do_not_hold_makes_another_example() -> None:
    assert flat(*IDENTITIES).examples["identity"].n_unique() == len(IDENTITIES)


def test_calls_in_two_spellings_are_read_alike() -> None:
    arguments = {"city": "Rome"}
    spellings: list[dict[str, Any]] = [
        message("assistant", None, tool_calls=[{"function": {"name": "f", "arguments": arguments}}]),
        message("assistant", None, function_call={"name": "f", "arguments": arguments}),
        message("assistant", [{"type": "tool_use", "name": "f", "input": arguments}]),
        message("assistant", [{"toolUse": {"name": "f", "input": arguments}}]),
    ]
    found = flat(*({"messages": [USER, spelling]} for spelling in spellings))
    assert found.examples["response"].unique().to_list() == ['f({"city":"Rome"})']


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (BOTH, "user: x\nassistant: x"),
        ({"conversations": [turn("human"), turn("gpt")]}, "human: x\ngpt: x"),
        ({"instruction": "a", "input": None, "output": "b"}, "a\n\nb"),
        ({"question": "a", "answer": 4}, "a\n4"),
        ({"b": "x", "a": [1]}, "x\n[1]"),
    ],
)
def test_a_whole_row_as_one_text(row: dict[str, Any], text: str) -> None:
    assert example_text(row) == text


@every(
    ("row", "text"),
    [
        ({"index": 3, "one": "The ferry is late again.", "two": 4}, "The ferry is late again.\n4"),
        ({"Unnamed: 0": "17", "": 3, "one": ["The ferry is late."]}, '["The ferry is late."]'),
        ({"row_id": None, "one": "渡し船がまた遅れています"}, "渡し船がまた遅れています"),
        # Numbers of other things, and rows of which they are all that can be compared.
        ({"user_id": 3, "one": "The ferry is late again."}, "3\nThe ferry is late again."),
        ({"id": "the first of them", "one": "The ferry is late again."}, "the first of them\nThe ferry is late again."),
        ({"id": 2.5, "one": "The ferry is late again."}, "2.5\nThe ferry is late again."),
        ({"id": 3, "word": "ferry", "tag": "NN"}, "3\nferry\nNN"),
        ({"id": 3}, "3"),
        ({}, ""),
    ],
)
def test_a_row_of_unknown_shape_is_compared_without_its_number(row: dict[str, Any], text: str) -> None:
    assert flatten([row], Detector()).examples["response"].to_list() == [text]


def test_of_several_solutions_the_first_one_is_read() -> None:
    detector = Detector({"prompt": "question", "response": "solutions"})
    row = {"question": "Print the number of free docks.", "solutions": ["print(3)", "print(1 + 2)"]}
    assert flatten([row], detector).examples["response"][0] == "print(3)"
    rows = [{**row, "solutions": text} for text in ('["print(3)", "print(1 + 2)"]', '["print(', "print(4)", "")]
    assert flatten(rows, detector).examples["response"].to_list() == ["print(3)", '["print(', "print(4)", ""]
    answers = Detector({"prompt": "question", "response": "answers"})
    row = {"question": "Which docks are free?", "answers": ["A", "C"]}
    assert flatten([row], answers).examples["response"][0] == "A\nC"


@pytest.mark.parametrize(
    ("key", "read"), [("summaries", "No room."), ("refs", "No room."), ("answers", "No room.\nFull.")]
)
def test_of_several_summaries_of_a_text_the_first_is_read(key: str, read: str) -> None:
    row = {"text": "The dock has no room until eight.", key: ["No room.", "Full."]}
    examples = flat(row, columns={"prompt": "text", "response": key}).examples
    assert examples["response"].to_list() == [read]
