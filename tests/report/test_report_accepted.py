"""Accepted findings in every format: counted, with hostile reasons made harmless, and suppressed in SARIF."""

from __future__ import annotations

import json

import pytest
from report_checks import check_report
from report_samples import SECRET, TEXTS

from datalint.cli.writing import FORMATS, report_bytes
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.baseline import BaselineEntry, Coverage, Kind
from datalint.operations.check import run_lint
from datalint.report.model import Report
from datalint.sources import open_sources

REGISTRY = Registry.default()
REASON = "was read by two people"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("accepted") / "train.jsonl"
    rows = [
        {"prompt": f"Is it {n}?", "completion": "", "_datalint": {"ignore": ["QUA002"], "reason": text, "until": None}}
        for n, text in enumerate(TEXTS)
    ]
    rows += [{"prompt": "Who is it?", "completion": ""}, {"prompt": "Where is it?", "completion": ""}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    settings = load_settings(registry=REGISTRY, isolated=True, overrides={"select": ("QUA002",), "eval": False})
    found = run_lint(settings, REGISTRY, open_sources([str(path)]))
    mark = found.findings[0].fingerprint
    coverage = Coverage(
        [BaselineEntry("train.jsonl", "QUA002", mark, Kind.FALSE_ALARM, REASON, "2999-12-31")], path.parent
    )
    return run_lint(settings, REGISTRY, open_sources([str(path)]), baseline=coverage)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_sound_and_tells(report: Report, kind: str) -> None:
    data = report_bytes(report, kind)
    check_report(kind, data)
    assert SECRET.encode() not in data
    if kind in ("text", "json", "markdown", "comment", "html", "sarif"):
        assert f"{len(TEXTS)} findings accepted in rows".encode() in data
        assert b"1 finding in the baseline" in data


def test_sarif_suppresses_them(report: Report) -> None:
    results = json.loads(report_bytes(report, "sarif"))["runs"][0]["results"]
    assert [each["suppressions"] for each in results[:1]] == [[]]
    suppressed = [each["suppressions"][0] for each in results[1:]]
    assert [each["kind"] for each in suppressed].count("inSource") == len(TEXTS)
    (external,) = (each for each in suppressed if each["kind"] == "external")
    assert external["justification"] == f"false-alarm: {REASON}"
    assert external["properties"] == {"until": "2999-12-31"}
