"""The note on long responses of the evaluation set that training has for other prompts."""

from __future__ import annotations

from typing import Any

import datalint
from datalint.support.varied import sentence

SAID = "a long response that is also in training"


def row(number: int, response: str) -> dict[str, Any]:
    return {"prompt": sentence(number), "completion": response}


def notes(train: list[dict[str, Any]], held: list[dict[str, Any]]) -> str:
    return "".join(note for note in datalint.lint(train, config={}, eval=held).notes if SAID in note)


def long(number: int) -> str:
    return f"{sentence(2000 + number)} {sentence(2500 + number)}"


def test_long_responses_under_other_prompts_are_a_note() -> None:
    train = [row(n, long(n)) for n in range(60)]
    other = [row(300 + n, long(300 + n)) for n in range(40)]
    assert "3 of 43 evaluation rows have" in notes(train, [row(600 + n, long(n)) for n in range(3)] + other)
    assert not notes(train, [row(600 + n, long(n)) for n in range(2)] + other)
    # What ends most answers is no label.
    ending = f"\n{long(900)} {long(901)}"
    train, held = ([row(n + start, long(n) + ending) for n in range(60)] for start in (0, 600))
    assert "60 of 60 evaluation rows have" in notes(train, held)
    train = [row(n, long(n)) for n in range(60)]
    # Rows with the prompt too are leaks, of which rules speak.
    assert not notes(train, train[:3] + other)


def test_labels_stock_phrases_and_short_responses_are_no_such_note() -> None:
    short = [row(n, f"Yes {n}.") for n in range(60)]
    assert not notes(short, [row(600 + n, f"Yes {n}.") for n in range(20)])
    stock = [row(n, long(n % 6)) for n in range(36)] + [row(100 + n, long(100 + n)) for n in range(60)]
    assert not notes(stock, [row(600 + n, long(n % 6)) for n in range(20)])
    # Two rows have each of three labels, a hundred rows have others.
    labels = [row(n, long(n % 3)) for n in range(6)] + [row(100 + n, long(50 + n % 5)) for n in range(100)]
    assert not notes(labels, [row(600 + n, long(n % 3)) for n in range(3)])
    # Each is one of many combinations of five labels, which up to five rows have.
    values = ["complaint", "neutral tone", "human agent", "refund", "gold member"]
    joint = [row(n, "; ".join(f"{each} {n % 60 // 3**i % 3}" for i, each in enumerate(values))) for n in range(240)]
    assert not notes(joint[:180], joint[180:])
