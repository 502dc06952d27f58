"""The note on folders of texts whose names may be labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.operations.check import lint

#: Which rules are run has no part in notes on the names of files.
SELECT = {"select": ["FMT001"]}


@pytest.mark.parametrize(
    ("folders", "files", "there"),
    [
        (("pos", "neg"), 10, True),
        (("train/sports", "train/science", "train/arts"), 10, True),
        (("pos", "neg"), 9, False),
        (("texts",), 25, False),
        (("train", "test"), 12, False),
        (("en", "de"), 12, False),
        (("articles", "summaries"), 12, False),
        (("a/pos", "b/neg"), 12, False),
    ],
)
def test_folders_of_many_short_texts_may_be_labels(
    tmp_path: Path, folders: tuple[str, ...], files: int, *, there: bool
) -> None:
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
        for n in range(files):
            (tmp_path / folder / f"{n}.txt").write_text(f"The dock of {n} is full.\nA boat left {folder}.\n")
    report = lint(str(tmp_path), config=SELECT)
    assert any("folders, such as" in note and "the folder is the label" in note for note in report.notes) is there


def test_an_empty_file_among_them_changes_nothing(tmp_path: Path) -> None:
    for folder in ("pos", "neg"):
        (tmp_path / folder).mkdir()
        for n in range(10):
            (tmp_path / folder / f"{n}.txt").write_text(f"The dock of {n} is full.\nA boat left {folder}.\n")
    (tmp_path / "neg" / "10.txt").touch()
    (tmp_path / "neg" / "11.txt").write_text("\n\n")
    assert any("folders, such as" in note for note in lint(str(tmp_path), config=SELECT).notes)


def test_long_texts_are_no_labelled_ones(tmp_path: Path) -> None:
    for folder in ("poems", "novels"):
        (tmp_path / folder).mkdir()
        for n in range(10):
            (tmp_path / folder / f"{n}.txt").write_text(f"The dock of {n} is full{' of old boats' * 60}.\n" * 50)
    assert not any("folders, such as" in note for note in lint(str(tmp_path), config=SELECT).notes)


@pytest.mark.parametrize(
    ("names", "there"),
    [
        (("pos.txt", "neg.txt"), True),
        (("reviews_positive.txt", "reviews_negative.txt", "reviews_neutral.txt"), True),
        (("pos.txt", "texts.txt"), False),
        (("negative10kUZ.txt", "positive10kUZ.txt"), True),
        (("a_neg.txt", "a_pos.txt", "neg5k.txt", "pos5k.txt"), True),
        (("pos.txt", "pos_2.txt"), False),
        (("pos.txt", "pos_2.txt", "neg.txt"), False),
        (("pos.txt",), False),
        (("positions.txt", "negotiations.txt"), False),
        (("pos_1.csv", "neg_1.csv", "pos_2.csv", "neg_2.csv"), True),
    ],
)
def test_files_that_are_named_like_classes_may_be_labels(
    tmp_path: Path, names: tuple[str, ...], *, there: bool
) -> None:
    for name in names:
        lines = (f"The dock of {n} is full in {name} and a boat left.\n" for n in range(30))
        (tmp_path / name).write_text("".join(lines))
    notes = lint(str(tmp_path), config=SELECT).notes
    assert any("named like classes" in note for note in notes) is there


@pytest.mark.parametrize(
    ("names", "there"),
    [
        (("neg.txt", "neu.txt", "pos.txt"), True),
        (("all_negative_3307.txt", "all_positive_8500.txt"), True),
        (("negative10kUZ.txt", "positive12kUZ.txt"), True),
        (("cases_true_data.txt", "cases_false data.txt"), True),
        (("true.txt", "truth.txt"), False),
        (("neg.txt", "notes.txt"), False),
        (("neg.txt", "other_pos.txt"), False),
        (("neg.txt", "pos.csv"), False),
        (("negative_1.txt", "negative_2.txt"), False),
        (("notes.txt", "pos.txt"), False),
    ],
)
def test_a_file_next_to_files_of_other_classes_has_a_label_for_its_name(
    tmp_path: Path, names: tuple[str, ...], *, there: bool
) -> None:
    for name in names:
        lines = (f"The dock of {n} is full in {name}, and a boat left.\n" for n in range(30))
        (tmp_path / name).write_text("".join(lines))
    notes = lint(str(tmp_path / names[0]), config=SELECT).notes
    assert any("its name may be the label" in note for note in notes) is there


@pytest.mark.parametrize(("annotated", "there"), [(8, True), (2, False)])
def test_annotations_in_other_files_are_not_read(tmp_path: Path, annotated: int, *, there: bool) -> None:
    for n in range(8):
        (tmp_path / f"{n}.txt").write_text(f"The dock of {n} is full.\nA boat left at {n}.\n")
        if n < annotated:
            (tmp_path / f"{n}.ann").write_text("T1\tPLACE 4 8\tdock\n")
    notes = lint(str(tmp_path), config=SELECT).notes
    assert any(".ann files" in note for note in notes) is there


def test_tables_with_other_columns_have_labels_of_their_own(tmp_path: Path) -> None:
    for name in ("pos.csv", "neg.csv"):
        rows = (f"The dock of {n} is full in {name},late\n" for n in range(30))
        (tmp_path / name).write_text("text,label\n" + "".join(rows))
    assert not any("named like classes" in note for note in lint(str(tmp_path), config=SELECT).notes)
