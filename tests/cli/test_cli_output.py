"""Reports as they reach a file or a pipe."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cli_runs import FIXTURES, Run

import datalint

SCHEMA = json.loads((FIXTURES.parent / "docs/datalint-report-2.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CHECK = ("check", "--isolated", "--output-format")
DATA = ("good/train.jsonl", "tiny.jsonl", "broken.jsonl")

_FINDING = re.compile(r"(dataset|[^:\s][^:]*(:[1-9]\d*)?): [A-Z]{2,8}\d{3} \S.*")
_LAST = re.compile(r"(pass|warn|fail|not-assessed): (score \d{1,3} of 100|no score), [\d,]+ findings?")


def report(run: Run, data: str, **env: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(run(*CHECK, "json", data, env=env).output)
    return parsed


def test_the_schema_is_a_schema_and_strict() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    open_ended = [
        name
        for name, part in {"report": SCHEMA, **SCHEMA["$defs"]}.items()
        if part.get("type") == "object" and part.get("additionalProperties") is not False
    ]
    assert open_ended == []


@pytest.mark.parametrize("data", DATA)
def test_json_fits_the_published_schema(run: Run, data: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(report(run, data))] == []


def test_json_of_objects_fits_the_schema_too() -> None:
    rows = [{"prompt": f"How far is station {n}?", "completion": ""} for n in range(3)]
    for found in (datalint.lint(rows, config={"eval": False}), datalint.lint([], config={})):
        assert [error.message for error in VALIDATOR.iter_errors(json.loads(json.dumps(found.to_dict())))] == []


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("verdict",), "maybe"),
        (("mood",), "good"),
        (("score",), 101),
        (("files", 0, "rows_read"), -1),
        (("files", 0, "owner"), "nobody"),
        (("factors", "style"), {}),
        (("factors", "volume", "gates", 0, "verdict"), "not-assessed"),
        (("findings", 0, "line"), 0),
        (("findings", 0, "excerpt"), "text of a row"),
    ],
)
def test_the_schema_refuses(run: Run, at: tuple[Any, ...], value: Any) -> None:
    changed = report(run, "broken.jsonl")
    place: Any = changed
    for key in at[:-1]:
        place = place[key]
    place[at[-1]] = value
    assert not VALIDATOR.is_valid(changed)


def test_two_runs_are_equal_byte_for_byte(run: Run) -> None:
    one, other = (run(*CHECK, "json", "broken.jsonl", env={"PYTHONHASHSEED": seed}, apart=True) for seed in ("1", "2"))
    assert one.output == other.output
    assert one.output.endswith(b"}\n")


def test_rows_read_and_refused_are_the_lines_that_are_not_blank(run: Run) -> None:
    for data in DATA:
        for file in report(run, data)["files"]:
            lines = (FIXTURES / file["path"]).read_bytes().split(b"\n")
            shared = sum(line.count(b"}{") for line in lines) if file["path"].endswith("broken.jsonl") else 0
            assert file["rows_read"] + file["rows_refused"] == sum(1 for line in lines if line.strip()) + shared
            assert file["blank_lines"] == sum(1 for line in lines[:-1] if not line.strip())


def test_counts_agree_with_the_findings(run: Run) -> None:
    found = report(run, "broken.jsonl")
    counts: dict[str, int] = {}
    for finding in found["findings"]:
        counts[finding["rule"]] = counts.get(finding["rule"], 0) + finding["count"]
    assert {code: rule["count"] for code, rule in found["rules"].items()} == counts


def test_concise_is_a_line_a_finding(run: Run) -> None:
    *lines, last = run(*CHECK, "concise", "broken.jsonl").text.splitlines()
    assert [line for line in lines if not _FINDING.fullmatch(line)] == []
    assert _LAST.fullmatch(last)
    assert len(lines) == len(report(run, "broken.jsonl")["findings"])
    assert lines[0].startswith("broken.jsonl:3: FMT001 ")


def test_text_reads_top_down(run: Run) -> None:
    lines = run("check", "--isolated", "broken.jsonl").text.splitlines()
    words = ("broken.jsonl", "volume", "readiness", "error[", "findings in", "FAIL  score", "next: ")
    places = [next(n for n, line in enumerate(lines) if word in line) for word in words]
    assert places == sorted(places)


def test_quiet_prints_nothing(run: Run) -> None:
    ran = run("check", "--isolated", "--quiet", "tiny.jsonl")
    assert (ran.code, ran.output, ran.error) == (1, b"", "")


def test_several_outputs_from_one_run(run: Run, tmp_path: Path) -> None:
    targets = {kind: tmp_path / f"report.{kind}" for kind in ("json", "concise", "text")}
    options = [word for kind, path in targets.items() for word in ("--output", f"{kind}:{path}")]
    ran = run("check", "--isolated", *options, "broken.jsonl")
    assert ran.code == 1
    assert "\nFAIL  score" in ran.text
    assert targets["json"].read_bytes() == run(*CHECK, "json", "broken.jsonl").output
    assert targets["concise"].read_bytes() == run(*CHECK, "concise", "broken.jsonl").output
    # A file has room for every finding, a screen has not.
    assert targets["text"].read_text(encoding="utf-8").splitlines()[0] == ran.text.splitlines()[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.concise", "report.json", "report.text"]


def test_columns_give_meaning_to_unknown_keys(run: Run, tmp_path: Path) -> None:
    rows = "asked,said,about\nWhere is it?,At the quay.,riding\nIs it far?,Not at all.,riding\n"
    (tmp_path / "rides.csv").write_text(rows)
    given = (*CHECK, "concise", "rides.csv")
    unknown = run(*given, cwd=tmp_path).text
    known = run(*given, "--columns", "prompt=asked,response=said", "--category", "about", cwd=tmp_path).text
    assert "FMT101" in unknown
    assert "FMT101" not in known
    assert '"about"' in known


OFF = "evaluation is switched off (eval = false)"


@pytest.mark.parametrize(
    ("config", "options", "reason"),
    [
        ("eval = false", (), OFF),
        ("", (), None),
        ("eval = false", ("--eval", "other.jsonl"), None),
        ("", ("--eval", "false"), OFF),
        ('eval = "other.jsonl"', ("--eval", "false"), OFF),
    ],
)
def test_why_readiness_is_not_assessed(
    run: Run, tmp_path: Path, config: str, options: tuple[str, ...], reason: str | None
) -> None:
    (tmp_path / "datalint.toml").write_text(config)
    for name in ("train", "other"):
        (tmp_path / f"{name}.jsonl").write_text('{"prompt": "Where is it?", "completion": "At the quay."}\n')
    shown = run("check", "train.jsonl", "--select", "RDY", *options, cwd=tmp_path).text
    [line] = [line for line in shown.splitlines() if line.startswith("  readiness ")]
    assert ("not assessed" in line) == (reason is not None)
    assert reason is None or line.endswith(f"  {reason}")


def test_factors_whose_rules_are_not_selected_are_left_out(run: Run) -> None:
    short, full = (
        run("check", "--isolated", "tiny.jsonl", "--select", "QUA", *more).text for more in ((), ("--full",))
    )
    assert "  readiness " not in short
    assert "its rules are not selected" in full


@pytest.mark.parametrize("target", ["opnai", "a\x1b[31m\u202eb"])
@pytest.mark.parametrize("command", ["check", "compare"])
def test_an_unknown_target_is_an_error_with_its_line(run: Run, tmp_path: Path, target: str, command: str) -> None:
    for name in ("train", "other"):
        (tmp_path / f"{name}.jsonl").write_text('{"prompt": "Where is it?", "completion": "At the quay."}\n')
    (tmp_path / "datalint.toml").write_text(f"target = {json.dumps(target)}\n")
    data = ("train.jsonl",) if command == "check" else ("train.jsonl", "other.jsonl")
    ran = run(command, *data, cwd=tmp_path)
    shown, hint = ("opnai", '; did you mean "openai"?') if target == "opnai" else (r"a\x1b[31m\u202eb", "; there are ")
    assert ran.code == 2
    assert ran.error.startswith(f'error: datalint.toml:1: target: unknown target "{shown}"{hint}')
