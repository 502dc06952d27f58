"""A note on files whose rows were thrown out of another one, by their names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import datalint

SAID = "thrown out; they are counted as training data unless you name the other files"


def write(path: Path, first: int) -> None:
    path.parent.mkdir(exist_ok=True)
    rows = [{"prompt": f"Where is dock {n}?", "completion": f"In bay {n * 3}."} for n in range(first, first + 12)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("chats.jsonl", "chats_rejected.jsonl"), "chats_rejected.jsonl: the name says that its rows were"),
        (("chats.jsonl", "Discarded-chats.jsonl"), "Discarded-chats.jsonl: the name says that its rows were"),
        (("chats.jsonl", "chats.filtered_out.jsonl"), None),
        (("chats_chosen.jsonl", "chats_rejected.jsonl"), None),
        (("chats.jsonl", "talks_rejected.jsonl"), None),
        (("chats.jsonl", "chats_2.jsonl"), None),
        (
            ("chats.jsonl", "chats_bad_rows.jsonl", "chats_dropped.jsonl"),
            "chats_bad_rows.jsonl, chats_dropped.jsonl: the names say that their rows were",
        ),
    ],
)
def test_a_folder_with_rejected_rows_is_noted(tmp_path: Path, names: tuple[str, ...], said: str | None) -> None:
    for number, name in enumerate(names):
        write(tmp_path / "data" / name, 100 * number)
    notes = datalint.lint(str(tmp_path / "data"), config={}).notes
    assert [note for note in notes if SAID in note] == ([] if said is None else [f"{said} {SAID}"])


def test_a_file_alone_is_not(tmp_path: Path) -> None:
    write(tmp_path / "chats_rejected.jsonl", 0)
    assert not [note for note in datalint.lint(str(tmp_path), config={}).notes if SAID in note]
