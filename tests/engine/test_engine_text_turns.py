"""Texts that are lists of turns are read as conversations."""

from __future__ import annotations

from typing import Any

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources.readers.memory import from_object


def mapping_of(rows: list[dict[str, Any]]) -> str | None:
    guess = guess_columns(from_object(iter(rows)), Detector())
    return None if guess is None or not guess.clear else guess.mapping


def test_a_list_of_turns_under_text_is_a_conversation() -> None:
    asked, said = [f"Is dock {n} full?" for n in range(60)], [f"No, gate {n * 7} is free." for n in range(60)]
    pairs = list(zip(asked, said, strict=True))
    sides = [{"text": [{"<human>": one}, {"<bot>": two}]} for one, two in pairs]
    assert mapping_of(sides) == "messages=text"
    roles = [
        {"text": [{"role": "user", "content": one}, {"role": "assistant", "content": two}], "topic": "docks"}
        for one, two in pairs
    ]
    assert mapping_of(roles) == "messages=text"


def test_other_lists_under_text_are_no_conversation() -> None:
    assert mapping_of([{"text": [{"user": f"Is dock {n} full?"}]} for n in range(60)]) is None
    assert mapping_of([{"text": [f"Is dock {n} full?", "No."]} for n in range(60)]) is None
    assert mapping_of([{"text": f"Is dock {n} full?"} for n in range(60)]) is None
