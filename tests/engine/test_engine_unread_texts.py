"""Notes on texts next to a prompt and its response that are neither read nor learned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from guess_runs import checked, write

_TEXT = "The keeper of dock {n} says that it opens in spring, for all boats and for some of the barges that wait."
_ASKED = {"text": _TEXT, "label": ["open", "shut", "full"]}
_SAID = "Boat {n} waits since the morning there."


def _notes(path: Path, row: dict[str, Any]) -> list[str]:
    def filled(value: object, n: int) -> object:
        chosen = value[n % len(value)] if isinstance(value, list) else value
        return chosen.replace("{n}", str(n)) if isinstance(chosen, str) else chosen

    rows = [{key: filled(value, n) for key, value in row.items()} for n in range(40)]
    return [each for each in checked(write(path / "a.jsonl", json.loads(json.dumps(rows)))).notes if "not read" in each]


@pytest.mark.parametrize(
    ("more", "note"),
    [
        (
            {"comment": _SAID},
            '"comment" is not read; to have it read with the prompt: '
            "--columns prompt=text,context=comment,response=label",
        ),
        ({"comment": _SAID, "caption": "A boat at gate {n} of the north"}, '"comment" and "caption" are not read'),
        ({"distractor-0": _SAID, "distractor-1": "A boat at gate {n} of the north"}, "are wrong answers and not read"),
    ],
)
def test_texts_that_are_left_out_are_named(tmp_path: Path, more: dict[str, Any], note: str) -> None:
    notes = _notes(tmp_path, _ASKED | more)
    assert any(note in each for each in notes), notes


@pytest.mark.parametrize(
    "more",
    [
        {"url": "https://example.org/docks/{n}"},
        {"annotator_note": _SAID},
        {"must_not": "Say that boat {n} is at another dock."},
        {"reference_answer": _SAID},
        {"rationale": _SAID},
        {"generation_prompt": "Write of boat {n} at the dock."},
        {"author_bio": "I sail on {n} lakes in all of the north."},
        {"comment": ["Checked by two people on a Monday.", "Checked by one on a Friday."]},
        {"comment": [_SAID, "", "", ""]},
        {"comment": "seen {n}"},
        {"text_lower": _TEXT.lower()},
        {"text_spoken": _TEXT.replace("says that", "tells us that")},
        {"written": "2024-05-{n}"},
    ],
)
def test_what_is_said_of_a_row_or_again_is_not_named(tmp_path: Path, more: dict[str, Any]) -> None:
    assert _notes(tmp_path, _ASKED | more) == []
