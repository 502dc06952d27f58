"""``datalint review``: findings as tasks, and verdicts as accepted findings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Ran, run_here

from datalint.testing import sentence

SECRET = "ghp_" + "k3J8s" * 7 + "Q"
ROWS = [
    *({"prompt": sentence(n), "completion": sentence(1000 + n)} for n in range(20)),
    {"prompt": f"Write to ada.byron@mills-and-sons.co.uk, whose token is {SECRET}, or not?", "completion": ""},
    {"prompt": "Which road is open in winter?", "completion": ""},
    {"prompt": "Where do cats sleep?", "completion": ""},
    {"prompt": sentence(3), "completion": sentence(1003)},
]
Datalint = Callable[..., Ran]


@pytest.fixture
def datalint(tmp_path: Path) -> Datalint:
    """Return a function that runs the command in a folder with ``train.jsonl``."""
    (tmp_path / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    (tmp_path / "datalint.toml").write_text('select = ["QUA002", "DIV001", "QUA024"]\neval = false\n', encoding="utf-8")
    return lambda *arguments: run_here(*arguments, cwd=tmp_path)


def exported(datalint: Datalint, folder: Path, *options: str) -> list[dict[str, Any]]:
    done = datalint("review", "export", "train.jsonl", "--output", "tasks.jsonl", *options)
    assert done.code == 0, done.error
    return [json.loads(line) for line in (folder / "tasks.jsonl").read_text(encoding="utf-8").splitlines()]


def imported(datalint: Datalint, folder: Path, tasks: list[dict[str, Any]], *options: str) -> Ran:
    (folder / "tasks.jsonl").write_text("".join(json.dumps(each) + "\n" for each in tasks), encoding="utf-8")
    return datalint("review", "import", "tasks.jsonl", *options)


def found(datalint: Datalint) -> list[tuple[str, int]]:
    report = json.loads(datalint("check", "train.jsonl", "--output-format", "json").output)
    return [(each["rule"], row) for each in report["findings"] for first, last in each["rows"] or ()
            for row in range(first, last + 1)]  # fmt: skip


def test_a_task_is_a_finding_with_its_row(datalint: Datalint, tmp_path: Path) -> None:
    tasks = exported(datalint, tmp_path)
    assert [(each["rule"], each["row"]) for each in tasks] == [
        ("QUA002", 21), ("QUA024", 21), ("QUA002", 22), ("QUA002", 23), ("DIV001", 24),
    ]  # fmt: skip
    assert all(each["verdict"] is None and each["reason"] == "" for each in tasks)
    assert tasks[2]["record"] == ROWS[21]
    assert tasks[4]["related"] == [{"file": "train.jsonl", "line": 4, "row": 4}]
    text = (tmp_path / "tasks.jsonl").read_text(encoding="utf-8")
    assert not any(SECRET[start : start + 8] in text for start in range(len(SECRET) - 8))
    assert len(exported(datalint, tmp_path, "--limit", "1")) == 3
    assert datalint("review", "export", "train.jsonl", "-o", "new.jsonl").text.splitlines() == [
        "5 tasks written to new.jsonl",
        "next: fill in verdict (right, remove, accepted or wrong), then datalint review import new.jsonl",
    ]
    assert datalint("review", "export", "train.jsonl", "--output", "-").text.count("\n") == 5
    done = datalint("review", "export", "train.jsonl", "-o", "new.jsonl", "--output-format", "json")
    assert json.loads(done.output) == {"path": "new.jsonl", "tasks": 5}


def test_verdicts_are_accepted_findings(datalint: Datalint, tmp_path: Path) -> None:
    tasks = exported(datalint, tmp_path)
    before = (tmp_path / "train.jsonl").read_bytes()
    verdicts = [
        {"verdict": "right"},
        {"verdict": "wrong"},
        {"verdict": "accepted", "reason": "teaches  to say nothing", "until": "2999-12-31"},
        {"verdict": None},
        {"verdict": "wrong", "reason": "the copy is wanted"},
    ]
    judged = [task | verdict for task, verdict in zip(tasks, verdicts, strict=True)]
    done = imported(datalint, tmp_path, judged)
    assert (done.code, done.text) == (0, "1 accepted, 1 right, 2 wrong; .datalint-baseline.jsonl has 3 entries\n")
    assert found(datalint) == [("QUA002", 21), ("QUA002", 23)]
    report = json.loads(datalint("check", "train.jsonl", "--output-format", "json").output)
    assert [(each["rule"], each["kind"], each["reason"], each["until"]) for each in report["accepted"]] == [
        ("QUA024", "false-alarm", "false alarm", None),
        ("QUA002", "accepted", "teaches to say nothing", "2999-12-31"),
        ("DIV001", "false-alarm", "the copy is wanted", None),
    ]
    baseline = (tmp_path / ".datalint-baseline.jsonl").read_bytes()
    again = imported(datalint, tmp_path, judged, "--output-format", "json")
    assert json.loads(again.output) == {
        "path": str(tmp_path / ".datalint-baseline.jsonl"),
        "right": 1, "remove": 0, "accepted": 1, "wrong": 2, "entries": 3,
    }  # fmt: skip
    assert (tmp_path / ".datalint-baseline.jsonl").read_bytes() == baseline
    assert [each["row"] for each in exported(datalint, tmp_path)] == [21, 23], "what is judged is no task again"
    assert (tmp_path / "train.jsonl").read_bytes() == before


def test_a_verdict_takes_the_place_of_a_legacy_entry(datalint: Datalint, tmp_path: Path) -> None:
    tasks = exported(datalint, tmp_path)
    assert datalint("baseline", "train.jsonl").code == 0
    imported(datalint, tmp_path, [each | {"verdict": "wrong"} for each in tasks[:2]])
    kinds = [json.loads(line)["kind"] for line in (tmp_path / ".datalint-baseline.jsonl").read_text().splitlines()]
    assert sorted(kinds) == ["false-alarm"] * 2 + ["legacy"] * 3


def test_rows_that_are_to_go_are_removed_by_fix(datalint: Datalint, tmp_path: Path) -> None:
    tasks = exported(datalint, tmp_path)
    judged = [task | {"verdict": "remove"} if task["row"] in (22, 24) else task for task in tasks]
    assert imported(datalint, tmp_path, tasks).text.startswith("no verdict in tasks.jsonl yet")
    done = imported(datalint, tmp_path, judged)
    assert done.text.splitlines()[-1] == "next: datalint fix train.jsonl --review tasks.jsonl"
    done = datalint("fix", "train.jsonl", "--review", "tasks.jsonl")
    assert "3 more findings with --unsafe" in done.text, "of those that the review does not remove"
    assert not (tmp_path / ".datalint-baseline.jsonl").exists()
    done = datalint("fix", "train.jsonl", "--select", "QUA002", "--review", "tasks.jsonl", "--output", "clean.jsonl")
    assert done.code == 0, done.error
    clean = [json.loads(line) for line in (tmp_path / "clean.jsonl").read_text(encoding="utf-8").splitlines()]
    assert clean == [row for number, row in enumerate(ROWS, 1) if number != 22]
    (removed,) = (tmp_path / "clean.removed.jsonl").read_text(encoding="utf-8").splitlines()
    entry = json.loads(removed)
    assert (entry["row"], entry["rule"], entry["reason"]) == (22, "QUA002", "the response is empty (reviewed)")


TASK = {"file": "train.jsonl", "rule": "QUA002", "fingerprint": "0123456789abcdef"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "tasks.jsonl:2: not a JSON object"),
        ("[]", "tasks.jsonl:2: not a JSON object"),
        ('{"prompt": "a row"}', "tasks.jsonl:2: not a task; `datalint review export` writes tasks"),
        (json.dumps(TASK | {"verdict": "\x1b[31m"}), "tasks.jsonl:2: verdict is"),
        (json.dumps(TASK | {"verdict": "accepted"}), "tasks.jsonl:2: reason is missing"),
        (json.dumps(TASK | {"verdict": "wrong", "until": "soon"}), "tasks.jsonl:2: until is 'soon', not a date"),
        (json.dumps(TASK | {"verdict": "wrong", "rule": "QUA999"}), "tasks.jsonl:2: file, rule or fingerprint"),
        (json.dumps(TASK | {"verdict": "wrong", "fingerprint": 7}), "tasks.jsonl:2: file, rule or fingerprint"),
        (json.dumps(TASK | {"verdict": "wrong", "reason": "x" * 501}), "tasks.jsonl:2: reason is not a text"),
    ],
)
def test_what_is_no_task_is_told_with_its_line(datalint: Datalint, tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "tasks.jsonl").write_text(f"{json.dumps(TASK | {'verdict': 'right'})}\n{line}\n", encoding="utf-8")
    done = datalint("review", "import", "tasks.jsonl")
    assert (done.code, done.text) == (2, "")
    assert f"error: {said}" in done.error


def test_no_input_is_overwritten(datalint: Datalint, tmp_path: Path) -> None:
    exported(datalint, tmp_path)
    for arguments in (
        ("review", "export", "train.jsonl", "--output", "train.jsonl"),
        ("review", "import", "tasks.jsonl", "--baseline", "tasks.jsonl"),
        ("fix", "train.jsonl", "--review", "tasks.jsonl", "--output", "tasks.jsonl"),
        ("review", "import", "tasks.jsonl", "--confine", "elsewhere"),
    ):
        (tmp_path / "elsewhere").mkdir(exist_ok=True)
        before = {path: path.read_bytes() for path in tmp_path.glob("*.jsonl")}
        assert datalint(*arguments).code == 2, arguments
        assert {path: path.read_bytes() for path in tmp_path.glob("*.jsonl")} == before
