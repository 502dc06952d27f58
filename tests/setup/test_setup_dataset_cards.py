"""Splits that a dataset card declares, as Hugging Face's ``datasets`` loads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import lint
from datalint.setup.card_words import evaluation_card
from datalint.setup.evaluation import locate
from datalint.sources import open_sources
from datalint.sources.data_files import divided
from datalint.sources.dataset_cards import declared_splits

SETTINGS = load_settings(registry=Registry.default(), isolated=True)
FILES = ("data/part-0.jsonl", "data/part-1.jsonl", "data/deep/part-2.jsonl", "held/x.jsonl", "y.jsonl")


def lay(folder: Path, configs: str, *, files: tuple[str, ...] = FILES) -> None:
    for start, name in enumerate(files):
        rows = [{"question": f"Where is ferry {start}-{n}?", "answer": f"At pier {n}, {start}."} for n in range(60)]
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "README.md").write_text(f"---\nlicense: cc-by-4.0\n{configs}\n---\n# Ferries\n", encoding="utf-8")
    (folder / ".git").mkdir()


def config(files: str, name: str = "default") -> str:
    return f"- config_name: {name}\n  data_files: {files}"


def declared(tmp_path: Path, files: str) -> dict[str, str]:
    card = f"---\nconfigs:\n{config(files)}\n---\n".encode()
    found = declared_splits(card, tmp_path, [tmp_path / name for name in FILES])
    return {path.relative_to(tmp_path).as_posix(): split for path, split in found.items()}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ("y.jsonl", {"y.jsonl": "train"}),
        ("./y.jsonl", {"y.jsonl": "train"}),
        ("[y.jsonl, held/x.jsonl]", {"y.jsonl": "train", "held/x.jsonl": "train"}),
        ("data/*.jsonl", dict.fromkeys(FILES[:2], "train")),
        ("data/**/*.jsonl", dict.fromkeys(FILES[:3], "train")),
        ("'**/part-[12].jsonl'", dict.fromkeys(FILES[1:3], "train")),
        ("{test: y.jsonl, train: 'data/*'}", {"y.jsonl": "test"} | dict.fromkeys(FILES[:2], "train")),
        ("[{split: dev, path: [y.jsonl, held/*]}]", {"y.jsonl": "dev", "held/x.jsonl": "dev"}),
        ("[{path: y.jsonl}]", {"y.jsonl": "train"}),
        ("other.jsonl", {}),
        ("'*.jsonl/'", {"y.jsonl": "train"}),
        ("../*", {}),
        ("7", {}),
        ("[[[y.jsonl]]]", {}),
        ("[{split: [a], path: {b: c}}]", {}),
        ("&a [*a]", {}),
        ("!!python/object/apply:os.system ['false']", {}),
        ("'" + "**/" * 90 + "y.jsonl'", {"y.jsonl": "train"}),
        ("'" + "*a" * 140 + "'", {}),
        ("'" + "x" * 400 + "'", {}),
        ("[" * 5_000, {}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_patterns(files: str, expected: dict[str, str], tmp_path: Path) -> None:
    assert declared(tmp_path, files) == expected


def test_a_file_for_training_in_one_configuration_is_for_training(tmp_path: Path) -> None:
    card = f"---\nconfigs:\n{config('{test: y.jsonl}')}\n{config('y.jsonl', 'all')}\n---\n".encode()
    assert declared_splits(card, tmp_path, [tmp_path / "y.jsonl"]) == {tmp_path / "y.jsonl": "train"}


@pytest.mark.parametrize(
    "card",
    ["", "---", "configs:\n- data_files: y.jsonl\n", "---\ndata_files: y.jsonl\n---\n", "---\n- data_files\n---\n"],
)
def test_other_cards_declare_nothing(card: str, tmp_path: Path) -> None:
    assert declared_splits(card.encode(), tmp_path, [tmp_path / "y.jsonl"]) == {}


def test_a_folder_is_divided_as_its_card_says(tmp_path: Path) -> None:
    lay(tmp_path, f"configs:\n{config('{train: data/**, test: held/x.jsonl}')}")
    kept, held = divided(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in kept] == [*sorted(FILES[:3]), "y.jsonl"]
    assert held == {"test": [tmp_path / "held/x.jsonl"]}
    report = lint(tmp_path, config={"select": ["RDY"]})
    assert (report.measures["examples"], report.measures["evaluation-examples"]) == (240, 60)


def test_a_card_comes_before_names(tmp_path: Path) -> None:
    lay(
        tmp_path,
        f"configs:\n{config('{train: test_a.jsonl, test: train_b.jsonl}')}",
        files=("test_a.jsonl", "train_b.jsonl"),
    )
    assert divided(tmp_path) == ([tmp_path / "test_a.jsonl"], {"test": [tmp_path / "train_b.jsonl"]})


def test_a_training_file_has_the_evaluation_set_of_its_configuration(tmp_path: Path) -> None:
    more = config("{train: y.jsonl, test: 'data/part-1.jsonl'}", "other")
    lay(tmp_path, f"configs:\n{config('{train: data/part-0.jsonl, test: held/x.jsonl}')}\n{more}")
    place = locate(SETTINGS, [str(tmp_path / "data/part-0.jsonl")])
    assert (place.inputs, place.near) == ([str(tmp_path / "held/x.jsonl")], True)
    assert locate(SETTINGS, [str(tmp_path / "y.jsonl")]).inputs == [str(tmp_path / "data/part-1.jsonl")]
    assert locate(SETTINGS, [str(tmp_path / "data/deep/part-2.jsonl")]).inputs == []


def test_a_file_of_an_evaluation_split_is_an_evaluation_set(tmp_path: Path) -> None:
    lay(tmp_path, f"configs:\n{config('{train: data/**, test: held/x.jsonl}')}")
    assert evaluation_card(SETTINGS, open_sources([str(tmp_path / "held/x.jsonl")])) == "../README.md"
    assert evaluation_card(SETTINGS, open_sources([str(tmp_path / "data/part-0.jsonl")])) == ""
    assert lint(tmp_path / "held/x.jsonl").kind == "evaluation"
