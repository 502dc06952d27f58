"""``datalint.fix`` and the fixes of a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import datalint

ROWS = [
    {"prompt": "Who is it?", "completion": "Fran\u00c3\u00a7oise, a painter."},
    {"prompt": "Where is it?", "completion": "At the quay, behind the mill."},
    {"prompt": "Where is it?", "completion": "At the quay, behind the mill."},
    {"prompt": "Why is it?", "completion": ""},
]


@pytest.mark.parametrize("made", [list, pd.DataFrame, lambda rows: iter(rows)], ids=["list", "frame", "iterator"])
def test_objects_are_fixed_and_not_changed(made: Callable[[list[dict[str, str]]], Any]) -> None:
    given = made([dict(row) for row in ROWS])
    fixed = datalint.fix(given, unsafe=True)
    assert list(fixed.records()) == [ROWS[0] | {"completion": "Fran\u00e7oise, a painter."}, ROWS[1]]
    assert fixed.keep_mask().tolist() == [True, True, False, False]
    assert fixed.counts == {"DIV001": 1, "QUA002": 1, "QUA011": 1}
    assert [(entry["row"], entry["rule"]) for entry in fixed.removed] == [(3, "DIV001"), (4, "QUA002")]
    if isinstance(given, pd.DataFrame):
        assert given.to_dict("records") == ROWS
        assert fixed.to_pandas().to_dict("records") == list(fixed.records())


def test_a_report_fixes_its_rows_under_its_settings(tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS)
    report = datalint.lint(frame, eval=ROWS[1:2], config={"ignore": ["empty-response"]})
    assert report.keep_mask().tolist() == [True, False, False, True], "a leak, its copy, and an answer to ignore"
    assert len(frame[report.keep_mask(unsafe=False)]) == 3
    assert report.fix(keep="latest").keep_mask().tolist() == [True, False, True, True]
    assert report.fix().write(tmp_path / "clean.jsonl") == tmp_path / "clean.removed.jsonl"
    assert len((tmp_path / "clean.jsonl").read_text().splitlines()) == 3


def test_refusals(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"prompt": "a", "completion": "b"}\nbad\n')
    with pytest.raises(datalint.DatalintError, match="could not be read"):
        datalint.fix(path).keep_mask()
    with pytest.raises(datalint.DatalintError, match="choose from"):
        datalint.fix(path, keep="best")
    for wrong in (2, -1, "first"):
        with pytest.raises(datalint.DatalintError, match="not the index of one of 2 rows"):
            datalint.fix(ROWS, keep=lambda _, wrong=wrong: wrong)  # type: ignore[misc]
    with pytest.raises(datalint.DatalintError, match=r"datalint\.fix"):
        datalint.Report.of(datalint.lint(path)).fix()


def test_repaired_prompts_without_a_reference_stay_in_an_evaluation_set() -> None:
    rows = [{"prompt": f"Which of the {each} is from the caf\u00c3\u00a9?", "completion": ""} for each in range(4)]
    rows += [{"prompt": f"Who wrote part {each} of it?", "completion": ""} for each in range(60)]
    for unsafe in (False, True):
        fixed = datalint.fix(rows, unsafe=unsafe, config={"kind": "evaluation"})
        assert (len(list(fixed.records())), fixed.counts, fixed.removed) == (64, {"QUA011": 4}, [])
