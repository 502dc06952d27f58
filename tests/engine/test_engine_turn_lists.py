"""Rows of one list of turns: which readings and notes are looked for, whatever else they have."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.engine.guesses.conversations import TURN_LISTS, fuller_conversation
from datalint.engine.guesses.fuller_readings import fuller_guess
from datalint.engine.guesses.notes_on_keys import NOTED
from datalint.engine.guesses.source_notes import ON_TURNS
from datalint.shapes.detect import Detector

CHAT = [{"role": "user", "content": "Dock {n}?"}, {"role": "assistant", "content": "Left {n}"}]
TURNS: dict[str, Any] = {
    "openai-chat": {"messages": CHAT},
    "openai-rft": {"messages": CHAT[:1], "reference_answer": "Left {n}"},
    "sharegpt": {"conversations": [{"from": "human", "value": "Dock {n}?"}, {"from": "gpt", "value": "Left {n}"}]},
    "message-list": {"dialog": CHAT},
}
#: Keys that other readings and notes are about, next to the turns.
NEXT_TO = [
    {"label": "yes", "verdict": "wrong", "correct": 0, "is_correct": "false", "score": 0.2},
    {"answer": "Right {n}", "reference": "Right {n}", "ground_truth": "Right {n}", "model": "a", "system": "b"},
    {"text": "Dock {n} is at the left", "category": "rejected", "status": "rejected", "decision": "rejected"},
    {"question": "Dock {n}?", "answers": ["A", "B"], "options": ["a"]},
    {"error": "left", "error_type": "place", "feedback": "no", "critique": "no", "response_2": "Right"},
    {"translation": {"en": "a", "de": "b", "fr": "c"}, "instruction": "", "input": "Dock {n}?", "column-9": "x"},
]


def filled(value: Any, number: int) -> Any:
    if isinstance(value, dict):
        return {key: filled(each, number) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, number) for each in value]
    return value.replace("{n}", str(number)) if isinstance(value, str) else value


@pytest.mark.parametrize("name", sorted(TURN_LISTS))
@pytest.mark.parametrize("others", NEXT_TO, ids=lambda others: next(iter(others)))
def test_other_notes_and_readings_say_nothing_of_lists_of_turns(name: str, others: dict[str, Any]) -> None:
    rows = [filled({**TURNS[name], **others}, number) for number in range(40)]
    detector = Detector()
    shape = detector.shape(rows[0])
    if shape.name not in TURN_LISTS:
        assert detector.shape(filled(TURNS[name], 0)).name == name  # the other keys make it another shape
        return
    assert [note_of for note_of in NOTED if note_of not in ON_TURNS and note_of(rows[0], shape, iter(rows))] == []
    found = fuller_guess(shape, rows[0], iter(rows[1:]), detector)
    assert found == fuller_conversation(shape, rows[0], iter(rows[1:]), detector)
