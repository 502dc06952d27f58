"""The baseline as a file: its form, what it covers, and how it shrinks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.core.errors import DatalintError
from datalint.core.finding import Finding, Severity
from datalint.operations.baseline import (
    NAME,
    AcceptRequest,
    BaselineEntry,
    Coverage,
    Kind,
    accept,
    checked_reason,
    dump,
    entries_of,
    fresh,
    read_baseline,
    shrunk,
    stored_path,
    unused_words,
)

A, B, C = ("0123456789abcdef", "fedcba9876543210", "00000000deadbeef")


def entry(
    mark: str = A, rule: str = "QUA002", kind: Kind = Kind.LEGACY, file: str = "data/train.jsonl"
) -> BaselineEntry:
    return BaselineEntry(file, rule, mark, kind)


def hits(*found: tuple[str, str | None, str]) -> pl.DataFrame:
    schema = {"rule": pl.String, "path": pl.String, "fingerprint": pl.String}
    return pl.DataFrame(found, schema=schema, orient="row")


def covered(coverage: Coverage, found: pl.DataFrame) -> list[bool]:
    return coverage(found)["kind"].is_not_null().to_list()


def test_an_entry_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(dump([entry(B), entry(A, kind=Kind.ACCEPTED)]))
    assert path.read_text() == (
        '{"file":"data/train.jsonl","rule":"QUA002","fingerprint":"0123456789abcdef","kind":"accepted",'
        '"reason":"there before the baseline"}\n'
        '{"file":"data/train.jsonl","rule":"QUA002","fingerprint":"fedcba9876543210","kind":"legacy",'
        '"reason":"there before the baseline"}\n'
    )


ENTRIES = st.lists(
    st.builds(
        BaselineEntry,
        st.sampled_from(["train.jsonl", "data/ünï.jsonl", "hf://datasets/a/b"]),
        st.sampled_from(["QUA002", "DIV001", "ZZ100"]),
        st.sampled_from([A, B, C]),
        st.sampled_from(Kind),
        st.sampled_from(["there before the baseline", "“on purpose”"]),
    ),
    max_size=8,
)


@given(ENTRIES)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, entries: list[BaselineEntry]) -> None:
    path = tmp_path_factory.getbasetemp() / "round-trip.jsonl"
    path.write_bytes(dump(entries))
    assert read_baseline(path) == sorted(entries)
    assert dump(read_baseline(path)) == dump(reversed(entries))


@given(ENTRIES, ENTRIES)
def test_lines_of_two_branches_merge(one: list[BaselineEntry], other: list[BaselineEntry]) -> None:
    lines = sorted([*dump(one).splitlines(), *dump(other).splitlines()])
    assert sorted(dump([*one, *other]).splitlines()) == lines


GOOD = {"file": "a", "rule": "QUA002", "fingerprint": A, "kind": "legacy", "reason": "so"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<<<<<<< ours", "merge conflict"),
        ("=======", "merge conflict"),
        ("{", "not a JSON object"),
        ("[1]", "an entry has the texts file, rule, fingerprint, kind, reason"),
        ('"text"', "an entry has the texts"),
        (json.dumps(GOOD | {"more": "x"}), "an entry has the texts"),
        (json.dumps(GOOD | {"reason": None}), "an entry has the texts"),
        (json.dumps({"rule": "QUA002"}), "an entry has the texts"),
        (json.dumps(GOOD | {"rule": "empty-response"}), "rule or fingerprint"),
        (json.dumps(GOOD | {"fingerprint": "xyz"}), "rule or fingerprint"),
        (json.dumps(GOOD | {"kind": "\x1b[31m"}), "not one of legacy, accepted, false-alarm"),
    ],
)
def test_what_is_no_entry_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / NAME
    path.write_bytes(dump([entry()]) + line.encode() + b"\n")
    with pytest.raises(DatalintError, match=r"\.datalint-baseline\.jsonl:2: ") as caught:
        read_baseline(path)
    assert said in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_blank_lines_and_line_ends_of_windows(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(b"\xef\xbb\xbf" + dump([entry()]).replace(b"\n", b"\r\n") + b"\r\n")
    assert read_baseline(path) == [entry()]


def test_read_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatalintError, match="no such file"):
        read_baseline(tmp_path / NAME)
    (tmp_path / NAME).write_bytes(b"")
    assert read_baseline(tmp_path / NAME) == []


def test_an_entry_covers_one_finding_wherever_it_is() -> None:
    coverage = Coverage([entry(A), entry(A), entry(B)], Path())
    found = hits(("QUA002", "a", A), ("QUA002", "b", A), ("QUA002", "a", A), ("DIV001", "a", A), ("QUA002", "a", C))
    assert covered(coverage, found) == [True, True, False, False, False]
    assert covered(coverage, found) == [False] * 5


def test_findings_of_the_whole_dataset_are_never_covered() -> None:
    coverage = Coverage([entry(A)], Path())
    assert covered(coverage, hits(("QUA002", None, A))) == [False]


def test_nothing_to_cover() -> None:
    coverage = Coverage([entry(A)], Path())
    assert coverage(hits()).schema == dict.fromkeys(("kind", "reason", "until"), pl.String)


def test_what_is_accepted_is_met_first() -> None:
    coverage = Coverage([entry(A), entry(A, kind=Kind.FALSE_ALARM), entry(A)], Path())
    assert coverage(hits(*[("QUA002", "a", A)] * 3))["kind"].to_list() == ["false-alarm", "legacy", "legacy"]


def test_an_entry_covers_until_its_last_day() -> None:
    entries = [replace(entry(A, kind=Kind.ACCEPTED), until="2027-01-31"), entry(B)]
    found = hits(("QUA002", "a", A), ("QUA002", "a", B))
    for today, kinds in (("2027-01-31", ["accepted", "legacy"]), ("2027-02-01", [None, "legacy"])):
        said = Coverage(entries, Path(), today)(found)
        assert said["kind"].to_list() == kinds
        assert said["until"].to_list() == ["2027-01-31", None], "what is over is named as well"


def test_an_entry_with_a_last_day_is_kept_as_it_is(tmp_path: Path) -> None:
    path, until = tmp_path / NAME, replace(entry(A), until="2027-01-31")
    path.write_bytes(dump([until, entry(B)]))
    assert read_baseline(path) == [until, entry(B)]
    path.write_bytes(dump([replace(until, until="2027-02-30")]))
    with pytest.raises(DatalintError, match="until is '2027-02-30', not a date such as 2027-01-31"):
        read_baseline(path)


def test_unused_are_those_that_had_their_chance(tmp_path: Path) -> None:
    for name in ("read.jsonl", "unread.jsonl"):
        (tmp_path / name).touch()
    entries = [
        entry(A, file="read.jsonl"),
        entry(B, file="read.jsonl"),
        entry(A, "DIV001", file="read.jsonl"),
        entry(A, file="unread.jsonl"),
        entry(B, file="gone.jsonl"),
        entry(C, file="hf://datasets/a/b"),
    ]
    coverage = Coverage(entries, tmp_path)
    coverage(hits(("QUA002", "read.jsonl", C)))
    unused = coverage.unused([str(tmp_path / "read.jsonl")], ["QUA002"])
    assert [(each.file, each.fingerprint) for each in unused] == [
        ("gone.jsonl", B),
        ("read.jsonl", A),
        ("read.jsonl", B),
    ]


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 baseline entry matches nothing"), (1200, "1,200 baseline entries match nothing")],
)
def test_unused_words(count: int, said: str) -> None:
    assert unused_words(count) == f"{said}; run datalint baseline --prune"


def test_places_are_told_from_the_baseline_on(tmp_path: Path) -> None:
    assert stored_path(str(tmp_path / "data" / "a.jsonl"), tmp_path) == "data/a.jsonl"
    assert stored_path(str(tmp_path / "a.jsonl"), tmp_path / "sub") == "../a.jsonl"
    assert stored_path("hf://datasets/a/b", tmp_path) == "hf://datasets/a/b"
    assert stored_path("<stdin>", tmp_path) == "<stdin>"


def finding(rule: str, file: str | None) -> Finding:
    return Finding(rule, "name", Severity.ERROR, file, 1, 1, None, "secret text", fingerprint=A)


def test_entries_of_findings_hold_no_text(tmp_path: Path) -> None:
    found = [finding("QUA002", str(tmp_path / "a.jsonl")), finding("VOL001", None), finding("INT001", "a.jsonl")]
    entries = entries_of(found, tmp_path)
    assert entries == [entry(A, file="a.jsonl")]
    assert b"secret" not in dump(entries)


def test_fresh_are_those_beyond_the_entries() -> None:
    assert fresh([entry(A)], [entry(A), entry(A), entry(B)]) == [entry(A), entry(B)]
    assert fresh([], []) == []


def test_accept_marks_entries_and_adds_what_is_new() -> None:
    old = [entry(A), entry(B, "DIV001")]
    entries, marked = accept(old, [entry(A), entry(A), entry(B, "DIV001")], AcceptRequest("QUA002", None, "meant"))
    assert marked == 2
    assert [(each.rule, each.kind, each.reason) for each in entries] == [
        ("QUA002", Kind.ACCEPTED, "meant"),
        ("DIV001", Kind.LEGACY, "there before the baseline"),
        ("QUA002", Kind.ACCEPTED, "meant"),
    ]


def test_accept_one_by_its_fingerprint() -> None:
    entries, marked = accept([entry(A), entry(B)], [entry(A), entry(B)], AcceptRequest("QUA002", B, "meant"))
    assert marked == 1
    assert [each.kind for each in entries] == [Kind.LEGACY, Kind.ACCEPTED]


@given(ENTRIES, ENTRIES)
def test_shrinking_never_adds(entries: list[BaselineEntry], unused: list[BaselineEntry]) -> None:
    for keep in (True, False):
        left = shrunk(entries, unused, keep_accepted=keep)
        assert all(left.count(each) <= entries.count(each) for each in left)
    kept = shrunk(entries, unused, keep_accepted=True)
    assert [each for each in kept if each.kind is Kind.ACCEPTED] == [e for e in entries if e.kind is Kind.ACCEPTED]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 501])
def test_bad_reasons(text: str) -> None:
    with pytest.raises(DatalintError, match="--reason"):
        checked_reason(text)


def test_a_reason_is_one_printable_line() -> None:
    assert checked_reason(" so\nit \x1b[31mis ") == "so it \\x1b[31mis"
