"""Files that rows name are looked for next to the data, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import datalint
from datalint.checkout.confine import Confinement
from datalint.sources import local_files
from datalint.sources.local_files import LocalFiles


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder ``data`` with a file of rows, an image, and a link out of it; another image outside."""
    folder = tmp_path / "data"
    (folder / "images").mkdir(parents=True)
    (folder / "rows.jsonl").write_text("")
    (folder / "images" / "a.png").write_text("")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.png").write_text("")
    (folder / "link").symlink_to(tmp_path / "outside")
    return folder


def test_what_is_there_what_is_missing_and_what_cannot_be_known(data: Path) -> None:
    files = LocalFiles([str(data / "rows.jsonl")])
    names = (
        "images/a.png",
        "./images/a.png",
        "images/b.png",
        "b.png",
        "videos/a.mp4",
        "https://x/a.png",
        "",
        "\0",
        "~",
    )
    assert [files.has(0, name) for name in names] == [True, True, False, False, None, None, None, None, False]


@pytest.mark.parametrize(
    "name",
    ["../outside/b.png", "link/b.png", "/etc/hostname", ".git/config", "images/../../x", "../data2/a.png", "../data2"],
)
def test_nothing_outside_is_looked_for(data: Path, name: str) -> None:
    files = LocalFiles([str(data / "rows.jsonl")])
    assert files.has(0, name) is None
    assert files.looked_for == {}


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        (path, folder)
        for path in ("/", "/a", "/a/b", "/ab", "/a/b/c", "//a", "//a/b")
        for folder in ("/", "/a", "/a/b", "//", "//a")
    ],
)
def test_places_below_a_folder_are_those_of_paths(path: str, folder: str) -> None:
    assert local_files._is_below(path, folder) == Path(path).is_relative_to(folder)


def test_names_that_no_row_has_lead_to_the_folder_above_at_most(data: Path) -> None:
    files = LocalFiles([str(data / "rows.jsonl")])
    assert files.is_near(0, "../outside/b.png") is True
    assert files.is_near(0, "../outside/c.png") is False
    assert files.is_near(0, "../../x") is None
    confined = LocalFiles([str(data / "rows.jsonl")], Confinement.to([data]))
    assert confined.is_near(0, "../outside/b.png") is None


def test_confinement_decides_what_is_outside(data: Path) -> None:
    paths = [str(data / "rows.jsonl")]
    assert LocalFiles(paths, Confinement.to([data.parent])).has(0, "../outside/b.png") is True
    assert LocalFiles(paths, Confinement.to([data.parent])).has(0, "link/c.png") is False
    assert LocalFiles(paths, Confinement.to([data / "images"])).has(0, "rows.jsonl") is None


def test_data_that_is_no_file_has_nothing_next_to_it(data: Path) -> None:
    assert LocalFiles(["<stdin>", str(data), "\0"]).has(0, "images/a.png") is None
    assert LocalFiles(["<stdin>", str(data), "\0"]).has(1, "images/a.png") is None
    assert LocalFiles(["<stdin>", str(data), "\0"]).has(2, "images/a.png") is None


def test_names_beyond_the_bound_are_unknown(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_files, "MOST_NAMES", 2)
    files = LocalFiles([str(data / "rows.jsonl")])
    assert [files.has(0, f"images/{name}.png") for name in "abca"] == [True, False, None, True]


def test_the_rule_says_it_of_the_row(data: Path) -> None:
    rows = [
        {"messages": [{"role": "user", "content": "<image>?"}, {"role": "assistant", "content": "."}], "images": [name]}
        for name in ("images/a.png", "images/b.png")
    ]
    (data / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = datalint.lint(data / "rows.jsonl", eval=False, config={"select": ["FMT403"]})
    [finding] = report.findings
    assert (finding.row, finding.path, finding.excerpt) == (2, "$.images[0]", "images/b.png")
    assert report.looked_for == (
        (str(data / "images"), True),
        (str(data / "images" / "a.png"), True),
        (str(data / "images" / "b.png"), False),
    )
