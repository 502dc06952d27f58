"""Text files that only mean something next to others."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.core.errors import DatalintError
from datalint.operations.check import lint
from datalint.sources import open_sources
from datalint.sources.data_files import data_files

LINES = "".join(f"The bus of line {n} is late.\n" for n in range(30))


@pytest.mark.parametrize(("name", "other"), [("train.da", "train.en"), ("a.b.zh", "a.b.deu"), ("TED-1.no", "TED-1.is")])
def test_sides_of_parallel_text_are_named_by_their_languages(tmp_path: Path, name: str, other: str) -> None:
    for each in (name, other):
        (tmp_path / each).write_text(LINES)
    report = lint(tmp_path / name, eval=False, config={"select": ["FMT"]})
    assert (report.files[0].container, report.examples, len(report.findings)) == ("text", 30, 0)
    assert any(f"{other} may have a line for each line" in note for note in report.notes)
    assert len(data_files(tmp_path)) == 2
    assert len(open_sources([str(tmp_path / "*")])) == 2


@pytest.mark.parametrize(
    ("name", "other", "there"),
    [
        ("yue.txt", "en.txt", True),
        ("ID.txt", "CES.txt", True),
        ("arb.txt", "notes.txt", False),
        ("a_nor.txt", "a_fin.txt", False),
    ],
)
def test_a_whole_name_may_be_the_language_of_a_side(tmp_path: Path, name: str, other: str, *, there: bool) -> None:
    for each in (name, other):
        (tmp_path / each).write_text(LINES + LINES)
    report = lint(tmp_path / name, eval=False, config={"select": ["DIV001"]})
    assert any(f"{other} may have a line for each line" in note for note in report.notes) is there
    assert (len(report.findings) == 0) is there


@pytest.mark.parametrize(
    ("other", "there"),
    [
        (LINES.replace("The bus of line 7 is late.\n", "\n"), True),  # not translated
        (LINES + "\n", True),
        (LINES.replace("The bus of line 7 is late.\n", ""), False),
        (LINES.replace("The bus of line 7 is late.\n", "") + "\n\n", False),
    ],
)
def test_a_line_that_is_empty_on_one_side_is_a_line(tmp_path: Path, other: str, *, there: bool) -> None:
    (tmp_path / "train.da").write_text(LINES)
    (tmp_path / "train.en").write_text(other)
    report = lint(tmp_path / "train.da", eval=False, config={"select": ["FMT"]})
    assert any("train.en may have a line for each line" in note for note in report.notes) is there


@pytest.mark.parametrize("other", ["train.txt", "valid.en", "train.zz"])
def test_a_language_alone_says_nothing(tmp_path: Path, other: str) -> None:
    for each in ("train.pl", other):
        (tmp_path / each).write_text(LINES)
    with pytest.raises(DatalintError, match="cannot detect the format"):
        lint(tmp_path / "train.pl", eval=False)


@pytest.mark.parametrize("lines", ["late\non time\nnever came\n", "0 late\n1 on time\n"])
@pytest.mark.parametrize("name", ["class.txt", "labels.txt", "vocab_uncased.txt"])
def test_lists_of_labels_are_left_out_of_folders(tmp_path: Path, name: str, lines: str) -> None:
    (tmp_path / name).write_text(lines)
    assert data_files(tmp_path) == [tmp_path / name]
    (tmp_path / "train.txt").write_text(LINES)
    assert data_files(tmp_path) == [tmp_path / "train.txt"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [("labels.txt", "late\nlate\n"), ("label.txt", "late\t1\n"), ("class.txt", LINES), ("names.txt", "late\n")],
)
def test_other_texts_are_data(tmp_path: Path, name: str, lines: str) -> None:
    (tmp_path / name).write_text(lines)
    (tmp_path / "train.txt").write_text(LINES)
    assert set(data_files(tmp_path)) == {tmp_path / name, tmp_path / "train.txt"}
