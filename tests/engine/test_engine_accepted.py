"""What a baseline covers is ignored by gates that count findings, and later findings are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from datalint import Report
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.baseline import Coverage, entries_of
from datalint.operations.check import run_lint
from datalint.sources import open_sources
from datalint.testing import sentence

Rows = list[dict[str, Any]]
#: The rules whose findings the measures below count, and others of whole datasets.
SELECT = ("VOL", "DIV", "BAL", "FMT", "RDY")


def row(number: int, tail: str = "") -> dict[str, Any]:
    return {"prompt": f"{sentence(number)}{tail}", "completion": sentence(1000 + number)}


GOOD = [row(number) for number in range(20)]


def asked(number: int, answer: str) -> dict[str, Any]:
    return {"prompt": f"Is it so? {sentence(number)}", "completion": answer}


def check(folder: Path, train: Rows, held: Rows | None, coverage: Coverage | None = None) -> Report:
    for name, rows in (("train", train), ("eval", held)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(each) + "\n" for each in rows or ()), encoding="utf-8")
    registry = Registry()
    registry.load_builtin()
    settings = load_settings(registry=registry, isolated=True, overrides={"select": SELECT})
    sources = open_sources([str(folder / "train.jsonl")])
    evaluation = open_sources([str(folder / "eval.jsonl")]) if held is not None else ()
    return run_lint(settings, registry, sources, evaluation, baseline=coverage)


def covered(folder: Path, report: Report) -> Coverage:
    return Coverage(entries_of(report.findings, folder), folder)


LEAK, NEAR, PROMPT = row(0), row(1, " now"), {**row(2), "completion": "Another answer, which is not the first one."}
CASES = {
    "copies": (GOOD + GOOD[:1] * 4, None, ("redundant-share", "largest-cluster-share"), [row(5)]),
    "copies in text": (
        [*GOOD, *({**each, "prompt": each["prompt"].upper()} for each in GOOD[:4])],
        None,
        ("redundant-share",),
        [row(5)],
    ),
    "near-duplicates": ([*GOOD, row(0, " now"), row(0, " then")], None, ("redundant-share",), [row(5, " soon")]),
    "a copy of a near-duplicate": (
        [*GOOD, row(0, " now"), row(0, " now"), row(0, " now"), row(0, " NOW")],
        None,
        ("redundant-share", "largest-cluster-share"),
        [row(0, " now")],
    ),
    "conflicts": (
        [*GOOD, asked(50, "Yes"), asked(50, "No")],
        None,
        ("conflicting-prompt-share",),
        [asked(51, "Yes"), asked(51, "No")],
    ),
    "a template": (
        [{"prompt": f"How much is {n} and {n}, please?", "completion": sentence(n)} for n in range(30)],
        None,
        ("template-family-share",),
        [],
    ),
    "two shapes": ([*GOOD, {"text": sentence(60)}], None, ("shapes",), [{"instruction": "Sing.", "output": "La."}]),
    "exact leaks": (GOOD, [LEAK, row(90)], ("leaked-exact",), [row(90)]),
    "near leaks": (GOOD, [NEAR, row(90)], ("leaked-near",), [row(90, " now")]),
    "leaked prompts": (GOOD, [PROMPT, row(90)], ("leaked-prompt",), [{**row(90), "completion": "Quite another one."}]),
}


@pytest.mark.parametrize(("train", "held", "measures", "later"), CASES.values(), ids=CASES)
def test_what_is_covered_does_not_count(
    tmp_path: Path, train: Rows, held: Rows | None, measures: tuple[str, ...], later: Rows
) -> None:
    none = 1 if measures == ("shapes",) else 0
    first = check(tmp_path, train, held)
    assert all((first.measures[name] or 0) > none for name in measures)
    again = check(tmp_path, train, held, covered(tmp_path, first))
    assert [finding.message for finding in again.findings if finding.file is not None] == []
    assert {name: again.measures[name] for name in measures} == dict.fromkeys(measures, none)
    untouched = first.measures.keys() - again.measures.keys()
    assert untouched == set()
    assert again.measures["effective-examples"] == first.measures["effective-examples"]
    if later:
        more = check(tmp_path, [*train, *later], held, covered(tmp_path, first))
        assert (more.measures[measures[0]] or 0) > none


def test_of_a_cluster_the_rows_that_are_not_covered_count(tmp_path: Path) -> None:
    first = check(tmp_path, [*GOOD, GOOD[0], GOOD[0]], None)
    more = check(tmp_path, [*GOOD, *[GOOD[0]] * 6], None, covered(tmp_path, first))
    assert more.measures["redundant-share"] == pytest.approx(4 / 26)
    assert more.measures["largest-cluster-share"] == pytest.approx(5 / 26), "the first row and the four new ones"


def test_the_verdict_is_that_of_what_is_not_covered(tmp_path: Path) -> None:
    first = check(tmp_path, GOOD, [LEAK, *(row(number) for number in range(200, 260))])
    held = [LEAK, *(row(number) for number in range(200, 260))]
    again = check(tmp_path, GOOD, held, covered(tmp_path, first))
    assert first.factors["readiness"].verdict == "fail"
    assert again.factors["readiness"].verdict == "pass"
