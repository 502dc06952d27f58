"""Which evaluation set belongs to a training file: the named one, or the one that lies beside it."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from every import every

import datalint
from datalint.config.load import load_settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.report.next_step import next_steps
from datalint.setup.evaluation import find_evaluation
from datalint.setup.siblings import siblings_of
from datalint.sources import open_sources
from datalint.sources.splits import NAMES

ROW = '{"prompt": "Does it fold?", "completion": "It does."}\n'


def lay(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(ROW)


@pytest.mark.parametrize(
    ("train", "beside", "found"),
    [
        *((f"{train}.jsonl", (f"{name}.jsonl",), f"{name}.jsonl") for train in ("train", "training") for name in NAMES),
        ("chat_train.jsonl", ("chat_validation.jsonl",), "chat_validation.jsonl"),
        ("train_chat.jsonl", ("test_chat.jsonl",), "test_chat.jsonl"),
        ("my-train-v2.jsonl", ("my-dev-v2.jsonl",), "my-dev-v2.jsonl"),
        ("my.train.v2.json", ("my.val.v2.json",), "my.val.v2.json"),
        ("train-00000-of-00001.parquet", ("test-00000-of-00001.parquet",), "test-00000-of-00001.parquet"),
        ("train.jsonl.gz", ("eval.jsonl.gz",), "eval.jsonl.gz"),
        ("train2.jsonl", ("eval2.jsonl",), "eval2.jsonl"),
        ("Train.jsonl", ("eval.jsonl",), "eval.jsonl"),
        ("train.jsonl", ("test.jsonl", "valid.jsonl", "eval.jsonl"), "eval.jsonl valid.jsonl test.jsonl"),
        ("train.jsonl", ("test.jsonl", "dev.jsonl", "valid.jsonl"), "valid.jsonl test.jsonl dev.jsonl"),
        ("notes.jsonl", ("notes_val.jsonl", "notes_test.jsonl", "test.jsonl"), "notes_val.jsonl notes_test.jsonl"),
        ("train_train.jsonl", ("eval_train.jsonl",), "eval_train.jsonl"),
        *(("notes.jsonl", (f"notes{joint}val.jsonl",), f"notes{joint}val.jsonl") for joint in "_-."),
        ("notes.jsonl", ("validation_notes.jsonl",), "validation_notes.jsonl"),
        ("notes.jsonl.gz", ("notes-dev.jsonl.gz",), "notes-dev.jsonl.gz"),
        ("deeds_ft_mined.jsonl", ("deeds_val_mined.jsonl",), "deeds_val_mined.jsonl"),
        ("sft-deeds.jsonl", ("test-deeds.jsonl",), "test-deeds.jsonl"),
        ("deeds_fine-tuning.jsonl", ("deeds_eval.jsonl",), "deeds_eval.jsonl"),
        ("FAQ_train.jsonl", ("FAQ_trial.jsonl", "FAQ_test.jsonl"), "FAQ_test.jsonl FAQ_trial.jsonl"),
        ("FAQ_train.jsonl", ("drug_trial.jsonl",), None),
        ("AB_TrainingData.json", ("AB_DevelopmentData.json", "software_development.json"), "AB_DevelopmentData.json"),
        # A capital that divides words.
        ("d-trainClean.csv", ("d-devClean.csv", "d-testClean.csv"), "d-testClean.csv d-devClean.csv"),
        ("deedsTrain.csv", ("deedsTest.csv", "otherTest.csv"), "deedsTest.csv"),
        ("trainSetDeeds.csv", ("DevOps.csv", "testSetDeeds.csv", "testDrive.csv"), "testSetDeeds.csv"),
        ("trainees.csv", ("testees.csv", "devees.csv"), None),
        ("deed_train.jsonl", ("Deed_Test.jsonl",), "Deed_Test.jsonl"),
        ("deed_train.jsonl", ("Deed_valid.jsonl", "deed_test.jsonl"), "deed_test.jsonl Deed_valid.jsonl"),
        # A method in the place of the word.
        ("rm_deeds_final.jsonl", ("val_deeds_final.jsonl",), "val_deeds_final.jsonl"),
        ("deeds-DPO.jsonl", ("deeds-TEST.jsonl",), "deeds-TEST.jsonl"),
        ("dpo_deeds.jsonl", ("val_deeds.jsonl", "train_deeds.jsonl"), None),
        ("rm_deeds.jsonl", ("val_acts.jsonl",), None),
        ("rmdeeds.jsonl", ("valdeeds.jsonl",), None),
        # Words for a set of data on either side.
        ("train.jsonl", ("validation_dataset.jsonl",), "validation_dataset.jsonl"),
        ("train_data.jsonl", ("eval.jsonl",), "eval.jsonl"),
        ("train_dataset.jsonl", ("test-data.jsonl",), "test-data.jsonl"),
        ("trainset.jsonl", ("valid_set.jsonl",), "valid_set.jsonl"),
        ("Train_Data.csv", ("Validation_Dataset.csv",), "Validation_Dataset.csv"),
        ("TrainDataset.jsonl", ("TestDataset.jsonl",), "TestDataset.jsonl"),
        ("chat_train_v2.jsonl", ("chat_eval_data_v2.jsonl",), "chat_eval_data_v2.jsonl"),
        ("train_data.json", ("validate_data.json", "test.json"), "validate_data.json test.json"),
        ("train.jsonl", ("test.jsonl", "validation_dataset.jsonl"), "test.jsonl validation_dataset.jsonl"),
        ("train_data.jsonl", ("train.jsonl", "validation.jsonl", "test_data.jsonl"), "test_data.jsonl"),
        ("train.jsonl", ("training_data.jsonl", "validation_data.jsonl"), None),
        ("train.jsonl", ("validation_database.jsonl", "test_data_2.jsonl", "testimonials.jsonl"), None),
        ("notes.jsonl", ("validate_notes.jsonl",), "validate_notes.jsonl"),
        ("notes.jsonl", ("validation_dataset.jsonl",), None),
        ("chat_dataset.jsonl", ("chat_val.jsonl",), "chat_val.jsonl"),
        ("chat-data.jsonl", ("chat-dev.jsonl", "chat-train.jsonl"), None),
        ("chat_data.jsonl", ("chat.jsonl", "chat_val.jsonl"), None),
        ("chat_database.jsonl", ("chat_val.jsonl",), None),
        # More after the word of the only file for training.
        ("train_10k.jsonl", ("valid.jsonl", "test.jsonl"), "valid.jsonl test.jsonl"),
        ("chat-train-clean.jsonl", ("chat-test.jsonl", "test.jsonl"), "chat-test.jsonl"),
        ("train_10k.jsonl", ("train_1k.jsonl", "valid.jsonl"), None),
        ("train_10k.jsonl", ("train.csv", "valid.jsonl"), "valid.jsonl"),
        ("train_10k.jsonl", ("valid_10k.jsonl", "valid.jsonl"), "valid_10k.jsonl"),
        ("train_full.jsonl", ("train.jsonl", "valid.jsonl", "test.jsonl"), "test.jsonl"),
        ("train_full_2.jsonl", ("train.jsonl", "test.jsonl"), None),
        ("train_clean.jsonl", ("train_noisy.jsonl", "dev.jsonl", "test.jsonl"), "test.jsonl dev.jsonl"),
        ("train_clean.jsonl", ("train_noisy.jsonl", "train_dogs.jsonl", "test.jsonl"), None),
        ("train_2.jsonl", ("eval_test_20.jsonl",), None),
        # The only name that says nothing but that it is for evaluation.
        ("train_full.jsonl", ("eval_test_20.jsonl",), "eval_test_20.jsonl"),
        ("train.jsonl", ("clean_test_500.jsonl", "notes.jsonl"), "clean_test_500.jsonl"),
        ("train.jsonl", ("eval_test_20.jsonl", "test_20.jsonl"), None),
        ("train.jsonl", ("eval_yard_20.jsonl",), None),
        ("train_yard.jsonl", ("eval_test_20.jsonl",), None),
        ("train_full.jsonl", ("train_small.jsonl", "eval_test_20.jsonl"), None),
        # How many rows each file has.
        (
            "deeds_train_5500.jsonl",
            ("deeds_dev_300.jsonl", "deeds_test_1k.jsonl"),
            "deeds_dev_300.jsonl deeds_test_1k.jsonl",
        ),
        ("deeds_train_5500.jsonl", ("deeds_train_900.jsonl", "deeds_dev_300.jsonl"), None),
        ("deeds_train_5500.jsonl", ("acts_dev_300.jsonl", "deeds_dev_3.jsonl"), None),
        ("deeds_train_3.jsonl", ("deeds_dev_300.jsonl",), None),
        # JSON in another layout.
        ("train.jsonl", ("eval.json",), "eval.json"),
        ("train.jsonl", ("val.jsonl", "test.json"), "val.jsonl test.json"),
        ("chat_train.json", ("chat_test.jsonl", "test.jsonl"), "chat_test.jsonl"),
        ("train.jsonl", ("val.jsonl", "val.json", "test.csv"), "val.jsonl"),
        ("train.jsonl", ("train.json", "val.jsonl", "test.json"), "val.jsonl"),
        # Nothing that is sure to belong to it.
        ("train.jsonl", (), None),
        ("train.jsonl", ("eval.csv",), None),
        ("train.jsonl", ("chat_eval.jsonl",), None),
        ("chat_train.jsonl", ("eval.jsonl",), None),
        ("train.jsonl", ("sub/eval.jsonl",), None),
        ("data.jsonl", ("eval.jsonl",), None),
        ("data.jsonl", ("data_test.jsonl",), None),
        ("data.jsonl", ("data_train.jsonl", "data_val.jsonl"), None),
        ("data_sft.jsonl", ("data_train.jsonl", "data_val.jsonl"), None),
        ("data.jsonl", ("datavalidation.jsonl", "data_validation.csv", "data_validations.jsonl"), None),
        ("data_val.jsonl", ("data_val_test.jsonl", "data_val_dev.jsonl"), None),
        ("test/data.jsonl", ("test/data_val.jsonl",), None),
        ("raft.jsonl", ("raeval.jsonl", "eval.jsonl"), None),
        ("trainer.jsonl", ("evaler.jsonl", "eval.jsonl"), None),
        ("strain.jsonl", ("seval.jsonl", "eval.jsonl"), None),
        ("eval.jsonl", ("test.jsonl",), None),
        ("constraints.jsonl", ("conseval.jsonl",), None),
    ],
)
def test_siblings(tmp_path: Path, train: str, beside: tuple[str, ...], found: str | None) -> None:
    lay(tmp_path, train, *beside)
    assert siblings_of(str(tmp_path / train)) == [tmp_path / name for name in (found or "").split()]


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ({"test": ["ask"], "test_with_answers": ["ask", "say"]}, "test_with_answers"),
        ({"test": ["ask", "say"], "test_with_answers": ["ask", "say"]}, "test"),
        ({"test": ["ask"], "test_a": ["ask", "say"], "test_b": ["ask", "say"]}, "test"),
        ({"test": ["ask"], "test_with_answers": ["ask", "reply"]}, "test"),
        ({"test": ["ask"], "tests": ["ask", "say"], "testing2": ["ask", "say"]}, "test"),
    ],
)
def test_of_one_set_the_file_with_answers_is_read(tmp_path: Path, others: dict[str, list[str]], found: str) -> None:
    for name, keys in {"train": ["ask", "say"], **others}.items():
        (tmp_path / f"{name}.jsonl").write_text(f"{json.dumps(dict.fromkeys(keys, 'It folds.'))}\n" * 5)
    assert siblings_of(str(tmp_path / "train.jsonl")) == [tmp_path / f"{found}.jsonl"]


def tagged(*tags: str) -> str:
    return "".join(f"Dock\t{tag}\n{n}\tO\nfolds\tO\n\n" for n in range(10) for tag in tags * 3)


@every(
    ("held", "gold", "name", "read"),
    [
        (tagged("O"), tagged("O", "B-PLACE"), "test_gold.tsv", "test_gold.tsv"),
        (tagged("O"), tagged("O", "B-PLACE"), "test-Gold-Labels.tsv", "test-Gold-Labels.tsv"),
        (tagged("O", "B-PLACE"), tagged("O", "B-PLACE"), "test_gold.tsv", "test.tsv"),
        (tagged("O"), tagged("O", "B-PLACE"), "test_golden_gate.tsv", "test.tsv"),
        (tagged("O"), tagged("O"), "test_gold.tsv", "test.tsv"),
    ],
)
def test_of_one_set_the_file_with_labels_is_read(held: str, gold: str, name: str, read: str) -> None:
    with TemporaryDirectory() as folder:
        for each, text in (("train.tsv", tagged("O", "B-PLACE")), ("test.tsv", held), (name, gold)):
            (Path(folder) / each).write_text(text, encoding="utf-8")
        assert [each.name for each in siblings_of(str(Path(folder) / "train.tsv"))] == [read]
        report = datalint.lint(str(Path(folder) / "train.tsv"), config={"select": ["RDY001"]})
        assert not [note for note in report.notes if "not compared" in note]


ROWS_OF_NOTES = '{"note": "It folds.", "place": "yard"}\n' * 60


@every(
    ("held", "text", "expected"),
    [
        ("notes_val.jsonl", ROWS_OF_NOTES, "used"),
        ("notes_val.jsonl", ROWS_OF_NOTES + '{"note": "It does."}\n', "used"),
        ("notes_val.jsonl", '{"note": "It folds."}\n' * 10, "named"),
        ("notes_val.jsonl", '{"note": "It folds.", "place": "yard", "mark": 1}\n' * 10, "named"),
        ("notes_val.jsonl", "", ""),
        ("notes_val.jsonl", "\0\1", ""),
        ("notes_val.jsonl", '{"note": "It folds."}\n' * 5, ""),
        ("notes_test.jsonl", ROWS_OF_NOTES, "named"),
        ("test.jsonl", ROWS_OF_NOTES, "named"),
        ("validation.jsonl", ROWS_OF_NOTES, "named"),
        ("test.jsonl", '{"id": 1, "price": 2.5}\n', ""),
        # Names that do not say what the file belongs to, of which half of the columns suffice.
        ("public_test.jsonl", ROWS_OF_NOTES, "named"),
        ("yard-eval-v2.jsonl", '{"id": 1, "note": "It folds."}\n' * 10, "named"),
        ("my dev rows.jsonl", ROWS_OF_NOTES, "named"),
        ("gold.jsonl", ROWS_OF_NOTES, "named"),
        ("reference-set.jsonl", ROWS_OF_NOTES, "named"),
        ("benchmark.jsonl", ROWS_OF_NOTES, "named"),
        ("yard_benchmark.json", f"[{','.join(ROWS_OF_NOTES.splitlines())}]", "named"),
        ("workbench.jsonl", ROWS_OF_NOTES, ""),
        ("gold.jsonl", '{"id": 1, "price": 2.5}\n', ""),
        ("notes_test_unlabelled.jsonl", ROWS_OF_NOTES, ""),
        ("test-no-labels.jsonl", ROWS_OF_NOTES, ""),
        ("marigold.jsonl", ROWS_OF_NOTES, ""),
        ("public_test.jsonl", '{"id": 1, "price": 2.5}\n', ""),
        ("latest_notes.jsonl", ROWS_OF_NOTES, ""),
        ("contested.jsonl", ROWS_OF_NOTES, ""),
        (".old_test.jsonl", ROWS_OF_NOTES, ""),
        ("public_test.json", f"[{ROWS_OF_NOTES.splitlines()[0]}]", ""),
        ("test.json", f"[{ROWS_OF_NOTES.splitlines()[0]}]", ""),
    ],
)
def test_a_file_with_other_columns_is_no_evaluation_set(held: str, text: str, expected: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "notes.jsonl").write_text(ROWS_OF_NOTES)
        (folder / held).write_text(text)
        report = datalint.lint(folder / "notes.jsonl", config={"columns": {"text": "note"}, "select": ("RDY001",)})
        used = [Path(file.path).name for file in report.files if file.split == "evaluation"]
        [message] = [each.message for each in report.findings if each.rule == "RDY001"] or [""]
        assert used == ([held] if expected == "used" else [])
        assert (f"if it is one, --eval {held}" in message) == (expected == "named")
        assert bool(message) == (expected != "used")
        (folder / "notes_train.jsonl").write_text(ROWS_OF_NOTES)
        again = datalint.lint(folder / "notes.jsonl", config={"select": ("RDY001",)})
        assert not [file for file in again.files if file.split == "evaluation"]


def test_lists_of_two_turns_are_compared_with_lists_of_more(tmp_path: Path) -> None:
    pairs = [[f"Does chair {n} fold, and how well?", f"It folds {n} times."] for n in range(30)]
    for name, rows in (
        ("train", [*pairs, [*pairs[0], "Why so?", "It is old."]]),
        ("val", pairs[:9]),
        ("test", pairs[9:]),
    ):
        (tmp_path / f"{name}.json").write_text(json.dumps(rows))
    assert siblings_of(str(tmp_path / "train.json")) == [tmp_path / "val.json", tmp_path / "test.json"]


def noted(numbers: range, **more: str) -> str:
    return "".join(json.dumps({"id": n, "note": f"Chair {n} folds.", "place": "yard", **more}) + "\n" for n in numbers)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (noted(range(60), predicted_place="barn"), False),
        (noted(range(60, 90), **{"model output": "barn"}), False),
        (noted(range(60), time="1 s"), False),
        (noted(range(20, 60)), False),
        (noted(range(20)), True),
        (noted(range(60, 90), time="1 s"), True),
        ('{"note": "It folds.", "place": "hall", "prediction": "barn"}\n' * 30, True),
    ],
)
def test_predictions_about_the_rows_are_no_evaluation_set(tmp_path: Path, held: str, *, expected: bool) -> None:
    (tmp_path / "notes.jsonl").write_text(noted(range(60)))
    (tmp_path / "test_results.jsonl").write_text(held)
    report = datalint.lint(tmp_path / "notes.jsonl", config={"columns": {"text": "note"}, "select": ("RDY001",)})
    [message] = [each.message for each in report.findings if each.rule == "RDY001"]
    assert ("--eval test_results.jsonl" in message) == expected


@pytest.mark.parametrize(
    "names",
    [
        ("port_seval_v7.jsonl", "port_seval_v6_holdout.jsonl"),
        ("gold_test_quays.jsonl", "silver_test_quays.jsonl"),
    ],
)
def test_another_version_of_what_may_be_an_evaluation_set_is_not_named(tmp_path: Path, names: tuple[str, str]) -> None:
    rows = "".join(f'{{"prompt": "Who has gate {n}?", "completion": "Bo has {n}."}}\n' for n in range(60))
    for name in names:
        (tmp_path / name).write_text(rows.replace("gate", name[:4] + name[-7:-6]))
    report = datalint.lint(tmp_path / names[0], config={"select": ("RDY001",)})
    assert [each.message for each in report.findings if each.rule == "RDY001"] == []


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (noted(range(50, 90)), "shares columns and 10 rows: if it is one"),
        (noted(range(59, 90)), "shares columns and 1 row: if it is one"),
        (noted(range(60, 90)), "shares columns: if it is one"),
        # A place alone is no row.
        ('{"text": "It folds.", "place": "yard", "id": 7}\n' * 30, "shares columns: if it is one"),
        ('{"note": "It folds.", "place": "yard"}\n' * 30, "shares columns: if it is one"),
    ],
)
def test_the_rows_of_what_may_be_the_evaluation_set_are_counted(tmp_path: Path, held: str, said: str) -> None:
    (tmp_path / "notes.jsonl").write_text(noted(range(59)) + '{"id": 9, "note": "Chair 59 folds.", "place": "yard"}\n')
    (tmp_path / "public_test.jsonl").write_text(held)
    report = datalint.lint(tmp_path / "notes.jsonl", config={"columns": {"text": "note"}, "select": ("RDY001",)})
    [message] = [each.message for each in report.findings]
    assert said in message
    command = f"datalint check {tmp_path}/notes.jsonl --eval {tmp_path}/public_test.jsonl"
    assert next_steps(report, [f"{tmp_path}/notes.jsonl"], []) == [command]


@pytest.mark.parametrize(
    ("near", "said"),
    [
        ({"validation": range(59, 90), "test": range(50)},
         "share columns and 51 rows: if they are one, --eval validation.jsonl --eval test.jsonl"),
        # Most of the data by itself is no evaluation set, and neither is another version of it.
        ({"test": range(50)}, "one should have"),
        ({"validation": range(59, 90), "old_test": range(50)}, "if it is one, --eval validation.jsonl"),
    ],
)  # fmt: skip
def test_all_files_of_one_evaluation_set_are_named(tmp_path: Path, near: dict[str, range], said: str) -> None:
    for name, numbers in {"notes": range(60), **near}.items():
        (tmp_path / f"{name}.jsonl").write_text(noted(numbers))
    report = datalint.lint(tmp_path / "notes.jsonl", config={"columns": {"text": "note"}, "select": ("RDY001",)})
    [message] = [each.message for each in report.findings if each.rule == "RDY001"]
    assert said in message


def test_every_evaluation_file_of_the_same_columns_is_compared(tmp_path: Path) -> None:
    rows = [f'{{"prompt": "Does number {n} fold?", "completion": "It does, {n} times."}}\n' for n in range(40)]
    for name, part in (("train", rows), ("val", rows[:1]), ("test", rows[5:7])):
        (tmp_path / f"{name}.jsonl").write_text("".join(part))
    (tmp_path / "dev.jsonl").write_text('{"prompt": "Does number 9 fold?"}\n')
    report = datalint.lint(str(tmp_path / "train.jsonl"), config={})
    held = [Path(file.path).name for file in report.files if file.split == "evaluation"]
    assert held == ["val.jsonl", "test.jsonl"]
    assert [each.row for each in report.findings if each.rule == "RDY003"] == [1, 6, 7]
    [note] = [each for each in report.notes if "not compared" in each]
    assert note == (
        f"dev.jsonl next to val.jsonl, test.jsonl has other columns and was not compared: --eval {tmp_path}/dev.jsonl"
    )
    asked = datalint.lint(str(tmp_path / "train.jsonl"), config={"eval": str(tmp_path / "val.jsonl")})
    assert not [each for each in asked.notes if "not compared" in each]


def test_evaluation_files_that_lack_the_same_column_are_both_compared(tmp_path: Path) -> None:
    rows = [{"prompt": f"Does number {n} fold?", "completion": f"It does, {n} times."} for n in range(40)]
    parts = [each | {"variant": "original"} for each in rows], rows[:1], rows[5:7]
    for name, part in zip(("train", "val", "test"), parts, strict=True):
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in part))
    report = datalint.lint(str(tmp_path / "train.jsonl"), config={})
    assert [each.row for each in report.findings if each.rule in ("RDY003", "RDY004")] == [1, 6, 7]
    assert not [each for each in report.notes if "not compared" in each]


@pytest.mark.parametrize(
    ("train", "why"),
    [
        ('[{"prompt": "Why?", "completion": "No."}]', ["has no rows that can be read and was not compared"]),
        ("[[1]]", []),
    ],
)
def test_a_file_without_rows_is_not_said_to_have_other_columns(tmp_path: Path, train: str, why: list[str]) -> None:
    for name, text in (("train", train), ("val", train), ("test", "[[2], [3]]")):
        (tmp_path / f"{name}.json").write_text(text)
    notes = datalint.lint(str(tmp_path / "train.json"), config={}).notes
    said = [each.partition(": --eval")[0] for each in notes if "not compared" in each]
    assert said == [f"test.json next to val.json {each}" for each in why]


@pytest.mark.parametrize(("train", "held"), [("train.parquet", "test.parquet"), ("train.zh", "test.zh")])
def test_an_evaluation_file_next_to_the_data_that_cannot_be_read_stops_no_check(
    tmp_path: Path, train: str, held: str
) -> None:
    (tmp_path / train).write_text("\n".join(f'{{"prompt": "Does {n} fold?", "completion": "No."}}' for n in range(9)))
    (tmp_path / "train.en").write_text("It folds.\n" * 9)
    (tmp_path / held).write_text("a line\nanother one\n")
    report = datalint.lint(tmp_path / train, config={})
    [note] = [each for each in report.notes if "not compared" in each]
    assert note.startswith(f"{held} was not compared: ")
    assert f"{tmp_path}/{held}" in note
    assert [file.split for file in report.files] == ["train"]
    # What somebody asked for is an error.
    for asked in ({"source": tmp_path / held, "config": {}}, {"source": tmp_path / train, "config": {"eval": held}}):
        with pytest.raises(DatalintError, match=held):
            datalint.lint(**asked)


@pytest.mark.parametrize(
    ("keys", "compared"),
    [
        ({"prompt", "completion", "id", "label", "text"}, True),
        ({"prompt", "completion", "label"}, True),
        ({"prompt", "completion", "id", "predicted_label"}, False),
        ({"prompt", "id", "label", "text"}, False),
    ],
)
def test_a_further_evaluation_file_may_have_more_columns(tmp_path: Path, keys: set[str], *, compared: bool) -> None:
    def row(number: int) -> dict[str, str]:
        said = {"id": f"n{number}", "prompt": f"Does number {number} fold?", "completion": f"It does, {number} times."}
        return {**said, "text": f"number {number}", "label": "yes", "predicted_label": "no"}

    for name, kept, numbers in (
        ("train", {"id", "prompt", "completion"}, range(40)),
        ("val", {"id", "prompt", "completion"}, range(50, 60)),
        ("test", keys, range(5, 8)),
    ):
        rows = ({key: value for key, value in row(number).items() if key in kept} for number in numbers)
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in rows))
    report = datalint.lint(str(tmp_path / "train.jsonl"), config={})
    leaked = [each.row for each in report.findings if each.rule == "RDY003"]
    assert leaked == ([6, 7, 8] if compared else [])
    assert any("not compared" in each for each in report.notes) != compared


@every(
    ("name", "rows", "named"),
    [("my_gold", 9, True), ("my_gold", 10, False), ("my_gold_test", 10, True), ("benchmark", 10, True)],
)
def test_a_gold_set_that_was_selected_from_the_data_is_not_named(
    name: str, rows: int, tmp_path: Path, *, named: bool
) -> None:
    folder = tmp_path / f"{len(name)}-{rows}"
    folder.mkdir()
    (folder / "notes.jsonl").write_text(noted(range(60)))
    (folder / f"{name}.jsonl").write_text(noted(range(60 - rows, 100)))
    report = datalint.lint(folder / "notes.jsonl", config={"columns": {"text": "note"}, "select": ("RDY001",)})
    [message] = [each.message for each in report.findings]
    assert (f"--eval {name}.jsonl" in message) == named


@every(
    ("others", "expected"),
    [
        ({"eval_data_9": noted(range(50, 70))}, ["eval_data_9.jsonl", "10 rows"]),
        ({"eval_data_9": noted(range(59, 90), mark="old")}, ["eval_data_9.jsonl", "1 row"]),
        ({"TestSet-1": noted(range(55, 80)), "my_gold": noted(range(55, 80))}, ["TestSet-1.jsonl", "5 rows"]),
        # No rows of the data, or most of them, or of another training file, or no name of an evaluation set.
        ({"eval_data_9": noted(range(60, 90))}, []),
        ({"eval_data_9": noted(range(50, 70)).replace('"place"', '"room"')}, []),
        ({"eval_data_9": noted(range(60))}, []),
        ({"eval_data_9": noted(range(50, 70), prediction="barn")}, []),
        ({"eval_data_9": '{"id": 3, "score": 0.5}\n' * 9}, []),
        ({"chat_eval": noted(range(50, 70)), "chat_train": noted(range(20, 50))}, []),
        ({"latest": noted(range(50, 70))}, []),
    ],
)
def test_another_file_with_rows_of_the_data_is_named(others: dict[str, str], expected: list[str]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for stem, text in {"train": noted(range(60)), "test": noted(range(60, 90)), **others}.items():
            (folder / f"{stem}.jsonl").write_text(text)
        config = {"columns": {"text": "note"}, "select": ("RDY001",)}
        report = datalint.lint(folder / "train.jsonl", config=config)
        notes = [each for each in report.notes if "not compared" in each]
        file, rows = expected or ("", "")
        path = folder / file
        said = f"{file} next to test.jsonl has {rows} that train.jsonl has too and was not compared: --eval {path}"
        assert notes == ([said] if expected else [])


def test_parts_of_a_cross_validation_are_one_note(tmp_path: Path) -> None:
    files = {"train": noted(range(60)), "test": noted(range(60, 90))}
    files |= {f"test_{fold}": noted(range(10 * fold, 10 * fold + 20)) for fold in range(3)}
    for stem, text in files.items():
        (tmp_path / f"{stem}.jsonl").write_text(text)
    report = datalint.lint(tmp_path / "train.jsonl", config={"columns": {"text": "note"}, "select": ("RDY001",)})
    (note,) = [each for each in report.notes if "not compared" in each or "compare one" in each]
    assert note == (
        "test_0.jsonl, test_1.jsonl, test_2.jsonl next to test.jsonl have rows that train.jsonl has too, as the parts "
        f"of a cross-validation do, and were not compared; to compare one: --eval {tmp_path}/test_0.jsonl"
    )


def test_the_file_that_is_named_has_most_columns_and_words(tmp_path: Path) -> None:
    row = {"prompt": "Does it fold?", "completion": "It does.", "id": 1}

    def named(train: str, rows: int = 10, **files: tuple[str, ...]) -> str:
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        (folder / train).write_text(f"{json.dumps(row)}\n" * 60)
        for name, keys in files.items():
            (folder / f"{name}.jsonl").write_text((json.dumps({key: row.get(key, "?") for key in keys}) + "\n") * rows)
        found = datalint.lint(folder / train, config={"select": ("RDY001",)}).findings
        [message] = [each.message for each in found] or [""]
        return message.partition("--eval ")[2]

    keys = tuple(row)
    assert named("yard_train_warm.jsonl", shed_eval=keys, old_yard_test=keys) == "old_yard_test.jsonl"
    assert named("train.jsonl", public_test=keys, private_test=("id", "prompt")) == "public_test.jsonl"
    assert named("train.jsonl", my_test=keys, my_val=keys) == "my_val.jsonl --eval my_test.jsonl"
    assert named("wave1train.jsonl", **{f"new.{n}": keys for n in ("dev", "test", "val", "eval")}) == (
        "new.eval.jsonl --eval new.val.jsonl --eval new.test.jsonl"
    ), "bounded message"
    assert named("train.jsonl", my_test=keys, my_val=("id", "prompt"), old_test=keys) == "my_test.jsonl"
    assert named("train.jsonl", my_train_test=keys) == ""
    assert named("train.jsonl", 5, my_test=keys) == "", "a few rows"
    alike = {f"age_of_{n}": keys for n in ("iron", "steam", "bronze", "salt")}
    assert named("atoms.jsonl", a_golden_age=keys) == "a_golden_age.jsonl"
    assert named("atoms.jsonl", **alike, a_golden_age=keys) == "", "one of many files alike"
    assert named("train.jsonl", numbers_test=("id", "score")) == ""
    assert named("train.jsonl", **{f"part{n}": () for n in range(1000)}, my_test=keys) == "", "a folder of many files"
    assert named("train.jsonl", **{f"a{n}_val": ("score",) for n in range(8)}, my_test=keys) == "", "bounded reading"


def test_the_same_name_in_the_folder_of_another_split_may_have_more_columns(tmp_path: Path) -> None:
    lay(tmp_path, "train/deeds.jsonl", "dev/deeds.jsonl", "test/deeds.jsonl")
    train, dev, held = (tmp_path / name / "deeds.jsonl" for name in ("train", "dev", "test"))
    for more, found in (('"mark": "c-1"', [held, dev]), ('"predicted": "no"', [dev])):
        held.write_text(ROW.replace("}", f", {more}}}"))
        assert siblings_of(str(train)) == found
    held.write_text('{"prompt": "Does it fold?"}\n')
    assert siblings_of(str(train)) == [dev]


def test_the_set_of_a_method_may_have_more_columns(tmp_path: Path) -> None:
    (tmp_path / "rm_deeds.jsonl").write_text(ROW * 60)
    held = tmp_path / "val_deeds.jsonl"
    for more, found in (('"type": "short"', [held]), ('"predicted": "no"', [])):
        held.write_text(ROW.replace("}", f", {more}}}"))
        assert siblings_of(str(tmp_path / "rm_deeds.jsonl")) == found
    held.write_text('{"prompt": "Does it fold?", "chosen": "It does."}\n')
    assert siblings_of(str(tmp_path / "rm_deeds.jsonl")) == []


@every(
    ("train", "held", "rows", "named"),
    [
        ("sft_deeds_final.jsonl", "val_deeds_final.jsonl", 10, True),
        ("train_deeds.jsonl", "deeds_test_2.jsonl", 10, True),
        ("deeds.jsonl", "data_dev_deeds.jsonl", 10, True),
        # Settings or results, another subject, no word for training, and a file in no layout.
        ("sft_deeds_final.jsonl", "val_deeds_final.jsonl", 9, False),
        ("sft_deeds_final.jsonl", "val_acts_final.jsonl", 10, False),
        ("deeds.jsonl", "test.jsonl", 10, False),
        ("rows.jsonl", "test.jsonl", 10, False),
        ("sft_deeds_final.jsonl", "val_deeds_final.jsonl", 0, False),
    ],
)
def test_a_file_in_another_layout_is_named_by_its_name(train: str, held: str, rows: int, *, named: bool) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / train).write_text(ROW * 60)
        (folder / held).write_text('{"question": "Does it fold?", "chosen": "It does.", "rejected": "No."}\n' * rows)
        report = datalint.lint(folder / train, config={"select": ("RDY001",)})
        [message] = [each.message for each in report.findings]
        said = f"{held} is next to the data in another layout and is not compared: if it is one, --eval {held}"
        assert message.endswith(said) == named
        step = f"datalint check {folder / train} --eval {folder / held}"
        assert (next_steps(report, [str(folder / train)], []) == [step]) == named


@every(
    ("training", "held", "rows", "named"),
    [
        ("sft", "eval", '{"turns": [{"asks": "Does it fold?", "says": "It does."}]}\n', "another layout"),
        # What few values of both have in common says nothing about their rows.
        ("sft", "valid", '{"prompt": "Does it fold?", "kind": "short", "turns": ["It does."]}\n', "shares columns"),
        ("sft", "test", '{"turns": [{"asks": "Does it fold?", "says": "It does."}]}\n', ""),
        ("deeds", "eval", '{"turns": [{"asks": "Does it fold?", "says": "It does."}]}\n', ""),
    ],
)
def test_a_folder_for_evaluation_next_to_one_for_tuning_is_looked_at(
    training: str, held: str, rows: str, named: str
) -> None:
    with TemporaryDirectory() as name:
        for folder, row in ((training, ROW), (held, rows)):
            (Path(name) / folder).mkdir()
            (Path(name) / folder / f"{folder}_rows.jsonl").write_text((row + row.replace("fold", "bend")) * 30)
        report = datalint.lint(Path(name) / training / f"{training}_rows.jsonl", config={"select": ("RDY001",)})
        [message] = [each.message for each in report.findings]
        assert message.endswith(f"--eval ../{held}/{held}_rows.jsonl") == bool(named)
        assert named in message


@every(
    ("held", "named"),
    [("eval/deeds.jsonl", True), ("test/deeds.jsonl", True), ("eval/acts.jsonl", False), ("more/deeds.jsonl", False)],
)
def test_a_file_of_the_same_name_in_the_folder_of_another_split_is_named_in_any_layout(
    held: str, *, named: bool
) -> None:
    with TemporaryDirectory() as name:
        for file, row in (("train/deeds.jsonl", ROW), (held, '{"asked": "Does it fold?", "answers": "It does."}\n')):
            (Path(name) / file).parent.mkdir()
            (Path(name) / file).write_text(row * 60)
        report = datalint.lint(Path(name) / "train/deeds.jsonl", config={"select": ("RDY001",)})
        [message] = [each.message for each in report.findings]
        assert (f"../{held} is next to the data in another layout" in message) == named


def test_a_folder_of_the_right_name_is_no_sibling(tmp_path: Path) -> None:
    lay(tmp_path, "train.jsonl", "eval.jsonl/part.jsonl")
    assert siblings_of(str(tmp_path / "train.jsonl")) == []


@pytest.mark.parametrize(
    ("keys", "held"),
    [
        ("note mood canary", "../dev/inns.csv ../test/inns.csv"),
        ("note canary", "../dev/inns.csv"),
        ("note mood predicted_mood", "../dev/inns.csv"),
    ],
)
def test_the_same_file_of_another_split_may_have_more_columns(
    keys: str, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"note": "The room was warm.", "mood": "fond", "canary": "k-71", "predicted_mood": "sour"}
    for folder, columns in (("train", "note mood"), ("dev", "note mood"), ("test", keys)):
        (tmp_path / folder).mkdir()
        rows = (",".join(row) for row in (columns.split(), [said[key] for key in columns.split()]))
        (tmp_path / folder / "inns.csv").write_text("".join(f"{row}\n" for row in rows))
    monkeypatch.chdir(tmp_path / "train")
    found = find_evaluation(settings(), ["inns.csv"])  # type: ignore[arg-type]
    assert sorted(source.path for source in found) == held.split()


@pytest.mark.parametrize(
    ("inside", "path", "held"),
    [
        ("train", "train.jsonl", "../eval/eval.jsonl"),
        ("train", "./deeds.jsonl", "../eval/deeds.jsonl"),
        ("train/new", "deeds.jsonl", "../../eval/new/deeds.jsonl"),
        ("train", ".", "../eval/deeds.jsonl ../eval/eval.jsonl ../eval/new/deeds.jsonl"),
        ("train/new", "..", "../../eval/deeds.jsonl ../../eval/eval.jsonl ../../eval/new/deeds.jsonl"),
        ("other", "deeds.jsonl", ""),
        ("other", ".", ""),
    ],
)
def test_the_folder_of_another_split_is_found_from_inside_that_of_training(
    inside: str, path: str, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, "train/train.jsonl", "train/deeds.jsonl", "train/new/deeds.jsonl", "other/deeds.jsonl")
    lay(tmp_path, "eval/eval.jsonl", "eval/deeds.jsonl", "eval/new/deeds.jsonl")
    monkeypatch.chdir(tmp_path / inside)
    found = find_evaluation(settings(), [path])  # type: ignore[arg-type]
    assert " ".join(source.path for source in found) == held


@pytest.mark.parametrize("path", ["-", "hf://datasets/owner/train", "train.jsonl", "no\0thing-train", "", "data/"])
def test_what_has_no_siblings(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lay(tmp_path, "eval.jsonl", "data/eval.jsonl")
    assert siblings_of(path) == []


@pytest.mark.parametrize(
    ("names", "training", "held"),
    [
        (("train.jsonl", "test.jsonl"), ("train.jsonl",), ("test.jsonl",)),
        (("train/0.jsonl", "train/1.jsonl", "test/0.jsonl"), ("train/0.jsonl", "train/1.jsonl"), ("test/0.jsonl",)),
        (("train.jsonl", "test.jsonl", "valid-1.jsonl", "valid-2.jsonl"), ("train.jsonl",),
         ("valid-1.jsonl", "valid-2.jsonl", "test.jsonl")),
        (("train/a.jsonl", "dev/a.jsonl", "test/a.jsonl"), ("train/a.jsonl",), ("test/a.jsonl", "dev/a.jsonl")),
        (("default/train/0.jsonl", "default/test/0.jsonl"), ("default/train/0.jsonl",), ("default/test/0.jsonl",)),
        (("Trainingsdaten.jsonl", "Testdaten.jsonl"), ("Trainingsdaten.jsonl",), ("Testdaten.jsonl",)),
        (("训练集.jsonl", "测试集.jsonl", "验证集.jsonl"), ("训练集.jsonl",), ("测试集.jsonl", "验证集.jsonl")),
        (("train.jsonl", "more.jsonl", "Test.jsonl"), ("more.jsonl", "train.jsonl"), ("Test.jsonl",)),
        (("train_eval.jsonl", "train.jsonl"), ("train.jsonl", "train_eval.jsonl"), ()),
        (("train.jsonl", "latest.jsonl"), ("latest.jsonl", "train.jsonl"), ()),
        (("a_train.jsonl", "a_trial.jsonl", "b_trial.jsonl"), ("a_train.jsonl", "b_trial.jsonl"), ("a_trial.jsonl",)),
        (("aTrain.jsonl", "aTest.jsonl", "DevOps.jsonl", "testDrive.jsonl"),
         ("DevOps.jsonl", "aTrain.jsonl", "testDrive.jsonl"), ("aTest.jsonl",)),
        (("trainClean.jsonl", "testClean.jsonl", "devClean.jsonl"), ("trainClean.jsonl",),
         ("testClean.jsonl", "devClean.jsonl")),
        (("data.jsonl", "test.jsonl"), ("data.jsonl",), ("test.jsonl",)),
        # Nothing says which rows are for training, so all are.
        (("data.jsonl", "notes.jsonl", "test.jsonl"), ("data.jsonl", "notes.jsonl", "test.jsonl"), ()),
        (("test.jsonl",), ("test.jsonl",), ()),
    ],
)  # fmt: skip
def test_a_folder_holds_both(
    tmp_path: Path, names: tuple[str, ...], training: tuple[str, ...], held: tuple[str, ...]
) -> None:
    folder = tmp_path / "test-train"  # only names below the folder count
    lay(folder, *names)
    assert [source.path for source in open_sources([str(folder)])] == [f"{folder}/{name}" for name in training]
    found = find_evaluation(settings(), [str(folder)])  # type: ignore[arg-type]
    assert [source.path for source in found] == [f"{folder}/{name}" for name in held]


def test_a_saved_dictionary_holds_both(tmp_path: Path) -> None:
    from datasets import Dataset, DatasetDict

    rows = {"prompt": ["Does it fold?"], "completion": ["It does."]}
    whole = DatasetDict({name: Dataset.from_dict(rows) for name in ("train", "test", "validation")})
    whole.save_to_disk(tmp_path / "both")
    both = str(tmp_path / "both")

    def found(path: str, split: str | None = None) -> list[str]:
        return [source.path for source in find_evaluation(settings(), [path], split)]  # type: ignore[arg-type]

    assert found(both) == found(both, "train") == found(f"{both}/train") == [f"{both}/validation", f"{both}/test"]
    assert found(both, "test") == []
    [held] = find_evaluation(settings(both), ["train.jsonl"])  # type: ignore[arg-type]
    assert held.path == f"{both}/validation"


@pytest.mark.parametrize(("name", "text"), [("rows.json", '{"train": [{"a": 1}], "test": [{"b": 2}]}')])
def test_the_split_to_evaluate_on_is_read_of_a_named_set(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    [held] = find_evaluation(settings(str(tmp_path / name)), [])  # type: ignore[arg-type]
    assert held.fetch([0]) == [{"b": 2}]


def test_an_object_of_lists_holds_both(tmp_path: Path) -> None:
    rows = {name: [{"prompt": f"{name} {n}?", "completion": f"{n}."} for n in range(3)] for name in ("train", "dev")}
    path = tmp_path / "rows.json"
    path.write_text(json.dumps({**rows, "test": rows["train"][:1]}))
    report = datalint.lint(path)
    assert [(file.split, file.rows_read) for file in report.files] == [
        ("train", 3),
        ("evaluation", 1),
        ("evaluation", 3),
    ]
    # The rows differ though the file is one; the first is in both.
    assert {(each.rule, each.row) for each in report.findings if each.rule.startswith("RDY")} == {
        ("RDY002", None),
        ("RDY003", 1),
    }
    assert [file.split for file in datalint.lint(path, eval=False).files] == ["train"]


def test_a_split_of_what_has_none_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, "train.jsonl")
    with pytest.raises(DatalintError, match='no input has a split "test": --split is for hub datasets'):
        open_sources([str(tmp_path / "train.jsonl")], split="test")


def settings(eval: object = None) -> object:  # noqa: A002
    return load_settings(registry=Registry(), isolated=True, overrides={"eval": eval})


def test_the_named_set_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lay(tmp_path, "train.jsonl", "eval.jsonl", "held-1.jsonl", "held-2.jsonl")

    def found(eval: object, *paths: str) -> list[str]:  # noqa: A002
        return [source.path for source in find_evaluation(settings(eval), paths)]  # type: ignore[arg-type]

    assert found(None, "train.jsonl") == ["eval.jsonl"]
    assert found("held-1.jsonl", "train.jsonl") == ["held-1.jsonl"]
    assert found(["held-*.jsonl"], "train.jsonl") == ["held-1.jsonl", "held-2.jsonl"]
    assert found("held-2.jsonl") == ["held-2.jsonl"], "without a path of its own, as for rows in memory"
    assert found(False, "train.jsonl") == []
    assert found(None, "train.jsonl", "held-1.jsonl") == [], "several files have no sibling"
    assert found(None) == []
    lay(tmp_path, "both/train.jsonl", "both/test.jsonl")
    assert found(None, "both") == ["both/test.jsonl"]
    assert found("held-1.jsonl", "both") == ["held-1.jsonl"]
    assert found(False, "both") == []
    with pytest.raises(DatalintError, match=r"no such file: nothing\.jsonl"):
        found("nothing.jsonl", "train.jsonl")
    with pytest.raises(DatalintError, match="no file matches"):
        found(["nothing-*.jsonl"], "train.jsonl")


def test_a_configured_set_that_is_not_there_is_told_with_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay(tmp_path, "train.jsonl")
    (tmp_path / "datalint.toml").write_text('fail-on = "warn"\neval = "nothing.jsonl"\n', encoding="utf-8")
    with pytest.raises(DatalintError, match=r"^datalint\.toml:2: eval: no such file: nothing\.jsonl"):
        find_evaluation(load_settings(["train.jsonl"], registry=Registry.default()), ["train.jsonl"])
