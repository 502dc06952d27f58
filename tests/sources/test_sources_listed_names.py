"""Texts whose lines are names of something else, or parts of a program, are refused; texts like them are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests_sources_reading import rows_and_problems as read


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("https://harbour.example/docks/{n}?page=2", "a link"),
        ("docks/north/{n}.wav", "the name of a file"),
        ("README{n}.md", "the name of a file"),
        ("../data/docks/{w}/final", "the name of a file"),
        ("dock-tools=={n}.4.1", "a package and its version"),
        ("docktools={n}.4=py311_0", "a package and its version"),
        ("harbour:{n:05}", "an id"),
        ("speaker_2021-03-{n}_take_7", "an id"),
        ("{n}.5e-02 -0.{n} {n}.25 1.0", "a row of numbers"),
        ("{w} " + "0.{n} " * 30, "a row of numbers"),
        ("{w} {n}.216 {n}.446", "a word or sound with its times"),
        ("{n} Q0 d{n} 1", "the judgement or rank of a document for a query"),
        ("{n} 0 d{n} 2", "the judgement or rank of a document for a query"),
        ("q{n} Q0 d{n} {n} 14.{n} bm25", "the judgement or rank of a document for a query"),
        ("tape_{n} 0.216 3.446 {w}", "a word or sound with its times"),
    ],
)
def test_names_are_no_texts(tmp_path: Path, line: str, what: str) -> None:
    rows, said = read(tmp_path / "list.txt", "".join(f"{line.format(n=n, w='ab' * (n % 7 + 1))}\n" for n in range(40)))
    assert not rows
    assert said == [f"each line is {what}, not a text: leave the file out, or write texts instead"]


def test_a_line_of_thousands_of_numbers_is_no_text(tmp_path: Path) -> None:
    rows, said = read(tmp_path / "vectors.txt", "".join(f"{n}.5e-02 " * 20_000 + "\n" for n in range(3)))
    assert not rows
    assert said == ["each line is a row of numbers, not a text: leave the file out, or write texts instead"]


@pytest.mark.parametrize(("diagrams", "read_as_texts"), [(1, False), (2, True)])
def test_the_lines_of_a_diagram_are_no_texts(tmp_path: Path, diagrams: int, *, read_as_texts: bool) -> None:
    diagram = '@startuml\n\nclass Dock {\n}\n\nclass Boat {\n}\n\nDock "1" -- "0..*" Boat\n\n@enduml\n'
    rows, said = read(tmp_path / "dock.txt", diagram * diagrams)
    assert bool(rows) is read_as_texts
    assert any("the lines are those of one diagram in PlantUML" in each for each in said) is not read_as_texts


def test_some_packages_have_no_version(tmp_path: Path) -> None:
    rows, said = read(tmp_path / "packages.txt", "cranes>=2.1\ngates>=7\ndocks~=1.4\nropes==0.3\nboats<3\nlamps\n")
    assert not rows
    assert said == ["each line is a package and its version, not a text: leave the file out, or write texts instead"]


def test_labels_without_texts_are_no_texts(tmp_path: Path) -> None:
    rows, said = read(tmp_path / "run.txt", "".join(f"{('late', 'full', 'free')[n % 3]}\n" for n in range(300)))
    assert not rows
    assert said == ["each line is one of 3 labels, not a text: leave the file out, or write texts instead"]


@pytest.mark.parametrize("name", ["test.txt", "seq.out"])
def test_tags_without_their_words_are_no_texts(tmp_path: Path, name: str) -> None:
    rows, said = read(tmp_path / name, "".join(f"O B-dock{' I-dock' * (n % 3)} O\n" for n in range(40)))
    assert not rows
    what = "join it with the file that has the words, line by line, or leave it out"
    assert said == [f"each line is the tags of a sentence without its words: {what}"]


def test_some_names_of_files_have_no_suffix(tmp_path: Path) -> None:
    rows, said = read(tmp_path / "sources.txt", "README.md\nsetup.py\ndocks.egg-info/PKG-INFO\ndocks/gate.py\na.md\n")
    assert not rows
    assert said == ["each line is the name of a file, not a text: leave the file out, or write texts instead"]


@pytest.mark.parametrize(
    "lines",
    [
        [f"Dock {n} is named in https://harbour.example/{n}." for n in range(40)],
        [f"泊位{n}/号今天/开放。" for n in range(40)],
        [f"C{n}H{n % 5}O(={'CN' * (n % 9)})C{'c1' * (n % 4)}" for n in range(40)],
        [f"{'harbour dock boat gate'.split()[n % 4]}" for n in range(40)],
        [f"x{n} = {n}" for n in range(40)],
        [f"{n} + {n} = {2 * n}" for n in range(40)],
        [f"{n}, {n + 2}, {n + 4}" for n in range(40)],
        [f"Dock 0 has {n}" for n in range(40)],
        [f"The boat {n} is 0.5 long" for n in range(40)],
        ["dock_1", "dock_2", "dock_3"],
        ["O"] * 40,
        [f"O B-side {n} is full" for n in range(40)],
    ],
)
def test_texts_are_read(tmp_path: Path, lines: list[str]) -> None:
    rows, said = read(tmp_path / "texts.txt", "".join(f"{line}\n" for line in lines))
    assert rows == len(lines)
    assert not [each for each in said if "leave the file out" in each]


def test_lists_of_messages_in_several_lines_are_no_texts(tmp_path: Path) -> None:
    turns = "    {'role': 'user', 'content': 'Is dock 7 full?'},\n    {'role': 'assistant', 'content': 'No.'},\n"
    rows, said = read(tmp_path / "train.txt", "".join(f"talk{n} = [\n{turns}]\n\n" for n in range(9)))
    assert not rows
    assert said == [
        "lists of messages as a program writes them, in several lines: write each as a row of JSON Lines, with a list "
        '"messages"'
    ]


def test_a_text_about_messages_is_read(tmp_path: Path) -> None:
    text = "Write {'role': 'user', 'content': 'Hi'} for each message.\n" * 9
    assert read(tmp_path / "guide.txt", text)[0] == 9


REPORT = """              precision    recall  f1-score   support

        dock       0.99      0.91      0.95       259
        boat       0.98      0.94      0.96       181

    accuracy                           0.95       440
   macro avg       0.98      0.92      0.95       440
weighted avg       0.98      0.92      0.95       440
"""


def test_a_report_of_a_classifier_is_no_text(tmp_path: Path) -> None:
    rows, said = read(tmp_path / "test_report.txt", f"___ report ___\n{REPORT}")
    assert not rows
    assert said == ["the lines report how well a classifier does, and are no texts: leave the file out"]


def test_a_text_that_quotes_a_report_is_read(tmp_path: Path) -> None:
    lines = "".join(f"Lesson {n} says how to read the table of a classifier.\n" for n in range(200))
    assert read(tmp_path / "course.txt", lines + REPORT)[0] > 200
    assert read(tmp_path / "head.txt", "precision recall f1-score support\nWe explain each of these words.\n")[0] == 2


@pytest.mark.parametrize("end", ["", "|"])
def test_a_table_with_a_sign_before_its_cells_is_no_text(tmp_path: Path, end: str) -> None:
    table = "".join(f"|{n}|dock {n} of the port{end and '|'}| |full{end}\n" for n in range(300))
    rows, said = read(tmp_path / "dump.txt", f"=== Dump of docks\n\n|------\n|id|name{end}\n{table}")
    assert not rows
    assert said == [
        "each line is a row of a table with | before its cells: export the table as CSV, or write it as JSON Lines"
    ]


def test_texts_with_a_table_or_a_sign_before_each_are_read(tmp_path: Path) -> None:
    table = "".join(f"|{n}|dock {n}|full|\n" for n in range(30))
    assert read(tmp_path / "lesson.txt", table + "The dock is full.\n" * 9)[0] == 39
    assert read(tmp_path / "songs.txt", "".join(f"|dock {n} of the port\n" for n in range(300)))[0] == 300


def test_a_web_page_is_no_text(tmp_path: Path) -> None:
    page = "\n<!DOCTYPE html>\n<html>\n<script>\nvar n = 1;\n</script>\n<body>The dock is full.</body></html>\n"
    rows, said = read(tmp_path / "article.txt", page)
    assert not rows
    assert said == ["the lines are those of a web page in HTML, and no texts: write the text that it shows"]


def test_pages_in_a_line_each_are_read(tmp_path: Path) -> None:
    pages = "".join(f"<!DOCTYPE html><html><body>Dock {n}</body></html>\n" for n in range(9))
    assert read(tmp_path / "pages.txt", pages)[0] == 9
    assert read(tmp_path / "tags.txt", "<htmlx> is no tag of a page.\nNor is this one.\n")[0] == 2


@pytest.mark.parametrize(("label", "refused"), [("Piers", True), ("pier {0}", False)])
def test_labels_by_the_number_of_a_text_are_no_texts(tmp_path: Path, label: str, *, refused: bool) -> None:
    labels = [label.format(count) + "\tBoats" * (count % 2) for count in range(40)]
    text = "\n".join(("topics", *(f"978000{count:03}\t{some}" for count, some in enumerate(labels))))
    _, said = read(tmp_path / "gold.txt", text)
    assert any("a number and its labels" in each for each in said) == refused
