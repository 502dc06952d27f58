"""Rows in which one key has values of several types, as answers to mathematics and questions have: nothing raises."""

from __future__ import annotations

import json
from typing import Any

from draws import examples
from every import every
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests_sources_reading import read_source

from datalint.operations.init import understand
from datalint.sources.content import Content
from datalint.sources.sniff import OpenSettings, open_content

#: Names by which readers look for rows within rows, names that shapes read, and others.
NAMES = [
    *("text", "label", "labels", "sentence", "intent", "paragraphs", "qas", "questions", "context", "utterances"),
    *("patterns", "responses", "messages", "conversations", "dialogue", "role", "content", "from", "value", "history"),
    *("tokens", "tags", "entities", "start", "end", "choices", "options", "answer", "question", "feedback", "other"),
    *("data", "train", "test", "columns", "index", "segments", "translation", "en", "de"),
]
scalars = st.sampled_from(
    ("What is one and one?", "It rains in many towns today.", "A", "[1, 2]", '{"a": 1}', "", 5, 0.5, 2**70, True, None)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def mixed_rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return rows with the same keys, each of which has a few values that are of any types."""
    pools = draw(
        st.dictionaries(st.sampled_from(NAMES), st.lists(values, min_size=1, max_size=3), min_size=1, max_size=4)
    )
    choose = st.fixed_dictionaries({name: st.sampled_from(pool) for name, pool in pools.items()})
    rows = draw(st.lists(choose, min_size=1, max_size=4))
    return rows * draw(st.sampled_from([1, 3, 8]))


WRITERS = {
    "array": lambda rows: json.dumps(rows),
    "lines": lambda rows: "".join(json.dumps(row) + "\n" for row in rows),
    "data": lambda rows: json.dumps({"data": rows}),
    "splits": lambda rows: json.dumps({"train": rows, "test": rows}),
    "named": lambda rows: json.dumps({str(number): row for number, row in enumerate(rows)}),
    "columns": lambda rows: json.dumps({name: [row[name] for row in rows] for name in rows[0]}),
    "lists": lambda rows: json.dumps([list(row.values()) for row in rows]),
    "next": lambda rows: json.dumps({"name": "a set", "sentences": rows, "number": 5}),
}


@every("writer", list(WRITERS))
@settings(max_examples=examples(15, often=25), deadline=None)
@given(rows=mixed_rows())
@example(rows=[{"question": "What is one and one?", "answer": [1, 2]}, {"question": "And two?", "answer": 4}])
@example(rows=[{"text": "It rains.", "label": [{"text": "a", "label": 1}]}, {"text": "Why?", "label": True}])
def test_values_of_any_types_are_read(writer: str, rows: list[dict[str, Any]]) -> None:
    name = "rows.jsonl" if writer == "lines" else "rows.json"
    source = open_content(Content(WRITERS[writer](rows).encode()), name, OpenSettings(None, 8 << 20))
    found = read_source(source)
    assert found.facts.rows_read + found.facts.rows_refused > 0
    understand(source, {})


def test_an_answer_that_is_a_list_in_some_rows_is_read() -> None:
    rows = [
        {"question": f"What is {number}?", "answer": answer} for number, answer in enumerate([[1, 2], 4, True, 0.5])
    ]
    found = read_source(open_content(Content(json.dumps(rows).encode()), "rows.json", OpenSettings(None, 8 << 20)))
    assert found.records == rows


@every(
    ("lacking", "rows"),
    [([], 30), ([3, 7], 30), ([25, 26, 27, 28], 30), ([0, 3, 7, 9, 11], 1), (list(range(0, 30, 2)), 1)],
)
def test_a_list_with_rows_may_lack_keys_in_a_few(lacking: list[int], rows: int) -> None:
    items = [{"text": f"Is dock {n} full?", "intent": "ask", "author": "a", "url": "u"} for n in range(30)]
    for number in lacking:
        del items[number]["author"], items[number]["url"]
    data = {"name": "docks", "desc": "Questions about docks", "sentences": items}
    found = read_source(open_content(Content(json.dumps(data).encode()), "rows.json", OpenSettings(None, 8 << 20)))
    assert len(found.records) == rows


def test_a_list_of_unlike_objects_is_no_list_of_rows() -> None:
    items = [{f"k{n}": 1, "id": n, "m": 2, f"j{n}": 3} for n in range(30)]
    data = json.dumps({"name": "x", "nodes": items}).encode()
    assert len(read_source(open_content(Content(data), "rows.json", OpenSettings(None, 8 << 20))).records) == 1
