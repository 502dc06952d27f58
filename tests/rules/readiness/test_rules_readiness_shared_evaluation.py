"""Rows that two evaluation files have in common."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import datalint
from datalint.support.varied import sentence


def write(folder: Path, **files: list[tuple[int, str]]) -> None:
    for name, rows in files.items():
        lines = (
            json.dumps(
                {"prompt": {"long": sentence(number), "empty": ""}.get(size, f"N{number}"), "completion": "Yes."}
            )
            for number, size in rows
        )
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n")


def found(folder: Path, *held: str) -> list[tuple[str, str]]:
    report = datalint.lint(
        folder / "train.jsonl",
        config={"select": ["RDY003"]},
        eval=[folder / f"{name}.jsonl" for name in held] or None,
    )
    return [(each.severity.value, each.message) for each in report.findings]


def test_rows_of_two_evaluation_files_are_one_finding(tmp_path: Path) -> None:
    def long(*numbers: int) -> list[tuple[int, str]]:
        return [(number, "long") for number in numbers]

    write(
        tmp_path,
        train=long(*range(100, 160)),
        val=long(*range(20)),
        test=long(*range(18, 48)),
        other=long(*range(50, 80)),
        part=long(1, 2, 3),
        part_2=long(1, 2),
        brief=[(number, "brief") for number in range(40)],
        like=[(number, "brief") for number in range(38, 90)],
        same=[(number, "brief") for number in range(30, 90)],
    )
    message = (
        "2 of 20 rows of an evaluation file are in another one too: line 19 of val.jsonl is line 1 of test.jsonl, "
        "line 20 of val.jsonl is line 2 of test.jsonl; leave each in one of the two"
    )
    # Those that lie next to the training file are read without being named.
    assert found(tmp_path) == found(tmp_path, "val", "test") == [("info", message)]
    [(severity, message)] = found(tmp_path, "val", "part", "test")
    assert severity == "info"
    assert message.startswith(
        "3 of 3 rows of an evaluation file are in another one too: line 1 of part.jsonl is line 2"
    )
    assert message.endswith("; 1 other pair of files has such rows")
    write(tmp_path, again=long(*range(20)), most=long(*range(6)))
    assert [severity for severity, _ in found(tmp_path, "val", "again")] == ["warning"], "no part, but the same"
    assert [severity for severity, _ in found(tmp_path, "val", "most")] == ["info"]
    assert found(tmp_path, "val", "other") == found(tmp_path, "val") == []
    assert found(tmp_path, "part_2", "val")[0][0] == "info"
    write(tmp_path, part_1=long(1, 2))
    assert found(tmp_path, "part_1", "part_2") == [], "parts of one set"
    write(tmp_path, lost=[*long(*range(200, 230)), *[(0, "empty")] * 9], gone=[*long(300), (0, "empty")])
    assert found(tmp_path, "lost", "gone") == [], "prompts that are empty in both"
    # A few texts of a word are what several people write.
    assert found(tmp_path, "brief", "like") == []
    [(severity, message)] = found(tmp_path, "brief", "same")
    assert (severity, message[:13]) == ("warning", "10 of 40 rows")


@pytest.mark.parametrize("key", ["prompt", "column_b"])
def test_two_evaluation_files_that_are_one_file(key: str, tmp_path: Path) -> None:
    def lay(name: str, first: int, size: int) -> None:
        rows = ({key: sentence(number), "completion": "Yes."} for number in range(first, first + size))
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))

    for name, first in (("train", 100), ("test", 0), ("dev", 0)):
        lay(name, first, 40)
    [(severity, message)] = found(tmp_path, "dev", "test")
    assert severity == "warning"
    assert message.endswith("test.jsonl are one file: its 40 evaluation rows count twice; leave one out")
    assert "dev.jsonl and " in message
    lay("test", 40, 40)
    assert found(tmp_path, "dev", "test") == []


def test_two_lists_of_one_file_are_no_copies(tmp_path: Path) -> None:
    rows = [{"prompt": sentence(number), "completion": "Yes."} for number in range(120)]
    (tmp_path / "boats.json").write_text(json.dumps({"train": rows[:60], "val": rows[60:90], "test": rows[90:]}))
    report = datalint.lint(tmp_path / "boats.json", config={"select": ["RDY003"]})
    assert not report.findings
