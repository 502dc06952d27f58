"""Folders with a folder for each example, whose parts are files."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from datalint.core.errors import DatalintError
from datalint.sources import open_sources

PARTS = {"text.txt": "A ferry has {n} docks.\n", "code.txt": "@start\n\nclass Ferry\nclass Dock{n}\n\n@end\n"}


def write(folder: Path, parts: Mapping[str, str] = PARTS, count: int = 6) -> None:
    for n in range(count):
        (folder / f"case {n}").mkdir(parents=True)
        for name, text in parts.items():
            (folder / f"case {n}" / name).write_text(text.format(n=n))


def message_for(folder: Path) -> str:
    with pytest.raises(DatalintError) as error:
        open_sources([str(folder)])
    return str(error.value)


def test_the_parts_of_examples_are_refused_with_the_command_that_writes_them_as_rows(tmp_path: Path) -> None:
    folder = tmp_path / "it's & more"
    write(folder)
    (folder / "case 3" / "code.txt").unlink()
    said = message_for(folder)
    assert "has an example in 5 of 6 folders, whose parts are code.txt and text.txt" in said
    _, command, _ = said.split("`")
    words = shlex.split(command)
    assert (words[:2], words[3:]) == (["python", "-c"], [folder.as_posix(), ">", f"{folder.name}.jsonl"])
    ran = subprocess.run([sys.executable, "-c", *words[2:4]], check=True, capture_output=True, text=True)
    assert [json.loads(line) for line in ran.stdout.splitlines()] == [
        {"code": PARTS["code.txt"].format(n=n), "text": PARTS["text.txt"].format(n=n)} for n in (0, 1, 2, 4, 5)
    ]


def test_the_files_themselves_are_read_by_line(tmp_path: Path) -> None:
    write(tmp_path)
    assert len(open_sources([str(tmp_path / "*" / "*.txt")])) == 12


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        (PARTS, 4),
        ({"text.txt": "a\n"}, 9),
        ({"train.txt": "a\nb\n", "text.txt": "a\n"}, 9),
        ({"pos.txt": "a\nb\n", "neg.txt": "a\n"}, 9),
        ({"text.txt": "a\nb\n", "tags.txt": "O\nO\n"}, 9),
        ({"text.txt": "a\nb\n", "code.txt": "a\n" * 40_000}, 9),
        ({"text.txt": "a\nb\n", "data.jsonl": '{"text": "a"}\n', "code.txt": "a\n"}, 9),
    ],
)
def test_other_folders_are_read(tmp_path: Path, parts: Mapping[str, str], count: int) -> None:
    for n in range(count):
        (tmp_path / f"{n}").mkdir()
        for name, text in parts.items():
            (tmp_path / f"{n}" / name).write_text(text)
    assert open_sources([str(tmp_path)])


def test_folders_with_other_names_each_are_read(tmp_path: Path) -> None:
    for n in range(9):
        (tmp_path / f"{n}").mkdir()
        for name in (f"text{n}.txt", f"code{n}.txt"):
            (tmp_path / f"{n}" / name).write_text("a\n")
    assert len(open_sources([str(tmp_path)])) == 18
