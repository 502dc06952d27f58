"""Exports of traces: the texts in the objects of a call are proposed, instead of the objects."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.operations.check import lint


def found(asked: dict[str, Any], answered: dict[str, Any]) -> str:
    """Return the messages of errors about rows with a call's input and output."""
    rows = [{"id": f"t-{n}", "input": asked, "output": answered, "duration": n} for n in range(12)]
    return " ".join(str(finding.message) for finding in lint(rows, config={"select": ["FMT101", "FMT105"]}).findings)


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [
        ({"query": "Is it full?"}, {"response": "No."}, "prompt=input.query,response=output.response"),
        (
            {"thread": "t", "messages": [{"role": "user", "content": "Is it full?"}], "query": "Is it full?"},
            {"tool": "docks", "tool_response": "3 free", "response": "No."},
            "prompt=input.query,response=output.response",
        ),
        (
            {"question": "Is it full?", "context": "Three places are free."},
            {"answer": "No."},
            "prompt=input.question,context=input.context,response=output.answer",
        ),
    ],
)
def test_the_texts_in_both_objects_are_proposed(asked: dict[str, Any], answered: dict[str, Any], expected: str) -> None:
    assert f"try --columns {expected}" in found(asked, answered)


def test_objects_with_several_answers_or_none_are_written_as_texts() -> None:
    assert "write it as a text" in found({"query": "Is it full?"}, {"dock": 3, "free": True})
    assert "write it as a text" in found({"query": "Is it full?"}, {"response": "No.", "answer": "Yes."})
