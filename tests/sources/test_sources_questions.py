"""Texts of questions with options in lines of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.operations.check import lint
from tests.sources.test_sources_tagged import read

STEMS = ("What is meant?", "Which one is true?", "What is left out?")
ALPHABETS = {
    "latin": ("A)", "B)", "C)", "D)"),
    "points": ("a.", "b.", "c."),
    "bold": ("**(A)**", "**(B)**", "**(C)**"),
    "colons": ("A:", "B:", "C:", "D:"),
    "cyrillic": ("а)", "б)", "в)", "г)"),
    "greek": ("Α.", "Β.", "Γ."),
    "persian": ("الف)", "ب)", "ج)", "د)"),
    "hindi": ("(क)", "(ख)", "(ग)"),
    "wide": ("A．", "B．", "C．", "D．"),
    "circles": ("①", "②", "③", "④"),
    "numbers": ("1)", "2)", "3)"),
}
NUMBERED = "{n}. Passage {n} is long.\n\n{stem}\n\n{options}"
LAYOUTS = {
    "numbered": NUMBERED,
    "word": "Question {n}:\n{stem}\n\n{options}",
    "goes-on": "{n}. {stem}\n{options}\nand so on",
    "without-numbers": "Passage {n} is long. {stem}\n{options}",
    "answered": "Passage {n} is long.\n{stem}\n\n{options}\n\nAnswer: {last}",
    "spaced": "Passage {n} is long.\n\n{stem}\n\n{spaced}",
}


def bank(marks: tuple[str, ...], layout: str, *, count: int = 8) -> list[str]:
    questions = []
    for n in range(count):
        options = [f"{mark} option {n % 3}{place}" for place, mark in enumerate(marks)]
        said = {"options": "\n".join(options), "spaced": "\n\n".join(options), "last": marks[-1].strip(")(.:．*")}
        questions.append(layout.format(n=n + 1, stem=STEMS[n % 3], **said))
    return questions


@pytest.mark.parametrize("marks", ALPHABETS.values(), ids=ALPHABETS)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_a_question_with_its_options_is_a_row(
    tmp_path: Path, marks: tuple[str, ...], layout: str, chunk_bytes: int
) -> None:
    questions = bank(marks, layout)
    (tmp_path / "a.txt").write_text("\n\n".join(questions) + "\n", encoding="utf-8")
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == ([{"text": each} for each in questions], "text-questions")


def test_options_may_be_in_one_line_and_questions_next_to_each_other(tmp_path: Path) -> None:
    questions = bank(ALPHABETS["latin"], "{n}. {stem}\n{options}")
    questions[3] = "4. What is meant?\nA) one   B) two   C) three   D) four"
    (tmp_path / "a.txt").write_bytes("\n".join(questions).replace("\n", "\r\n").encode())
    assert [record["text"] for record in read(tmp_path / "a.txt")[0]] == questions


@pytest.mark.parametrize(
    "texts",
    [
        # Sections of a contract have clauses under letters, but not all and not the same number.
        [f"{n}. Section {n}\n" + "".join(f"({c}) clause {n}{c}\n" for c in "abcdefg"[: n * 5 % 8]) for n in range(12)],
        # Two options, as a yes or no: blank lines separate these.
        [f"Is it {n}?\n\nA) yes\nB) no" for n in range(12)],
        # Options of a question alone, or a list alone.
        ["\n".join(f"{mark} option {n}" for mark in ALPHABETS["latin"]) for n in range(12)],
        [f"first {n}\nsecond\nthird" for n in range(12)],
        # Rankings are longer than the options of a question.
        [f"Ranking {n}\n" + "\n".join(f"{place}. name {n * place}" for place in range(1, 11)) for n in range(12)],
    ],
)
def test_other_texts_are_no_questions(tmp_path: Path, texts: list[str]) -> None:
    (tmp_path / "a.txt").write_text("\n\n".join(texts))
    assert read(tmp_path / "a.txt")[2].container != "text-questions"


def test_a_question_that_repeats_is_no_copy_where_its_passage_is_another(tmp_path: Path) -> None:
    questions = bank(ALPHABETS["latin"], NUMBERED, count=24)
    (tmp_path / "a.txt").write_text("\n\n".join([*questions, questions[4]]))
    report = lint(tmp_path / "a.txt", config={"select": ["DIV001"]}, eval=False)
    assert [(finding.row, finding.line) for finding in report.findings] == [(25, 9 * 24 + 1)]
    assert "a.txt: a row is a question with its options" in report.notes


def test_lines_with_options_are_no_copies_however_they_are_divided(tmp_path: Path) -> None:
    lines = [line for text in bank(ALPHABETS["latin"], "{stem}\n{options}", count=24) for line in text.split("\n")]
    lines = [f"{line}\nand so on" if line.startswith(("A)", "C)")) else line for line in lines]
    (tmp_path / "a.txt").write_text("\n".join(lines))
    report = lint(tmp_path / "a.txt", config={"select": ["DIV001"]}, eval=False)
    assert not report.findings
    assert any("of a running text repeat earlier ones: not counted as copies" in note for note in report.notes)
