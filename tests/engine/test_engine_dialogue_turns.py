"""Turns of dialogues are no copies of one another, and earlier turns decide what they mean, and so their label."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import datalint

REPLIES = ("Yes, I think so too.", "What do you mean by that?", "Okay then, fine by me.")
ACTS = ("inform", "question", "directive", "commissive", "offer")
FEELINGS = ("joy", "anger", "calm")


def rows_of(*keys: str, labels: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return dialogues of eight turns, in which every second turn is a reply that others have too."""
    rows = []
    for number in range(96):
        dialogue, turn = divmod(number, 8)
        text = REPLIES[number % 3] if number % 2 else f"The boat of dock {number} leaves gate {number * 7 % 96}."
        row = {"text": text, "label": labels[number * 5 % 7 % len(labels)]}
        more = {
            "dialogue_id": dialogue,
            "turn": turn,
            "speaker": "AB"[turn % 2],
            "id": number,
            "turn_no": number * 31 % 8,
        }
        rows.append(row | {key: more[key] for key in keys})
    return rows


@pytest.mark.parametrize(
    ("keys", "labels", "are_turns"),
    [
        (("dialogue_id", "turn"), FEELINGS, True),
        (("dialogue_id", "speaker"), FEELINGS, True),
        ((), ACTS, True),
        (("speaker",), FEELINGS, False),
        (("dialogue_id", "turn_no"), FEELINGS, False),
        (("id",), FEELINGS, False),
        ((), FEELINGS, False),
    ],
)
def test_labelled_turns(keys: tuple[str, ...], labels: tuple[str, ...], are_turns: bool) -> None:
    report = datalint.lint(rows_of(*keys, labels=labels), config={"columns": {"prompt": "text", "response": "label"}})
    found = {"DIV001", "DIV002", "DIV005"} & set(report.rules)
    assert (found == set()) == are_turns
    assert any("turns of dialogues repeat earlier ones" in note for note in report.notes) == are_turns


def test_labelled_turns_of_which_a_few_are_empty() -> None:
    rows = [row for part in range(2) for row in rows_of("dialogue_id", "turn", labels=FEELINGS)]
    rows = [row | {"dialogue_id": number // 8} for number, row in enumerate(rows)]
    rows[3]["text"] = ""
    report = datalint.lint(rows, config={"columns": {"prompt": "text", "response": "label"}})
    assert any("turns of dialogues repeat earlier ones" in note for note in report.notes)
    assert "DIV002" not in report.rules


def test_tagged_turns(tmp_path: Path) -> None:
    for labels, are_turns in ((ACTS, True), (FEELINGS, False)):
        rows = rows_of(labels=labels)
        sentences = ("\n".join(f"{token} {row['label']}" for token in row["text"].split()) for row in rows)
        file = tmp_path / f"{labels[0]}.conll"
        file.write_text("\n\n".join(sentences) + "\n", encoding="utf-8")
        report = datalint.lint(file)
        assert ({"DIV001", "DIV005"} & set(report.rules) == set()) == are_turns


def test_a_dialogue_that_stands_twice_is_a_copy() -> None:
    rows = [
        {"dialogue_id": number // 16, "turn": number % 16, "text": f"Boat {number % 64} leaves."}
        for number in range(128)
    ]
    report = datalint.lint(rows, config={"columns": {"text": "text"}})
    assert {"DIV001", "DIV002"} & set(report.rules)


@pytest.mark.parametrize(
    ("key", "names", "are_turns"),
    [
        ("speaker", ("b'A'", "b'B'"), True),
        ("Speaker", ("['Lena']", "['Omar']"), True),
        ("debater", ("MODERATOR", "DEBATER1", "DEBATER2"), True),
        ("column-1", ("SYS:", "USER:"), True),
        ("sender", ("lena", "omar"), False),
        ("column-1", ("doctor", "teacher", "student", "driver"), False),
        ("column-1", ("SYS:",), False),
    ],
)
def test_labelled_texts_of_people_who_speak_in_turn(key: str, names: tuple[str, ...], are_turns: bool) -> None:
    rows = [row | {key: names[number % len(names)]} for number, row in enumerate(rows_of(labels=FEELINGS))]
    config = {"columns": {"prompt": "text", "response": "label"}, "select": ["DIV001", "DIV002", "DIV005"]}
    report = datalint.lint(rows, config=config)
    # Without the dialogue of a turn, other labels of a text are still reported.
    assert (set(report.rules) == {"DIV005"}) == are_turns
    assert any("turn repeat earlier ones, as replies do" in note for note in report.notes) == are_turns


def test_few_texts_read_by_several_speakers_are_copies() -> None:
    rows = [{"text": REPLIES[n % 3], "label": FEELINGS[n % 3], "speaker": "AB"[n % 2]} for n in range(96)]
    report = datalint.lint(rows, config={"columns": {"prompt": "text", "response": "label"}})
    assert {"DIV001", "DIV002"} & set(report.rules)


@pytest.mark.parametrize(
    ("key", "length", "are_turns"),
    [("Utterance_ID", 8, True), ("utt_no", 12, True), ("id", 8, False), ("Utterance_ID", 96, False)],
)
def test_numbers_of_turns_that_begin_again(key: str, length: int, are_turns: bool) -> None:
    rows = [row | {key: number % length + 1} for number, row in enumerate(rows_of(labels=FEELINGS))]
    report = datalint.lint(rows, config={"columns": {"prompt": "text", "response": "label"}})
    assert any("turns of dialogues repeat earlier ones" in note for note in report.notes) == are_turns
    assert ({"DIV001", "DIV002", "DIV005"} & set(report.rules) == set()) == are_turns
