"""Notes on files that hold versions of the same rows."""

from __future__ import annotations

import json
from pathlib import Path

import datalint
from datalint.support.varied import sentence


def notes(folder: Path, *, ids: str = "Turn {}", asked: str = "") -> list[str]:
    """Return the notes on versions of two files, of which one has other ids or questions."""
    for name, tools, numbered, question in (("clean", "depth", "Turn {}", ""), ("heavy", "htped", ids, asked)):
        rows = (
            {
                "id": numbered.format(n),
                "prompt": [{"role": "user", "content": f"{sentence(n)} {question}"}],
                "completion": [{"role": "assistant", "content": f"{tools}({n}), which measures the water"}],
            }
            for n in range(20)
        )
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = datalint.lint([folder / "clean.jsonl", folder / "heavy.jsonl"], eval=False)
    return [note for note in report.notes if note.startswith("versions")]


def test_files_with_rows_of_the_same_ids_are_versions(tmp_path: Path) -> None:
    [note] = notes(tmp_path)
    assert note.startswith("versions: clean.jsonl, heavy.jsonl have rows of the same ids with other texts")
    # Numbers of rows, with texts that have nothing in common, are no ids of the same rows.
    assert notes(tmp_path, asked="And what is on the other side of it?") == []
    assert notes(tmp_path, ids="Turn 1{}") == []
