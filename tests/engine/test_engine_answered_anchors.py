"""A note on answers next to texts for embeddings."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.operations.check import lint

ROW = {"query": "a free place {n}", "positive": ["dock {n} is empty"], "negative": ["dock {n} is full"]}


def notes(more: dict[str, Any]) -> list[str]:
    rows = [
        {
            key: [each.format(n=n) for each in value] if isinstance(value, list) else value.format(n=n)
            for key, value in row
        }
        for n, row in enumerate([(ROW | more).items()] * 20)
    ]
    return [note for note in map(str, lint(rows).notes) if "texts for embeddings" in note]


@pytest.mark.parametrize("answer", ["dock {n}", ["dock {n}", "the dock {n}"]])
def test_an_answer_next_to_passages_is_named(answer: Any) -> None:
    (found,) = notes({"answer": answer})
    assert found.endswith("to learn it: --columns prompt=query,context=positive,response=answer")


@pytest.mark.parametrize(
    "more", [{}, {"answer": ""}, {"answer_id": "{n}"}, {"answer": "dock {n}", "positive_passages": ["dock {n}"]}]
)
def test_texts_without_an_answer_need_no_note(more: dict[str, Any]) -> None:
    assert notes(more) == []
