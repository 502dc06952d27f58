"""One JSON value a file: arrays, broken arrays, objects of splits, a single row."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from draws import examples
from every import every
from hypothesis import given, settings
from hypothesis import strategies as st
from tests_sources_reading import Read, read_source

from datalint.core.errors import DatalintError
from datalint.operations.check import lint
from datalint.records.record import Problem
from datalint.sources import Source
from datalint.sources.content import Content
from datalint.sources.json_layout import elements
from datalint.sources.sniff import OpenSettings, open_content

ReadFile = Callable[..., Read]
JOINED = "concatenated-json"
SIZES = [1, 10, 64, 8 << 20]
TERMS = [{"no": n, "term": f"dock {n}", "meaning": f"Where boat {n} lies at night."} for n in range(10)]


def opened(data: bytes, name: str = "rows.json", chunk_bytes: int = 8 << 20, split: str | None = None) -> Read:
    source: Source = open_content(Content(data), name, OpenSettings(split, chunk_bytes))
    return read_source(source)


CASES: list[tuple[bytes, str, list[tuple[str, int | None]], tuple[int, int], list[int]]] = [
    (b'[{"a":1},{"a":2}]', "json-array", [], (2, 0), [1, 1]),
    (b'[\n  {"a": 1},\n  {\n    "a": 2\n  }\n]\n', "json-array", [], (2, 0), [2, 3]),
    (b'\xef\xbb\xbf[{"a":1}]', "json-array", [("byte-order-mark", 1)], (1, 0), [1]),
    (b"[]", "json-array", [("empty-file", None)], (0, 0), []),
    (b" [ \n ] \n", "json-array", [("empty-file", None)], (0, 0), []),
    (b"[", "json-array", [("truncated-file", 1)], (0, 1), []),
    (b"[,", "json-array", [("invalid-json", 1), ("truncated-file", 1)], (0, 1), []),
    (b"[\n,\n]", "json-array", [("invalid-json", 2), ("invalid-json", 3)], (0, 1), []),
    (b"[}", "json-array", [("invalid-json", 1)], (0, 1), []),
    (b"[\f]", "json-array", [("invalid-json", 1)], (0, 1), []),
    (b"[1", "json-array", [("not-an-object", 1), ("truncated-file", 1)], (0, 1), []),
    (b'[{"a":1},\n{"a":2},\n]', "json-array", [("invalid-json", 2)], (2, 0), [1, 2]),
    (b'{"data": [\n{"a":1},\n{"a":2},\n]}', "json-object", [("json-array", None), ("invalid-json", 3)], (2, 0), [2, 3]),
    (b'[{"a":1},,{"a":2}]', "json-array", [("invalid-json", 1)], (2, 0), [1, 1]),
    (b'[{"a":1},\n[2],\n3,\n{"a":4}]', "json-array", [("not-an-object", 2), ("not-an-object", 3)], (2, 2), [1, 4]),
    (b'[\n{"a":1},\n{"a":2,},\n{"a":3}\n]', "json-array", [("invalid-json", 3)], (3, 0), [2, 3, 4]),
    (b'[\n{"a":1},\n{"a":"he "said" so"},\n{"a":3}\n]', "json-array", [("invalid-json", 3)], (2, 1), [2, 4]),
    (b'[\n{"a":1},\n{"a":"x},\n{"a":3}\n]', "json-array", [("invalid-json", 3)], (1, 1), [2]),
    (b'[\n{"a":1},\n{"a":2,\n{"a":3}\n]', "json-array", [("invalid-json", 4)], (1, 1), [2]),
    (b'[\n{"a":1},\n{"a":"b', "json-array", [("truncated-file", 3)], (1, 1), [2]),
    (b'[\n{"a":1},\n{"a":2}\n', "json-array", [("truncated-file", 3)], (2, 0), [2, 3]),
    (b'[\n{"a":1},\n', "json-array", [("truncated-file", 2)], (1, 0), [2]),
    (b'[{"a":"x\ny"},\n{"a":"\n"},\n{"a":3}]', "json-array", [("pretty-printed-json", 1)], (3, 0), [1, 3, 5]),
    (
        b'[{"a":"x\ny"},\n{"a":2},\n',
        "json-array",
        [("pretty-printed-json", 1), ("truncated-file", 3)],
        (2, 0),
        [1, 3],
    ),
    (b'[\n{"a":1}\n}\n', "json-array", [("invalid-json", 3)], (1, 0), [2]),
    (b'[{"a":1}]\n\n[{"a":2}]\n', "jsonl", [("not-an-object", 1), ("not-an-object", 3)], (2, 0), [1, 3]),
    (b'[{"a":1},\n{"a":2}]\n\nmore\n', "json-array", [("invalid-json", 4)], (2, 1), [1, 2]),
    (b'[\n{"a":1}\n{"a":2},\n{"a":3}{"a":4}\n]', "json-array", [(JOINED, 3), (JOINED, 4)], (4, 0), [2, 3, 4, 4]),
    (b'[\n{"a":1},\n{"a":2}\n{"a":3},', "json-array", [(JOINED, 4), ("truncated-file", 4)], (3, 0), [2, 3, 4]),
    (b'[\n{"a":1};\n{"a":2}\n]', "json-array", [("invalid-json", 2)], (0, 1), []),
    (b'[\n{"a":1}\n{"a":2\n]', "json-array", [(JOINED, 3), ("invalid-json", 4)], (1, 1), [2]),
    (b'{"data": [\n{"a":1}\n{"a":2}\n]}', "json-object", [("json-array", None), (JOINED, 3)], (2, 0), [2, 3]),
    (b'[{"a":1},\n{"a":2}][{"a":3}]', "json-array", [(JOINED, 2)], (3, 0), [1, 2, 2]),
    (b'[{"a":1}],\n[{"a":2}\n{"a":3}],', "json-array", [(JOINED, 2), (JOINED, 3)], (3, 0), [1, 2, 3]),
    (b'[\n{"a":1}]\n[{"a":2}', "json-array", [("invalid-json", 3)], (1, 1), [2]),
    (b'{\n"a":1\n}{\n"a":2\n}\n', "json-array", [(JOINED, 3)], (2, 0), [1, 3]),
    (b'{\n"a":1\n},\n{\n"a":2\n}\n{"a":3},', "json-array", [("json-array", 3)], (3, 0), [1, 4, 7]),
    (b'{\n"a":1\n}\n{"a":2}{"a":3}', "json-array", [("pretty-printed-json", 1), (JOINED, 4)], (3, 0), [1, 4, 4]),
    (b'{"a": {"b": [1, 2]}}', "json-object", [], (1, 0), [1]),
    (b'\n{\n  "a": 1,\n  "b": [{"c": 2}]\n}\n', "json-object", [], (1, 0), [2]),
    (b'{\n  "a": 1,\n}\n', "json-object", [("invalid-json", 2)], (1, 0), [1]),
    (b'{"a": 1', "json-object", [("truncated-file", 1)], (0, 1), []),
    (b'{\n  "a": [1,\n', "jsonl", [("truncated-file", 2)], (0, 2), []),
    (b'{"a":1}\n{"a":2}\n', "jsonl", [("wrong-extension", None)], (2, 0), [1, 2]),
    (b'{"a":1}\n{"a":\n', "jsonl", [("wrong-extension", None), ("truncated-file", 2)], (1, 1), [1]),
    (b'{"a":"\n{"a":1}\n{"a":2}\n', "jsonl", [("invalid-json", 1)], (2, 1), [2, 3]),
    (b'{\n "a": 1\n}\n{\n "a": 2\n}\n', "jsonl", [("pretty-printed-json", 1)], (2, 0), [1, 4]),
    (b"", "jsonl", [("empty-file", None)], (0, 0), []),
    (b" \n\t\n", "jsonl", [("empty-file", None)], (0, 0), []),
    (b"just text", "jsonl", [("invalid-json", 1)], (0, 1), []),
]


@every(("data", "container", "places", "counts", "lines"), CASES)
@every("chunk_bytes", SIZES)
def test_cases(
    data: bytes,
    container: str,
    places: list[tuple[str, int | None]],
    counts: tuple[int, int],
    lines: list[int],
    chunk_bytes: int,
) -> None:
    read = opened(data, chunk_bytes=chunk_bytes)
    assert read.source.container == container
    assert sorted(read.places, key=str) == sorted(places, key=str)
    assert (read.facts.rows_read, read.facts.rows_refused) == counts
    assert read.lines == lines
    assert read.facts.lines == data.count(b"\n") + (not data.endswith(b"\n") and data != b"")


def test_columns_and_what_was_not_read() -> None:
    read = opened(b'[\n  {"a": 1}, {"b": none},\n  {"c": 2}\n]')
    assert read.one("invalid-json") == Problem(
        "invalid-json", "not JSON at column 19: expected a value (unquoted text)", 2
    )
    broken = opened(b'[\n{"a": 1},\n{"b": "x},\n{"c": 2}\n]')
    assert broken.one("invalid-json").message.endswith("; nothing after this row is read")


def test_a_column_far_into_one_line_is_counted_in_the_element() -> None:
    data = b"[" + b",".join([b'{"a":1}'] * 9) + b',{"a":x}]'
    assert "column 79:" in opened(data).one("invalid-json").message
    assert "character 6 of the element:" in opened(data, chunk_bytes=10).one("invalid-json").message


def test_columns_of_many_elements_on_one_line() -> None:
    # What stands before an element is read once; as a whole for each, it would be gigabytes.
    element = '{"é":NaN},{"a":x},'
    read = opened(("\ufeff[" + element * 9_000 + '{"a":1},\n  {"é":x}]').encode())
    found = [problem for problem in read.facts.problems if problem.rule == "invalid-json"]
    columns = [int(problem.message.split("column ")[1].split(":")[0]) for problem in found]
    assert columns == [*range(17, 18 * 9_000, 18), 8]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.ndjson"])
def test_an_array_in_json_lines_is_named_and_read(name: str) -> None:
    read = opened(b'[\n{"a":1},\n{"a":2}\n]\n', name)
    assert read.places == [("json-array", 1)]
    assert read.records == [{"a": 1}, {"a": 2}]


def test_truth_is_told_inside_arrays() -> None:
    read = opened(b'[{"a":1,"a":2},\n{"n":NaN},\n{"s":"\\ud83d"},{"i":99999999999999999999}]', chunk_bytes=5)
    assert [(index, problem.rule) for index, problems in read.noticed.items() for problem in problems] == [
        (0, "duplicate-key"),
        (1, "nan-literal"),
        (2, "lone-surrogate"),
        (3, "integer-overflow"),
    ]


SPLITS = {"train": [{"a": 1}, {"a": 2}], "validation": [{"a": 3}], "test": []}


@every("indent", [None, 2])
@every(
    ("value", "split", "rows"),
    [
        (SPLITS, None, [{"a": 1}, {"a": 2}]),
        (SPLITS, "validation", [{"a": 3}]),
        ({"version": "1", "data": SPLITS}, None, [{"a": 1}, {"a": 2}]),
        ({"version": "1", "data": SPLITS}, "validation", [{"a": 3}]),
        ({"dev": [{"a": 1}], "test": [{"a": 2}]}, None, [{"a": 1}, {"a": 2}]),
        ({"data": [{"a": 1}, {"a": 2}], "version": "1"}, None, [{"a": 1}, {"a": 2}]),
        (
            {"metadata": {"a": [1], "b": {"c": []}}, "none": {}, "articles": [{"a": 1}, {"a": 2}]},
            None,
            [{"a": 1}, {"a": 2}],
        ),
        ({"type": "text2text", "instances": [{"a": 1}, {"a": 2}]}, None, [{"a": 1}, {"a": 2}]),
        ({"annotations": [{"b": 1}], "instances": [{"a": n} for n in range(10)]}, None, [{"a": n} for n in range(10)]),
        (
            {"Definition": ["Do."], "Positive Examples": [{"a": 0}], "Instances": [{"a": 1}], "Language": ["en"]},
            None,
            [{"a": 1}],
        ),
        (
            {"Categories": [{"level": 2}], "Instances": [{"a": 1}], "Metadata": [{"b": 1}, {"b": 2}]},
            None,
            [{"a": 1}],
        ),
        ({"1": [{"a": 1}], "2": [{"a": 2}, {"a": 3}], "10": []}, None, [{"a": 1}, {"a": 2}, {"a": 3}]),
        (
            {
                "nli": [{"input": "a", "output": "b"}] * 2,
                "qa": [{"input": "c", "output": "d"}],
                "sum": [{"input": "e", "output": "f"}],
            },
            None,
            [{"input": "a", "output": "b"}] * 2 + [{"input": "c", "output": "d"}, {"input": "e", "output": "f"}],
        ),
        (
            {"features": [{"name": "a"}], "rows": [{"row_idx": 0, "row": {"a": 1}}, {"row_idx": 1, "row": {"a": 2}}]},
            None,
            [{"row_idx": 0, "row": {"a": 1}}, {"row_idx": 1, "row": {"a": 2}}],
        ),
        (
            {"docks": [{"q": "a", "a": "b"}], "boats": [{"q": "c", "a": "d"}]},
            None,
            [{"q": "a", "a": "b"}, {"q": "c", "a": "d"}],
        ),
        ({"parcels": [{"a": 1, "b": "c"}] * 3}, None, [{"a": 1, "b": "c"}] * 3),
        (
            {name: [{"head": name, "text": f"The dock of {name} is full."}] * 10 for name in ("north", "south")},
            None,
            [{"head": name, "text": f"The dock of {name} is full."} for name in ["north"] * 10 + ["south"] * 10],
        ),
        (
            {name: [{f"{name} tactic": "c"}, *TERMS[:9], TERMS[0] | {"seen": 1}] for name in ("north", "south")},
            None,
            [
                row
                for name in ("north", "south")
                for row in ({f"{name} tactic": "c"}, *TERMS[:9], TERMS[0] | {"seen": 1})
            ],
        ),
        ({"intents": [{"tag": "a", "patterns": ["b"]}]}, None, [{"tag": "a", "patterns": ["b"]}]),
        (
            {"intents": [{"tag": "a", "patterns": ["b", "c"], "responses": ["d"]}, {"tag": "e", "patterns": []}]},
            None,
            [
                {"tag": "a", "patterns": ["b"], "responses": ["d"]},
                {"tag": "a", "patterns": ["c"], "responses": ["d"]},
                {"tag": "e", "patterns": []},
            ],
        ),
        (
            {"intents": [*({"tag": n, "patterns": [f"{n} b", f"{n} c"]} for n in "xyz"), {"default": ["What?"]}]},
            None,
            [*({"tag": n, "patterns": [f"{n} {m}"]} for n in "xyz" for m in "bc"), {"default": ["What?"]}],
        ),
        (
            {"intents": [{"intent": "a", "text": ["b", "c"], "responses": ["d"]}]},
            None,
            [{"intent": "a", "text": [each], "responses": ["d"]} for each in "bc"],
        ),
        (
            {"intents": [{"name": "a", "examples": ["b", "c"]}]},
            None,
            [{"name": "a", "examples": [each]} for each in "bc"],
        ),
        (
            {"intents": [{"tag": "a", "patterns": ["b", "c"], "text": "e"}]},
            None,
            [{"tag": "a", "patterns": [each], "text": "e"} for each in "bc"],
        ),
        (
            {"intents": [{"tag": "a", "patterns": ["b", "c"]}, {"default": ["What?"]}]},
            None,
            [{"tag": "a", "patterns": ["b", "c"]}, {"default": ["What?"]}],
        ),
        (
            {"userSays": [{"data": [{"text": "a"}, {"text": "b"}]}, {"data": [{"text": "c"}]}], "name": "d"},
            None,
            [
                {"userSays": [{"data": [{"text": "a"}, {"text": "b"}]}], "name": "d"},
                {"userSays": [{"data": [{"text": "c"}]}], "name": "d"},
            ],
        ),
        (
            {"topics": [{"name": f"a{n}", "question_patterns": ["b", "c"], "answer": "d"} for n in range(12)]},
            None,
            [{"name": f"a{n}", "question_patterns": [each], "answer": "d"} for n in range(12) for each in "bc"],
        ),
        (
            {
                "set1": [{"question": "a", "correct_answer": "b"}],
                "set2": [{"question": "c", "correct_answer": "d", "e": 1}],
            },
            None,
            [{"question": "a", "correct_answer": "b"}, {"question": "c", "correct_answer": "d", "e": 1}],
        ),
        ({"test": [], "train": [{"a": [1, 2]}, {"b": {"c": []}}]}, None, [{"a": [1, 2]}, {"b": {"c": []}}]),
    ],
)
def test_an_object_of_lists_is_read_and_named(
    value: dict[str, list[object]], split: str | None, rows: list[object], indent: int | None
) -> None:
    for chunk_bytes in SIZES:
        read = opened(json.dumps(value, indent=indent).encode(), split=split, chunk_bytes=chunk_bytes)
        assert read.records == rows
        assert read.source.fetch([len(rows)], [read.offsets[-1]]) == rows[-1:]
        assert read.rules == ["json-array"]
        named = [key for key in value if isinstance(value[key], list) and key != "features"]
        assert all(f'"{key}"' in read.one("json-array").message for key in named)


def test_splits_in_an_object_are_read_as_splits() -> None:
    problem = opened(json.dumps({"version": 1, "data": {**SPLITS, "test": [{"a": 4}]}}).encode()).one("json-array")
    assert problem.message.startswith('one JSON object with 3 lists in "data" instead of rows; "train" is read')
    assert problem.message.endswith("(`jq -c '.data.train[]'`)")


def test_an_object_of_which_all_is_read_is_a_note() -> None:
    rows = [{"question": "When does it open?", "answer": "At nine."}] * 3
    for value, is_note in (
        ({"examples": rows}, True),
        ({"it's [] $(id)": rows}, True),
        ({"examples": rows, "systemPrompt": "You answer questions about the library."}, False),
    ):
        problem = opened(json.dumps(value).encode()).one("json-array")
        assert problem.is_note is is_note
        assert ("(`jq -c '.examples[]'`)" in problem.message) is ("examples" in value)
    assert not opened(b'[{"a": 1}]', "rows.jsonl").one("json-array").is_note


def test_a_list_that_describes_rows_is_not_read_next_to_the_only_other_one() -> None:
    rows = [{"a": 1, "b": 2}] * 10
    for others in ("licenses", "skipped", "errors"):
        assert opened(json.dumps({"docks": rows, others: [{"id": 1}]}).encode()).records == rows
    assert opened(json.dumps({"docks": rows, "ships": [{"id": 1}]}).encode()).records != rows


def test_questions_with_their_answers_are_rows_next_to_what_came_of_them() -> None:
    rows = [{"question": f"Is dock {number} full?", "answer": "No."} for number in range(10)]
    found = {"strengths": [{"title": "Short"}], "advice": [{"title": "Ask more", "steps": ["Read"]}] * 2}
    read = opened(json.dumps({"qa_pairs": rows} | found).encode())
    assert read.records == rows
    assert read.one("json-array").is_note
    for more in ({"passage": "The dock is full."}, {"more": rows}, {"others": [{"a": 1, "b": 2}] * 11}):
        value = {"qa_pairs": rows} | found | more
        assert opened(json.dumps(value).encode()).records == [value]


MAILS = [
    {"id": number, "channel": "mail", "subject": "Dock", "body": f"Is dock {number} full?"} for number in range(12)
]


@pytest.mark.parametrize("more", [{}, {"_meta": {"count": 12}}])
def test_messages_that_are_no_turns_are_rows(more: dict[str, Any]) -> None:
    for indent in (None, 2):
        for chunk_bytes in SIZES:
            read = opened(json.dumps(more | {"messages": MAILS}, indent=indent).encode(), chunk_bytes=chunk_bytes)
            assert read.records == MAILS
            assert 'the list "messages" instead of rows' in read.one("json-array").message


@every(
    "value",
    [
        {"messages": [{"sender_name": "Ann", "content": f"Is dock {number} full?"} for number in range(12)]},
        {"messages": MAILS[:1], "id": 7},
        {"messages": [], "id": 7},
        {"messages": [{}] * 12},
        {"messages": "x", "mails": MAILS},
        {"conversation": [{"id": 1, "role": "user"}] * 12, "messages": MAILS},
        {"conversations": [{"from": "human"}, {"from": "gpt"}]},
        {"meta": {"a": 1}, "dialogues": [{"role": "user"}, {"role": "assistant"}]},
        {"messages": [{"role": "user"}], "tools": []},
        {"train": [{"a": 1}], "note": "x"},
        {"1": [{"role": "user"}, {"role": "assistant"}], "2": [{"role": "user"}]},
        {"train": {"a": 1}},
        {"parcels": [{"a": 1, "b": "c"}] * 2},
        {"segments": [{"label": True, "text": "c"}] * 3},
        {
            "positives": [{"text": "a", "score": 1}],
            "negatives": [{"text": "b", "score": 2}],
            "c": [{"text": "d", "score": 1}],
        },
        {name: [{"word": "Dock", "tag": "NOUN"}] * 10 for name in ("north", "south")},
        {name: [{"id": 1, "text": "The dock is full today."}] * 10 for name in ("questions", "documents")},
        {"data": [{"a": 1}], "messages": []},
        {"north": TERMS, "south": [{"no": 1, "term": "dock", "place": "It is where boats lie."}] * 10},
        {"north": TERMS, "south": [{"a": 1}] * 4 + TERMS},
        {"instruction": "x", "instances": [{"input": ""}]},
    ],
)
def test_a_row_with_lists_is_a_row(value: dict[str, object]) -> None:
    read = opened(json.dumps(value).encode())
    assert read.records == [value]
    assert read.rules == []


def test_rows_whose_names_end_in_their_number() -> None:
    value = {f"set--train--{number}": {"log": [number]} for number in (1, 2)}
    read = opened(json.dumps(value).encode())
    assert read.records == list(value.values())
    assert read.one("json-array").message == "one JSON object with 2 rows by their number instead of an array"


TALKS = {
    f"va_{number}": [{"speaker": "A", "utterance": f"Is it {number}?"}, {"speaker": "B", "utterance": "No."}]
    for number in range(12)
}


@pytest.mark.parametrize("nested", [False, True])
def test_conversations_by_name_are_rows(nested: bool) -> None:
    value = {name: [turns] if nested else turns for name, turns in TALKS.items()}
    for indent in (None, 1):
        for chunk_bytes in SIZES:
            read = opened(json.dumps(value, indent=indent).encode(), chunk_bytes=chunk_bytes)
            assert read.records == [{"dialogue": turns} for turns in TALKS.values()]
            assert read.one("json-array").message == (
                "one JSON object with 12 conversations by their name instead of an array"
            )
            assert read.source.fetch([3], [read.offsets[3]]) == [read.records[3]]


@pytest.mark.parametrize("more", [{}, {"version": 2, "functions": []}, {"metadata": {"rows": 12}}])
def test_rows_by_name_under_a_key_are_rows(more: dict[str, object]) -> None:
    for value, rows in (
        (TALKS, [{"dialogue": turns} for turns in TALKS.values()]),
        (asked := {f"q{n}": {"question": f"Is it {n}?", "answer": "No."} for n in range(12)}, list(asked.values())),
    ):
        for indent in (None, 1):
            for chunk_bytes in SIZES:
                text = json.dumps(more | {"conversations": value}, indent=indent).encode()
                read = opened(text, chunk_bytes=chunk_bytes)
                assert read.records == rows
                assert read.source.fetch([3], [read.offsets[3]]) == [read.records[3]]


COMMAS = [b'{"prompt": "Is it %d?", "completion": "No, {%d}, \\"ours\\"."}' % (n, n) for n in range(30)]


@pytest.mark.parametrize("last", [b",", b",\n", b",\r\n \n", b"", b"\n"])
def test_lines_that_end_with_a_comma_are_rows(last: bytes) -> None:
    for chunk_bytes in SIZES:
        read = opened(b",\n".join(COMMAS) + last, chunk_bytes=chunk_bytes)
        assert read.records == [json.loads(line) for line in COMMAS]
        assert read.one("json-array").severity == "error"
        assert read.facts.rows_refused == 0


def test_a_line_that_is_broken_among_lines_with_a_comma_is_refused_alone() -> None:
    lines = COMMAS.copy()
    lines[7] = lines[7].replace(b': "No', b": No")
    read = opened(b",\n".join(lines) + b",\n")
    assert read.records == [json.loads(line) for line in COMMAS if line != COMMAS[7]]
    assert read.facts.rows_refused == 1


@pytest.mark.parametrize(
    "text", [b"\n".join(COMMAS).replace(b"}", b"},", 1), COMMAS[0] + b",\n", b'{"a": 1},\n{"a": 2\n']
)
def test_other_lines_with_a_comma_are_no_array(text: bytes) -> None:
    assert opened(text, "rows.jsonl").source.container == "jsonl"


EXAMPLES = [{"text": f"is dock {number} full", "intent": "ask", "entities": []} for number in range(3)]


@pytest.mark.parametrize(
    "value",
    [
        {"rasa_nlu_data": {"regex_features": [{"name": "n"}], "common_examples": EXAMPLES, "lookup_tables": []}},
        {"luis_schema_version": "3.2.0", "name": "Docks", "intents": [{"name": "ask"}], "patterns": [],
         "utterances": EXAMPLES},
        {"intents": [{"id": 0, "name": "ask"}], "train": EXAMPLES, "test": EXAMPLES[:1]},
        {"name": "docks", "task": "ask", "dev": EXAMPLES[:1], "test": EXAMPLES[1:]},
    ],
)  # fmt: skip
def test_examples_of_intents_next_to_their_names_are_rows(value: dict[str, object]) -> None:
    for indent in (None, 1):
        for chunk_bytes in SIZES:
            read = opened(json.dumps(value, indent=indent).encode(), chunk_bytes=chunk_bytes)
            assert read.records == EXAMPLES


@pytest.mark.parametrize(
    ("before", "after"), [('{"rasa_nlu_data": {"common_examples": [', "]}}"), ('{"intents": [', "]}"), ("[", "]")]
)
@pytest.mark.parametrize("line", [2, 4])
def test_examples_are_rows_next_to_a_trailing_comma(before: str, after: str, line: int) -> None:
    rows = ",\n".join(map(json.dumps, EXAMPLES))
    rows = rows.replace("}", ",}", 1) if line == 2 else f"{rows},"
    text = f"{before}\n{rows}\n{after}"
    for chunk_bytes in SIZES:
        read = opened(text.encode(), chunk_bytes=chunk_bytes)
        problem = read.one("invalid-json")
        assert (read.records, problem.line, problem.rewritable) == (EXAMPLES, line, True)
        assert "trailing comma" in problem.message


def test_graded_answers_by_the_number_of_a_question_are_rows_however_few_each_has() -> None:
    row = {"asked": "How long is the pier of the harbour?", "said": "12 metres", "grade": 1}
    value = {f"{number:x}f-0{number}": [row] * (number % 3 + 1) for number in range(12)}
    read = opened(json.dumps(value).encode())
    assert read.records == [row] * 24
    assert read.one("json-array").message.startswith("one JSON object with 12 lists instead of rows")
    for other in (dict(list(value.items())[:9]), {**value, "b": [{"asked": row["asked"]}]}):
        assert opened(json.dumps(other).encode()).records == [other]


def test_objects_with_a_prompt_and_a_response_by_one_name_are_columns() -> None:
    names = [f"ask_{n:x}z" for n in range(12)]
    asked, said = ({name: f"{word} {name}?" for name in names} for word in ("Where do I find", "You find it at the"))
    value = {"description": "Questions on docks", "prompts": asked, "expected_outputs": said, "kinds": {"docks": names}}
    read = opened(json.dumps(value).encode())
    assert read.records == [{"prompts": asked[name], "expected_outputs": said[name]} for name in names]
    assert read.one("json-array").message.endswith("read as rows, without description, kinds")
    others = ({"prompts": asked, "expected_outputs": dict([*said.items()][1:])}, {"docks": asked, "gates": said})
    for other in others:
        assert opened(json.dumps({"description": "Docks", **other}).encode()).records == [
            {"description": "Docks", **other}
        ]


def test_short_texts_of_several_words_are_rows_in_objects_too() -> None:
    cases = {name: [{"said": f"{name} {n} late", "of": name} for n in range(8)] for name in ("tug", "ferry", "crane")}
    assert opened(json.dumps({"cases": cases}).encode()).records == [row for rows in cases.values() for row in rows]


def test_texts_in_the_chapters_of_a_book_are_rows() -> None:
    verses = {str(n): [{"v": v, "verse": f"The {n} ships came to gate {v}."} for v in range(12)] for n in (1, 2, 3)}
    value = {"book": "Harbours", "chapters": verses}
    read = opened(json.dumps(value).encode())
    assert read.records == [row for rows in verses.values() for row in rows]
    assert read.one("json-array").message.startswith("one JSON object with 3 lists, 2 objects deep, instead of rows")
    words = {name: [{"v": row["v"], "word": "gate"} for row in rows] for name, rows in verses.items()}
    said = {name: [{"speaker": "Ann", "text": row["verse"]} for row in rows] for name, rows in verses.items()}
    for other in (words, said, {**verses, "4": [{"v": 1, "note": "The gate is shut until noon."}] * 3}):
        assert opened(json.dumps({**value, "chapters": other}).encode()).records == [{**value, "chapters": other}]


def test_two_topics_of_questions_with_their_answers_are_rows() -> None:
    topics = [{"topic": name, "asked": [{"question": f"Is {name} full?", "answer": "No."}]} for name in "AB"]
    assert opened(json.dumps({"topics": topics}).encode()).records == topics
    others = {"topics": [{"topic": name, "boats": [{"name": "Ann", "length": 9}]} for name in "AB"]}
    assert opened(json.dumps(others).encode()).records == [others]


def test_questions_by_section_next_to_the_name_of_an_exam_are_rows() -> None:
    asked = [{"question": f"Which dock has {count} berths?", "answer": f"Dock {count}."} for count in range(4)]
    sections = {"Grammar": asked[:2], "Reading": asked[2:]}
    assert opened(json.dumps({"exam": "Harbour pilot"} | sections).encode()).records == asked
    titled = [{"title": name, "questions": questions} for name, questions in sections.items()]
    assert opened(json.dumps({"exam": "Harbour pilot", "sections": titled}).encode()).records == titled
    row = {"prompt": "Ask about docks."} | sections
    assert opened(json.dumps(row).encode()).records == [row]


def test_intents_next_to_what_else_a_chatbot_has_are_rows() -> None:
    value = {
        "description": "It says which docks are full.",
        "intents": [{"name": "full", "utterances": ["is it full", "any place left"]}],
        "entities": [{"name": "dock", "values": ["A"]}],
        "flows": [{"name": "full", "steps": [{"content": "No."}]}],
    }
    read = opened(json.dumps(value).encode())
    assert [row["utterances"] for row in read.records] == [["is it full"], ["any place left"]]
    others = opened(json.dumps({**value, "training_data": EXAMPLES}).encode())
    assert len(others.records) == 1


def test_messages_of_a_chat_of_telegram_are_rows() -> None:
    messages = [{"id": 1, "type": "message", "from": "Ann", "from_id": "user1", "text": "Is it full?"}, {"id": 2}]
    for kind, rows in (("personal_chat", messages), ("chat", [{"name": "Ann", "type": "chat", "id": 7}])):
        value = {"name": "Ann", "type": kind, "id": 7, "messages": messages}
        read = opened(json.dumps(value).encode())
        assert [{key: row[key] for key in row if key != "messages"} for row in read.records] == rows


def test_what_a_user_and_a_bot_said_is_a_conversation_under_the_number_of_a_session() -> None:
    said = [{"time": "10:30", "user_message": "Is it full?", "bot_response": "No."}] * 2
    sessions = {f"session_{number}": said for number in range(12)}
    read = opened(json.dumps(sessions).encode())
    assert read.records == [{"dialogue": said}] * len(sessions)
    topics = {f"about {letter}": said for letter in "abcdefghijkl"}
    assert opened(json.dumps(topics).encode()).records != [{"dialogue": said}] * len(topics)


@pytest.mark.parametrize("name", ["tasks", "Problems", "questions"])
def test_tasks_by_their_names_are_rows_next_to_facts(name: str) -> None:
    tasks = {f"dock-{letter}": {"task": f"Open dock {letter}.", "answer": "Done."} for letter in "abcdefghijkl"}
    value = {"version": 2, name: tasks}
    assert opened(json.dumps(value).encode()).records == [*tasks.values()]
    for other in (value | {"rows": [1]}, {"version": 2, "settings": tasks}, {name: tasks | {"more": {"x": 1}}}):
        assert opened(json.dumps(other).encode()).records == [other]


def test_examples_by_name_are_rows_alone_under_any_key_and_in_groups() -> None:
    north, south = (
        {
            f"{side}-{letter}": {"question": f"Is {side} {letter} full?", "options": ["yes"], "answer": "A"}
            for letter in LETTERS
        }
        for side in ("north", "south")
    )
    for value, rows, said in (
        ({"docks": north}, [*north.values()], "12 rows by their name"),
        ({"a": north, "b": south}, [*north.values(), *south.values()], "24 rows by their name in 2 groups"),
    ):
        read = opened(json.dumps(value, indent=1).encode())
        assert read.records == rows
        assert read.one("json-array").message == f"one JSON object with {said} instead of an array"
    places = {name: {"question": row["question"], "place": "north"} for name, row in north.items()}
    for other in ({"docks": places}, {"a": north, "b": places}, {"a": north, "b": {"more": 1}}):
        assert opened(json.dumps(other).encode()).records == [other]


def test_rows_by_ids_may_lack_a_key() -> None:
    rows = {
        f"{number:x}f-4e2{number}": {"kind": "pair" if number % 3 else "one", "said": f"Dock {number} is full today."}
        for number in range(12)
    }
    for row in [*rows.values()][::3]:
        row["other"] = "7"
    read = opened(json.dumps(rows).encode())
    assert read.records == [*rows.values()]
    assert read.one("json-array").message == "one JSON object with 12 rows by their name instead of an array"
    named = {f"dock {name}": row for name, row in rows.items()}
    settings = {name: {**row, "said": "full"} for name, row in rows.items()}
    for other in (named, settings):
        assert opened(json.dumps(other).encode()).records != [*other.values()]


def test_few_conversations_with_their_facts_are_rows() -> None:
    value = {name: {"messages": turns, "updated": 3} for name, turns in zip("ab", TALKS.values(), strict=False)}
    read = opened(json.dumps(value).encode())
    assert read.records == list(value.values())
    assert read.one("json-array").message == "one JSON object with 2 rows by their name instead of an array"


@pytest.mark.parametrize(
    "value",
    [
        dict(list(TALKS.items())[:5]),
        TALKS | {"va_1": [["Is it 1?", "No."]]},
        TALKS | {"va_1": []},
        TALKS | {"count": 12},
        {name: [{"word": "Is", "tag": "O"}] for name in TALKS},
    ],
)
def test_other_objects_of_lists_are_a_row(value: dict[str, object]) -> None:
    assert opened(json.dumps(value).encode()).records == [value]


LETTERS = "abcdefghijkl"
ANSWERS = {f'What is "{number}", é?': f'It is {number}:\n"a number".' for number in range(12)}


ENTITIES = {f"Boat {number} is in dock A.": [[5, 6, "BOAT"]] * (number % 3) for number in range(12)} | {
    "Nothing is in ä" * 100: []
}
LABELS = {f"boat {number} in dock é": ("late", "early", "late")[number % 3] for number in range(40)}
CLASSES = {f"boat {number} in a dock": number % 2 for number in range(40)}
PAIRED: list[tuple[dict[str, Any], tuple[str, str], str]] = [
    (ANSWERS, ("prompt", "response"), "12 responses by their prompts"),
    (ENTITIES, ("text", "entities"), "13 texts with the places of what is found in each"),
    (LABELS, ("text", "label"), "40 labels by their texts"),
    (CLASSES, ("text", "label"), "40 labels by their texts"),
]


@pytest.mark.parametrize(("value", "keys", "what"), PAIRED)
def test_keys_that_are_texts_are_in_rows(value: dict[str, Any], keys: tuple[str, str], what: str) -> None:
    for indent in (None, 1):
        for chunk_bytes in SIZES:
            read = opened(json.dumps(value, indent=indent).encode(), chunk_bytes=chunk_bytes)
            assert read.records == [dict(zip(keys, pair, strict=True)) for pair in value.items()]
            assert read.one("json-array").message == f"one JSON object with {what} instead of an array"
            assert read.source.fetch([3], [read.offsets[3]]) == [read.records[3]]


@pytest.mark.parametrize(
    "value",
    [
        {f"boat {number} in a dock": 1 + number % 3 for number in range(40)},
        {f"boat.{number}": ("late", "early")[number % 2] for number in range(40)},
        {f"boat {number}": f"Boot {number}" for number in range(40)},
        {f"boat {number}": "late" for number in range(40)},
        dict(list(LABELS.items())[:10]) | {"boats": ["a boat"]},
    ],
    ids=["counts", "names", "translations", "constant", "lists"],
)
def test_other_values_by_texts_are_no_labels(value: dict[str, object]) -> None:
    assert not any("label" in record for record in opened(json.dumps(value).encode()).records)


WORDS = [f"sail{one}{two}" for one in "abcdefghijklmn" for two in "opqrstuvwxyzabc"][:200]
PHRASES = {f"{word} up": f"tie {word} up" for word in WORDS}


def test_phrases_with_another_text_under_each_are_pairs() -> None:
    read = opened(json.dumps(PHRASES, indent=1).encode())
    assert read.records == [{"prompt": name, "response": text} for name, text in PHRASES.items()]


@pytest.mark.parametrize(
    "value",
    [
        {word: f"tie {word} up" for word in WORDS},
        {name: str(n) for n, name in enumerate(PHRASES)},
        {name: f"https://x.org/{n}" for n, name in enumerate(PHRASES)},
    ],
    ids=["words", "numbers", "addresses"],
)
def test_many_texts_by_other_names_are_no_rows(value: dict[str, str]) -> None:
    read = opened(json.dumps(value).encode())
    assert (read.records, read.facts.rows_refused) == ([], 1)
    assert read.one("invalid-row").message.startswith("one JSON object with 200 texts by their names, which are no")
    few = dict(list(value.items())[:199])
    assert opened(json.dumps(few).encode()).records == [few]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("lists", [["tie"], [], ["tie", "moor"]]),
        ("numbers", [3, -0.5, 17]),
        ("objects", [{"sense": "tie"}, {"form": "tied", "of": "tie"}, {}]),
    ],
)
def test_many_values_of_one_kind_by_words_are_no_row(kind: str, values: list[Any]) -> None:
    """Names of columns among the words say nothing."""
    value = {name: values[n % 3] for n, name in enumerate(["prompt", "response", "sentiment", *WORDS])}
    read = opened(json.dumps(value, indent=1).encode())
    assert (read.records, read.facts.rows_refused) == ([], 1)
    assert read.one("invalid-row").message.startswith(f"one JSON object with {len(value)} {kind} by their names")
    mixed = value | {"prompt": "tie"}
    assert opened(json.dumps(mixed).encode()).records == [mixed]


PROMPTS = {f"task/{number}": f'Write a function number {number} that adds\n"é".' for number in range(12)}
WIDE = {
    f"task/{number}": f"请写一个函数，把第{number}号码头今天停靠的船的数量加起来，然后返回结果。"
    for number in range(12)
}


@pytest.mark.parametrize("prompts", [PROMPTS, WIDE], ids=["spaces", "none"])
def test_texts_by_name_are_prompts(prompts: dict[str, str]) -> None:
    for indent in (None, 1):
        for chunk_bytes in SIZES:
            read = opened(json.dumps(prompts, indent=indent).encode(), chunk_bytes=chunk_bytes)
            assert read.records == [{"prompt": text} for text in prompts.values()]
            assert read.one("json-array").message == (
                "one JSON object with 12 texts by their number instead of an array, read as prompts"
            )
            assert read.source.fetch([3], [read.offsets[3]]) == [read.records[3]]


@pytest.mark.parametrize(
    ("name", "intent", "key"),
    [
        *(("responses.json", "ask_hours_{}", "intent"), ("bot_answers_de.json", "greet_{}", "intent")),
        *(("model_answers.json", "a7{}f0", "id"), ("answers.json", "task/{}", "id"), ("texts.json", "greet_{}", "")),
    ],
)
def test_texts_of_a_file_of_responses_are_what_its_names_ask_for(name: str, intent: str, key: str) -> None:
    names = [intent.format(n if key == "id" else chr(ord("a") + n)) for n in range(12)]
    said = {each: f"The dock {each} is open from nine to five." for each in names}
    read = opened(json.dumps(said, indent=1).encode(), name)
    if not key:
        assert read.records == [{"prompt": text} for text in said.values()]
        return
    assert read.records == [{key: each, "response": text} for each, text in said.items()]
    assert read.one("json-array").message == "one JSON object with 12 responses by their names instead of an array"


def test_programs_by_name_are_no_prompts() -> None:
    heads = {f"t_{n}": f"// Return whether dock {n} is full.\nbool full_{n}(int boats) {{\n" for n in range(12)}
    whole = {name: f"{head}    return boats > 9;\n}}\n" for name, head in heads.items()}
    assert len(opened(json.dumps(heads).encode()).records) == len(heads)
    assert opened(json.dumps(heads).encode()).records[0] == {"prompt": heads["t_0"]}
    scripts = {name: f"import dock\n\ndef full_{name}(boats):\n    return boats > 9\n" for name in heads}
    for programs in (whole, scripts):
        read = opened(json.dumps(programs).encode())
        assert read.records == [{"text": text} for text in programs.values()]
        assert read.one("json-array").message.endswith("instead of an array, read as texts")
    signatures = {name: f'import dock\n\ndef full_{name}(boats):\n    """Is it full?"""\n' for name in heads}
    assert opened(json.dumps(signatures).encode()).records[0] == {"prompt": signatures["t_0"]}


@pytest.mark.parametrize("ending", ["wav", "jpeg", "txt"])
def test_texts_by_the_names_of_files_are_what_these_say(ending: str) -> None:
    said = {f"deck/{n}.{ending}": f"[calm] The ferry to dock {n} leaves at noon." for n in range(12)}
    read = opened(json.dumps(said).encode())
    assert read.records == [{"text": text} for text in said.values()]
    assert read.one("json-array").message.endswith("instead of an array, read as texts")


QUESTIONS = {
    topic: [f"How do I {deed} {number} of them at the dock?" for number in range(12)]
    for topic, deed in (("Drama", "stage"), ("Algebra", "add"), ("Ethics", "judge"), ("Biology", "grow"))
}
SOUGHT = {
    "queries": {f"q-{n}": f'Is dock {n} "full"?' for n in range(12)},
    "corpus": {f"d-{n}": f"Dock {n} has\ntwo boats, é." for n in range(8)},
    "relevant_docs": {f"q-{n}": [f"d-{n % 8}", f"d-{n % 8}", f"d-{n // 6}"] for n in range(11)},
    "mode": "text",
}
LINKED = (
    "one JSON object with 12 queries and 8 documents by their ids; each query is a row, with the documents that are "
    "relevant to it (1 has none in the corpus)"
)


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("chunk_bytes", SIZES)
@pytest.mark.parametrize("keys", [list(SOUGHT), ["corpus", "relevant_docs", "queries"]], ids=["all", "others"])
def test_queries_by_id_are_rows_with_their_documents(keys: list[str], indent: int | None, chunk_bytes: int) -> None:
    value: dict[str, Any] = {key: SOUGHT[key] for key in keys}
    read = opened(json.dumps(value, indent=indent).encode(), chunk_bytes=chunk_bytes)
    ids = [dict.fromkeys(value["relevant_docs"].get(key, [])) for key in value["queries"]]
    assert read.records == [
        {"query": text, "relevant_passages": [value["corpus"][each] for each in found]}
        for text, found in zip(value["queries"].values(), ids, strict=True)
    ]
    assert read.one("json-array").message == LINKED
    assert read.source.fetch([3], [read.offsets[3]]) == [read.records[3]]


@pytest.mark.parametrize(
    "other",
    [
        {"corpus": {"d-0": {"text": "Dock 0 has two boats."}}},
        {"corpus": {"other": "Dock 0 has two boats."}},
        {"corpus": {}},
        {"queries": ["Is dock 0 full?"]},
        {"relevant_docs": {"q-0": "d-0"}},
        {"relevant_docs": {}},
        {"corpus": {"d-0": "x" * (1 << 23)}, "relevant_docs": {f"q-{n}": ["d-0"] for n in range(12)}},
    ],
)
def test_queries_without_documents_are_one_row(other: dict[str, Any]) -> None:
    value = {**SOUGHT, **other}
    assert opened(json.dumps(value).encode()).records == [value]


def test_lists_whose_texts_at_one_place_are_alike_are_columns() -> None:
    names = [f"{word} {word}{number}" for number, word in enumerate(WORDS[:24])]
    one, other = [f"{name} left" for name in names], [f"{name} went" for name in names]
    read = opened(json.dumps({"src": one, "beamA": other}).encode())
    assert read.records == [{"src": a, "beamA": b} for a, b in zip(one, other, strict=True)]
    same = [f"The ferry leaves pier {number} at noon" for number in range(24)]
    for classes in ({"src": one, "beamA": other[:-1]}, {"src": same, "beamA": same[::-1]}):
        expected = [{"text": text, "label": name} for name, texts in classes.items() for text in texts]
        assert opened(json.dumps(classes).encode()).records == expected


def test_sentences_by_their_words_are_labelled_whatever_the_words() -> None:
    words = ["question", "answer", *(f"word{number}" for number in range(1_100))]
    value = {word: [f"This is sentence {number} of {word}." for number in range(3)] for word in words}
    expected = [{"text": text, "label": word} for word, texts in value.items() for text in texts]
    assert opened(json.dumps(value).encode()).records == expected


#: Names of topics and tasks that are names of columns as well.
TOPICS = ["Poetry", "Code", "Summary", "Text", "Translation", "Questions", "Articles", "Story"]


@pytest.mark.parametrize("topic", TOPICS)
def test_names_of_lists_of_texts_decide_nothing(topic: str) -> None:
    one = {**QUESTIONS, topic: [f"What is the number {number} here?" for number in range(12)]}
    two = {"Arts": {key: one[key] for key in ("Drama", topic)}, "Science": {key: one[key] for key in ("Algebra",)}}
    two["Rest"] = {key: one[key] for key in ("Ethics", "Biology")}
    assert opened(json.dumps(one).encode()).records == [
        {"text": text, "label": key} for key, texts in one.items() for text in texts
    ]
    assert opened(json.dumps(two, indent=1).encode()).records == [
        {"prompt": text, "category": f"{area} / {key}"}
        for area, lists in two.items()
        for key, texts in lists.items()
        for text in texts
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"Questions": QUESTIONS["Drama"], "Answers": QUESTIONS["Ethics"] * 2, "Drama": [], "Biology": []},
        {"Text": QUESTIONS["Drama"], "Drama": QUESTIONS["Ethics"] * 2},
        {"One": {"Text": QUESTIONS["Drama"], "Drama": []}, "Two": {"Text": QUESTIONS["Ethics"], "Drama": []}},
    ],
)
def test_lists_that_are_columns_are_no_topics(value: dict[str, Any]) -> None:
    assert len(opened(json.dumps(value).encode()).records) == 1


@pytest.mark.parametrize(
    "value",
    [
        {f"key{number}": "yes" for number in range(20)},
        {f"What is {number}?": "That is a number, as far as we know." for number in range(9)},
        {f"What is {number}?" if number % 4 else f"q{number}": "That is a number." for number in range(20)},
        {f"key{number}": "A text that is long enough to be read." for number in range(5)},
        {code: {f"The boats of dock {n} in {code}": f"{10100000 + n}" for n in range(9)} for code in ("en", "fr")},
        {f"key{number}": "A text that is long enough to be read." if number else 1 for number in range(20)},
    ],
)
def test_other_objects_of_texts_are_a_row(value: dict[str, object]) -> None:
    assert opened(json.dumps(value).encode()).records == [value]


RELATED = {
    name: [{"tokens": [name, "is", str(n), "relation"], "h": ["a", 1], "t": ["b", 2]} for n in range(6)]
    for name in "PQ"
}
CLASSES = {name: [{"text": f"Dock é {n}", "id": n} for n in range(5)] for name in ("open", "full", "none", "Text")}
SPOKEN = [{"data": [{"text": "Find "}, {"text": f"dock é{n}", "entity": "dock"}, {"text": "!"}]} for n in range(12)]
JOINED = [
    {"text": f"Find dock é{n}!", "entities": [{"start": 5, "end": 11 + len(str(n)), "label": "dock"}]}
    for n in range(12)
]

ANSWERS = {name: {f"Where is dock é {n} of {name}?": f"In {n}." for n in range(6)} for name in ("Docks", "Piers")}
PAIRS = {name: [[f"Dock é {n} is {name}.", f"It is {name} or full."] for n in range(5)] for name in ("A_impl_B", "no")}


@pytest.mark.parametrize(
    ("value", "rows", "said"),
    [
        (PAIRS | {"none": []},
         [{"sentence1": a, "sentence2": b, "label": name} for name, rows in PAIRS.items() for a, b in rows],
         "3 lists of pairs; each pair is a row (sentence1, sentence2), with the name of its list as label"),
        (ANSWERS | {"none": {}},
         [{"prompt": a, "response": b, "category": name} for name, each in ANSWERS.items() for a, b in each.items()],
         "3 objects of pairs; each pair is a row (prompt, response), with the name of its object as category"),
        (ANSWERS | {"Boats": {"Where is the boat of Ann?": ["North.", "In é."]}},
         [{"prompt": a, "response": b, "category": name} for name, each in ANSWERS.items() for a, b in each.items()]
         + [{"prompt": "Where is the boat of Ann?", "response": ["North.", "In é."], "category": "Boats"}],
         "3 objects of pairs; each pair is a row (prompt, response), with the name of its object as category"),
        (RELATED, [row | {"relation": name} for name, rows in RELATED.items() for row in rows],
         "2 lists of rows; each row has the name of its list as relation"),
        (CLASSES | {"empty": []}, [row | {"label": name} for name, rows in CLASSES.items() for row in rows],
         "5 lists of rows; each row has the name of its list as label"),
        ({"FindDock": SPOKEN}, JOINED, "one list of rows; their pieces are read as text and entities"),
        ({"FindDock": SPOKEN, "Ask": SPOKEN[:1]},
         [*(row | {"intent": "FindDock"} for row in JOINED), JOINED[0] | {"intent": "Ask"}],
         "2 lists of rows; their pieces are read as text and entities; each row has the name of its list as intent"),
    ],
)  # fmt: skip
def test_rows_in_lists_by_label_have_it(value: dict[str, Any], rows: list[dict[str, Any]], said: str) -> None:
    for indent in (None, 1):
        for chunk_bytes in SIZES:
            read = opened(json.dumps(value, indent=indent).encode(), chunk_bytes=chunk_bytes)
            assert read.records == rows
            assert read.one("json-array").message == f"one JSON object with {said}"
            assert read.source.fetch([8, 3], [read.offsets[8], read.offsets[3]]) == [rows[8], rows[3]]


def test_pieces_of_texts_in_another_encoding_are_joined() -> None:
    read = opened(json.dumps({"FindDock": SPOKEN}, ensure_ascii=False).encode("cp1252"))
    assert read.records == JOINED
    assert "wrong-encoding" in read.rules


@pytest.mark.parametrize(
    "value",
    [
        {"train": PAIRS["no"], "test": PAIRS["no"]},
        {"prompt": PAIRS["no"], "response": PAIRS["no"]},
        {"train": ANSWERS["Docks"], "test": ANSWERS["Piers"]},
        {"de": {f"dock.{n}": f"Hafen {n}" for n in range(9)}, "en": {f"dock.{n}": f"Dock {n}" for n in range(9)}},
        ANSWERS | {"Boats": {"Where is the boat of Ann?": {"north": "yes"}}},
        {name: {f"All docks of {name} {n}": [f"Dock {n}"] for n in range(6)} for name in "PQ"},
        {name: [[str(n), name] for n in range(8)] for name in "PQ"},
        {"open": [*PAIRS["no"], ["Is it a pair?", "It has", "three texts."]], "full": PAIRS["no"]},
        {"de": CLASSES["open"], "en": CLASSES["full"]},
        {"prompt": CLASSES["open"], "response": CLASSES["full"]},
        {name: [row | {"url": "x"} for row in rows] for name, rows in CLASSES.items()},
        {name: [row | {"relation": "x"} for row in rows] for name, rows in RELATED.items()},
        {"1": RELATED["P"], "2": RELATED["Q"]},
        {"train": CLASSES["open"], "test": CLASSES["full"]},
        {"open": CLASSES["open"], "full": CLASSES["full"][:4]},
        {"FindDock": [*SPOKEN, {"data": [{"text": "x", "kind": "y"}]}]},
    ],
)
def test_other_lists_of_rows_have_no_label(value: dict[str, Any]) -> None:
    for row in opened(json.dumps(value).encode()).records:
        assert "label" not in row
        assert "intent" not in row
        assert row.get("relation") in (None, "x")


def test_splits_of_pairs_are_refused_once() -> None:
    value = {"val": [["x", "y"]], "train": [["a", "b"], ["c", "d"], ["e", "f"]]}
    read = opened(json.dumps(value, indent=1).encode())
    assert (read.facts.rows_read, read.facts.rows_refused) == (0, 3)
    assert sorted(read.rules) == ["json-array", "not-an-object"]
    assert read.one("not-an-object").message == '"train" contains 3 lists that are not objects: no row is read'
    assert read.one("not-an-object").line == 8


def test_a_split_that_is_not_there() -> None:
    with pytest.raises(DatalintError, match='has no split "dev": pass --split with one of train, validation, test'):
        opened(json.dumps(SPLITS).encode(), split="dev")


def test_a_repeated_split_is_one_row() -> None:
    read = opened(b'{"train":[{"a":1}],"train":[{"a":2},{"a":3}]}')
    assert read.facts.rows_read == 1
    assert [problem.rule for problem in read.noticed[0]] == ["duplicate-key"]


ROWS = st.dictionaries(
    st.text(st.sampled_from('ab"\\[]{},:é\n'), max_size=4),
    st.recursive(
        st.text(st.sampled_from('ab"\\[]{},:é日\n'), max_size=6) | st.integers(0, 9) | st.none(),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
        max_leaves=5,
    ),
    max_size=3,
)


@given(st.lists(ROWS, max_size=5), st.sampled_from([None, 0, 1, "\t"]), st.booleans(), st.sampled_from(SIZES))
@settings(max_examples=examples(30), deadline=None)
def test_any_array_gives_its_rows(rows: list[object], indent: int | None, ascii_only: bool, chunk_bytes: int) -> None:
    text = json.dumps(rows, indent=indent, ensure_ascii=ascii_only)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    read = opened(data, chunk_bytes=chunk_bytes)
    assert read.records == rows
    assert read.rules == ([] if rows else ["empty-file"])
    whole = opened(data)
    assert (read.facts, read.lines, read.offsets) == (whole.facts, whole.lines, whole.offsets)
    places = list(range(len(rows)))[::-1]
    assert read.source.fetch(places, [read.offsets[place] for place in places]) == rows[::-1]
    assert read.source.fetch(places) == rows[::-1]


@given(st.binary(max_size=40) | st.text(st.sampled_from('[]{}",:\\ \na1'), max_size=40).map(str.encode))
@settings(max_examples=examples(80), deadline=None)
def test_any_bytes_in_a_json_file(data: bytes) -> None:
    for prefix in (b"", b"[", b'[{"a":1},', b"{"):
        try:
            read = opened(prefix + data)
        except DatalintError:
            continue
        assert read.facts.rows_read == len(read.records) == len(read.lines)
        assert read.facts.rows_refused == 0 or read.facts.problems
        assert repr(opened(prefix + data, chunk_bytes=7).records) == repr(read.records)


def test_deep_and_long_hostile_documents() -> None:
    for data in (b"[" * 100_000, b'[{"a":' * 50_000, b"[" * 50_000 + b"]" * 50_000, b'["' + b"\\" * 200_000 + b'"]'):
        read = opened(data)
        assert read.facts.rows_read == 0
        assert read.facts.rows_refused >= 1


def test_a_large_array_is_split_over_scan_blocks() -> None:
    rows = [{"n": n, "t": 'x"\\[{,' * 40} for n in range(10_000)]
    data = json.dumps(rows).encode()
    assert len(data) > 3 << 20
    read = opened(data, chunk_bytes=1 << 20)
    assert len(read.parts) > 2
    assert read.records == rows


@given(st.lists(st.integers(1, 60), max_size=8, unique=True))
@settings(max_examples=examples(10))
def test_where_commas_are_missing_does_not_depend_on_blocks(cuts: list[int]) -> None:
    data = b'[{"a": [1]} {"b": {}}, {"c": "} {"}, [1] [2], {"d": 1} \n {"e": [[]]} ]'
    bounds = [0, *sorted(cuts), len(data)]
    found = elements([data[start:stop] for start, stop in pairwise(bounds)], 1)
    joints = [data[close : after + 1] for close, after in found.joints.tolist()]
    assert joints == [b"} {", b"] [", b"} \n {"]


def test_sources_and_targets_in_the_object_of_each_pair_of_languages_are_columns() -> None:
    texts = [f"The dock number {number} is full." for number in range(12)]
    value = {pair: {"src": texts, "tgt": [text.upper() for text in texts]} for pair in ("en-de", "en-fr")}
    rows = [{"category": pair, "src": text, "tgt": text.upper()} for pair in value for text in texts]
    assert opened(json.dumps(value).encode()).records == rows
    value["en-fr"]["tgt"].pop()
    assert opened(json.dumps(value).encode()).records[0].keys() == {"text", "category"}


@pytest.mark.parametrize(("name", "found"), [("intents.json", False), ("intents.jsonl", True)])
def test_a_list_of_intents_is_a_problem_of_lines_alone(tmp_path: Path, name: str, *, found: bool) -> None:
    intents = [{"tag": tag, "patterns": [f"{tag} b", f"{tag} c"], "responses": ["d"]} for tag in "xyz"]
    (tmp_path / name).write_text(json.dumps(intents))
    report = lint(str(tmp_path / name), config={"select": ["FMT003"]}, eval=False)
    assert any("each text of an intent is a row of its own" in note for note in report.notes) is not found
    assert bool(report.findings) is found


def test_intents_with_many_texts_are_a_row_for_each() -> None:
    texts = [f"Is the dock number {number} of the old harbour free today?" for number in range(1_500)]
    data = json.dumps([{"tag": tag, "patterns": texts, "responses": ["Yes."]} for tag in "xyz"]).encode()
    assert len(data) * len(texts) > 1 << 28
    assert opened(data).facts.rows_read == 3 * len(texts)
