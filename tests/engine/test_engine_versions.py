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
    assert note.startswith("versions: clean.jsonl, heavy.jsonl have rows with the same ids and different texts")
    # Numbers of rows, with texts that have nothing in common, are no ids of the same rows.
    assert notes(tmp_path, asked="And what is on the other side of it?") == []
    assert notes(tmp_path, ids="Turn 1{}") == []


def test_copies_in_another_version_are_one_note_that_no_fix_changes(tmp_path: Path) -> None:
    for level, (name, twice) in enumerate((("clean", False), ("heavy", True))):
        rows = [
            {
                "id": f"Turn {n}",
                "prompt": f"{sentence(n)}{' xyz' * level * (n % 4 > 0)}",
                "completion": sentence(-n - 1),
            }
            for n in range(40)
        ]
        more = [{**rows[5], "id": "Turn 40"}] if twice else [{**rows[5], "id": "Turn 40", "prompt": sentence(90)}]
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows + more))
    report = datalint.lint(tmp_path, eval=False, config={"select": ["DIV001", "DIV002", "DIV003"]})
    found = {finding.rule: finding for finding in report.findings}
    assert [each for each in report.notes if each.startswith("versions: clean/a.jsonl, heavy/a.jsonl have")]
    assert found["DIV001"].message.startswith("10 rows repeat a row of another version of the set exactly (")
    assert (found["DIV001"].severity, found["DIV001"].fix) == ("info", None)
    # A row that one file has twice is a copy there.
    assert [each.line for each in report.findings if each.rule in ("DIV002", "DIV003") and each.fix] == [41]
