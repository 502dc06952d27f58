"""Sentences with a place for their target: three lines are a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.operations.check import lint
from tests.sources.test_sources_tagged import read

LABELS = ["1", "-1", "0"]
TERMS = ["food", "view", "wine list", "staff", "soup", "price", "music", "room", "lamp", "bread"]
ROWS = [
    {"text": f"The $T$ of dock {n} is as good as ever .", "term": TERMS[n % 10], "label": LABELS[n % 3]}
    for n in range(40)
]


def lines(rows: list[dict[str, str]]) -> list[str]:
    return [line for row in rows for line in row.values()]


@pytest.mark.parametrize("name", ["a.txt", "train.raw", "a.xml.seg", "a"])
@pytest.mark.parametrize("chunk_bytes", [8, 60, 1 << 20])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n"])
def test_three_lines_are_a_row(tmp_path: Path, name: str, chunk_bytes: int, ending: str) -> None:
    (tmp_path / name).write_bytes("".join(line + ending for line in lines(ROWS)).encode())
    records, _, source = read(tmp_path / name, chunk_bytes)
    assert (records, source.container) == (ROWS, "targeted")


def test_the_target_is_part_of_the_prompt(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join(lines(ROWS)) + "\n")
    notes = lint(tmp_path / "a.txt", eval=False, config={"select": ["FMT"]}).notes
    assert any("--columns prompt=text,context=term,response=label" in note for note in notes)
    assert any("a row is three lines" in note for note in notes)


def test_a_sentence_without_its_label_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join([*lines(ROWS), "The $T$ was cold .", "soup"]) + "\n")
    report = lint(tmp_path / "a.txt", eval=False, config={"select": ["FMT"]})
    assert [(finding.rule, finding.line) for finding in report.findings] == [("FMT023", 121)]
    assert report.files[0].rows_read == 40


@pytest.mark.parametrize(
    "text",
    [
        "It costs $T$ each .\nAnother line\n" * 20,
        "The $T$ is good .\nview\nas you can see from here at the dock\n" * 20,
    ],
)
def test_other_lines_are_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert read(tmp_path / "a.txt")[2].container == "text"
