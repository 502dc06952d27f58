"""Objects of columns, rows in objects of objects, texts with spans, and tables after lines of text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from datalint.sources import Source
from datalint.sources.content import Content
from datalint.sources.sniff import OpenSettings, open_content
from tests.sources.tests_sources_reading import Read, read_source


def opened(data: bytes, name: str = "rows.json", chunk_bytes: int = 8 << 20) -> Read:
    source: Source = open_content(Content(data), name, OpenSettings(None, chunk_bytes))
    return read_source(source)


ASKED = [f"How late is the train number {n}?" for n in range(12)]
TOLD = [f"It is {n} minutes late." for n in range(12)]
ROWS = [{"prompt": one, "response": other} for one, other in zip(ASKED, TOLD, strict=True)]


@pytest.mark.parametrize(
    "value",
    [
        {"prompt": ASKED, "response": TOLD},
        {"prompt": dict(enumerate(ASKED)), "response": dict(enumerate(TOLD))},
        {"columns": ["prompt", "response"], "data": [list(row.values()) for row in ROWS]},
    ],
    ids=["lists", "by-number", "split"],
)
def test_columns_of_equal_length_are_read_as_rows(value: object) -> None:
    read = opened(json.dumps(value).encode())
    assert read.source.container == "json-columns"
    assert read.records == ROWS
    assert [rule for rule, _ in read.places] == ["json-array"]


WORDS = [f"train {n} was {'very ' * (n % 3)}late".split() for n in range(12)]
TAGS = [[int(word.isdecimal()) for word in each] for each in WORDS]


@pytest.mark.parametrize(
    "value",
    [
        {"tokens": WORDS, "ner_tags": TAGS},
        {"sentences": dict(enumerate(WORDS)), "labels": dict(enumerate(TAGS))},
    ],
    ids=["lists", "by-number"],
)
def test_columns_of_words_and_their_tags_are_read_as_rows(value: dict[str, Any]) -> None:
    read = opened(json.dumps(value).encode())
    assert read.source.container == "json-columns"
    assert [[*row.values()] for row in read.records] == [[*each] for each in zip(WORDS, TAGS, strict=True)]


@pytest.mark.parametrize(
    "value",
    [
        {"sentences": WORDS, "labels": [tags[1:] for tags in TAGS]},
        {"sentences": [words[:2] for words in WORDS], "labels": [tags[:2] for tags in TAGS]},
        {"sentences": TAGS, "labels": TAGS},
        {"prompt": ASKED, "response": TOLD[:-1]},
        {"prompt": ASKED[:3], "response": TOLD[:3]},
        {"tokens": list("abcdefghijkl"), "tags": [0] * 12},
        {"positive": ASKED, "negative": TOLD},
    ],
    ids=["tags", "pairs", "numbers", "lengths", "few", "tokens", "classes"],
)
def test_other_lists_of_an_object_are_no_columns(value: object) -> None:
    assert opened(json.dumps(value).encode()).source.container != "json-columns"


@pytest.mark.parametrize("depth", [2, 3])
def test_rows_in_objects_of_objects_are_read(depth: int) -> None:
    rows = [{"question": one, "answer": other} for one, other in zip(ASKED, TOLD, strict=True)]
    value: object = {"a": rows[:5], "b": rows[5:], "c": []}
    for _ in range(depth - 1):
        value = {"easy": value}
    read = opened(json.dumps(value, indent=1).encode())
    assert read.records == rows
    assert [rule for rule, _ in read.places] == ["json-array"]


def test_texts_of_classes_are_rows_with_the_name_of_their_list() -> None:
    read = opened(json.dumps({"late": TOLD, "asked": ASKED, "empty": []}, indent=1).encode())
    expected = [{"text": text, "label": label} for label, texts in (("late", TOLD), ("asked", ASKED)) for text in texts]
    assert read.records == expected
    assert [rule for rule, _ in read.places] == ["json-array"]


@pytest.mark.parametrize("chunk_bytes", [64, 8 << 20])
def test_questions_by_topic_are_prompts_with_their_topic(chunk_bytes: int) -> None:
    value = {"trains": {"late": ASKED, "full": []}, 'the "old" ships': {"slow": ASKED[:9]}}
    read = opened(json.dumps(value).encode(), "rows.json", chunk_bytes)
    expected = [("trains / late", text) for text in ASKED] + [('the "old" ships / slow', text) for text in ASKED[:9]]
    assert read.records == [{"prompt": text, "category": topic} for topic, text in expected]


@pytest.mark.parametrize(
    "value",
    [
        {"questions": ASKED, "answers": TOLD[:-1]},
        {"stations": ["Upton", "Lowton", "Middleton"] * 5, "lines": ["Blue", "Red"] * 5},
        {"late": ASKED[:5], "early": TOLD[:5]},
        {"late": ASKED, "early": [*TOLD, 3]},
        {"late": ASKED, "early": {"asked": TOLD}},
        {"late": [*ASKED, *TOLD]},
    ],
    ids=["columns", "names", "few", "number", "depths", "one list"],
)
def test_other_lists_of_texts_are_no_classes(value: object) -> None:
    records = opened(json.dumps(value).encode()).records
    assert not any({"label", "category"} & record.keys() for record in records)


def test_texts_with_spans_are_read_alone_and_beside_their_classes() -> None:
    pairs = [[text, {"entities": [[12, 17, "TRAIN"]]}] for text in ASKED]
    expected = [{"text": text, **spans} for text, spans in pairs]
    for value in (pairs, {"classes": ["TRAIN"], "annotations": pairs}):
        assert opened(json.dumps(value).encode()).records == expected


@pytest.mark.parametrize("other", [None, [["Is it late?", {"entities": []}]] * 2])
def test_a_text_that_was_left_out_or_joined_to_others_is_refused_alone(other: object) -> None:
    pairs = [[f"The train number {n} is late.", {"entities": [[4, 9, "TRAIN"]]}] for n in range(20)]
    for value in ([*pairs, other], {"classes": ["TRAIN"], "annotations": [pairs[0], other, *pairs[1:]]}):
        read = opened(json.dumps(value).encode())
        assert read.records == [{"text": text, **spans} for text, spans in pairs]
        assert read.facts.rows_refused == 1
    assert opened(json.dumps([*(text for text, _ in pairs), None]).encode()).records == []


def test_sentences_are_texts_and_questions_are_prompts() -> None:
    said = [f"The train number {n} is late." for n in range(60)]
    assert opened(json.dumps(said).encode()).records == [{"text": text} for text in said]
    assert opened(json.dumps(ASKED * 5).encode()).records == [{"prompt": text} for text in ASKED * 5]


HEAD = b"------ DISCLAIMER ------\nThis table has been made for research, and for nothing else at all.\n\n"
TABLE = b"".join(b"%d\tThe train is late.\t%d\n" % (n, n % 2) for n in range(40))


@pytest.mark.parametrize("chunk_bytes", [64, 8 << 20])
def test_lines_before_a_table_are_one_finding(chunk_bytes: int) -> None:
    read = opened(HEAD + b"id\ttext\tlabel\n" + TABLE, "rows.tsv", chunk_bytes)
    assert [rule for rule, _ in read.places] == ["invalid-row"]
    assert len(read.records) == 40
    assert read.records[0] == {"id": "0", "text": "The train is late.", "label": "0"}
    assert read.lines[0] == 5


def test_a_header_is_no_line_before_a_table() -> None:
    read = opened(b"text\n" + TABLE, "rows.tsv")
    assert read.records == [] or "text" in read.records[0]
