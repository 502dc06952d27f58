"""Notes on what some responses have in common: an ending, and a context that no prompt has."""

from __future__ import annotations

import pytest

import datalint

SAID = " end with "


@pytest.mark.parametrize(
    ("response", "asked", "ending"),
    [
        ("Boat {0} has left the dock at {0}!!!", "", "!!!"),
        ("Boat {0} has left gate {0}.\n\n-- Keel Harbour Service", "", "-- Keel Harbour Service"),
        ("Boat {0} has left gate {0}.\nEND", "", "END"),
        ("Boat {0} has left the dock at {0}.", "", ""),
        ('{{"boat": {0}, "at": "gate"}}', "", ""),
        ("<answer>Boat {0} has left gate {0}.</answer>", "", ""),
        ("Boat {0} has left gate {0}.</s>", "", ""),
        ("Boat {0} has left the dock, and **is at {0}**", "", ""),
        ("Boat {0} is number {0} of the harbour", "", ""),
        ("Boat {0} has left gate {0}. Over and out.", " End with: Over and out.", ""),
        ("Gate {0}!!!", "", ""),
    ],
)
def test_responses_with_one_ending(response: str, asked: str, ending: str) -> None:
    rows = [
        {"prompt": f"Where is boat {n}?{asked}", "completion": response.format(n * 7 if len(response) > 14 else n % 9)}
        for n in range(80)
    ]
    notes = [str(note) for note in datalint.lint(rows, config={"select": ("FMT",)}).notes]
    found = [note.partition(SAID)[2] for note in notes if note.startswith("answers: all") and SAID in note]
    assert [each.partition(",")[0] for each in found] == ([f'"{ending}"'] if ending else [])


def test_one_response_without_it_is_enough() -> None:
    rows = [
        {"prompt": f"Where is boat {n}?", "completion": f"It has left gate {n}{'!!!' * (n > 0)}"} for n in range(50)
    ]
    assert not any(SAID in str(note) for note in datalint.lint(rows, config={"select": ("FMT",)}).notes)


def test_those_that_have_it_are_counted() -> None:
    rows = [
        {"prompt": f"Where is boat {n}?", "completion": f"It has left gate {n}{'!!!' * (n != 1)}"} for n in range(200)
    ]
    notes = map(str, datalint.lint(rows, config={"select": ("FMT",)}).notes)
    assert any(f"199 of 200 responses{SAID}" in note for note in notes)


@pytest.mark.parametrize(
    ("response", "context", "noted"),
    [
        ("According to the context provided, boat {0} is at gate {0}.", "", True),
        ("Based on the given passage, boat {0} is at gate {0}.", "", True),
        ("According to the master, boat {0} is at gate {0}.", "", False),
        (
            "According to the context provided, boat {0} is at gate {0}.",
            "Boat {0} came at noon and is at gate {0}.",
            False,
        ),
    ],
)
def test_responses_that_speak_of_a_context(response: str, context: str, noted: bool) -> None:
    rows = [
        {
            "instruction": f"Where is boat {n * 3}?",
            "input": context.format(n) * (n % 2 or 1),
            "output": response.format(n) if n % 2 else f"Boat {n} left at noon, as the harbour says.",
        }
        for n in range(80)
    ]
    notes = [str(note) for note in datalint.lint(rows, config={"select": ("FMT",)}).notes]
    assert any("speak of a text that no prompt has" in note for note in notes) is noted


def test_rows_that_are_not_read_have_no_responses() -> None:
    rows = [{"zone": f"Gate {n * 7} of the dock", "state": "boats wait there!!!", "at": {"n": n}} for n in range(60)]
    assert not any(SAID in str(note) for note in datalint.lint(rows, config={"select": ("FMT",)}).notes)
