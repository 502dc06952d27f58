"""``check --base-ref``: findings on changed rows alone, gates on the whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from datalint.compare.base import Base, changed_rows, read_base
from datalint.compare.git import Repository
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import run_lint
from datalint.report.model import Report
from datalint.sources import open_sources


def turn(number: int, answer: str | None = None) -> dict[str, Any]:
    letters = "abcdefghij"[number % 10] * 14
    said = f"Answer number {number}: {letters}, and nothing but that." if answer is None else answer
    return {"prompt": f"Question {number} about {letters}?", "completion": said}


def lines(rows: Sequence[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def checked(*paths: str, evaluation: Sequence[str] = (), base: bool = True) -> Report:
    registry = Registry.default()
    settings = load_settings(registry=registry, isolated=True)
    sources, held = open_sources(list(paths)), open_sources(list(evaluation))
    then = read_base(Repository.at("main", Path()), sources, held) if base else None
    return run_lint(settings, registry, sources, held, base=then)


def places(report: Report, rule: str) -> list[tuple[str | None, int | None]]:
    return [(finding.file, finding.row) for finding in report.findings.of(rule)]


ROWS = [turn(number) for number in range(6)]
EMPTY = turn(7, "")
TRAIN = "data/train.jsonl"


def test_old_findings_are_not_listed_and_still_count(repo) -> None:
    repo.commit(train=lines([*ROWS, EMPTY]))
    repo.write(TRAIN, lines([turn(8, ""), *ROWS, EMPTY]))
    report, whole = checked(TRAIN), checked(TRAIN, base=False)
    assert places(report, "QUA002") == [(TRAIN, 1)]
    assert places(whole, "QUA002") == [(TRAIN, 1), (TRAIN, 8)]
    assert report.rules["QUA002"].count == 1
    assert report.measures == whole.measures
    assert (report.verdict, report.score) == (whole.verdict, whole.score)
    assert report.measures["quality-error-share"] == 2 / 8


def test_it_says_what_it_left_out(repo) -> None:
    repo.commit(train=lines([*ROWS, EMPTY]))
    repo.write(TRAIN, lines([*ROWS, EMPTY, turn(9)]))
    report = checked(TRAIN)
    assert "findings on 1 changed of 8 rows since main; 1 on unchanged rows are not listed, gates count all" in (
        report.notes
    )


def test_findings_of_the_whole_dataset_stay(repo) -> None:
    repo.commit(train=lines(ROWS))
    assert "VOL001" in checked(TRAIN).rules


def test_an_edited_row_is_new_and_a_moved_one_is_not(repo) -> None:
    repo.commit(train=lines([*ROWS, EMPTY, turn(8, "")]))
    repo.write(TRAIN, lines([turn(8, ""), {**EMPTY, "note": 1}, *ROWS]))
    assert places(checked(TRAIN), "QUA002") == [(TRAIN, 2)]


def test_a_further_copy_of_an_old_row_is_new(repo) -> None:
    repo.commit(train=lines([ROWS[0], *ROWS]))
    assert places(checked(TRAIN), "DIV001") == []
    repo.write(TRAIN, lines([ROWS[0], *ROWS, ROWS[0]]))
    assert places(checked(TRAIN), "DIV001") == [(TRAIN, 8)]


def test_a_pair_counts_if_either_row_is_new(repo) -> None:
    near = {**ROWS[2], "completion": ROWS[2]["completion"] + " Yes."}
    repo.commit(train=lines(ROWS))
    for rows, at in (([*ROWS, near], 7), ([near, *ROWS], 4)):
        repo.write(TRAIN, lines(rows))
        assert places(checked(TRAIN), "DIV003") == [(TRAIN, at)]


def test_a_leak_through_a_new_evaluation_row_is_new(repo) -> None:
    repo.commit(train=lines(ROWS), eval=lines([turn(8), ROWS[1]]))
    assert places(checked(TRAIN, evaluation=["data/eval.jsonl"]), "RDY003") == []
    repo.write("data/eval.jsonl", lines([turn(8), ROWS[1], ROWS[3]]))
    assert places(checked(TRAIN, evaluation=["data/eval.jsonl"]), "RDY003") == [(TRAIN, 4)]


def test_an_evaluation_set_elsewhere_is_what_it_was(repo, tmp_path: Path) -> None:
    repo.commit(train=lines(ROWS))
    outside = tmp_path / "eval.jsonl"
    outside.write_text(lines([ROWS[1]]))
    assert places(checked(TRAIN, evaluation=[str(outside)]), "RDY003") == []


def test_all_rows_of_a_new_file_are_new(repo) -> None:
    repo.commit(train=lines(ROWS))
    repo.write("data/more.jsonl", lines([EMPTY]))
    report = checked(TRAIN, "data/more.jsonl")
    assert places(report, "QUA002") == [("data/more.jsonl", 1)]


def test_a_row_is_old_in_its_own_file_alone(repo) -> None:
    repo.commit(train=lines([*ROWS, EMPTY]))
    repo.write("data/more.jsonl", lines([EMPTY]))
    assert places(checked(TRAIN, "data/more.jsonl"), "QUA002") == [("data/more.jsonl", 1)]


def test_a_line_without_a_row_counts_where_its_file_changed(repo) -> None:
    repo.commit(train=lines(ROWS) + "{broken\n")
    assert "FMT001" not in checked(TRAIN).rules
    repo.write(TRAIN, lines(ROWS) + "{broken\n" + lines([turn(8)]))
    assert checked(TRAIN).rules["FMT001"].count == 1


def test_other_writing_of_a_row_is_no_change(repo) -> None:
    repo.commit(train=lines([*ROWS, EMPTY]))
    repo.write(TRAIN, "".join(json.dumps(dict(reversed(row.items()))) + "\r\n" for row in [*ROWS, EMPTY]))
    assert "QUA002" not in checked(TRAIN).rules


def test_changed_rows_without_any(repo) -> None:
    frame = pl.DataFrame(schema={"file": pl.UInt16, "exact": pl.UInt64})
    assert changed_rows(frame, ["a"], Base("main", {}, {})).tolist() == []


def test_tables_have_a_base_as_well(repo) -> None:
    def write(rows: Sequence[dict[str, Any]]) -> None:
        repo.write("data/train.parquet", b"")
        pq.write_table(pa.Table.from_pylist(list(rows)), repo.path / "data" / "train.parquet")

    write([*ROWS, EMPTY])
    repo.commit()
    write([*ROWS, EMPTY, turn(8, "")])
    assert places(checked("data/train.parquet"), "QUA002") == [("data/train.parquet", 8)]


def test_lines_of_two_files_are_compared_with_those_of_both_at_the_revision(repo) -> None:
    asked = [f"Question {n} about {'abcdefghij'[n] * 14}?\n" for n in range(8)]
    said = [f"Answer {n}: {'klmnopqrst'[n] * 14}.\n" for n in range(8)]
    repo.write("data/side.src", "".join(asked))
    repo.write("data/side.tgt", "".join([*said[:5], "\n", *said[6:]]))
    repo.commit()
    repo.write("data/side.tgt", "".join([*said[:2], "\n", *said[3:5], "\n", *said[6:]]))
    report = checked("data/side.src")
    assert places(report, "QUA002") == [("data/side.src", 3)]
    assert any("findings on 1 changed of 8 rows" in note for note in report.notes)
