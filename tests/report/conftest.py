"""A report made by hand, so that a snapshot changes only when a renderer does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from datalint import Report
from datalint.core.finding import Factor, Severity
from datalint.core.findings import Findings
from datalint.core.results import FactorResult, FileResult, GateResult, RuleResult, Verdict
from datalint.privacy.display import printable

_PLACE = {"file": pl.Int64, "line": pl.Int64, "row": pl.Int64}
_SCHEMA = {
    **dict.fromkeys(("rule", "name", "severity"), pl.String),
    **_PLACE,
    **dict.fromkeys(("path", "message"), pl.String),
    "related": pl.List(pl.Struct({**_PLACE, "similarity": pl.Float64})),
    **dict.fromkeys(("fingerprint", "fix", "excerpt"), pl.String),
    "at": pl.Int64,
}

P, W, F, N = Verdict.PASS, Verdict.WARN, Verdict.FAIL, Verdict.NOT_ASSESSED


def finding(message: str, **more: Any) -> dict[str, Any]:
    """Return a row of the table of findings; by default an error of QUA002 on line 3 of the first file."""
    row: dict[str, Any] = {
        "rule": "QUA002",
        "name": "empty-response",
        "severity": "error",
        "file": 0,
        "line": 3,
        "row": 2,
        "path": "$.completion",
        "message": message,
        "related": [],
        "fingerprint": "0123456789abcdef",
        "fix": None,
        "excerpt": None,
        "at": 1,
    }
    row |= more
    return row | {key: printable(row[key]) for key in ("name", "path", "message", "excerpt") if row[key] is not None}


def gate(measure: str, verdict: Verdict, shown: str, **more: Any) -> GateResult:
    values: dict[str, Any] = {
        "measure": measure,
        "title": measure.replace("-", " "),
        "value": None if verdict is N else 1,
        "warn": "over 1 %",
        "fail": "over 5 %",
        "verdict": verdict,
        "score": None if verdict is N else 100.0,
        "source": "the guide",
        "shown": shown,
        "formula": "100 at 0 %, 0 at 100 %; linear between",
    }
    return GateResult(**(values | more))


def factor(name: Factor, score: float | None, *gates: GateResult, remedy: str | None = None) -> FactorResult:
    verdict = max((each.verdict for each in gates), key=lambda each: each.rank, default=N)
    return FactorResult(name, score, verdict, gates, remedy)


def make_report(
    *rows: dict[str, Any], files: tuple[str, ...] = ("data/train.jsonl", "data/eval.jsonl"), **more: Any
) -> Report:
    """Return a report over 600 examples with the findings ``rows``, and a result for each rule among them."""
    rules: dict[str, RuleResult] = {}
    for row in rows:
        same = [each for each in rows if each["rule"] == row["rule"]]
        hit = {each["at"] for each in same if each["at"] is not None}
        rules[row["rule"]] = RuleResult(
            code=row["rule"],
            name=row["name"],
            severity=Severity(row["severity"]),
            factor=Factor.QUALITY,
            summary="A response says nothing.",
            remedy="Write the answer, or delete the row",
            count=len(same),
            examples=len(hit),
            share=len(hit) / 600 if hit else None,
            tokens=12_345 if hit else 0,
        )
    values: dict[str, Any] = {
        "verdict": F,
        "score": 42,
        "files": tuple(
            FileResult(name, "jsonl", "prompt-completion", 600, 1, 2, 98_765, "ab" * 32, split)
            for name, split in zip(files, ("train", "evaluation"), strict=False)
        ),
        "factors": {
            "volume": factor(Factor.VOLUME, 99.9, gate("effective-examples", P, "588", detail="600 read")),
            "diversity": factor(
                Factor.DIVERSITY, 42.0, gate("redundant-share", F, "12 %"), gate("largest-cluster-share", W, "2.0 %")
            ),
            "balance": factor(
                Factor.BALANCE, None, gate("evenness", N, "not assessed"), remedy="no category key found; name one"
            ),
        },
        "rules": rules,
        "findings": Findings(pl.DataFrame(list(rows), schema=_SCHEMA, orient="row"), list(files)),
        "measures": {"examples": 600, "evenness": None, "redundant-share": 0.12},
        "profile": "guide",
        "notes": (),
        "examples": 600,
        "tokens": 1_234_567,
    }
    return Report(**(values | more))


@pytest.fixture
def build() -> Callable[..., Report]:
    return make_report


@pytest.fixture
def found() -> Callable[..., dict[str, Any]]:
    return finding
