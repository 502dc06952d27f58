"""A licence is found next to the data, as far as files may be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint import lint
from datalint.setup.provenance import licence_candidates


def codes(folder: Path) -> list[str]:
    report = lint(folder / "train.jsonl", eval=False, config={"select": ["RDY011"]})
    return [finding.rule for finding in report.findings]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "repository" / "data"
    folder.mkdir(parents=True)
    (folder / "train.jsonl").write_text('{"prompt": "a", "completion": "b"}\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("LICENSE", ""),
        ("LICENCE.md", ""),
        ("README.md", "---\nlicense: cc-by-4.0\n---\n"),
        ("dataset_info.json", '{"license": "MIT"}'),
    ],
)
def test_a_file_beside_the_data(data: Path, name: str, text: str) -> None:
    (data / name).write_text(text, encoding="utf-8")
    assert codes(data) == []


def test_a_card_that_does_not_say_it(data: Path) -> None:
    (data / "README.md").write_text("Questions and answers.\n", encoding="utf-8")
    assert codes(data) == ["RDY011"]


def test_the_licence_of_the_repository(data: Path) -> None:
    (data.parent / "LICENSE").write_text("MIT", encoding="utf-8")
    assert codes(data) == ["RDY011"]
    (data.parent / ".git").mkdir()
    assert codes(data) == []


def test_folders_above_the_repository_are_not_looked_in(data: Path) -> None:
    (data.parent / ".git").mkdir()
    folders = {path.parent for path, _ in licence_candidates(str(data / "train.jsonl"))}
    assert folders == {data, data.parent}


def test_rows_of_no_file_are_not_assessed() -> None:
    report = lint([{"prompt": "a", "completion": "b"}], config={"select": ["RDY011"]})
    assert [each.code for each in report.not_assessed] == ["RDY011"]
