"""``_datalint`` in a row: it accepts findings of its row, and is otherwise not there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import datalint
from datalint import Report
from datalint.cache.store import Store
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.execute.executor import LEAST_CHUNKS
from datalint.operations.check import run_lint
from datalint.records.acceptance import KEY
from datalint.sources import open_sources
from datalint.testing import sentence

FIXTURES = Path(__file__).parents[2] / "fixtures"
Row = dict[str, Any]
REGISTRY = Registry.default()
#: A mark that accepts nothing that there is.
IDLE = {"ignore": ["INT999", "RDY007"], "reason": "Nothing to accept."}
EMPTY = {"prompt": "Which road is open in winter?", "completion": ""}
#: Rows with a finding each: of a turn rule, of a record rule, of a dataset rule.
ROWS = [
    *({"prompt": sentence(n), "completion": sentence(1000 + n)} for n in range(30)),
    EMPTY,
    {"prompt": sentence(50), "completion": None},
    {"prompt": sentence(1), "completion": sentence(1001)},
]
CODES = {30: "QUA002", 31: "FMT105", 32: "DIV001"}


def lint(path: Path, **options: Any) -> Report:
    settings = load_settings(registry=REGISTRY, isolated=True, overrides={"select": ("ALL",), "eval": False})
    return run_lint(settings, REGISTRY, open_sources([str(path)]), **options)


def written(path: Path, rows: Sequence[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def marked(rows: Sequence[Row], codes: dict[int, str], **more: Any) -> list[Row]:
    marks = {at: {"ignore": [code], "reason": f"Row {at} is wanted."} | more for at, code in codes.items()}
    return [row | ({KEY: marks[at]} if at in marks else {}) for at, row in enumerate(rows)]


def places(report: Report) -> list[tuple[Any, ...]]:
    return [(each.rule, each.row, each.path, each.message, each.fingerprint, each.related) for each in report.findings]


SHAPES = [
    (FIXTURES / "broken.jsonl").read_text(encoding="utf-8").splitlines(),
    *((FIXTURES / "shapes" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[:60]
      for name in ("preference", "sharegpt", "tools")),
    [json.dumps(row) for row in json.loads((FIXTURES / "shapes/alpaca.json").read_text(encoding="utf-8"))[:60]],
    [json.dumps({"question": sentence(n), "reply": sentence(n + 100), "topic": "a"}) for n in range(30)],
    [json.dumps({"text": sentence(n)}) for n in range(30)],
]  # fmt: skip


@pytest.mark.parametrize("lines", SHAPES, ids="broken preference sharegpt tools alpaca unknown text".split())
def test_the_key_is_no_part_of_a_row_in_any_shape(tmp_path: Path, lines: list[str]) -> None:
    """Prompt, identity, hashes, keys, types and categories of rows are the same with it."""

    def with_mark(number: int, line: str) -> str:
        try:
            row = json.loads(line)
        except ValueError:
            return line
        if number % 2 or not isinstance(row, dict) or line.count('"role": "user"') > 8:
            return line
        # Not parsed and written again: what the line hides from a parser stays in it.
        return line.rstrip()[:-1] + f', "{KEY}": {json.dumps(IDLE)}}}'

    plain, other = tmp_path / "a" / "train.jsonl", tmp_path / "b" / "train.jsonl"
    for path in (plain, other):
        path.parent.mkdir()
    plain.write_text("\n".join(lines) + "\n", encoding="utf-8")
    other.write_text("\n".join(map(with_mark, range(len(lines)), lines)) + "\n", encoding="utf-8")
    one, two = lint(plain), lint(other)
    told = [place for place in places(two) if place[0] != "FMT113"]
    assert len(places(two)) > len(told), "the mark names a rule that does not exist"
    ignored = {"FMT016", "FMT001", "FMT005", "FMT019"}
    assert [p[:3] + p[4:5] for p in told if p[0] not in ignored] == [
        p[:3] + p[4:5] for p in places(one) if p[0] not in ignored
    ]
    assert two.measures == one.measures


def as_csv(path: Path, rows: Sequence[Row]) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ["prompt", "completion", KEY])
    writer.writeheader()
    writer.writerows(row | ({KEY: json.dumps(row[KEY])} if KEY in row else {}) for row in rows)
    path = path.with_suffix(".csv")
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def as_parquet(path: Path, rows: Sequence[Row]) -> Path:
    path = path.with_suffix(".parquet")
    pq.write_table(pa.Table.from_pylist([{KEY: None} | row for row in rows]), path)
    return path


def as_array(path: Path, rows: Sequence[Row]) -> Path:
    path = path.with_suffix(".json")
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("write", [written, as_csv, as_parquet, as_array])
def test_a_row_accepts_its_findings(tmp_path: Path, write: Callable[[Path, Sequence[Row]], Path]) -> None:
    codes = {30: "QUA002", 32: "DIV001"}
    rows = [row for row in ROWS if row["completion"] is not None]
    codes = {30: "QUA002", 31: "DIV001"}
    report = lint(write(tmp_path / "train.jsonl", marked(rows, codes)))
    assert not {"QUA002", "DIV001", "FMT113"} & set(report.rules)
    assert [(each.finding.rule, each.finding.row, each.by, each.reason) for each in report.accepted] == [
        ("QUA002", 31, "row", "Row 30 is wanted."),
        ("DIV001", 32, "row", "Row 31 is wanted."),
    ]
    assert (report.measures["quality-error-share"], report.measures["redundant-share"]) == (0, 0)
    assert "2 findings accepted in rows (DIV001 1, QUA002 1); gates that count findings ignore them" in report.notes


def test_every_kind_of_rule_and_every_way_to_run_it(tmp_path: Path) -> None:
    path = written(tmp_path / "train.jsonl", [*marked(ROWS, CODES), *({"text": sentence(n)} for n in range(400))])
    source = [each.__class__ for each in open_sources([str(path)])]
    assert source
    report = lint(path)
    assert {each.finding.rule for each in report.accepted} == set(CODES.values())
    small = lambda: [_with_chunks(each) for each in open_sources([str(path)])]  # noqa: E731
    settings = load_settings(registry=REGISTRY, isolated=True, overrides={"select": ("ALL",), "eval": False})
    cache = (Store.open(tmp_path / "cache"), b"code")
    found = [
        run_lint(settings, REGISTRY, small(), jobs=jobs, cache=store).to_dict()
        for jobs, store in ((1, None), (2, None), (1, cache), (1, cache))
    ]
    assert found == [report.to_dict()] * 4


def _with_chunks(source: Any) -> Any:
    import dataclasses

    return dataclasses.replace(source, chunk_bytes=max(source.content.size // (2 * LEAST_CHUNKS), 1))


@pytest.mark.parametrize(
    ("until", "today", "accepted"), [("2027-01-31", "2027-01-31", True), ("2027-01-31", "2027-02-01", False)]
)
def test_an_acceptance_ends(tmp_path: Path, until: str, today: str, accepted: bool) -> None:
    path = written(tmp_path / "train.jsonl", marked(ROWS, {30: "QUA002"}, until=until))
    report = lint(path, today=today)
    assert ("QUA002" in report.rules) is not accepted
    assert report.valid_until == (until if accepted else None)
    said = "1 finding accepted until 2027-01-31 or earlier counts again"
    assert (said in report.notes) is not accepted


def test_what_a_row_accepts_and_does_not_have_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "train.jsonl", marked(ROWS, {0: "QUA002", 1: "DIV003"}))
    said = f"2 findings accepted in rows but not found, the first QUA002 in {path}:1"
    assert said in lint(path).notes


def test_nothing_accepts_what_is_wrong_with_itself_or_with_the_dataset(tmp_path: Path) -> None:
    bad = {KEY: {"ignore": ["FMT113", "VOL001", "XX999"], "reason": "All of it."}}
    report = lint(written(tmp_path / "train.jsonl", [EMPTY | bad]))
    assert "VOL001" in report.rules
    assert [each.finding.rule for each in report.accepted] == ["FMT113"]


def test_accepted_findings_are_not_fixed(tmp_path: Path) -> None:
    rows = marked([*ROWS, EMPTY | {"prompt": "Where do cats sleep?"}], CODES)
    fixed = datalint.fix(written(tmp_path / "train.jsonl", rows), unsafe=True)
    assert [entry["row"] for entry in fixed.removed] == [34]
    assert list(fixed.records()) == rows[:33]
    mojibake = {"prompt": "Who is it?", "completion": "Fran\u00c3\u00a7oise, a \u200bpainter, who lives at the quay."}
    path = written(tmp_path / "train.jsonl", marked([mojibake], {0: "QUA011"}))
    (row,) = datalint.fix(path).records()
    assert row["completion"] == mojibake["completion"].replace("\u200b", ""), "another fix changes the row"
