"""What a README next to the data says: that it is for evaluation, or that something is trained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import lint
from datalint.setup.card_words import evaluation_card
from datalint.sources import open_sources

ROWS = [{"question": f"Where does ferry {n} land?", "answer": f"At pier {n} of the old port."} for n in range(60)]
SAID = "# Ferries\n\nA benchmark that measures how well models know timetables.\n"
SETTINGS = load_settings(registry=Registry.default(), isolated=True)


def card_of(folder: Path, readme: str, name: str = "rows.jsonl", readme_name: str = "README.md") -> str:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    (folder / readme_name).write_text(readme, encoding="utf-8")
    return evaluation_card(SETTINGS, open_sources([str(file)]))


@pytest.mark.parametrize(
    "readme",
    [
        SAID,
        "We provide a dataset called *Ferries* for evaluating the knowledge of models.",
        "# Ferries: A Small Benchmark for Timetables",
        "The questions we wrote for evaluating whether models\nknow timetables.",
        "Code of [Benchmarking Large Language Models on Timetables](https://example.org)",
        "A hand-written, synthetic evaluation dataset of timetables.",
        "We introduce **FerryBench**, a benchmark comprising 60 questions.",
        "The dataset exists to evaluate retrieval.",
        "时刻表评测集",
        "시간표 평가 데이터",
        "時刻表の評価用データ",
    ],
)
def test_a_readme_may_say_that_data_is_for_evaluation(readme: str, tmp_path: Path) -> None:
    assert card_of(tmp_path, readme) == "README.md"


@pytest.mark.parametrize(
    "readme",
    [
        "# Ferries\n\nQuestions on timetables.",
        f"{SAID}\nWe fine-tuned a model on it.",
        f"{SAID}\nThe training set is in another file.",
        f"{SAID}\n| file | rows |\n| train.jsonl | 60 |",
        f"{SAID}\n```sh\npython train.py\n```",
        f"{SAID}\nconfigs:\n- split: train",
        f"{SAID}\n用于训练",
        "This is faster on every benchmark that we ran.",
        "A gain on the benchmark of timetables.",
        "Questions for evaluating and improving assistants.",
        "Rows were checked for the evaluation of the label quality.",
        "Classification Benchmarks for small languages",
        "Run `python -m bench 0 0 1` for evaluation of the code.",
        "Your task is to evaluate whether a ferry is late.",
    ],
)
def test_other_words_do_not_say_so(readme: str, tmp_path: Path) -> None:
    assert card_of(tmp_path, readme) == ""


def test_the_nearest_readme_with_such_words_decides(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text(SAID)
    assert card_of(tmp_path / "data", "Rows, one a line.", "a/rows.jsonl") == "../../README.md"
    assert card_of(tmp_path / "data/b", "Rows to train on.", "rows.jsonl") == ""
    (tmp_path / "README.md").write_text("How we train a model on ferries.")
    assert card_of(tmp_path / "data/c", SAID, "rows.jsonl") == "README.md"


def test_a_readme_outside_of_a_repository_is_that_of_the_folder(tmp_path: Path) -> None:
    assert card_of(tmp_path, SAID, "data/rows.jsonl") == ""


@pytest.mark.parametrize("name", ["train.jsonl", "ferries_sft.jsonl", "training/rows.jsonl"])
def test_a_name_for_training_is_not_outvoted(name: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert card_of(tmp_path, SAID, name) == ""


def test_nothing_is_said_of_a_file_next_to_training_data(tmp_path: Path) -> None:
    (tmp_path / "ferries_train.jsonl").write_text("{}\n")
    assert card_of(tmp_path, SAID) == ""


def test_a_confined_run_reads_no_readme_outside(tmp_path: Path) -> None:
    (tmp_path / "words.md").write_text(SAID)
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "README.md").symlink_to(tmp_path / "words.md")
    (inside / "rows.jsonl").write_text(json.dumps(ROWS[0]) + "\n")
    sources = open_sources([str(inside / "rows.jsonl")])
    assert evaluation_card(SETTINGS, sources) == "README.md"
    from datalint.checkout.confine import Confinement
    from datalint.config.files import Disk

    confined = load_settings(registry=Registry.default(), isolated=True, files=Disk(confine=Confinement.to([inside])))
    assert evaluation_card(confined, sources) == ""


def test_the_data_is_checked_as_an_evaluation_set_and_a_note_says_why(tmp_path: Path) -> None:
    assert card_of(tmp_path, SAID) == "README.md"
    report = lint(str(tmp_path / "rows.jsonl"), config={})
    assert report.kind == "evaluation"
    said = "README.md says that it is for evaluation; if it is training data: --kind sft"
    assert [note for note in report.notes if said in note]
    assert not {"RDY001", "VOL001"} & {finding.rule for finding in report.findings}
    trained = lint(str(tmp_path / "rows.jsonl"), config={"kind": "sft"})
    assert {"RDY001", "VOL001"} & {finding.rule for finding in trained.findings}


def test_of_many_rows_it_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(SAID)
    rows = [
        {"question": f"Where does ferry {n} land?", "answer": f"At pier {n} of port {n % 97}."} for n in range(5200)
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = lint(str(tmp_path / "rows.jsonl"), config={"select": ["RDY001"]})
    assert (report.kind, list(report.findings)) == ("sft", [])
    assert [note for note in report.notes if note.startswith("a README suggests that this is an evaluation set")]
