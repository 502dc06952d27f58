"""``datalint baseline``, and ``check`` with one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Ran, run_here

NAME = ".datalint-baseline.jsonl"
Datalint = Callable[..., Ran]


def turn(number: int, answer: str | None = None) -> dict[str, Any]:
    letters = "abcdefghij"[number % 10] * 14
    said = f"Answer number {number}: {letters}, and nothing but that." if answer is None else answer
    return {"prompt": f"Question {number} about {letters}?", "completion": said}


GOOD = [turn(number) for number in range(6)]
EMPTY, OTHER = turn(7, ""), turn(8, "")


@pytest.fixture
def datalint(tmp_path: Path) -> Datalint:
    """Return a function that runs the command in a project, again each time."""
    (tmp_path / "datalint.toml").write_text(
        'data = ["data/train.jsonl"]\nselect = ["QUA002", "DIV001", "FMT"]\neval = false\n'
    )
    return lambda *arguments, cwd=tmp_path: run_here(*arguments, cwd=cwd)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., None]:
    def put(*rows: dict[str, Any] | str, name: str = "train") -> None:
        path = tmp_path / "data" / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))

    return put


def entries(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / NAME).read_text().splitlines()]


def found(ran: Ran) -> list[str]:
    return [finding["rule"] for finding in json.loads(ran.output)["findings"] for _ in range(finding["count"])]


def gate(ran: Ran, measure: str) -> float:
    return json.loads(ran.output)["measures"][measure]


def test_a_baseline_hides_what_was_there(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD, EMPTY)
    assert datalint("check").code == 1
    ran = datalint("baseline")
    assert (ran.code, ran.error, ran.text) == (0, "", f"{NAME}: 1 finding added; 1 entry (1 legacy)\n")
    assert [(each["rule"], each["file"], each["kind"]) for each in entries(tmp_path)] == [
        ("QUA002", "data/train.jsonl", "legacy")
    ]
    assert "Question" not in (tmp_path / NAME).read_text()
    ran = datalint("check")
    assert (ran.code, ran.error) == (0, "")
    assert "1 finding in the baseline (1 legacy)" in ran.text
    assert "No findings." in ran.text


def test_a_cause_in_many_rows_is_covered_row_by_row(datalint: Datalint, write: Callable[..., None]) -> None:
    empty = [turn(number, "") for number in range(10, 14)]

    def causes() -> list[tuple[str, int, list[list[int]]]]:
        findings = json.loads(datalint("check", "--output-format", "json").output)["findings"]
        return [(each["rule"], each["count"], each["rows"]) for each in findings]

    write(*empty)
    assert causes() == [("QUA002", 4, [[1, 4]])]
    assert "4 entries" in datalint("baseline").text
    assert causes() == []
    write(GOOD[0], *empty[1:], EMPTY, OTHER)
    assert causes() == [("QUA002", 2, [[5, 6]])]


def test_new_findings_are_reported_and_counted(datalint: Datalint, write: Callable[..., None]) -> None:
    write(*GOOD, EMPTY)
    datalint("baseline")
    write(OTHER, EMPTY, *GOOD)
    ran = datalint("check", "--output-format", "json")
    assert ran.code == 1
    assert found(ran) == ["QUA002"]
    assert gate(ran, "quality-error-share") == 1 / 8
    whole = datalint("check", "--no-baseline", "--output-format", "json")
    assert found(whole) == ["QUA002", "QUA002"]
    assert gate(whole, "quality-error-share") == 2 / 8


def test_an_entry_covers_one_finding(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD, EMPTY, EMPTY)
    datalint("baseline", "--select", "QUA002")
    assert len(entries(tmp_path)) == 2
    write(*GOOD, EMPTY, EMPTY, EMPTY)
    assert found(datalint("check", "--select", "QUA002", "--output-format", "json")) == ["QUA002"]


def test_gates_made_of_findings_leave_out_what_is_covered(datalint: Datalint, write: Callable[..., None]) -> None:
    write(*GOOD, GOOD[0], "{broken")
    datalint("baseline")
    ran = datalint("check", "--output-format", "json")
    assert found(ran) == []
    assert (gate(ran, "redundant-share"), gate(ran, "format-error-examples")) == (0, 0)
    write(*GOOD, GOOD[0], GOOD[1], "{broken")
    assert gate(datalint("check", "--output-format", "json"), "redundant-share") == pytest.approx(1 / 8)


def test_volume_counts_repeats_that_are_covered(datalint: Datalint, write: Callable[..., None]) -> None:
    write(*GOOD, GOOD[0])
    datalint("baseline")
    assert gate(datalint("check", "--output-format", "json"), "effective-examples") == 6


def test_a_broken_row_stays_unfit_to_train_on(datalint: Datalint, write: Callable[..., None]) -> None:
    write(*GOOD, {"messages": []})
    datalint("baseline")
    ran = datalint("check", "--output-format", "json")
    assert found(ran) == []
    assert gate(ran, "valid-examples") == 6


def test_a_row_that_moves_to_another_file_is_covered(
    datalint: Datalint, write: Callable[..., None], tmp_path: Path
) -> None:
    write(*GOOD, EMPTY)
    datalint("baseline")
    write(*GOOD)
    write(EMPTY, name="more")
    ran = datalint("check", "data/train.jsonl", "data/more.jsonl")
    assert (ran.code, ran.error) == (0, "")


def test_unused_entries_are_a_warning(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD, EMPTY)
    datalint("baseline")
    write(*GOOD)
    ran = datalint("check")
    assert (ran.code, ran.error) == (0, "warning: 1 baseline entry matches nothing; run datalint baseline --prune\n")
    write(*GOOD, name="other")
    assert datalint("check", "data/other.jsonl").error == ""
    assert datalint("check", "--select", "DIV").error == ""
    assert datalint("baseline", "--prune").text == f"{NAME}: 1 dropped; 0 entries\n"
    assert entries(tmp_path) == []
    assert datalint("check").error == ""


def test_update_only_shrinks_and_keeps_decisions(
    datalint: Datalint, write: Callable[..., None], tmp_path: Path
) -> None:
    write(*GOOD, EMPTY, GOOD[0])
    datalint("baseline")
    datalint("baseline", "--accept", "QUA002", "--reason", "it stays")
    assert [(each["rule"], each["kind"], each["reason"]) for each in entries(tmp_path)] == [
        ("DIV001", "legacy", "there before the baseline"),
        ("QUA002", "accepted", "it stays"),
    ]
    write(*GOOD, OTHER)
    ran = datalint("baseline", "--update")
    assert ran.text == f"{NAME}: 1 dropped; 1 entry (1 accepted)\n"
    assert [each["kind"] for each in entries(tmp_path)] == ["accepted"]
    assert datalint("baseline", "--prune").text == f"{NAME}: 1 dropped; 0 entries\n"


def test_add_keeps_what_is_there(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD, EMPTY)
    datalint("baseline", "--accept", "empty-response", "--reason", "it stays")
    write(*GOOD, EMPTY, OTHER)
    ran = datalint("baseline", "--add", "--reason", "came with the merge")
    assert ran.text == f"{NAME}: 1 finding added; 2 entries (1 accepted, 1 legacy)\n"
    assert {(each["kind"], each["reason"]) for each in entries(tmp_path)} == {
        ("accepted", "it stays"),
        ("legacy", "came with the merge"),
    }
    assert "2 findings in the baseline (1 accepted, 1 legacy)" in datalint("check").text


def test_accept_one_finding(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD, EMPTY, OTHER)
    [finding] = json.loads(datalint("check", "--output-format", "json").output)["findings"]
    mark = finding["fingerprint"]
    datalint("baseline", "--accept", f"QUA002:{mark}", "--reason", "it stays")
    assert [each["fingerprint"] for each in entries(tmp_path)] == [mark]
    assert found(datalint("check", "--output-format", "json")) == ["QUA002"]


#: What a baseline with one finding is updated for: rows, arguments, and what was done in words and as JSON.
DONE: list[tuple[list[dict[str, Any]], tuple[str, ...], str, dict[str, Any]]] = [
    ([EMPTY], ("--add",), "0 findings added; 1 entry (1 legacy)", {"legacy": 1}),
    ([EMPTY, OTHER], ("--add",), "1 finding added; 2 entries (2 legacy)", {"added": 1, "legacy": 2}),
    ([], ("--prune",), "1 dropped; 0 entries", {"dropped": 1}),
    ([EMPTY], ("--update",), "0 dropped; 1 entry (1 legacy)", {"legacy": 1}),
    (
        [EMPTY, OTHER],
        ("--accept", "QUA002", "--reason", "it stays"),
        "2 findings accepted; 2 entries (2 accepted)",
        {"accepted": 2, "entries": {"accepted": 2, "false-alarm": 0, "legacy": 0}},
    ),
]


def test_what_was_done_in_words_and_as_json(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD, EMPTY)
    first = datalint("baseline", "--output-format", "json")
    assert (first.code, first.error) == (0, "")
    assert json.loads(first.output) == counts(tmp_path, added=1, legacy=1)
    before = (tmp_path / NAME).read_bytes()
    for rows, arguments, text, told in DONE:
        write(*GOOD, *rows)
        (tmp_path / NAME).write_bytes(before)
        assert datalint("baseline", *arguments).text == f"{NAME}: {text}\n", arguments
        after = (tmp_path / NAME).read_bytes()
        (tmp_path / NAME).write_bytes(before)
        ran = datalint("baseline", *arguments, "--output-format", "json")
        assert json.loads(ran.output) == counts(tmp_path, **told), arguments
        assert (tmp_path / NAME).read_bytes() == after, arguments


def counts(folder: Path, *, legacy: int = 0, **told: Any) -> dict[str, Any]:
    entries = {"accepted": 0, "false-alarm": 0, "legacy": legacy}
    return {"path": str(folder / NAME), "added": 0, "accepted": 0, "dropped": 0, "entries": entries} | told


def test_a_baseline_is_never_overwritten(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD, EMPTY)
    datalint("baseline")
    before = (tmp_path / NAME).read_bytes()
    ran = datalint("baseline")
    assert ran.code == 2
    assert f"error: {NAME} exists; --update removes entries that match nothing" in ran.error
    assert (tmp_path / NAME).read_bytes() == before


def test_it_is_written_the_same_again(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD, OTHER, EMPTY)
    datalint("baseline")
    before = (tmp_path / NAME).read_bytes()
    write(EMPTY, *reversed(GOOD), OTHER)
    (tmp_path / NAME).unlink()
    datalint("baseline")
    assert (tmp_path / NAME).read_bytes() == before
    assert sorted(before.splitlines()) == before.splitlines()


def test_a_named_baseline(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD, EMPTY)
    datalint("baseline", "--baseline", "known.jsonl")
    assert not (tmp_path / NAME).exists()
    assert datalint("check").code == 1
    assert datalint("check", "--baseline", "known.jsonl").code == 0
    assert datalint("check", "--baseline", "known.jsonl", "--isolated", "--select", "QUA", "data/train.jsonl").code == 0


def test_isolated_finds_none(datalint: Datalint, write: Callable[..., None]) -> None:
    write(*GOOD, EMPTY)
    datalint("baseline")
    assert datalint("check", "--isolated", "--select", "QUA", "data/train.jsonl").code == 1


def test_it_lies_beside_the_configuration(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD, EMPTY)
    ran = datalint("baseline", "train.jsonl", cwd=tmp_path / "data")
    assert (tmp_path / NAME).is_file()
    assert [each["file"] for each in entries(tmp_path)] == ["data/train.jsonl"]
    assert ran.code == 0
    assert datalint("check", "train.jsonl", cwd=tmp_path / "data").code == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_report_is_the_same_for_any_number_of_processes(
    datalint: Datalint, write: Callable[..., None], jobs: str
) -> None:
    write(*GOOD, EMPTY, EMPTY)
    datalint("baseline", "--select", "QUA002")
    write(*GOOD, EMPTY, EMPTY, EMPTY)
    ran = datalint("check", "--select", "QUA002", "--jobs", jobs, "--output-format", "concise")
    assert ran.text.count("QUA002") == 1
    assert "data/train.jsonl:9" in ran.text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--update",), "does not exist; datalint baseline without options writes it"),
        (("--prune",), "does not exist"),
        (("--update", "--prune"), "exclude each other"),
        (("--accept", "QUA002"), "--accept requires --reason"),
        (("--accept", "QUA002", "--reason", "  "), "--reason is empty"),
        (("--accept", "emty-response", "--reason", "so"), 'did you mean "empty-response"?'),
        (("--accept", "QUA002:xyz", "--reason", "so"), "is not a fingerprint"),
        (("--prune", "--reason", "so"), "--reason has no effect with"),
        (("nowhere.jsonl",), "no such file"),
    ],
)
def test_could_not_run(
    datalint: Datalint, write: Callable[..., None], tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    write(*GOOD, EMPTY)
    ran = datalint("baseline", *arguments)
    assert ran.code == 2
    assert said in ran.error
    assert not (tmp_path / NAME).exists()


def test_a_baseline_that_is_not_there_or_broken(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write(*GOOD)
    ran = datalint("check", "--baseline", "nowhere.jsonl")
    assert (ran.code, ran.error) == (2, "error: no such file: nowhere.jsonl: check the path\n")
    (tmp_path / NAME).write_text("<<<<<<< ours\n")
    ran = datalint("check")
    assert ran.code == 2
    assert f"{NAME}:1: a merge conflict" in ran.error


def test_leaks_into_a_named_evaluation_set_are_recorded(
    datalint: Datalint, write: Callable[..., None], tmp_path: Path
) -> None:
    (tmp_path / "datalint.toml").write_text('data = ["data/train.jsonl"]\nselect = ["RDY003"]\n')
    write(*GOOD)
    write(GOOD[2], name="held")
    leaky = ("--eval", "data/held.jsonl")
    assert found(datalint("check", *leaky, "--output-format", "json")) == ["RDY003"]
    assert datalint("baseline", *leaky).code == 0
    assert [(each["rule"], each["file"]) for each in entries(tmp_path)] == [("RDY003", "data/train.jsonl")]
    ran = datalint("check", *leaky, "--output-format", "json")
    assert (ran.code, ran.error, found(ran), gate(ran, "leaked-exact")) == (0, "", [], 0)


def test_options_of_check_are_those_of_baseline(datalint: Datalint, write: Callable[..., None], tmp_path: Path) -> None:
    write({"q": "What?", "a": ""})
    (tmp_path / "row.schema.json").write_text('{"required": ["id"]}')
    options = ("--columns", "prompt=q,response=a", "--schema", "row.schema.json", "--jobs", "1", "--max-memory", "2GB")
    assert datalint("baseline", *options).code == 0
    rules = {entry["rule"] for entry in entries(tmp_path)}
    assert {"QUA002", "FMT109"} <= rules
    assert found(datalint("check", *options, "--output-format", "json")) == []
