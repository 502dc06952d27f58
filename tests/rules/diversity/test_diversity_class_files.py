"""One text in files of several classes has two labels, and is no copy to be removed."""

from __future__ import annotations

from pathlib import Path

import pytest

import datalint
from datalint.testing import sentence

SELECT = ["DIV001", "DIV002", "DIV005"]


def found(folder: Path, files: dict[str, list[str]]) -> list[tuple[str, int | None, str]]:
    for name, lines in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    report = datalint.lint(folder, eval=False, config={"select": SELECT})
    return [
        (finding.rule, finding.line, finding.message.replace(f"{folder}/", ""))
        for finding in report.findings
        if finding.rule != "INT001"
    ]


def lines(first: int, count: int = 30) -> list[str]:
    return [f"{sentence(n)} on pier {n}." for n in range(first, first + count)]


@pytest.mark.parametrize("again", ["The ferry was late again.", "the ferry was  late again."])
def test_one_text_in_files_of_two_classes_has_two_labels(tmp_path: Path, again: str) -> None:
    files = {"pos.txt": [*lines(0), again], "neg.txt": ["The ferry was late again.", *lines(100)]}
    assert found(tmp_path, files) == [("DIV005", 31, 'one text in files of two classes: "pos" here, "neg" (neg.txt:1)')]


def test_texts_of_a_few_words_are_one_note(tmp_path: Path) -> None:
    files = {"pos.txt": [*lines(0), "Not bad", "Well, well"], "neg.txt": ["Not bad", "Well, well", *lines(100)]}
    assert found(tmp_path, files) == [
        (
            "DIV005",
            31,
            '2 texts of up to 3 words in files of several classes, as people may mean either: "Not bad", "Well, well"',
        )
    ]


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        (("reviews_negative_30.txt", "reviews_positive_45.txt"), "DIV005"),
        (("films/neg.txt", "films/pos.txt"), "DIV005"),
        (("neg/1.txt", "pos/1.txt"), "DIV001"),
        (("neg.txt", "spare/pos.txt"), "DIV001"),
        (("neg.txt", "neg_2.txt"), "DIV001"),
        (("neg.txt", "notes.txt"), "DIV001"),
        (("fake_news.txt", "positive_reviews.txt"), "DIV001"),
    ],
)
def test_files_are_those_of_one_set(tmp_path: Path, names: tuple[str, str], rule: str) -> None:
    files = {names[0]: [*lines(0), "The ferry was late again."], names[1]: ["The ferry was late again.", *lines(100)]}
    assert [each for each, *_ in found(tmp_path, files)] == [rule]


def test_a_text_of_one_line_has_the_name_of_its_folder_for_a_label(tmp_path: Path) -> None:
    files = {
        f"{name}/{n}.txt": [line] for name, first in (("neg", 0), ("pos", 90)) for n, line in enumerate(lines(first))
    }
    files["pos/7.txt"] = files["neg/3.txt"]
    assert found(tmp_path, files) == [
        ("DIV005", 1, 'one text in files of two classes: "pos" here, "neg" (neg/3.txt:1)')
    ]


def test_copies_in_a_file_of_one_class_are_copies(tmp_path: Path) -> None:
    files = {"pos.txt": [*lines(0), lines(0)[0]], "neg.txt": lines(100)}
    assert [each for each, *_ in found(tmp_path, files)] == ["DIV001"]
