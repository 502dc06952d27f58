"""Where findings are, how often they count, and what merging several files makes of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import datalint
from datalint import Report, Verdict
from datalint.testing import sentence

EMPTY = {"prompt": "Does it fold?", "completion": ""}
GOOD = {"prompt": "Does it fold?", "completion": "It does, twice."}


def write(path: Path, *lines: Mapping[str, Any] | str) -> Path:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return path


def places(report: Report, code: str) -> list[tuple[str | None, int | None, int | None]]:
    return [
        (finding.file and Path(finding.file).name, finding.line, finding.row) for finding in report.findings.of(code)
    ]


def only(*codes: str, **more: Any) -> dict[str, Any]:
    return {"select": list(codes), **more}


def test_line_is_physical_and_row_counts_records(tmp_path: Path) -> None:
    train = write(tmp_path / "train.jsonl", "", GOOD, "", "not JSON", EMPTY, "   ", EMPTY, "[1]")
    report = datalint.lint(train, config=only("QUA002", "FMT001", "FMT002", "FMT003", "FMT006"))
    assert places(report, "QUA002") == [("train.jsonl", 5, 2), ("train.jsonl", 7, 3)]
    assert places(report, "FMT001") == [("train.jsonl", 4, None)]
    [file] = report.files
    assert (file.rows_read, file.rows_refused, file.blank_lines) == (3, 2, 3)


def test_a_record_on_several_lines_stands_on_its_first(tmp_path: Path) -> None:
    train = write(tmp_path / "train.jsonl", GOOD, json.dumps(EMPTY, indent=1), EMPTY)
    report = datalint.lint(train, config=only("QUA002"))
    assert places(report, "QUA002") == [("train.jsonl", 2, 2), ("train.jsonl", 6, 3)]


def test_an_object_of_which_all_is_read_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"examples": [GOOD, EMPTY]}))
    report = datalint.lint(tmp_path / "a.json", config=only("FMT003"))
    assert not report.findings
    said = 'a.json: one JSON object with the list "examples" instead of rows; its elements are read as rows'
    assert [note for note in report.notes if note.startswith(said)]


def test_files_are_one_dataset_in_their_order(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / "b.jsonl", GOOD, EMPTY),
        write(tmp_path / "empty.jsonl"),
        write(tmp_path / "a.jsonl", "", EMPTY),
    ]
    report = datalint.lint(paths, config=only("QUA002", "DIV001", "FMT006", "FMT018"))
    assert places(report, "QUA002") == [("b.jsonl", 2, 2), ("a.jsonl", 2, 1)]
    [copy] = report.findings.of("DIV001")
    assert (Path(copy.file or "").name, copy.line, copy.row) == ("a.jsonl", 2, 1)
    assert [(Path(other.file).name, other.line, other.row) for other in copy.related] == [("b.jsonl", 2, 2)]
    assert [Path(file.path).name for file in report.files] == ["b.jsonl", "empty.jsonl", "a.jsonl"]
    assert [file.rows_read for file in report.files] == [2, 0, 1]
    assert report.examples == 3


def test_findings_come_by_file_line_and_severity(tmp_path: Path) -> None:
    paths = [write(tmp_path / "b.jsonl", EMPTY, "x", EMPTY), write(tmp_path / "a.jsonl", EMPTY)]
    report = datalint.lint(paths)
    keys = [
        (
            len(paths) if finding.file is None else [str(path) for path in paths].index(finding.file),
            finding.line if finding.line is not None else 1 << 30,
            finding.severity.rank,
            finding.rule,
        )
        for finding in report.findings
    ]
    assert keys == sorted(keys)
    assert keys[-1][0] == len(paths), "findings about the dataset come last"


def test_a_row_counts_once_in_a_gate_however_often_it_fired() -> None:
    turns = [{"role": "user", "content": ""}, {"role": "assistant", "content": ""}]
    rows = [{"messages": turns * 3}, *({"prompt": f"Is {n} even?", "completion": "It is odd."} for n in range(3))]
    report = datalint.lint(rows, config=only("QUA"))
    assert len(report.findings.of("QUA002")) == 3
    assert report.measures["quality-error-share"] == 0.25
    assert report.rules["QUA002"].count == 3
    assert (report.rules["QUA002"].examples, report.rules["QUA002"].share) == (1, 0.25)


def test_what_a_finding_stands_for_is_counted_where_it_is_no_single_row() -> None:
    answer = "Please write to support, who will be glad to help you."
    prompts = ("Where is my parcel?", "How much does it weigh?", "Can I pay by card?", "Who repairs it?")
    prompts += ("Which colours are there?", "May I bring it back?")
    rows = [{"prompt": prompt, "completion": answer} for prompt in prompts]
    rows.append({"prompt": "Does it fold?", "completion": "It does, in the middle."})
    report = datalint.lint(rows, config=only("DIV006"))
    result = report.rules["DIV006"]
    assert (result.count, result.each, result.share) == (1, "answer", None)
    assert "repeated-response: 1 answer, low confidence\n" in str(report)


def test_a_few_spans_that_do_not_fit_their_text_only_warn() -> None:
    """Trainers cut a text at any places."""
    rows = [{"text": f"Today Anna met Bo {n} at dock", "entities": [[6, 10, "PERSON"]]} for n in range(500)]
    for count, verdict in ((5, Verdict.WARN), (20, Verdict.FAIL)):
        wrong = [{**row, "entities": [[7, 10, "PERSON"]]} for row in rows[:count]]
        config = only("FMT115", rules={"misplaced-span": {"max-share": 0}})
        report = datalint.lint([*wrong, *rows[count:]], config=config)
        assert report.measures["format-error-examples"] == 0
        assert report.factors["format"].verdict is verdict


def test_one_answer_to_nearly_all_prompts_fails() -> None:
    rows = [{"prompt": sentence(n), "completion": sentence(n + 999)} for n in range(500)]
    canned = [{**row, "completion": "Thank you for asking, we will write to you soon."} for row in rows]
    report = datalint.lint(canned, config=only("DIV017"))
    assert report.measures["answer-concentration"] == 1
    assert report.factors["diversity"].verdict is Verdict.FAIL
    labelled = [{**row, "completion": "good" if n % 10 else "bad"} for n, row in enumerate(rows)]
    for others in (rows, labelled):
        assert datalint.lint(others, config=only("DIV017")).measures["answer-concentration"] == 0


def test_bad_lines_count_in_the_format_gate(tmp_path: Path) -> None:
    train = write(tmp_path / "train.jsonl", GOOD, "x", '{"a": ', '{"messages": []}', '{"prompt": 1, "completion": 2}')
    report = datalint.lint(train, config=only("FMT"))
    # Two lines without a record, and two records that the shape's schema refuses.
    assert report.measures["format-error-examples"] == 4
    assert report.measures["valid-examples"] == 1
    assert report.factors["format"].verdict is Verdict.FAIL


def test_severity_from_the_settings_decides_what_counts() -> None:
    rows = [EMPTY, *({"prompt": f"Is {n} even?", "completion": "It is odd."} for n in range(3))]
    # The rule has no class: its errors may fail a dataset, its warnings only warn.
    for severity, errors, suspects in (("error", 0.25, 0), ("warning", 0, 0.25), ("info", 0, 0)):
        report = datalint.lint(rows, config=only("QUA", severity={"empty-response": severity}))
        assert {finding.severity.value for finding in report.findings.of("QUA002")} == {severity}
        assert report.measures["quality-error-share"] == errors
        assert report.measures["quality-issue-share"] == errors
        assert report.measures["quality-suspect-share"] == suspects


class TestPerFileIgnores:
    def files(self, folder: Path) -> list[Path]:
        more = [{"prompt": f"Is {n} even?", "completion": "It is odd."} for n in range(2)]
        return [write(folder / "old.jsonl", EMPTY, "x", *more), write(folder / "new.jsonl", *more, EMPTY)]

    def test_findings_and_their_gates_go(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        paths = self.files(tmp_path)
        before = datalint.lint(paths, config=only("QUA", "FMT"))
        assert places(before, "QUA002") == [("old.jsonl", 1, 1), ("new.jsonl", 3, 3)]
        assert places(before, "FMT001") == [("old.jsonl", 2, None)]
        ignores = {"old.jsonl": ["QUA002", "FMT0"]}
        after = datalint.lint(paths, config=only("QUA", "FMT", **{"per-file-ignores": ignores}))
        assert places(after, "QUA002") == [("new.jsonl", 3, 3)]
        assert places(after, "FMT001") == []
        for measure, values in {"quality-error-share": (2 / 6, 1 / 6), "format-error-examples": (1, 0)}.items():
            assert (before.measures[measure], after.measures[measure]) == values
        assert after.factors["format"].verdict is Verdict.PASS
        assert after.examples == before.examples, "the rows are still read and counted"

    def test_findings_of_dataset_rules_go_too(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        paths = self.files(tmp_path)
        assert len(datalint.lint(paths, config=only("DIV001")).findings) == 3
        silent = {"new.jsonl": ["DIV"], "nothing-like-it.jsonl": ["ALL"]}
        assert len(datalint.lint(paths, config=only("DIV001", **{"per-file-ignores": silent})).findings) == 0

    def test_findings_about_the_whole_stay(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        report = datalint.lint(self.files(tmp_path), config=only("VOL001", **{"per-file-ignores": {"**": ["ALL"]}}))
        assert [finding.rule for finding in report.findings] == ["VOL001"]


@pytest.mark.parametrize("rows", [[], [{}], [{"": ""}], [None, 3, "x"]])
def test_next_to_nothing(rows: list[Any]) -> None:
    report = datalint.lint(rows)
    assert report.verdict is Verdict.FAIL
    assert report.measures["effective-examples"] == 0 or rows == [{"": ""}]
    assert report.internal_errors == 0
    assert str(report)
    assert report._repr_html_()


@pytest.mark.parametrize("train", ["", "\n \n", "x\n[1]\n"])
@pytest.mark.parametrize("held", ["", "\n", "x\n", json.dumps(GOOD)])
def test_files_without_a_record(tmp_path: Path, train: str, held: str) -> None:
    paths = [tmp_path / "train.jsonl", tmp_path / "eval.jsonl"]
    for path, text in zip(paths, (train, held), strict=True):
        path.write_text(text)
    report = datalint.lint(paths[0], eval=paths[1])
    assert (report.examples, report.internal_errors) == (0, 0)
    assert report.measures["evaluation-examples"] == held.count("prompt")
    assert [file.split for file in report.files] == ["train", "evaluation"]
    unassessed = {gate.reason for factor in report.factors.values() for gate in factor.gates if gate.value is None}
    refused = {"no row could be read as an example: see FMT001 invalid-json"} if train.strip() else set()
    assert unassessed == {"there are no examples", *refused}


def test_a_file_name_that_is_no_utf_8(tmp_path: Path) -> None:
    path = Path(bytes(tmp_path).decode(), "old\udcff.jsonl")
    write(path, EMPTY, "x")
    report = datalint.lint(path, eval=path)
    shown = str(tmp_path / "old\\udcff.jsonl")
    assert {finding.file for finding in report.findings} == {shown, None}
    assert [file.path for file in report.files] == [shown, shown]
    assert "old\\udcff.jsonl" in str(report)
    assert json.dumps(report.to_dict()).isascii()
    assert len(report.to_pandas()) == len(report.findings)


@pytest.mark.parametrize(("turns", "more"), [(21, None), (22, 1), (3_000, 2_979)])
def test_a_row_has_no_more_findings_of_a_rule_than_a_reader_wants(tmp_path: Path, turns: int, more: int | None) -> None:
    messages = [{"role": "user", "content": f"Part {number} of it"} for number in range(turns)]
    last = {"role": "assistant", "content": "It is whole."}
    train = write(tmp_path / "train.jsonl", {"messages": [*messages, last]}, {"messages": [*messages[:3], last]})
    findings = datalint.lint(train, config=only("FMT205"))
    of_first = [finding for finding in findings.findings if finding.row == 1]
    assert (len(of_first), len(findings.findings)) == (20, 22)
    told = [finding.message for finding in of_first if "more in this row" in finding.message]
    assert told == ([of_first[-1].message] if more else [])
    assert more is None or of_first[-1].message.endswith(f" (and {more} more in this row)")


def test_the_bound_is_a_rows_and_not_a_files(tmp_path: Path) -> None:
    train = write(tmp_path / "train.jsonl", *["{broken"] * 50, *[EMPTY] * 50)
    report = datalint.lint(train, config=only("QUA002", "FMT001"))
    assert (report.rules["FMT001"].count, report.rules["QUA002"].count) == (50, 50)


def test_a_finding_for_many_rows_names_the_first_of_them(tmp_path: Path) -> None:
    rows = [{"text": f"The dock {n} is full &amp; wide", "label": "bad"} for n in range(30)]
    train = write(tmp_path / "train.jsonl", {"text": "The lamp is on", "label": "good"}, *rows)
    [finding] = datalint.lint(train, config=only("QUA016")).findings
    assert (finding.line, finding.message[:17]) == (None, "30 of 31 examples")
    assert [other.line for other in finding.related] == list(range(2, 22))


def test_an_error_at_which_no_trainer_stops_fails_from_one_example_in_100_on() -> None:
    rows = [{"prompt": sentence(n), "completion": sentence(n + 999)} for n in range(500)]
    forged = [{**row, "completion": f"<|user|> {row['completion']}"} for row in rows]
    for count, verdict in ((1, Verdict.WARN), (6, Verdict.FAIL)):
        report = datalint.lint([*forged[:count], *rows[count:]], config=only("FMT"))
        assert report.measures["learned-error-share"] == count / 500
        assert report.measures["format-error-examples"] == 0
        assert report.measures["valid-examples"] == 500 - count
        assert report.factors["format"].verdict is verdict
