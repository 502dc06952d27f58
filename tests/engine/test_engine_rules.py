"""A rule that breaks, lies or shouts: it becomes a finding with its name, and everything else goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pytest
from every import every
from hostile_text import INVISIBLE, RAW

from datalint.api import Chunk, Dataset, Examples, FileFacts, Hit, Options, Record, Rule, Severity, Turns, rule
from datalint.config.gates import profile
from datalint.core.results import Outcome
from datalint.engine.plan import Active, Plan
from datalint.engine.run import examine
from datalint.report.json_report import to_dict
from datalint.sources.readers.memory import from_object

ROWS = [{"prompt": f"Is {n} even?", "completion": "It is." if n % 2 else ""} for n in range(4)]
SMALL = 90


def lint(*rules: Rule, rows: Any = ROWS, chunk_bytes: int = SMALL) -> Outcome:
    """Run made-up rules over rows that lie in several chunks."""
    active = tuple(Active(each, each.options(), each.severity) for each in rules)
    plan = Plan(rules=active)
    return examine([from_object(rows, chunk_bytes=chunk_bytes)], [], plan, list(profile("guide").values())).outcome


def told(outcome: Outcome, code: str) -> list[str]:
    return [finding.message for finding in outcome.findings.of(code)]


@rule("OKA001", "sound-turn", severity=Severity.WARNING, since="0.1", message="turn")
def sound_turn(turns: Turns, options: Options) -> pl.Expr:
    return turns.is_response


@rule("OKA002", "sound-example", severity=Severity.WARNING, since="0.1", message="example")
def sound_example(examples: Examples, options: Options) -> pl.Expr:
    return examples.prompt != ""


@rule("OKA003", "sound-record", severity=Severity.WARNING, since="0.1")
def sound_record(record: Record, options: Options) -> Iterator[Hit]:
    yield Hit("record")


@rule("OKA004", "sound-file", severity=Severity.WARNING, since="0.1")
def sound_file(file: FileFacts, options: Options) -> Iterator[Hit]:
    yield Hit("file")


@rule("OKA005", "sound-dataset", severity=Severity.WARNING, since="0.1")
def sound_dataset(data: Dataset, options: Options) -> Iterator[Hit]:
    yield Hit("dataset", at=np.int64(1), related=((np.int64(0), np.float32(0.5)),))


SOUND = (sound_turn, sound_example, sound_record, sound_file, sound_dataset)
FIRED = {"OKA001": 4, "OKA002": 4, "OKA003": 4, "OKA004": 1, "OKA005": 1}


def broken(scope: type, body: Any, code: str = "BAD001") -> Rule:
    """Return a rule over ``scope`` whose function is ``body``."""

    def function(unit: Any, options: Options) -> Any:
        return body(unit)

    function.__annotations__ = {"unit": scope, "options": Options}
    return rule(code, "broken-rule", severity=Severity.ERROR, since="0.1", message="bad")(function)


def raising(unit: Any) -> Any:
    raise RuntimeError("no use")


def late(unit: Any) -> Iterator[Hit]:
    yield Hit("before")
    raise RuntimeError("no use")


@every(
    ("scope", "body", "what"),
    [
        (Turns, raising, "RuntimeError: no use"),
        (Turns, lambda turns: turns.nothing, "AttributeError: Turns has no column 'nothing'"),
        (Turns, lambda turns: pl.col("nothing") == 1, "ColumnNotFoundError"),
        (Turns, lambda turns: True, "AttributeError: 'bool' object"),
        (Turns, lambda turns: turns.chars, "TypeError: its expression returns UInt32, not true or false"),
        (Turns, lambda turns: turns.text, "TypeError: its expression returns String, not true or false"),
        (Turns, lambda turns: turns.text.cast(pl.Int64) > 1, "InvalidOperationError"),
        (Turns, lambda turns: (turns.chars > 0).filter(turns.is_response), "ShapeError"),
        (Turns, lambda turns: pl.col("is_prompt", "is_response"), "BAD001"),
        (Turns, lambda turns: turns.is_prompt.alias("chars"), None),
        (Examples, raising, "RuntimeError: no use"),
    ],
)
def test_a_broken_rule_is_told_once_and_the_others_go_on(scope: type, body: Any, what: str | None) -> None:
    outcome = lint(*SOUND, broken(scope, body))
    messages = told(outcome, "INT001")
    assert len(messages) == outcome.internal_errors == (what is not None)
    for message in messages:
        check_told(message, "BAD001", what)
    assert {code: len(told(outcome, code)) for code in FIRED} == FIRED
    assert json.dumps(to_dict(outcome))


def check_told(message: str, code: str, what: str | None) -> None:
    assert message.startswith(f"rule {code} (broken-rule) failed: ")
    assert str(what) in message
    assert len(message) < 300


#: These run one after the other, unlike expressions, which are evaluated together.
BROKEN: list[tuple[type, Any, str]] = [
    (Record, raising, f"RuntimeError: no use (test_engine_rules.py, line {raising.__code__.co_firstlineno + 1})"),
    (Record, late, "RuntimeError: no use"),
    (Record, lambda record: None, "TypeError: 'NoneType' object is not iterable"),
    (Record, lambda record: ["words"], "TypeError: returns a str, not a Hit"),
    (Record, lambda record: [Hit(3)], "TypeError: the message of a Hit is int, not str"),
    (Record, lambda record: [Hit("x", path=3)], "TypeError: the path of a Hit is int, not str"),
    (Record, lambda record: [Hit("x", severity="error")], "TypeError: the severity of a Hit is str, not Severity"),
    (Record, lambda record: [Hit("x", related=((9, None),))], "IndexError: refers to row 9 of"),
    (FileFacts, raising, "RuntimeError: no use"),
    (FileFacts, late, "RuntimeError: no use"),
    (FileFacts, lambda file: [Hit("x", row=99)], "IndexError: refers to row 98 of 4"),
    (FileFacts, lambda file: [Hit("x", row=0)], "IndexError: refers to row -1 of 4"),
    (FileFacts, lambda file: [Hit("x", line="1")], "TypeError: 'str' object cannot be interpreted as an integer"),
    (Dataset, raising, f"RuntimeError: no use (test_engine_rules.py, line {raising.__code__.co_firstlineno + 1})"),
    (Dataset, late, "RuntimeError: no use"),
    (Dataset, lambda data: [Hit("x", at=4)], "IndexError"),
    (Dataset, lambda data: [Hit("x", at=-1)], "IndexError: refers to row -1 of 4"),
    (Dataset, lambda data: [Hit("x", at=0, related=((4, 1.0),))], "IndexError: refers to row 4 of 4"),
    (Dataset, lambda data: [Hit("x", at=0, related_eval=((0, 1.0),))], "IndexError: refers to row 0 of 0"),
    (Dataset, lambda data: data.nothing, "AttributeError"),
]


@pytest.mark.parametrize("scope", [Record, FileFacts, Dataset])
def test_rules_that_break_one_after_the_other_are_each_told_once(scope: type) -> None:
    cases = {f"BAD{n:03}": (body, what) for n, (where, body, what) in enumerate(BROKEN) if where is scope}
    outcome = lint(*SOUND, *(broken(scope, body, code) for code, (body, _) in cases.items()))
    messages = {message.split()[1]: message for message in told(outcome, "INT001")}
    assert messages.keys() == cases.keys()
    assert outcome.internal_errors == len(cases)
    for code, (_, what) in cases.items():
        check_told(messages[code], code, what)
    assert {code: len(told(outcome, code)) for code in FIRED} == FIRED
    assert json.dumps(to_dict(outcome))


def test_a_value_for_the_whole_chunk_stands_for_each_row() -> None:
    always = broken(Turns, lambda turns: pl.lit(value=True))
    for rules in ((always,), (*SOUND, always)):
        assert len(told(lint(*rules), "BAD001")) == 8


@pytest.mark.skipif(pl.__version__.startswith("1."), reason="took equal Python functions for different ones")
def test_what_rules_have_in_common_is_evaluated_once() -> None:
    calls = []

    def note(text: pl.Series) -> pl.Series:
        calls.append(len(text))
        return text != ""

    shared = pl.col("text").map_batches(note, return_dtype=pl.Boolean)

    def made(code: str) -> Rule:
        def function(turns: Turns, options: Options) -> pl.Expr:
            return shared & turns.is_response if code == "OKA001" else shared & turns.is_prompt

        return rule(code, f"rule-{code.lower()}", severity=Severity.WARNING, since="0.1", message=code)(function)

    outcome = lint(made("OKA001"), made("OKA002"), chunk_bytes=1 << 20)
    assert (len(told(outcome, "OKA001")), len(told(outcome, "OKA002"))) == (2, 4)
    assert calls == [8]


def test_nothing_is_no() -> None:
    assert len(lint(broken(Turns, lambda turns: pl.lit(None, dtype=pl.Boolean))).findings) == 0


def test_details_word_and_withdraw() -> None:
    found = broken(Turns, lambda turns: turns.is_response)

    @found.detail
    def detail(row: dict[str, Any], options: Options) -> Hit | str | None:
        text = row["text"]
        return None if text else Hit("nothing said", path="$.here") if row["example"] else "first"

    outcome = lint(found, chunk_bytes=1 << 20)
    assert [(f.row, f.path, f.message) for f in outcome.findings] == [
        (1, "$.completion", "first"),
        (3, "$.here", "nothing said"),
    ]


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (3, "TypeError: returns a int, not a Hit"),
        (Hit("x", path=b"$"), "TypeError: the path of a Hit is bytes, not str"),
    ],
)
def test_details_that_break(value: Any, what: str) -> None:
    found = broken(Turns, lambda turns: turns.is_response)
    found.detail(lambda row, options: value)
    outcome = lint(*SOUND, found)
    [message] = told(outcome, "INT001")
    assert what in message
    assert {code: len(told(outcome, code)) for code in FIRED} == FIRED


def counting(*, measure: Any = None, merge: Any = None) -> Rule:
    found = broken(Dataset, lambda data: [Hit(f"partial {data.measured}")])
    if measure:
        found.measure(measure)
    if merge:
        found.merge(merge)
    return found


def rows_of(chunk: Chunk, options: Options) -> int:
    return len(chunk.records)


def add(one: int, other: int) -> int:
    return one + other


@pytest.mark.parametrize("chunk_bytes", [1, SMALL, 1 << 20])
def test_partials_merge(chunk_bytes: int) -> None:
    assert told(lint(counting(measure=rows_of, merge=add), chunk_bytes=chunk_bytes), "BAD001") == ["partial 4"]


def test_partials_merge_in_file_and_line_order() -> None:
    joined = counting(measure=lambda chunk, options: [r["prompt"] for r in chunk.records], merge=lambda a, b: a + b)
    assert told(lint(joined, chunk_bytes=1), "BAD001") == [f"partial {[row['prompt'] for row in ROWS]}"]


@pytest.mark.parametrize("chunk_bytes", [1, 1 << 20])
@pytest.mark.parametrize(
    ("functions", "what"),
    [
        ({"measure": lambda chunk, options: 1 / 0, "merge": add}, "ZeroDivisionError"),
        ({"measure": rows_of}, "TypeError: it measures but has no merge function"),
    ],
)
def test_a_rule_that_cannot_measure_does_not_judge(functions: Any, what: str, chunk_bytes: int) -> None:
    outcome = lint(*SOUND, counting(**functions), chunk_bytes=chunk_bytes)
    [message] = told(outcome, "INT001")
    assert what in message
    assert told(outcome, "BAD001") == []
    assert {code: len(told(outcome, code)) for code in FIRED} == FIRED


def test_a_rule_that_cannot_merge_does_not_judge() -> None:
    outcome = lint(*SOUND, counting(measure=rows_of, merge=lambda one, other: one / 0))
    [message] = told(outcome, "INT001")
    assert "ZeroDivisionError" in message
    assert told(outcome, "BAD001") == []


HOSTILE = f"\x1b[31m\r\n::error::\u202ex\ud800\u2028##[x]<b>{INVISIBLE[:80]}"
SECRET = "ghp_" + "k3J8s" * 7 + "Q"


@pytest.mark.parametrize("scope", [Record, FileFacts, Dataset])
def test_what_a_rule_says_is_made_fit_to_print(scope: type) -> None:
    words = f"{HOSTILE} {SECRET}"
    found = broken(scope, lambda unit: [Hit(words, path=f"$.{words}", excerpt=words, key=words)])
    findings = lint(found).findings
    assert len(findings)
    for finding in findings:
        for text in (finding.message, finding.path, finding.excerpt):
            assert text is not None
            assert not RAW.search(text)
            assert text.isascii() or "…" in text
            assert SECRET[:12] not in text
    assert json.dumps(to_dict(lint(found)), ensure_ascii=False).encode()


def test_what_a_rule_says_is_short() -> None:
    long = "x" * 1_000_000
    [finding, *_] = lint(broken(Record, lambda record: [Hit(long, path=long, excerpt=long)])).findings
    assert len(finding.message) == 401
    assert len(finding.path or "") == 401
    assert len(finding.excerpt or "") == 101


@every("start", range(40, 110, 7))
def test_an_excerpt_shows_no_half_of_a_secret(start: int) -> None:
    rows = [{"prompt": "word " * (start // 5) + SECRET + " and so on" * 50, "completion": ""}]
    for each in (sound_turn, sound_example, sound_record, sound_dataset):
        if each is sound_dataset:
            rows = rows * 2
        for finding in lint(each, rows=rows).findings:
            assert finding.excerpt is None or SECRET[:12] not in finding.excerpt


@dataclass(frozen=True)
class Unhashable(Options):
    words: Any = None


def test_a_rule_may_keep_any_options() -> None:
    def function(record: Record, options: Options) -> Iterator[Hit]:
        yield Hit(str(options))

    function.__annotations__ = {"record": Record, "options": Unhashable}
    made = rule("BAD001", "broken-rule", severity=Severity.ERROR, since="0.1")(function)
    plan = Plan(rules=(Active(made, Unhashable(words=[{}]), Severity.INFO),))
    outcome = examine([from_object(ROWS)], [], plan, list(profile("guide").values())).outcome
    assert outcome.internal_errors == 0
    assert {finding.severity for finding in outcome.findings} == {Severity.INFO}


def test_requires_decides_on_which_rows_a_record_rule_runs() -> None:
    rows: list[dict[str, Any]] = [
        {"prompt": "a", "completion": "b"},
        {"prompt": "a", "completion": "b", "tools": []},
        {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], "tools": [{}]},
        {"messages": 3},
        {"zzz": 1},
        {"prompt": "a", "chosen": "b", "rejected": "c"},
        {"prompt": "a", "completion": "b", "label": True},
        {"prompt": "a", "completion": 10**30},
    ]
    expected = {
        (): [1, 2, 3, 4, 5, 6, 7, 8],
        ("tools",): [3],
        ("invalid",): [4, 8],
        ("unknown",): [5],
        ("preference",): [6],
        ("kto",): [7],
        ("json",): [8],
        ("unknown", "invalid"): [4, 5, 8],
    }
    for requires, wanted in expected.items():

        def function(record: Record, options: Options) -> Iterator[Hit]:
            yield Hit("here")

        function.__annotations__ = {"record": Record, "options": Options}
        made = rule("BAD001", "broken-rule", severity=Severity.INFO, since="0.1", requires=requires)(function)
        assert [finding.row for finding in lint(made, rows=rows).findings] == wanted, requires


def test_fingerprints_follow_the_row_and_tell_rules_and_rows_apart() -> None:
    def prints(rows: Any, *rules: Rule) -> list[tuple[int | None, str, str]]:
        return [(finding.row, finding.rule, finding.fingerprint) for finding in lint(*rules, rows=rows).findings]

    first = prints(ROWS, sound_record, sound_example)
    assert len({fingerprint for _, _, fingerprint in first}) == 8
    moved = prints([{"other": "row"}, *reversed(ROWS)], sound_record, sound_example)
    by_row = {(4 - (row or 0), code, fingerprint) for row, code, fingerprint in first}
    assert by_row <= {((row or 0) - 2, code, fingerprint) for row, code, fingerprint in moved}
    reordered = [dict(reversed(row.items())) for row in ROWS]
    assert prints(reordered, sound_record) == prints(ROWS, sound_record), "the order of keys says nothing"
    changed = [row | {"completion": row["completion"] + "!"} for row in ROWS]
    assert {p for *_, p in prints(changed, sound_record)}.isdisjoint(p for *_, p in prints(ROWS, sound_record))


def test_fingerprints_tell_places_in_a_row_and_keys_apart() -> None:
    two = broken(Record, lambda record: [Hit("x", path="$.a"), Hit("x", path="$.b"), Hit("y", path="$.a")])
    prints = [finding.fingerprint for finding in lint(two, rows=ROWS[:1]).findings]
    assert len(set(prints)) == 2, "the words may change with a new version, the place may not"
    keyed = broken(Dataset, lambda data: [Hit("x", key="a"), Hit("x", key="b"), Hit("y", key="b")])
    assert len({finding.fingerprint for finding in lint(keyed).findings}) == 2, "a key stands in for the words"
    filed = broken(Dataset, lambda data: [Hit("5 of 9", file=0, key="a"), Hit("6 of 9", file=0, key="b"), Hit("x")])
    found = lint(filed).findings
    assert [(each.file, each.line, each.row) for each in found] == [("<rows>", None, None)] * 2 + [(None, None, None)]
    assert len({finding.fingerprint for finding in found}) == 3


def test_fingerprints_without_a_row_do_not_depend_on_words() -> None:
    def prints(scope: type, *hits: Hit) -> list[str]:
        return [finding.fingerprint for finding in lint(broken(scope, lambda _: list(hits))).findings]

    whole = prints(Dataset, Hit("5 rows, hold some out"), Hit("file", file=0), Hit("of a key", path="$.a"))
    assert len(set(whole)) == 3
    later = prints(Dataset, Hit("6 rows; hold some out"), Hit("the file", file=0), Hit("a key", path="$.a"))
    assert later == whole, "numbers and words change, with the data or with a version"
    assert len(set(prints(Dataset, Hit("one"), Hit("another")))) == 2
    lines = [set(prints(FileFacts, Hit(words, line=1))) for words in ("no comma", "no bracket")]
    assert lines[0].isdisjoint(lines[1]), "what is wrong with a line that is no row is all that is known of it"


@pytest.mark.parametrize("fails", [False, True])
def test_many_hits_of_a_rule_are_those_of_few(fails: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    @rule("BAD001", "many", severity=Severity.WARNING, since="0.1")
    def many(data: Dataset, options: Options) -> Iterator[Hit]:
        for number in range(9):
            if fails and number == 7:
                raise ZeroDivisionError
            yield Hit(f"hit {number}", at=number % 4, related=((0, 0.5),) if number % 2 else ())

    few = lint(*SOUND, many)
    monkeypatch.setattr("datalint.engine.reduce.dataset_rules._AT_ONCE", 2)
    found = lint(*SOUND, many)
    assert to_dict(found) == to_dict(few)
    assert len(told(found, "BAD001")) == (0 if fails else 9)
    assert len(told(found, "INT001")) == fails
