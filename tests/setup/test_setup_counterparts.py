"""Tests of files near one that is checked alone: other splits, training files, and the parts of a dataset."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from every import every

import datalint
from datalint.checkout.confine import Confinement
from datalint.config.files import Disk
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.setup import neighbours
from datalint.setup.siblings import siblings_of
from datalint.testing import sentence

KEYS = ("prompt", "completion")

#: One rule, for tests of which files are read and what is said of them: all take three times as long.
SIZE: Final = {"select": ("VOL001",)}


def lay(folder: Path, *names: str, rows: int = 60, keys: tuple[str, ...] = KEYS) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps({key: f"{key} {n} of {name}" for key in keys}) for n in range(rows)]
        (folder / name).write_text("\n".join([*lines, ""]))


@every(
    ("train", "near", "found"),
    [
        ("data/train/boats.jsonl", ("data/test/boats.jsonl", "data/dev/boats.jsonl"), "test dev"),
        ("data/train/boats_train.jsonl", ("data/val/boats_val.jsonl",), "val"),
        ("train/train.jsonl", ("test/test.jsonl", "validation/validation.jsonl"), "validation test"),
        ("TRAIN/boats.jsonl", ("TEST/boats.jsonl",), "TEST"),
        ("default/train/en/boats.jsonl", ("default/test/en/boats.jsonl",), "en"),
        ("boats_train_set/rows.jsonl", ("boats_test_set/rows.jsonl",), "boats_test_set"),
        ("train_data/boats.jsonl", ("test_data/boats.jsonl",), "test_data"),
        ("Train.jsonl", ("Test.jsonl",), "Test.jsonl"),
        ("BOATS_TRAIN.jsonl", ("BOATS_TEST.jsonl",), "BOATS_TEST.jsonl"),
        ("trainset.jsonl", ("testset.jsonl",), "testset.jsonl"),
        ("trainData.jsonl", ("testData.jsonl",), "testData.jsonl"),
        ("train_3.jsonl", ("test.jsonl",), "test.jsonl"),
        ("train_few_shot.jsonl", ("train_one_shot.jsonl", "dev.jsonl", "test.jsonl"), "test.jsonl dev.jsonl"),
        ("chat-train-16shot.jsonl", ("chat-train-4shot.jsonl", "chat-test.jsonl"), "chat-test.jsonl"),
        ("boats-train-v2.jsonl", ("boats-val.jsonl",), "boats-val.jsonl"),
        (
            "train-00000-of-00002.jsonl",
            ("test-00000-of-00003.jsonl", "test-00002-of-00003.jsonl", "validation-00000-of-00001.jsonl"),
            "validation-00000-of-00001.jsonl test-00000-of-00003.jsonl test-00002-of-00003.jsonl",
        ),
        ("entrenamiento.jsonl", ("prueba.jsonl",), "prueba.jsonl"),
        ("Trainingsdaten.jsonl", ("Testdaten.jsonl",), "Testdaten.jsonl"),
        ("训练集.jsonl", ("测试集.jsonl",), "测试集.jsonl"),
        ("обучение.jsonl", ("тест.jsonl",), "тест.jsonl"),
        ("egitim_seti.jsonl", ("test_seti.jsonl",), "test_seti.jsonl"),
        ("data_latih.jsonl", ("data_uji.jsonl",), "data_uji.jsonl"),
        # Inflected forms, of which one need not agree with the other.
        ("ucna.jsonl", ("testna.jsonl", "evalvacijska.jsonl"), "testna.jsonl evalvacijska.jsonl"),
        ("učni_podatki.jsonl", ("validacijski_podatki.jsonl",), "validacijski_podatki.jsonl"),
        ("trénovacie.jsonl", ("testovacie.jsonl",), "testovacie.jsonl"),
        ("Обучающий.jsonl", ("Тестовый.jsonl",), "Тестовый.jsonl"),
        ("εκπαίδευσης.jsonl", ("αξιολόγησης.jsonl",), "αξιολόγησης.jsonl"),
        ("huấn luyện.jsonl", ("kiểm tra.jsonl",), "kiểm tra.jsonl"),
        ("ชุดฝึกสอน.jsonl", ("ชุดทดสอบ.jsonl",), "ชุดทดสอบ.jsonl"),
        ("train.jsonl", ("testna.jsonl",), "testna.jsonl"),
        # Nothing that is sure to belong to it.
        ("train_1.jsonl", ("test_2.jsonl",), ""),
        ("train/boats.jsonl", ("test/ships.jsonl",), ""),
        ("trains/boats.jsonl", ("tests/boats.jsonl",), ""),
        ("data/boats.jsonl", ("test/boats.jsonl",), ""),
        ("train/a/b/c/boats.jsonl", ("test/a/b/c/boats.jsonl",), ""),
        ("egitim.jsonl", ("egitim_test.jsonl",), ""),
    ],
)
def test_other_splits(train: str, near: tuple[str, ...], found: str, tmp_path: Path) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    lay(folder, train, *near)
    names = [each.relative_to(folder) for each in siblings_of(str(folder / train))]
    read = [name.name if name.parent in (Path(), Path(train).parent) else name.parent.name for name in names]
    assert " ".join(read) == found


def test_a_file_in_the_folder_of_another_split_must_have_the_columns(tmp_path: Path) -> None:
    lay(tmp_path, "train/boats.jsonl")
    lay(tmp_path, "test/boats.jsonl", keys=("score", "name"))
    assert siblings_of(str(tmp_path / "train/boats.jsonl")) == []


@every(
    ("near", "named"),
    [
        ("boats/test/rows.jsonl", "../test/rows.jsonl"),
        ("boats/harbour_test.jsonl", "../harbour_test.jsonl"),
        ("boats/train/my_test.jsonl", "my_test.jsonl"),
        # One folder up, without a word in common.
        ("boats/data_test.jsonl", ""),
        ("boats/ships_test.jsonl", ""),
        ("harbour_test.jsonl", ""),
        ("boats/other/rows_test.jsonl", ""),
    ],
)
def test_a_file_near_the_data_is_named(near: str, named: str, tmp_path: Path) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    lay(folder, "boats/train/harbour_data.jsonl", near)
    report = datalint.lint(folder / "boats/train/harbour_data.jsonl", config={"select": ("RDY001",)})
    [message] = [each.message for each in report.findings]
    assert message.partition(" shares columns: if it is one, --eval ")[2] == named


@every(("keys", "named"), [(("id", "text"), "my_test.jsonl"), (("id",), ""), (("id", "text", "place"), "")])
def test_a_test_set_without_the_labels_is_named(keys: tuple[str, ...], named: str, tmp_path: Path) -> None:
    lay(tmp_path, "boats.jsonl", keys=("id", "text", "label", "label_b", "label_c"))
    lay(tmp_path, "my_test.jsonl", keys=keys)
    report = datalint.lint(tmp_path / "boats.jsonl", config={"select": ("RDY001",)})
    [message] = [each.message for each in report.findings]
    assert message.partition(" shares columns: if it is one, --eval ")[2] == named


@every(
    ("other", "versions"),
    [
        (lambda place: f"{'oak elm ash fir yew'.split()[place % 5] * 9}, {'blue red'.split()[place % 2] * 6}!", True),
        # Rows of the same template, which are as much like any other one.
        (lambda place: f"{'oak elm ash fir yew'.split()[place % 3] * 9}, {'blue red'.split()[place % 2] * 6}!", False),
    ],
)
def test_other_versions_of_the_texts_are_no_evaluation_set(
    other: Callable[[int], str], versions: bool, tmp_path: Path
) -> None:
    texts = [f"{'Oak Elm Ash Fir Yew'.split()[n % 5] * 9}, {'blue red'.split()[n % 2] * 6}" for n in range(20)]
    rows = {"noisy": texts, "gold": [other(n) for n in range(20)]}
    for name, each in rows.items():
        lines = [json.dumps({"id": n, "text": text}) for n, text in enumerate(each)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines))
    report = datalint.lint(tmp_path / "noisy.jsonl", config={"select": ("RDY001",)})
    [message] = [each.message for each in report.findings]
    assert ("gold.jsonl has another version of the text of each row" in message) == versions
    assert ("--eval gold.jsonl" in message) != versions


@every(
    ("near", "named"),
    [
        ("mergedTestset/rows.jsonl", "../mergedTestset/rows.jsonl"),
        ("merged_test/rows.jsonl", "../merged_test/rows.jsonl"),
        ("merged-eval-data/deep.jsonl", "../merged-eval-data/deep.jsonl"),
        ("merged_tests_of_code/rows.jsonl", ""),
        ("mergedtest/rows.jsonl", ""),
        ("merged-validate/rows.jsonl", ""),
        ("other_test/rows.jsonl", ""),
    ],
)
def test_a_file_in_the_folder_of_a_test_fold_is_named(near: str, named: str, tmp_path: Path) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    lay(folder, "merged/harbour.jsonl", near)
    report = datalint.lint(folder / "merged/harbour.jsonl", config={"select": ("RDY001",)})
    [message] = [each.message for each in report.findings]
    assert message.partition(" shares columns: if it is one, --eval ")[2] == named


@every(
    ("held", "train", "command"),
    [
        ("test.jsonl", "train.jsonl", "train.jsonl --eval test.jsonl"),
        ("Test.jsonl", "Train.jsonl", "Train.jsonl --eval Test.jsonl"),
        ("notes_val.jsonl", "notes.jsonl", "notes.jsonl --eval notes_val.jsonl"),
        ("notes_val.jsonl", "notes_dataset.jsonl", "notes_dataset.jsonl --eval notes_val.jsonl"),
        ("dev/notes.jsonl", "train/notes.jsonl", "train/notes.jsonl --eval dev/notes.jsonl"),
        ("public_test.jsonl", "train.jsonl", "train.jsonl --eval public_test.jsonl"),
        ("测试集.jsonl", "训练集.jsonl", "'训练集.jsonl' --eval '测试集.jsonl'"),
        ("d/test-00001-of-00002.jsonl", "d/train-00000-of-00004.jsonl", "d"),
        ("NOTES_trial.jsonl", "NOTES_train.jsonl", "NOTES_train.jsonl --eval NOTES_trial.jsonl"),
        ("notesTest.jsonl", "notesTrain.jsonl", "notesTrain.jsonl --eval notesTest.jsonl"),
        ("test.jsonl", "notes.jsonl", ""),
        ("train.jsonl", "train_2.jsonl", ""),
        ("test.jsonl", "train.csv", ""),
    ],
)
def test_an_evaluation_set_that_is_checked_alone(
    held: str, train: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    lay(folder, held, train)
    monkeypatch.chdir(folder)
    said = f"to look for rows of {Path(held).name} in training: datalint check "
    notes = [note for note in datalint.lint(held, config=SIZE).notes if said in note]
    assert notes == ([f"{said}{command}"] if command else [])
    if command:
        assert not [note for note in datalint.lint(held, eval=False, config=SIZE).notes if said in note]
        lay(folder, train, keys=("other",))
        assert not [note for note in datalint.lint(held, config=SIZE).notes if said in note]


def test_lines_of_text_that_are_checked_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("test.txt", "notes_train.txt", "dev.txt", "d.txt"):
        (tmp_path / name).write_text("".join(f"The boat {n} lies at the long pier.\n" for n in range(20)))
    notes = [note for note in datalint.lint("test.txt", config=SIZE).notes if "to look for rows of" in note]
    assert notes == []
    (tmp_path / "train.txt").write_text("".join(f"The ship {n} lies at the old dock.\n" for n in range(20)))
    notes = [note for note in datalint.lint("test.txt", config=SIZE).notes if "to look for rows of" in note]
    assert notes == ["to look for rows of test.txt in training: datalint check train.txt --eval test.txt"]


def rules_of(path: Path) -> dict[str, str]:
    return {each.rule: each.message for each in datalint.lint(path, config={"select": ("VOL", "RDY001")}).findings}


def test_one_of_many_files_is_no_dataset_of_its_own(tmp_path: Path) -> None:
    lay(tmp_path, *(f"report {n}.jsonl" for n in range(6)))
    found = rules_of(tmp_path / "report 3.jsonl")
    assert found["VOL001"].endswith("; one of 6 such files in its folder: if they are one dataset, check the folder")
    assert "RDY001" not in found
    # Enough rows for a dataset.
    lay(tmp_path, "report 3.jsonl", rows=520)
    assert "RDY001" in rules_of(tmp_path / "report 3.jsonl")
    # Other columns, and few others.
    lay(tmp_path, "report 3.jsonl", rows=120, keys=("question", "answer"))
    found = rules_of(tmp_path / "report 3.jsonl")
    assert "such files" not in found["VOL001"]
    assert "RDY001" in found
    lay(tmp_path, *(f"few/{name}.jsonl" for name in ("a", "b", "c", "d", "my_train")), rows=120)
    assert "RDY001" in rules_of(tmp_path / "few/a.jsonl")


@every("kept", [6, 5])
def test_a_file_that_holds_the_rows_of_the_others_is_all_of_them(tmp_path: Path, kept: int) -> None:
    folder = tmp_path / str(kept)
    folder.mkdir()
    parts = [[{"text": f"Boat {n} of dock {dock} is late."} for n in range(30)] for dock in range(6)]
    for dock, rows in enumerate(parts):
        (folder / f"dock {dock}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    whole = [row for rows in parts[:kept] for row in rows]
    (folder / "fleet.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in whole))
    message = rules_of(folder / "fleet.jsonl")["VOL001"]
    assert ("check the folder" in message) == (kept < len(parts))
    assert "one of 7 such files" in rules_of(folder / "dock 3.jsonl")["VOL001"]


@every("names", [("1", "2", "3", "4", "10"), ("an essay.tok", "b.tok", "c.tok", "d.tok", "e.tok")])
def test_one_of_many_texts_is_no_dataset_of_its_own(tmp_path: Path, names: tuple[str, ...]) -> None:
    folder = tmp_path / names[0]
    folder.mkdir()
    for name in names:
        (folder / f"{name}.txt").write_text("".join(f"The boat {n} is at the pier.\n" for n in range(60)))
    found = rules_of(folder / f"{names[0]}.txt")
    assert found["VOL001"].endswith("; one of 5 such files in its folder: if they are one dataset, check the folder")
    assert "RDY001" not in found
    (folder / f"{names[0]}.txt").rename(folder / "letters.txt")
    assert "such files" not in rules_of(folder / "letters.txt")["VOL001"]


def test_one_of_many_texts_of_a_similar_size_is_no_dataset_of_its_own(tmp_path: Path) -> None:
    for name in ("ash", "elm", "fir", "larch", "oak", "pine", "yew", "willow"):
        (tmp_path / f"{name}.txt").write_text("".join(f"The boat {n} is at the pier.\n" for n in range(60)))
    assert "one of 8 such files" in rules_of(tmp_path / "yew.txt")["VOL001"]
    (tmp_path / "oak.txt").write_text("A boat is here.\n" * 4000)
    assert "such files" not in rules_of(tmp_path / "yew.txt")["VOL001"]


def test_rows_of_which_an_evaluation_set_would_take_half_are_too_few_for_all(tmp_path: Path) -> None:
    lay(tmp_path, "boats.jsonl", rows=99)
    assert {"VOL001", "RDY001"} & rules_of(tmp_path / "boats.jsonl").keys() == {"VOL001"}
    report = datalint.lint(tmp_path / "boats.jsonl", config={"ignore": ("VOL001",)})
    assert "RDY001" in {each.rule for each in report.findings}
    lay(tmp_path, "boats.jsonl", rows=100)
    assert {"VOL001", "RDY001"} <= rules_of(tmp_path / "boats.jsonl").keys()


def test_of_so_few_rows_that_each_category_is_small_none_is_named(tmp_path: Path) -> None:
    texts = [f"Does boat {n} float, or has it sunk?" for n in range(40)]

    def found(size: int) -> set[str]:
        topics = ["sails"] * 2 + ["oars", "keels"] * size
        lines = [json.dumps({"text": text, "label": topic}) for text, topic in zip(texts, topics, strict=False)]
        (tmp_path / "boats.jsonl").write_text("\n".join(lines))
        return rules_of(tmp_path / "boats.jsonl").keys() & {"VOL001", "VOL007"}

    assert found(10) == {"VOL001"}
    assert found(19) == {"VOL001", "VOL007"}


def test_what_leads_outside_is_not_looked_at(tmp_path: Path) -> None:
    lay(tmp_path, "out/rows.jsonl", "in/boats.jsonl", "in/parts/test.jsonl", rows=120)
    for name in ("boats_val.jsonl", "boats_test.jsonl", "my_test.jsonl"):
        (tmp_path / "in" / name).symlink_to(tmp_path / "out/rows.jsonl")
    loaded = load_settings(registry=Registry.default(), isolated=True)
    confined = replace(loaded, files=Disk(Confinement.to([tmp_path / "in"])))
    path = str(tmp_path / "in/boats.jsonl")
    assert siblings_of(path, loaded) == [tmp_path / "in/boats_val.jsonl"]
    assert siblings_of(path, confined) == []
    [message] = [each.message for each in datalint.lint(path, config=confined).findings if each.rule == "RDY001"]
    assert "--eval" not in message


def test_what_cannot_be_read_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, "boats.jsonl", rows=120)
    os.mkfifo(tmp_path / "boats_val.jsonl")
    os.mkfifo(tmp_path / "my_test.jsonl")
    (tmp_path / "test.jsonl").mkdir()
    (tmp_path / "public_test.jsonl").write_bytes(b"\0\1\2")
    assert siblings_of(str(tmp_path / "boats.jsonl")) == []
    assert "--eval" not in rules_of(tmp_path / "boats.jsonl")["RDY001"]

    def refuse(folder: object) -> None:
        raise PermissionError(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert neighbours.names_in(tmp_path, ".jsonl") == []


def test_a_large_document_near_the_data_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"prompt": f"Does boat {n} float?", "completion": f"It does, {n} times."} for n in range(60)]
    for name in ("train", "val", "test"):
        (tmp_path / f"{name}.json").write_text(json.dumps(rows * (9 if name == "test" else 1)))
    monkeypatch.setattr(neighbours, "_MOST", 0)
    report = datalint.lint(tmp_path / "train.json", config=SIZE)
    assert [Path(each.path).name for each in report.files] == ["train.json", "val.json"]
    [note] = [each for each in report.notes if "not compared" in each]
    assert note == f"test.json next to val.json is very large and was not compared: --eval {tmp_path}/test.json"


def test_the_folder_of_a_split_is_compared_with_those_next_to_it(tmp_path: Path) -> None:
    lay(tmp_path, *(f"{split}/rows {n}.jsonl" for split in ("Train", "Test", "dev") for n in range(2)))
    lay(tmp_path, "val/rows.jsonl", keys=("score", "name"))
    lay(tmp_path, "test/deep/notes.jsonl", "trains/rows.jsonl", "tests/rows.jsonl")

    def held(name: str) -> list[str]:
        found = [each for each in datalint.lint(tmp_path / name, config=SIZE).files if each.split == "evaluation"]
        return [Path(each.path).relative_to(tmp_path).as_posix() for each in found]

    assert held("Train") == [
        "Test/rows 0.jsonl",
        "Test/rows 1.jsonl",
        "test/deep/notes.jsonl",
        *(f"dev/rows {n}.jsonl" for n in range(2)),
    ]
    assert held("trains") == held("Test") == held("val") == []


def test_documents_that_are_large_together_are_not_all_looked_at(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.json", "b.jsonl", "c.json", "d.json", "e.csv")]
    for each in files:
        each.write_text("x" * 40)
    assert list(neighbours.within(files, (10, 80))) == files[:3]
    assert list(neighbours.within(files, (10, 120))) == files


def test_a_folder_is_compared_with_all_its_evaluation_files(tmp_path: Path) -> None:
    lay(tmp_path, "train.jsonl", "val.jsonl", "test-00000-of-00002.jsonl", "test-00001-of-00002.jsonl")
    lay(tmp_path, "dev.jsonl", keys=("score", "name"))
    report = datalint.lint(tmp_path, config=SIZE)
    held = [Path(each.path).name for each in report.files if each.split == "evaluation"]
    assert held == ["val.jsonl", "test-00000-of-00002.jsonl", "test-00001-of-00002.jsonl"]


def classes(folder: Path, *names: str, keys: tuple[str, str] = ("Tweet", "Label")) -> None:
    for name in names:
        (folder / f"{name}Rows.csv").write_text(
            "\n".join([",".join(keys), *(f"{sentence(n)} in {name} weather,{name}" for n in range(60)), ""])
        )


def said_of(folder: Path, name: str) -> str:
    report = datalint.lint(folder / f"{name}Rows.csv", config={"select": ["BAL001"]})
    return " ".join(finding.message for finding in report.findings).replace(f"{folder}/", "").replace(str(folder), "F")


def test_files_of_the_other_classes_are_named(tmp_path: Path) -> None:
    classes(tmp_path, "Anger", "Joy")
    ending = "others are in JoyRows.csv, so check all: datalint check AngerRows.csv JoyRows.csv"
    assert said_of(tmp_path, "Anger").endswith(ending)
    classes(tmp_path, "Fear", "Love")
    ending = "others are in FearRows.csv, JoyRows.csv, LoveRows.csv, so check all: datalint check F"
    assert said_of(tmp_path, "Anger").endswith(ending)


def test_what_balance_lacks_are_the_files_of_the_other_classes(tmp_path: Path) -> None:
    classes(tmp_path, "Anger")
    asked = str(datalint.lint(tmp_path / "AngerRows.csv", eval=False).factors["balance"].remedy)
    assert asked.endswith("name a key with --category KEY")
    classes(tmp_path, "Joy")
    asked = str(datalint.lint(tmp_path / "AngerRows.csv", eval=False).factors["balance"].remedy)
    assert asked.endswith("of 'Label'; check the files of all classes together")


def test_files_of_the_same_class_or_of_other_columns_are_not(tmp_path: Path) -> None:
    classes(tmp_path, "Anger")
    (tmp_path / "more.csv").write_text((tmp_path / "AngerRows.csv").read_text())
    assert said_of(tmp_path, "Anger").endswith("check all of them together")
    (tmp_path / "more.csv").unlink()
    classes(tmp_path, "Joy", keys=("Sentence", "Mood"))
    assert said_of(tmp_path, "Anger").endswith("check all of them together")


def test_files_that_differ_in_another_constant_column_are_of_no_other_class(tmp_path: Path) -> None:
    classes(tmp_path, "Anger")
    rows = (tmp_path / "AngerRows.csv").read_text().splitlines()
    for name, source in (("AngerRows", "forum"), ("more", "mail")):
        lines = [f"{row},{source if n else 'From'}" for n, row in enumerate(rows)]
        (tmp_path / f"{name}.csv").write_text("\n".join([*lines, ""]))
    assert said_of(tmp_path, "Anger").endswith("check all of them together")


@every(
    ("held", "said"),
    [
        (range(40), "shares columns and 40 rows: if it is one, --eval docks_test.jsonl"),
        (range(50, 70), "shares columns and 10 rows: if it is one, --eval docks_test.jsonl"),
        # A copy of the data, or of most of it with other rows, is no part of it.
        (range(60), "one should have 50 rows or more"),
        (range(20, 70), "one should have 50 rows or more"),
    ],
)
def test_of_several_test_sets_that_of_the_file_is_named(held: range, said: str, tmp_path: Path) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    others = [f"{name}{end}.jsonl" for name in ("boats", "cargo", "ships") for end in ("", "_test")]
    lay(folder, *others)
    for name, numbers in (("docks", range(60)), ("docks_test", held)):
        lines = [json.dumps({"prompt": f"Is dock {n} full?", "completion": f"Dock {n} is."}) for n in numbers]
        (folder / f"{name}.jsonl").write_text("\n".join([*lines, ""]))
    report = datalint.lint(folder / "docks.jsonl", config={"select": ("RDY001",)})
    [message] = [each.message for each in report.findings]
    assert said in message
