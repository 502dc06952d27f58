"""Rows of a table that lack the one text or label that the others have warn, and fail only as a share."""

from __future__ import annotations

import random
from typing import Any

import pytest

import datalint
from datalint.report.model import Report

WORDS = "dock pier crane boat gate rope sail mast keel wind tide port".split()
TABLES: dict[str, tuple[str, ...]] = {
    "question-answer": ("question", "answer", "topic"),
    "guessed": ("Frage", "Antwort", "Thema"),
    "text-label": ("text", "label"),
}


def table(keys: tuple[str, ...], lacking: int, rows: int = 600, lost: int = 1) -> list[dict[str, Any]]:
    """Return rows of which ``lacking`` have no value under the key at ``lost``."""
    made = random.Random(7)

    def words(number: int) -> str:
        return " ".join(made.choices(WORDS, k=number))

    found = []
    for n in range(rows):
        cells = f"Which {words(7)}?", words(9) if len(keys) > 2 else made.choice(WORDS[:3]), made.choice(WORDS[:3])
        row = dict(zip(keys, cells, strict=False))
        if n % 60 == 59 and n // 60 < lacking:
            del row[keys[lost]]
        found.append(row)
    return found


def checked(rows: list[dict[str, Any]], codes: tuple[str, ...] = ("FMT1",)) -> Report:
    return datalint.lint(rows, config={"select": [*codes]})


@pytest.mark.parametrize("layout", TABLES)
@pytest.mark.parametrize(("lacking", "verdict"), [(0, "pass"), (3, "warn"), (8, "fail")])
def test_a_few_empty_cells_of_a_table_warn_and_many_fail(layout: str, lacking: int, verdict: str) -> None:
    report = checked(table(TABLES[layout], lacking))
    found = [each for each in report.findings if each.rule in ("FMT101", "FMT103")]
    assert report.verdict == verdict
    assert report.measures["format-error-examples"] == 0
    assert len(found) == (lacking if layout != "text-label" else lacking > 0)
    if verdict != "fail":
        assert report.measures["incomplete-share"] == lacking / 600
        assert {str(each.severity) for each in found} <= {"warning"}


@pytest.mark.parametrize(("lacking", "verdict"), [(0, "pass"), (3, "warn"), (8, "warn")])
def test_an_evaluation_set_may_lack_answers(lacking: int, verdict: str) -> None:
    rows = table(TABLES["question-answer"], lacking)
    report = datalint.lint(rows, config={"select": ["FMT1"], "kind": "evaluation"})
    assert (report.verdict, report.measures["incomplete-share"]) == (verdict, lacking / 600)


@pytest.mark.parametrize(("lacking", "verdict"), [(0, "pass"), (3, "warn"), (8, "fail")])
def test_a_null_in_a_table_is_an_empty_cell(lacking: int, verdict: str) -> None:
    keys = TABLES["question-answer"]
    rows = [{keys[1]: None} | row for row in table(keys, lacking)]
    report = checked(rows)
    assert report.verdict == verdict
    assert report.measures["format-error-examples"] == (lacking if verdict == "fail" else 0)
    if verdict != "fail":
        assert report.measures["incomplete-share"] == lacking / 600


def test_a_remark_is_no_incomplete_row() -> None:
    report = checked([{"_comment": "A draft."}, *table(TABLES["question-answer"], 0, rows=40)])
    assert [(each.rule, str(each.severity)) for each in report.findings] == [("FMT101", "warning")]
    assert report.measures["incomplete-share"] == 0


def test_rows_without_a_conversation_fail() -> None:
    rows: list[dict[str, Any]] = [
        {
            "id": n,
            "messages": [
                {"role": "user", "content": f"Who is {n}?"},
                {"role": "assistant", "content": f"It is {n}."},
            ],
        }
        for n in range(600)
    ]
    del rows[300]["messages"]
    report = checked(rows)
    assert report.measures["format-error-examples"] == 1
    assert report.measures["incomplete-share"] == 0
    assert report.verdict == "fail"


def test_a_prompt_without_the_completion_of_a_trainers_format_fails() -> None:
    rows = [{"prompt": f"Who is {n}?", "completion": f"It is number {n}."} for n in range(600)]
    del rows[300]["completion"]
    assert checked(rows).verdict == "fail"
