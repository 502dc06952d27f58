"""Keys that are not read and that nothing else in a report names: the first line does."""

from __future__ import annotations

from typing import Any

import pytest

import datalint
from datalint.report.text import to_text

WORDS = ("mast", "keel", "sail", "anchor", "rope", "deck", "buoy", "hull")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([{"spans": [[0, 3]], "label2": 1}, {"spans": [[4, 9]], "label2": 2}], ", not read: spans, label2\n"),
        ([{"label2": 1, "author": "Kim", "url": "https://example.org/1"}, {"label2": 3, "author": "Jo"}], ": label2\n"),
        ([{"label2": 1}], ""),
        ([{"author": "Kim"}, {"author": "Jo"}], ""),
        ([{"is_spam": True, "is_public": True}, {"is_spam": False, "is_public": False}], ", not read: is_spam\n"),
    ],
)
def test_the_first_line_names_keys_that_are_not_read(more: list[dict[str, Any]], said: str) -> None:
    text = "Nobody at the dock has seen the"
    rows = [{"text": f"{text} {WORDS[n % 8]} {n}", "label": "abc"[n % 3]} | more[n % len(more)] for n in range(24)]
    head = to_text(datalint.lint(rows, config={}), width=100).partition("\n\n")[0] + "\n"
    assert head.endswith(said)
    assert "not read" not in head or said


def test_the_next_name_of_an_answer_is_read_where_the_first_is_empty() -> None:
    rows = [
        {"question": f"Which {word} is of boat {n}?", "options": WORDS[:4], "label": "ABCD"[n % 4], "answer": None}
        for n, word in enumerate(WORDS * 3)
    ]
    assert "not read" not in to_text(datalint.lint(rows, config={}), width=100)


def test_keys_of_a_few_rows_are_named_too() -> None:
    rows = [{"text": f"Boat {n} has no {WORDS[n]}.", "facts": [{"lacks": {"@value": WORDS[n]}}]} for n in range(4)]
    assert to_text(datalint.lint(rows, config={}), width=100).partition("\n\n")[0].endswith(", not read: facts")


def test_a_key_in_which_copies_differ_is_named_too() -> None:
    rows = [
        {
            "text": f"{WORDS[n % 8]} of {WORDS[n % 7]} {n % 40}",
            "label": "abc"[n % 4 % 3],
            "tags": f"O B-ID {'O ' * (n // 4)}",
        }
        for n in range(80)
    ]
    rows += [row | {"tags": row["tags"] + "O"} for row in rows[:30]]
    report = datalint.lint(rows, config={"select": ["DIV"]})
    assert any("except for the key 'tags'" in finding.message for finding in report.findings)
    assert to_text(report, width=100).partition("\n\n")[0].endswith(", not read: tags")


def test_labels_of_words_are_read() -> None:
    rows = [
        {"sentence": f"the {WORDS[n % 8]} of boat {n}", "tags": ["O O O B-ID", "O B-PART O B-ID"][n % 2]}
        for n in range(24)
    ]
    rows = [{**row, "sentence": f"{WORDS[n % 7]} of boat{n} {WORDS[n % 5]}"} for n, row in enumerate(rows)]
    assert "not read" not in to_text(datalint.lint(rows, config={}), width=100)


def test_the_first_line_names_unread_texts_next_to_those_of_a_known_shape() -> None:
    rows = [
        {
            "input": f"Which {WORDS[n % 8]} is number {n} in the yard?",
            "output": f"The {WORDS[n % 8]} number {n}.",
            "cases": [{"if": f"{n} > 3", "then": f"Take {WORDS[n % 8]}"}] if n % 3 == 0 else [],
            "rendered": f"Question: Which {WORDS[n % 8]} is number {n} in the yard? Answer:",
            "author": "Kim",
        }
        for n in range(24)
    ]
    head = to_text(datalint.lint(rows, config={}), width=100).partition("\n\n")[0]
    assert head.endswith(", not read: cases")


def test_what_a_tool_returns_in_few_rows_is_named() -> None:
    rows: list[dict[str, object]] = [
        {"user": f"Which {WORDS[n % 8]} is number {n}?", "answer": f"The {WORDS[n % 7]} of the yard, number {n}."}
        for n in range(40)
    ]
    for n, row in enumerate(rows[20:24]):
        row |= {"tool": "search", "tool_query": f"number {n}", "tool_result": n if n % 2 else f"It is {n}.", "mood": n}
    head = to_text(datalint.lint(rows, config={}), width=100).partition("\n\n")[0]
    assert head.endswith(", not read: tool_query, tool_result")


def test_labels_that_few_texts_have_are_named() -> None:
    rows = [
        {
            "text": f"Nobody at dock {n} has seen the {WORDS[n % 8]}",
            "order": n,
            "mappings": [{"knot": f"K{n % 3}"}] if n % 8 == 0 else [],
            "links": [f"see {n}"] if n % 8 == 0 else [],
        }
        for n in range(40)
    ]
    assert to_text(datalint.lint(rows, config={}), width=100).partition("\n\n")[0].endswith(", not read: mappings")


def test_an_evaluation_set_of_texts_alone_names_them_too() -> None:
    rows = [
        {"text": f"The {WORDS[n % 8]} of boat {n} is new.", "mappings": [{"knot": WORDS[n % 7]}]} for n in range(24)
    ]
    report = datalint.lint(rows, config={"kind": "evaluation"})
    assert ", not read: mappings" in to_text(report, width=100).partition("\n\n")[0]


def test_the_passages_of_an_evaluation_set_are_named() -> None:
    rows = [
        {
            "query": f"Where is dock {n}?",
            "answer": f"At pier {n * 7}.",
            "golden_documents": [{"content": f"Dock {n} is at pier {n * 7}, and it has a gate."}],
            "prediction": f"It is at pier {n}, I think.",
        }
        for n in range(30)
    ]
    report = datalint.lint(rows, config={"kind": "evaluation"})
    assert to_text(report, width=200).partition("\n\n")[0].endswith(", not read: golden_documents")


def test_what_an_evaluation_set_expects_besides_the_answer_is_named() -> None:
    rows = [
        {
            "text": f"Boat {n} leaves dock {n * 7} before the tide.",
            "expected": {"boat": n, "dock": n * 7},
            "expected_status": ("accepted", "checked")[n % 2],
            "tags": ["late", "lost"][: n % 2 + 1],
        }
        | ({"must_flag": ("late", "lost")[n % 2]} if n > 14 else {})
        for n in range(30)
    ]
    report = datalint.lint(rows, config={"kind": "evaluation"})
    assert to_text(report, width=200).partition("\n\n")[0].endswith(", not read: expected_status")


def test_what_a_question_of_an_evaluation_set_is_about_is_named() -> None:
    rows = [
        {
            "query": f"When does boat {n} leave?",
            "memory": [{"id": f"m{n}", "text": f"Boat {n} leaves at noon."}],
            "ship": {"name": "Ann", "length": n, "note": f"She has the {WORDS[n % 8]} of boat {n}."},
            "limits": {"seconds": n, "mode": "fast"},
            "image_audit": {"grade": n % 5, "why": f"The picture shows boat {n}."},
            "expected_calls": [{"name": "look", "reason": f"It asks for boat {n} now."}],
            "rubric": [{"criterion": f"It says that boat {n} leaves."}],
            "expected": f"Boat {n} leaves at noon.",
        }
        for n in range(12)
    ]
    report = datalint.lint(rows, config={"kind": "evaluation"})
    assert to_text(report, width=200).partition("\n\n")[0].endswith(", not read: memory, ship")
