"""Lines that are rows in a notation of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from datalint.operations.check import lint
from tests.sources.test_sources_tagged import read

ASKED = ["Where do otters sleep", "How do I tune a piano", "Why is the sea salty", "Which glue holds wood"] * 10


def rows_of(path: Path, lines: list[str], chunk_bytes: int = 1 << 20) -> tuple[list[dict[str, Any]], str]:
    path.write_text("\n".join(lines) + "\n")
    records, _, source = read(path, chunk_bytes)
    return records, source.container


@pytest.mark.parametrize("name", ["a.txt", "a.train", "train"])
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
@pytest.mark.parametrize("line", ["__label__{0} {1}", "{1} __label__{0}", "__label__{0}\t{1}", "  __label__{0}  {1} "])
def test_fasttext_has_a_label_and_a_text_in_each_line(tmp_path: Path, name: str, chunk_bytes: int, line: str) -> None:
    written = [line.format(f"topic-{place % 3}", asked) for place, asked in enumerate(ASKED)]
    expected = [{"text": asked, "label": f"topic-{place % 3}"} for place, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / name, written, chunk_bytes) == (expected, "fasttext")


def test_a_line_of_fasttext_may_have_several_labels_or_none(tmp_path: Path) -> None:
    written = [f"__label__water __label__animals {asked}" for asked in ASKED] + ["Who forgot the label_x"]
    (tmp_path / "a.txt").write_text("\n".join(written))
    records, _, _ = read(tmp_path / "a.txt")
    assert records[0] == {"text": ASKED[0], "labels": ["water", "animals"]}
    assert records[-1] == {"text": "Who forgot the label_x", "labels": []}
    report = lint(tmp_path / "a.txt", config={"select": ["FMT001"]}, eval=False)
    assert [(each.line, each.message) for each in report.findings] == [
        (41, 'no label: fastText leaves out lines without "__label__"')
    ]
    assert "a.txt: a row is a line of fastText: a text with its labels" in report.notes


@pytest.mark.parametrize(
    "lines",
    [
        ["fastText wants __label__ before each label", *ASKED],
        ["Lines begin with __label__x as documented.", *ASKED],
        ["#music How do I tune a piano"] * 30,
        ["x__label__y is one word"] * 30,
    ],
)
def test_other_texts_are_lines(tmp_path: Path, lines: list[str]) -> None:
    assert rows_of(tmp_path / "a.txt", lines)[1] == "text"
