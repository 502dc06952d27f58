"""Plain texts whose lines are parts of paragraphs or of a document."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from datalint.operations.check import lint
from datalint.sources.readers.texts.wrapped_lines import width_of_wrapped

WORDS = "the dock of our town was full, and boats with ropes had to wait near its gate until evening; nobody knew why"
PROSE = " ".join(f"In year {n} {WORDS[n % 40 :]}, as {WORDS[: 30 + 7 * n % 60]} said." for n in range(40))
LINES = textwrap.wrap(PROSE, 72)


def read(path: Path, text: str) -> tuple[int, str]:
    path.write_text(text, encoding="utf-8")
    report = lint(path, eval=False, config={"select": ["FMT"]})
    return report.examples, "\n".join(report.notes)


def test_paragraphs_of_broken_lines_are_rows_between_headings(tmp_path: Path) -> None:
    parts = [f"CHAPTER {n}\n\nWho was there?\n\n" + "\n".join(LINES[5 * n : 5 * n + 5]) + "\n\n" for n in range(6)]
    size, said = read(tmp_path / "a.txt", "".join(parts))
    assert size == 3 * len(parts)
    assert "a row is a block of lines" in said


def test_broken_lines_without_blank_ones_are_noted(tmp_path: Path) -> None:
    size, said = read(tmp_path / "a.txt", "\n".join(LINES))
    assert size == len(LINES)
    assert "lines of prose that were broken at about 7" in said


@pytest.mark.parametrize(
    "lines",
    [
        PROSE.split(". "),
        [f"show me what the boat number {n} of dock {n * 7919} has to pay for the gate at night" for n in range(60)],
        [line[:40] for line in LINES],
        [LINES[n // 2][n % 2 * 6 :] + "," for n in range(60)],
        [f"b{n}_2 | 0.{n * 7919} 0.{n * 104729} and more of it for the dock {n * 7919}" for n in range(60)],
    ],
    ids=["sentences", "requests", "verse", "windows", "table"],
)
def test_other_lines_were_not_broken(lines: list[str]) -> None:
    assert width_of_wrapped([line.encode() for line in LINES]) in range(66, 73)
    assert width_of_wrapped([line.encode() for line in lines]) == 0


def test_a_short_document_is_noted(tmp_path: Path) -> None:
    items = [f"- Say what dock {n} costs." for n in range(6)]
    prompt = ["You are the clerk of a dock.", "# Your task", *items, "# What to write", "Write a short answer."]
    assert "if they are one document" in read(tmp_path / "a.txt", "\n".join(prompt))[1]
    assert "if they are one document" not in read(tmp_path / "b.txt", "\n".join(items * 3))[1]
    many = [f"Dock {n} is full again, and boats have to wait." for n in range(40)]
    assert "if they are one document" not in read(tmp_path / "c.txt", "\n".join([*many, *items]))[1]


@pytest.mark.parametrize(
    ("line", "there"), [("boat {}", True), ("quay{}", True), ("a boat {}", False), ("码头上没有空位{}", False)]
)
def test_lines_of_a_word_or_two_are_noted(tmp_path: Path, line: str, *, there: bool) -> None:
    lines = [line.format("abcdefgh"[n % 8] * (n // 8 + 1)) for n in range(120)]
    assert ("each line is a word or two" in read(tmp_path / "a.txt", "\n".join(lines))[1]) is there


def test_a_short_document_in_parts_is_noted(tmp_path: Path) -> None:
    part = "# Part {}\n\n- Say what dock {} costs.\n- Be brief.\nWrite a short answer.\n\n======\n"
    said = read(tmp_path / "a.txt", "".join(part.format(n, n) for n in range(8)))[1]
    assert "if they are one document" in said
