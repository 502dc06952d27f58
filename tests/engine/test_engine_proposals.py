"""What is proposed for rows whose meaning is not clear: a key that is named for it, and no tests, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

import datalint
from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources.readers.memory import from_object

_COUNT = 60


def proposed(rows: list[dict[str, Any]]) -> str | None:
    guess = guess_columns(from_object(iter(rows)), Detector())
    return None if guess is None or guess.clear else guess.mapping


def test_objects_of_tests_are_not_what_is_learned() -> None:
    rows = [
        {
            "method_name": f"count_{n}",
            "method_code": f"def count_{n}(docks):\n    return len(docks) + {n}",
            "test_code_list": [{"test_code": f"assert count_{n}([]) == {n}", "code_start": ""}],
            "instruction": f"Functionality: count the docks of harbour {n} and add {n * 7}.",
            "method_code_mask": f"def count_{n}(docks):\n    [MASK] {n}",
        }
        for n in range(_COUNT)
    ]
    assert proposed(rows) == "prompt=instruction,response=method_code"


def test_the_question_about_each_picture_is_the_prompt_though_all_are_the_same() -> None:
    rows = [
        {
            "read_text": f"Harbour Office {n} of pier number {n * 7}, first floor",
            "question": "<image>Which name is on the stamp?",
            "direct_answer": f"The name is Harbour Office {n}.",
            "cot_answer": f"The stamp has words around it, so the name is Harbour Office {n}.",
        }
        for n in range(_COUNT)
    ]
    assert proposed(rows) == "prompt=question,response=direct_answer"


def test_the_subject_of_an_exam_is_no_question() -> None:
    rows = [
        {
            "id": n,
            "exam_subject": f"Subject {n % 90}",
            "question_type": ("single", "multiple")[n % 2],
            "answer": "ABCD"[n % 4],
        }
        for n in range(_COUNT * 4)
    ]
    assert proposed(rows) == ""


def test_a_text_that_reframes_another_is_learned() -> None:
    rows = [
        {
            "situation": f"The ferry {n // 3} left without me and I had to wait for hours at the pier",
            "thought": f"Nobody on ferry {n // 3} wants me to arrive anywhere at all",
            "reframe": f"Ferry {n} left because it is on time, and the next one of the {n * 7} takes me home.",
            "traps_addressed": ("overgeneralizing", "mind reading")[n % 2],
        }
        for n in range(_COUNT)
    ]
    assert proposed(rows) == "prompt=situation,context=thought,response=reframe"


def test_the_parts_of_a_query_are_no_schema() -> None:
    rows: list[dict[str, Any]] = [
        {
            "Question": f"List the boats of dock {n}",
            "Tables": ("boats", "boats, docks")[n % 2],
            "Columns": f"name_{n % 9}",
            "Filters": f"dock = {n}",
            "Joins": "None",
            "SQL_Query": f"SELECT name_{n % 9} FROM boats WHERE dock = {n};",
        }
        for n in range(_COUNT)
    ]
    guess = guess_columns(from_object(iter(rows)), Detector())
    assert guess is not None
    assert (guess.mapping, guess.clear) == ("prompt=Question,response=SQL_Query", True)
    # A schema is one, whatever is next to it.
    schema = "CREATE TABLE boats (name TEXT, dock INT);\nCREATE TABLE docks (dock INT, pier INT);"
    guess = guess_columns(from_object(row | {"Tables": f"{schema}\n-- {n}"} for n, row in enumerate(rows)), Detector())
    assert guess is not None
    assert guess.mapping == "prompt=Question,context=Tables,response=SQL_Query"


def test_a_table_without_names_may_judge_answers() -> None:
    rows = [
        {
            "column-1": f"The ferry of dock {n // 4} left in the morning, although the fog over the river was thick.",
            "column-2": f"How long did the thick fog over dock {n // 4} of the harbour last?",
            "column-3": f"{n} hours of a day",
            "column-4": ("yes", "no", "no")[n % 3],
            "column-5": ("Duration", "Order")[n % 2],
        }
        for n in range(_COUNT)
    ]
    assert proposed(rows) == "prompt=column-1+column-2+column-3,response=column-4,category=column-5"
    assert not proposed([row | {"column-4": ("a", "b", "c")[n % 3]} for n, row in enumerate(rows)])


def test_the_relation_of_parts_of_a_text_is_learned_where_a_table_has_no_names() -> None:
    names, ports = ("Ann", "Bo", "Cy", "Dee", "Eva", "Finn", "Gus"), ("Oslo", "Lima", "Rome", "Bern")
    rows = []
    for n in range(_COUNT):
        who, where = f"{names[n % 7]} {('Lund', 'Moe', 'Ruiz')[n % 3]}", ports[n % 4]
        text = f"Late in the winter {who} told crew {n} of the ice at {where} , and of boats ."
        relation = ("Sails_To", "Lives_In", "Owner_Of")[n % 3]
        values = (f"sent{n * 3}", who, relation, where, text)
        rows.append({f"column-{place}": value for place, value in enumerate(values, 1)})
    expected = "prompt=column-5,context=column-2+column-4,response=column-3,category=column-3"
    assert proposed(rows) == expected
    # Without such a column, nothing else says how they are related.
    assert proposed([{key: value for key, value in row.items() if key != "column-3"} for row in rows]) != expected


@pytest.mark.parametrize(
    ("row", "option"),
    [
        # A category sorts what is a prompt by its name; what is said of a message, or a label, may be learned.
        ({"instruction": "Say how long the pier is.", "category": "units"}, "prompt=instruction"),
        ({"test_question": "How long is the pier?", "topic": "units"}, "prompt=test_question"),
        ({"test_question": "How long is the pier?", "label": "units"}, "prompt=test_question,response=label"),
    ],
)
def test_a_category_is_not_proposed_as_what_answers_a_single_prompt(row: dict[str, str], option: str) -> None:
    report = datalint.lint([{"id": "a1"} | row | {"files": ["a"]}], config={"select": ("FMT101",)})
    assert [each.message.rpartition("try --columns ")[2] for each in report.findings] == [option]
