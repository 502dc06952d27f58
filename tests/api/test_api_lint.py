"""``datalint.lint``: one dataset in every form that it takes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import datalint
from datalint import DatalintError, Report, Verdict
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.testing import sentence

ROWS = [{"prompt": f"Explain: {sentence(n)}", "completion": sentence(1000 + n) if n else ""} for n in range(6)]
HELD = [{"prompt": f"Explain: {sentence(n)}", "completion": sentence(1000 + n)} for n in (1, 90)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for name, rows in (("part1", ROWS[:3]), ("part2", ROWS[3:]), ("all", ROWS), ("held", HELD)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "parts").mkdir()
    for name in ("part1", "part2"):
        (folder / "parts" / f"{name}.jsonl").write_bytes((folder / f"{name}.jsonl").read_bytes())
    (folder / "all.json").write_text(json.dumps(ROWS))
    return folder


def pandas_frame(rows: list[dict[str, Any]]) -> Any:
    import pandas as pd

    return pd.DataFrame(rows)


def polars_frame(rows: list[dict[str, Any]]) -> Any:
    import polars as pl

    return pl.DataFrame(rows)


def polars_query(rows: list[dict[str, Any]]) -> Any:
    return polars_frame(rows).lazy()


def arrow_table(rows: list[dict[str, Any]]) -> Any:
    import pyarrow as pa

    return pa.Table.from_pylist(rows)


def hf_dataset(rows: list[dict[str, Any]]) -> Any:
    from datasets import Dataset

    return Dataset.from_list(rows)


def generator(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from rows


def splits(**parts: list[dict[str, Any]]) -> Any:
    from datasets import DatasetDict

    return DatasetDict({name: hf_dataset(rows) for name, rows in parts.items()})


OBJECTS: dict[str, Callable[[list[dict[str, Any]]], Any]] = {
    "list": list,
    "tuple": tuple,
    "generator": generator,
    "iterator": iter,
    "pandas": pandas_frame,
    "polars": polars_frame,
    "polars, lazy": polars_query,
    "arrow": arrow_table,
    "arrow, batch": lambda rows: arrow_table(rows).to_batches()[0],
    "datasets": hf_dataset,
}
PATHS: dict[str, Callable[[Path], Any]] = {
    "str": lambda folder: str(folder / "all.jsonl"),
    "Path": lambda folder: folder / "all.jsonl",
    "json": lambda folder: folder / "all.json",
    "list of paths": lambda folder: [folder / "part1.jsonl", str(folder / "part2.jsonl")],
    "tuple of paths": lambda folder: (folder / "part1.jsonl", folder / "part2.jsonl"),
    "glob": lambda folder: str(folder / "part?.jsonl"),
    "folder": lambda folder: folder / "parts",
}


def check(report: Report, form: str = "") -> None:
    assert report.examples == 6, form
    assert report.measures["quality-error-share"] == pytest.approx(1 / 6), form
    assert report.measures["leaked-exact"] == 1, form
    assert report.measures["evaluation-examples"] == 2, form
    [empty] = report.findings.of("QUA002")
    assert empty.file is not None, form
    # Rows in memory stand on no line.
    assert (empty.row, empty.line, empty.path) == (1, None if empty.file.startswith("<") else 1, "$.completion"), form
    assert report.internal_errors == 0, form


def test_every_form_gives_the_same_report(folder: Path) -> None:
    reports = {name: datalint.lint(make(folder), eval=folder / "held.jsonl") for name, make in PATHS.items()}
    reports |= {name: datalint.lint(make(ROWS), eval=make(HELD)) for name, make in OBJECTS.items()}
    first, *_ = reports.values()
    for name, report in reports.items():
        check(report, name)
        assert (report.verdict, report.score, report.measures) == (first.verdict, first.score, first.measures), name
        assert prints(report) == prints(first), name


def prints(report: Report) -> set[str]:
    return {finding.fingerprint for finding in report.findings if finding.row is not None}


def test_one_in_memory_and_the_other_in_a_file(folder: Path) -> None:
    check(datalint.lint(ROWS, eval=folder / "held.jsonl"))
    check(datalint.lint(folder / "all.jsonl", eval=HELD))
    check(datalint.lint(folder / "all.jsonl", eval=[folder / "held.jsonl"]))


def test_a_frame_with_gaps() -> None:
    import numpy as np
    import pandas as pd

    frame = pd.DataFrame(
        {
            "prompt": ["Does it fold?", None, "Does it fly?", "Does it swim?"],
            "completion": ["It does.", "It does.", np.nan, pd.NA],
            "score": [1.5, np.nan, 3, 4],
            "when": pd.to_datetime(["2024-05-01", None, "2024-05-03", "2024-05-04"]),
            "category": pd.Categorical(["a", "b", None, "a"]),
            "count": pd.array([1, None, 3, 4], dtype="Int64"),
        },
        index=[7, 7, 9, 9],
    )
    before = frame.copy()
    report = datalint.lint(frame)
    assert report.examples == 4
    assert report.internal_errors == 0
    assert [(finding.row, finding.path) for finding in report.findings.of("FMT105")] == [
        (2, "$.prompt"),
        (3, "$.completion"),
        (4, "$.completion"),
    ]
    assert not any("NaN" in finding.message or "nan" in finding.message for finding in report.findings)
    pd.testing.assert_frame_equal(frame, before)


@dataclass
class Thing:
    a: int = 1


@pytest.mark.parametrize(
    "source",
    [3, 3.5, None, b"x", bytearray(b"x"), {"a": 1}, pytest.param(object(), id="an object"), Thing(), len],
    ids=repr,
)
def test_what_is_no_dataset(source: Any) -> None:
    with pytest.raises(DatalintError, match=r"cannot read an? .*; give a path, a pandas DataFrame"):
        datalint.lint(source)
    if source is not None:
        with pytest.raises(DatalintError, match=r"cannot read an? "):
            datalint.lint(ROWS, eval=source)


@pytest.mark.parametrize("source", ["nothing.jsonl", Path("nothing.jsonl"), ["nothing.jsonl"], "nothing-*.jsonl"])
def test_what_is_not_there(source: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in ((source,), (ROWS, source)):
        with pytest.raises(DatalintError, match=r"no (such )?file"):
            datalint.lint(*arguments)


@pytest.mark.parametrize("rows", [[1, 2], [None], [["a"]], ["a", 1], {1, 2}])
def test_rows_that_are_no_objects_are_refused_one_by_one(rows: Any) -> None:
    report = datalint.lint(rows)
    [file] = report.files
    assert (file.rows_read, file.rows_refused) == (0, len(rows))
    assert [finding.name for finding in report.findings].count("not-an-object") == len(rows)


class TestSettings:
    def test_a_mapping_in_the_form_of_the_file(self) -> None:
        config = {
            "profile": "strict",
            "fail-on": "warn",
            "select": ["QUA"],
            "severity": {"QUA002": "info"},
            "gates": {"quality-issue-share": {"fail": 0.5}},
        }
        report = datalint.lint(ROWS, config=config)
        assert (report.profile, report.fail_on) == ("strict", "warn")
        assert {finding.severity.value for finding in report.findings.of("QUA002")} == {"info"}
        gates = {gate.measure: gate for gate in report.factors["quality"].gates}
        assert gates["quality-issue-share"].fail == "over 50 %"
        assert report.factors["volume"].verdict is Verdict.NOT_ASSESSED

    def test_a_file_by_path(self, tmp_path: Path) -> None:
        path = tmp_path / "lint.toml"
        path.write_text('select = ["QUA002"]\n')
        for config in (path, str(path)):
            assert {finding.rule for finding in datalint.lint(ROWS, config=config).findings} == {"QUA002"}

    def test_resolved_settings(self) -> None:
        settings = load_settings(registry=Registry.default(), isolated=True, overrides={"select": ["QUA002"]})
        assert {finding.rule for finding in datalint.lint(ROWS, config=settings).findings} == {"QUA002"}

    def test_the_nearest_file_holds_for_paths_and_not_for_objects(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "datalint.toml").write_text('select = ["QUA002"]\n')
        data = tmp_path / "data"
        data.mkdir()
        (data / "all.jsonl").write_bytes((folder / "all.jsonl").read_bytes())
        monkeypatch.chdir(data)
        assert {finding.rule for finding in datalint.lint("all.jsonl").findings} == {"QUA002"}
        assert "VOL001" in {finding.rule for finding in datalint.lint(ROWS).findings}

    @pytest.mark.parametrize(
        ("config", "words"),
        [
            ({"nothing": 1}, 'config: unknown key "nothing"'),
            ({"fail_on": "warn"}, 'did you mean "fail-on"'),
            ({"select": "QUA"}, "config: select must be a list of strings"),
            ({"select": ["QUA999"]}, 'config: .*unknown rule "QUA999"'),
            ({"profile": "loose"}, 'config: profile must be "guide", "strict" or "minimal"'),
            ({"gates": {"redundant-share": {"fail": 3}}}, "gates.redundant-share.fail"),
            ({"rules": {"QUA002": {"least": 1}}}, "no such option"),
            ("nothing.toml", "nothing.toml"),
            (Path("nothing.toml"), "nothing.toml"),
        ],
    )
    def test_settings_that_cannot_be(self, config: Any, words: str) -> None:
        with pytest.raises(DatalintError, match=words):
            datalint.lint(ROWS, config=config)


def test_the_evaluation_set_beside_the_file_is_found(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_bytes((folder / "all.jsonl").read_bytes())
    assert datalint.lint(tmp_path / "train.jsonl").measures["evaluation-examples"] == 0
    (tmp_path / "eval.jsonl").write_bytes((folder / "held.jsonl").read_bytes())
    check(datalint.lint(tmp_path / "train.jsonl"))
    assert datalint.lint(tmp_path / "train.jsonl", config={"eval": False}).measures["evaluation-examples"] == 0


def test_a_pipe_is_read(folder: Path) -> None:
    data = (folder / "all.jsonl").read_bytes()
    reader, writer = os.pipe()
    os.write(writer, data)
    os.close(writer)
    report = datalint.lint(f"/dev/fd/{reader}", eval=folder / "held.jsonl")
    os.close(reader)
    check(report)


def test_a_report_is_the_same_every_time(folder: Path) -> None:
    first, second = (datalint.lint(folder / "all.jsonl").to_dict() for _ in range(2))
    assert first == second


def test_no_evaluation_set_by_choice(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text('{"prompt": "a", "completion": "b"}\n', encoding="utf-8")
    row = '{"prompt": "a", "completion": "b"}\n'
    (tmp_path / "eval.jsonl").write_text(f'{row}{{"prompt": "c", "completion": "d"}}\n', encoding="utf-8")
    train = tmp_path / "train.jsonl"
    assert "RDY003" in datalint.lint(train).rules
    assert "RDY003" not in datalint.lint(train, eval=False).rules


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"source": ""}, "the path is empty"),
        ({"source": [], "config": 3}, "config is a int"),
        ({"source": [{"a": 1}], "config": {"schema": "missing.json"}}, "missing.json"),
    ],
)
def test_arguments_that_can_not_be(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(datalint.DatalintError, match=words):
        datalint.lint(**arguments)


@pytest.mark.parametrize("name", ["validation", "test", "dev"])
def test_the_splits_of_a_datasets_dict_are_training_and_evaluation_set(name: str) -> None:
    report = datalint.lint(splits(train=ROWS, **{name: HELD}))
    assert [(file.split, file.rows_read) for file in report.files] == [("train", len(ROWS)), ("evaluation", len(HELD))]
    assert report.measures["leaked-exact"] == 1


def test_what_is_said_of_evaluation_goes_before_the_splits(folder: Path) -> None:
    both = splits(train=ROWS, test=HELD)
    assert datalint.lint(both, eval=False).measures["leaked-exact"] is None
    assert datalint.lint(both, config={"eval": False}).measures["leaked-exact"] is None
    assert datalint.lint(both, eval=HELD[1:]).measures["leaked-exact"] == 0
    assert datalint.lint(both, config={"eval": str(folder / "part1.jsonl")}).measures["leaked-exact"] == 3
    assert datalint.lint(ROWS, eval=both).measures["evaluation-examples"] == len(HELD), "not what it trains on"


def test_splits_without_a_training_one_leave_a_choice() -> None:
    only = datalint.lint(splits(test=ROWS))
    assert [(file.split, file.rows_read) for file in only.files] == [("train", len(ROWS))]
    with pytest.raises(DatalintError, match=r"DatasetDict has several splits: pass .*, such as data\['a'\]"):
        datalint.lint(splits(a=ROWS, b=ROWS))
    with pytest.raises(DatalintError, match="DatasetDict has no split"):
        datalint.lint(splits())
