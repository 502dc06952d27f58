"""A test set of few lines is a table like the data, which its own lines do not show."""

from __future__ import annotations

from pathlib import Path

import pytest

import datalint
from datalint.config.model import Settings
from datalint.setup.neighbours import columns_of, rows_kept
from datalint.sources import open_sources
from datalint.testing import sentence


def lines(start: int, count: int) -> str:
    return "".join(f"{n % 2}\t{sentence(n)}\n" for n in range(start, start + count))


def messages(folder: Path, name: str, held: str) -> list[str]:
    (folder / "posts.txt").write_text(lines(0, 120))
    (folder / name).write_text(held)
    report = datalint.lint(folder / "posts.txt", config={"select": ("RDY001",)})
    return [each.message for each in report.findings]


def test_a_test_set_of_ten_rows_next_to_the_data_has_its_columns(tmp_path: Path) -> None:
    [message] = messages(tmp_path, "posts_test.txt", lines(500, 10))
    assert "posts_test.txt" in message
    assert "shares columns" in message


def test_lines_of_text_next_to_the_data_stay_texts(tmp_path: Path) -> None:
    [message] = messages(tmp_path, "posts_test.txt", "".join(f"{sentence(n)}\n" for n in range(10)))
    assert "another layout" in message


@pytest.mark.parametrize(("held", "leaks"), [(lines(50, 5) + lines(500, 5), 5), (lines(500, 10), 0)])
def test_an_evaluation_set_of_ten_rows_is_compared_by_columns(tmp_path: Path, held: str, leaks: int) -> None:
    (tmp_path / "posts.txt").write_text(lines(0, 120))
    (tmp_path / "few.txt").write_text(held)
    report = datalint.lint(tmp_path / "posts.txt", config={"select": ("RDY003",), "eval": str(tmp_path / "few.txt")})
    assert report.measures["leaked-exact"] == leaks


def test_rows_that_are_kept_are_those_like_the_data_that_asks(tmp_path: Path) -> None:
    (tmp_path / "posts.txt").write_text(lines(0, 120))
    (tmp_path / "texts.txt").write_text("".join(f"{sentence(n)}\n" for n in range(120)))
    (tmp_path / "few.txt").write_text(lines(500, 10))
    table, texts = (open_sources([str(tmp_path / name)])[0] for name in ("posts.txt", "texts.txt"))
    few, settings = str(tmp_path / "few.txt"), Settings()
    with rows_kept():
        kept = [columns_of(few, settings, like=each) for each in (texts, table)]
    assert kept == [columns_of(few, settings, like=each) for each in (texts, table)]
    assert kept[0] != kept[1]


SHIPS, DOCKS = "渡轮 拖船 帆船 货船 快艇".split(), "东边的码头 南方港口 小港 北岸 西侧的旧船坞".split()


def pair(number: int) -> str:
    """Return two short sentences about one ship, without a sign that names of columns lack."""
    ship, dock = SHIPS[number % 5], DOCKS[number // 5 % 5]
    return f"{ship}能在{dock}停多久\t{dock}{'停得下' if number // 25 % 2 else '有没有'}{ship}{SHIPS[number // 25 % 5]}"


HELD = [pair(n) for n in range(100, 125)]


@pytest.mark.parametrize(
    ("held", "rows"),
    [
        (HELD, 25),
        (["sentence1\tsentence2", *HELD], 25),
        (["one\tother", *HELD], 25),
        # More columns than the data has.
        (["\t".join((line, *line.split("\t")[::-1])) for line in HELD], 24),
    ],
)
def test_a_table_without_labels_next_to_one_without_a_header_has_none_either(
    tmp_path: Path, held: list[str], rows: int
) -> None:
    (tmp_path / "train.tsv").write_text("".join(f"{pair(n)}\t{n % 2}\n" for n in range(120)))
    (tmp_path / "test.tsv").write_text("".join(f"{line}\n" for line in held))
    report = datalint.lint(tmp_path / "train.tsv", config={"select": ("RDY005",)})
    assert [file.rows_read for file in report.files if file.split != "train"] == [rows]
    assert bool(report.findings) is (held == HELD)
