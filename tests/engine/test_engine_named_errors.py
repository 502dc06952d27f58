"""A note names the wrong answer of a student and the error in it, next to the right answer that is learned."""

from __future__ import annotations

import datalint


def noted(**keys: str) -> bool:
    rows = [
        {"question": f"What is {n} + {n}?", "answer": str(2 * n)} | {key: text.format(n) for key, text in keys.items()}
        for n in range(20)
    ]
    option = "--columns prompt=question+student_answer,response=misconception"
    return any(option in note for note in datalint.lint(rows, config={"select": ("RDY001",)}).notes)


def test_an_error_that_is_not_read_is_named() -> None:
    assert noted(student_answer="{0}{0}", misconception="joins the digits of {0}")


def test_an_answer_or_an_error_alone_is_not_named() -> None:
    assert not noted(student_answer="{0}{0}")
    assert not noted(student_answer="{0}{0}", misconception="")
    assert not noted(student_answer="{0}{0}", topic="sums")
