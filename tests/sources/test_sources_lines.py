"""JSON Lines in chunks: counts add up, any split gives the same, and what orjson hides is found."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from draws import examples
from every import every
from exact_lines import parse_line
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests_sources_reading import Read, lines_of

from datalint.records.record import FileFacts, Problem
from datalint.sources.base import MAX_PROBLEMS
from datalint.sources.content import Content
from datalint.sources.json_truth.truth import parse_exactly
from datalint.sources.readers.json_lines import ends
from datalint.sources.readers.json_lines import reader as jsonl


def counts(data: bytes) -> tuple[int, int, int]:
    facts = lines_of(data).facts
    return facts.rows_read, facts.rows_refused, facts.blank_lines


CASES: list[tuple[bytes, list[tuple[str, int | None]], tuple[int, int, int]]] = [
    (b"", [], (0, 0, 0)),
    (b'{"a":1}', [], (1, 0, 0)),
    (b'{"a":1}\n', [], (1, 0, 0)),
    (b'{"a":1}\r\n{"a":2}\r\n', [], (2, 0, 0)),
    (b'{"a":1}\n\n{"a":2}\n  \t\n', [], (2, 0, 2)),
    (b"{'a':1}\n{\"a\":2}\n[1]\n", [("invalid-json", 1), ("not-an-object", 3)], (2, 1, 0)),
    (b'{"a":1}{"b":2}\n{"a":2}\n', [("concatenated-json", 1)], (3, 0, 0)),
    (b'\n {"a":1}, {"b":2}\t\r{"a":3}\r\n{"a":4}x\n', [("concatenated-json", 2), ("invalid-json", 3)], (3, 1, 1)),
    (b'{"a":1}{"b":2}[3]\n', [("concatenated-json", 1)], (0, 1, 0)),
    (b'{"a":1}{"b":"\xff"}\n', [("invalid-utf8", 1)], (0, 1, 0)),
    (b'{"a":1}\n{"a":"b', [("truncated-file", 2)], (1, 1, 0)),
    (b'{"a":1}\n{"a":"b\n', [("truncated-file", 2)], (1, 1, 0)),
    (b'{"a":"b\n{"a":1}\n', [("invalid-json", 1)], (1, 1, 0)),
    (b'{"a":"b\n{"a":1}\n{"a":2}\n', [("invalid-json", 1)], (2, 1, 0)),
    (b'{"a":"b\n\n', [("invalid-json", 1)], (0, 1, 1)),
    (b'{"a":"x\ny"}\n{"a":1}\n', [("pretty-printed-json", 1)], (2, 0, 0)),
    (
        b'{"a":"x\n\n\ty\r\n","b":"z\n"}\n\n{"a":"x\n"}\nnonsense\n',
        [("pretty-printed-json", 1), ("invalid-json", 9)],
        (2, 1, 1),
    ),
    # A backslash before the line break would be read as something else.
    (b'{"a":"x\\\ny"}\n{"a":1}\n', [("invalid-json", 1)], (1, 2, 0)),
    (b'{"a":1}\n{"a":"\xff"}\n', [("invalid-utf8", 2)], (1, 1, 0)),
    (b'{"a":1}\n\xef\xbb\xbf{"a":2}\n', [("byte-order-mark", 2)], (2, 0, 0)),
    (b'{\n  "a": 1\n}\n{\n  "a": 2\n}\n', [("pretty-printed-json", 1)], (2, 0, 0)),
    (b'{"a":1}\n{\n  "a": 2,\n  "b": []\n}\n{"a":3}\n', [("pretty-printed-json", 2)], (3, 0, 0)),
    (b'{\n"a": {\n"b": 1\n}\n}\n{\n"a": 2\n}', [("pretty-printed-json", 1)], (2, 0, 0)),
    (b'{\n  "a": 1;\n}\n{\n  "a": 2\n}\n', [("invalid-json", 2), ("pretty-printed-json", 4)], (1, 3, 0)),
    (
        b"{\n  'a': 1,\n}\n{\n  'a': 2\n}\n",
        [("pretty-printed-json", 1), ("invalid-json", 2), ("invalid-json", 5)],
        (2, 0, 0),
    ),
    (b'{\n  "a": 1\n}\n{\n  "a": [1,\n', [("pretty-printed-json", 1), ("truncated-file", 5)], (1, 2, 0)),
    (
        b'{\n"a": 1\n}\n{\n"a": 2\n} {\n"a": 3\n}\n{"a": 4}\n',
        [("pretty-printed-json", 1), ("concatenated-json", 6)],
        (2, 5, 0),
    ),
    (b'{\n  "a": 1\n}\nnonsense\n{\n  "a": 2\n}\n', [("pretty-printed-json", 1), ("invalid-json", 4)], (2, 1, 0)),
    (b'{\n  "a":\n\n 1\n}\n', [("pretty-printed-json", 1)], (1, 0, 1)),
    # A bracket never follows a bracket, so what follows the broken line is a row of its own.
    (b'{\n {"a": 1}\n{"a": 2}\n', [("invalid-json", 1)], (2, 1, 0)),
]


@every(("data", "places", "expected"), CASES)
@every("chunk_bytes", [1, 10, 8 << 20])
def test_cases(
    data: bytes, places: list[tuple[str, int | None]], expected: tuple[int, int, int], chunk_bytes: int
) -> None:
    read = lines_of(data, chunk_bytes)
    facts = read.facts
    assert read.places == places
    assert (facts.rows_read, facts.rows_refused, facts.blank_lines) == expected
    assert len(read.records) == facts.rows_read


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_only_a_newline_ends_a_line(char: str) -> None:
    data = b"".join(json.dumps({"a": f"x{char}y", "n": n}, ensure_ascii=char < " ").encode() + b"\n" for n in range(3))
    read = lines_of(data)
    assert [record["a"] for record in read.records] == [f"x{char}y"] * 3
    assert read.lines == [1, 2, 3]
    assert read.facts.lines == 3


def test_physical_lines_count_blank_ones() -> None:
    read = lines_of(b'\n{"a":1}\n\n\n{"a":2}\nbad\n{"a":3}', 12)
    assert read.lines == [2, 5, 7]
    assert read.places == [("invalid-json", 6)]
    assert (read.facts.lines, read.facts.blank_lines, read.facts.first_blank) == (7, 3, 1)


@every(
    ("data", "expected"),
    [
        (b"{}\n{}\n", {"lf": 2, "first_lf": 1, "crlf": 0, "final_newline": True}),
        (b"{}\r\n{}", {"lf": 0, "first_lf": None, "crlf": 1, "first_crlf": 1, "final_newline": False}),
        (b"{}\r\n{}\n{}\r\n", {"lf": 1, "first_lf": 2, "crlf": 2, "first_crlf": 1}),
        (b"{}\n{}\r\n{}\n", {"lf": 2, "first_lf": 1, "crlf": 1, "first_crlf": 2}),
        (b'{}\n{"a":\r1}\n{}\r', {"bare_cr": 2, "first_bare_cr": 2, "crlf": 0}),
        (b"\r\r\n\r\n\n", {"bare_cr": 1, "first_bare_cr": 1, "crlf": 2, "lf": 1, "first_lf": 3}),
    ],
)
@every("chunk_bytes", [1, 8 << 20])
def test_line_endings(data: bytes, expected: dict[str, Any], chunk_bytes: int) -> None:
    facts = lines_of(data, chunk_bytes).facts
    assert {name: getattr(facts, name) for name in expected} == expected


def test_long_lines_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.sources.readers.lines.LONG_LINE", 20)
    data = b'{"a":1}\n{"a":"' + b"x" * 30 + b'"}\n{"a":2}\n'
    for chunk_bytes in (1, 8 << 20):
        assert lines_of(data, chunk_bytes).facts.long_lines == [(2, 38)]


def test_problems_of_one_rule_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.sources.merge.MAX_PROBLEMS", 5)
    for chunk_bytes in (7, 8 << 20):
        facts = lines_of(b"bad\n" * 20 + b"[]\n", chunk_bytes).facts
        assert facts.rows_refused == 21
        assert [problem.line for problem in facts.problems] == [1, 2, 3, 4, 5, 21]


def test_lines_beyond_the_bound_are_refused_like_those_before() -> None:
    kinds = (b"1", b"NaN", b"[1]", b" no value", b"\xc3\xa9", b"null", b"")
    lines = [line for line in kinds for _ in range(6_000)] + [
        b"\xff",
        b'{"a":1}[]',
        b"[1,",
        b"\xef\xbb\xbfx",
        b"x",
        b"1",
        b"that",
        b"trueish",
        b"nul",
        b'[{"a":1}]',
        b'[{"a":1},{"a":2}]',
    ]
    seen: Counter[str] = Counter()
    expected = []
    for number, line in enumerate(lines, 1):
        for problem in parse_line(line)[1] if line else ():
            seen[problem.rule] += 1
            if seen[problem.rule] <= MAX_PROBLEMS:
                expected.append(problem._replace(line=number))
    facts = lines_of(b"\n".join([*lines, b"{}"])).facts
    assert facts.problems == expected
    assert (facts.rows_read, facts.rows_refused, facts.blank_lines) == (2, len(lines) - 6_001, 6_000)


@pytest.mark.parametrize("between", [b"", b",", b" , ", b"\r", b"\t"])
def test_rows_on_one_line_are_read_apart(between: bytes) -> None:
    texts = ['{"a": "}{ é"}', '{"a": {"b": [2]}}', '{"a": 12345678901234567890123}']
    line = between.join(text.encode() for text in texts)
    for data in (line, b'{"a": 0}\n\n' + line + b'\n{"a": 4}\n', b"\n".join([line] * 3)):
        read = lines_of(data)
        rows = [json.loads(text) for text in texts]
        assert [row for row in read.records if row["a"] not in (0, 4)] == rows * data.count(line)
        assert [number for number in read.lines if read.lines.count(number) > 1] == sorted(
            number for number, each in enumerate(data.split(b"\n"), 1) if each == line for _ in texts
        )
        assert read.facts.rows_refused == 0
        assert all(problem.rewritable for problem in read.facts.problems if problem.rule == "concatenated-json")
        order = list(range(len(read.records)))[::-1]
        assert read.source.fetch(order, [read.offsets[row] for row in order]) == read.records[::-1]


def test_a_hostile_group_is_not_read_over_and_over() -> None:
    for line in (b'{"a":[\n', b'{\n"a":1\n}\n1\n', b'{"a":"\n', b"{\n"):
        read = lines_of(line * 4_000)
        assert read.facts.lines == 4_000 * line.count(b"\n")


# --- what orjson hides --------------------------------------------------------------------------------------

HIDDEN = [
    b'{"a":1,"a":2}',
    b'{"a" :1,"a":2}',
    b'{"a" : 1, "b":2, "b":3}',
    b'{"a"\t:1,"a"  :2}',
    b'{"m":[{"r":"u","r":"v"}]}',
    b'{"m":[{"r":{"x":1,"x":2}}]}',
    b'{"m":[[{"x":1,"x":2}]]}',
    b'{"m":{"x":1,"x":2}}',
    b'{"t":"he said \\"a\\": b","a":1,"a":2}',
    b'{"a\\\\":1,"a\\\\":2}',
    b'{"a\\"":1,"a\\"":2}',
    b'{"a\\\\\\"":1,"a\\\\\\"":2}',
    b'{"n":18446744073709551616}',
    b'{"n":[-9223372036854775809]}',
    b'{"n": 12345678901234567890123}',
    b'{"n":NaN}',
    b'{"s":"\\udc00"}',
    b'{"d":' + b"[" * 120 + b"]" * 120 + b"}",
    b'{"d":' + b"[" * 300 + b"]" * 300 + b"}",
]


@every("line", HIDDEN)
def test_hidden_by_the_parser(line: bytes) -> None:
    assert parse_line(line)[1]
    check_against_truth([b'{"clean":1}', line, b'{"clean":2}'])


@every(
    "line",
    [
        b'{"t":"{\\"a\\": 1, \\"a\\": 2}"}',
        b'{"t":"\\\\\\"a\\\\\\":"}',
        b'{"t":" : : \\" :"}',
        b'{"t":"12345678901234567890"}',
        b'{"t":"a 12345678901234567890 b"}',
        b'{"n":0.12345678901234567890123}',
        b'{"n":18446744073709551615}',
        b'{"a" : 1, "b"\t:2}',
        '{"t":"«\u00a0oui\u00a0» : non"}'.encode(),
        b'{"d":' + b"[" * 99 + b"]" * 99 + b"}",
    ],
)
def test_nothing_is_hidden_here(line: bytes) -> None:
    assert parse_line(line)[1] == []
    check_against_truth([line, b'{"clean":1}', line])


def check_against_truth(lines: list[bytes]) -> None:
    """Chunks must hold what :func:`examine` says of each line."""
    truth = [parse_line(line) for line in lines if line.strip(b" \t\r")]
    expected = sorted(_key(problem) for _, problems in truth for problem in problems)
    for chunk_bytes in (1, 30, 8 << 20):
        read = lines_of(b"\n".join(lines), chunk_bytes)
        if "pretty-printed-json" in read.rules:
            continue
        assert repr(read.records) == repr([value for value, _ in truth if value is not None])
        noticed = [problem for problems in read.noticed.values() for problem in problems]
        found = sorted(map(_key, [*read.facts.problems, *noticed]))
        if _may_join(lines):
            # A broken record on several lines has one problem.
            assert not Counter(found) - Counter(expected)
            assert bool(found) == bool(expected)
            continue
        assert [key for key in found if key[0]] == [key for key in expected if key[0]]


def _may_join(lines: list[bytes]) -> bool:
    """Whether a line begins a record that one of the next lines, which is no object, may end."""
    ends = [line.strip(b" \t\r").endswith(b"}") and parse_line(line)[0] is None for line in lines]
    return any(any(ends[place + 1 :]) and parse_exactly(line).incomplete for place, line in enumerate(lines))


def _key(problem: Problem) -> tuple[str, str]:
    """Return what must agree; the last line's problem has another name, and an encoding is named once a file."""
    if problem.rule == "wrong-encoding":
        return "", ""
    return problem.rule.replace("truncated-file", "invalid-json"), problem.path or ""


SPACES = st.sampled_from(["", "", "", " ", "\t", "  ", "\r"])
TEXTS = st.text(alphabet=st.sampled_from(list('ab":\\{}[],0 1é日\U0001f600\t\n')), max_size=8).map(
    lambda text: json.dumps(text, ensure_ascii="é" in text)
)
SCALARS = st.one_of(
    TEXTS,
    st.sampled_from(["null", "true", "NaN", "-Infinity", "1e999", '"\\ud83d"', '"\\u0022:"', "-0.0", "1.5e3"]),
    st.integers(-(10**21), 10**21).map(str),
    st.integers(0, 10**25).map(lambda n: json.dumps(str(n))),
)
KEYS = st.one_of(st.sampled_from(['"a"', '"b"', '"a\\\\"', '"a\\""', '"\\u0061"', '"messages"']), TEXTS)


def objects(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(KEYS, SPACES, SPACES, inner).map(lambda p: f"{p[0]}{p[1]}:{p[2]}{p[3]}")
    return st.lists(pair, max_size=4).map(lambda pairs: "{" + ",".join(pairs) + "}")


VALUES = st.recursive(
    SCALARS,
    lambda inner: objects(inner) | st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
    max_leaves=8,
)
ROWS = objects(VALUES).map(str.encode)
BROKEN = st.tuples(ROWS, st.integers(0, 80), st.binary(max_size=3)).map(
    lambda t: (t[0][: t[1]] + t[2] + t[0][t[1] + 1 :]).replace(b"\n", b" ")
)
JUNK = st.binary(max_size=12).map(lambda data: data.replace(b"\n", b""))
PRETTY = objects(VALUES).map(lambda text: json.dumps(json.loads(text), indent=1).encode())
LINES = st.one_of(
    ROWS, ROWS, BROKEN, JUNK, st.sampled_from([b"", b" ", b"{", b"}", b'{"a":', b"\xef\xbb\xbf{}", b"{}\r"])
)


@given(st.lists(st.one_of(ROWS, BROKEN, JUNK), max_size=6))
@settings(max_examples=examples(40), deadline=None)
@example([b'{"a":{"a":null,"a":null,"a":"}}', b"}"])
@example([b'{"a": 1', b"{}"])
def test_fast_path_and_truth_agree(lines: list[bytes]) -> None:
    check_against_truth(lines)


@given(st.lists(st.one_of(LINES, PRETTY), max_size=8).map(b"\n".join) | st.binary(max_size=80))
@settings(max_examples=examples(60), deadline=None)
@example(b'{\n}\n{"a":\n1}\n')
def test_any_bytes_in_any_chunks(data: bytes) -> None:
    whole = lines_of(data)
    facts = whole.facts
    if "pretty-printed-json" not in whole.rules:
        blank = sum(1 for line in data.split(b"\n") if not line.strip(b" \t\r"))
        assert facts.rows_read + facts.rows_refused == data.count(b"\n") + 1 - blank
    assert facts.lines == data.count(b"\n") + (not data.endswith(b"\n") and data != b"")
    assert facts.rows_read == len(whole.records) == len(whole.lines) == len(whole.offsets)
    assert facts.rows_refused == 0 or facts.problems
    assert all(1 <= (problem.line or 1) <= max(facts.lines, 1) for problem in facts.problems)
    for chunk_bytes in (1, 10, 25):
        same(whole, lines_of(data, chunk_bytes))
    assert repr(whole.source.fetch(range(facts.rows_read), whole.offsets)) == repr(whole.records)
    assert repr(whole.source.fetch(range(facts.rows_read))) == repr(whole.records)


def same(one: Read, other: Read) -> None:
    assert one.facts == other.facts
    assert repr(one.records) == repr(other.records)
    assert one.lines == other.lines
    assert one.offsets == other.offsets
    assert one.noticed == other.noticed


@given(st.lists(st.one_of(ROWS, BROKEN, JUNK).filter(lambda line: line[:1] != b"{" or line[-1:] == b"}"), max_size=8))
@settings(max_examples=examples(25), deadline=None)
def test_chunks_that_cannot_look_ahead(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    limit = ends.LOOKAHEAD
    whole = lines_of(data)
    try:
        ends.LOOKAHEAD = 0  # type: ignore[misc]
        pieces = lines_of(data, 3)
    finally:
        ends.LOOKAHEAD = limit  # type: ignore[misc]
    if "pretty-printed-json" not in whole.rules:
        assert pieces.facts.rows_read == whole.facts.rows_read
        assert pieces.facts.lines == whole.facts.lines


def test_fetch_takes_any_order_and_repeats() -> None:
    read = lines_of(b"".join(b'{"n":%d}\n' % n for n in range(50)), 64)
    rows = random.Random(1).choices(range(50), k=30)
    expected = [{"n": row} for row in rows]
    assert read.source.fetch(rows) == expected
    assert read.source.fetch(rows, [read.offsets[row] for row in rows]) == expected


@given(
    st.lists(
        st.builds(
            FileFacts,
            path=st.just("f"),
            lines=st.integers(0, 5),
            blank_lines=st.integers(0, 2),
            rows_read=st.integers(0, 3),
            rows_refused=st.integers(0, 3),
            size=st.integers(0, 9),
            crlf=st.integers(0, 2),
            first_blank=st.none() | st.integers(1, 5),
            first_crlf=st.none() | st.integers(1, 5),
            first_bare_cr=st.none() | st.integers(1, 5),
            final_newline=st.booleans(),
            long_lines=st.lists(st.tuples(st.integers(1, 5), st.just(9)), max_size=2),
            problems=st.lists(
                st.builds(
                    Problem,
                    rule=st.sampled_from(["invalid-json", "pretty-printed-json"]),
                    message=st.just("m"),
                    line=st.none() | st.integers(1, 5),
                    record=st.none() | st.integers(0, 3),
                ),
                max_size=3,
            ),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_merging_is_associative(parts: list[FileFacts]) -> None:
    from datalint.sources import merge_facts

    own = FileFacts("f", size=7, sha256="0" * 64, problems=[Problem("wrong-extension", "m", 3)])
    whole = merge_facts([own, *parts])
    assert whole.size == 7
    assert Problem("wrong-extension", "m", 3) in whole.problems
    assert merge_facts([*parts, own]) == whole
    for cut in range(1, len(parts)):
        left = merge_facts([own, *parts[:cut]])
        assert merge_facts([left, merge_facts(parts[cut:])]) == whole
    assert merge_facts(list(itertools.chain([own], parts))) == whole


def test_merging_nothing_is_an_error() -> None:
    from datalint.sources import merge_facts

    with pytest.raises(ValueError, match="nothing to merge"):
        merge_facts([])


EDITS: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "a row at the start": lambda rows: [b'{"a": "new"}\n', *rows],
    "a row in the middle": lambda rows: [*rows[:5000], b'{"a": "new"}\n', *rows[5000:]],
    "one word": lambda rows: [*rows[:700], rows[700].replace(b'{"', b'{"x": "y", "'), *rows[701:]],
    "rows removed": lambda rows: [*rows[:2000], *rows[2020:]],
    "rows at the end": lambda rows: [*rows, *rows[:30]],
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_leaves_most_chunks_as_they_were(edit: Callable[[list[bytes]], list[bytes]]) -> None:
    chance = random.Random(6)
    rows = [json.dumps({"a": chance.randbytes(chance.randint(10, 90)).hex()}).encode() + b"\n" for _ in range(10_000)]

    def chunks(rows: list[bytes]) -> list[bytes]:
        content = Content(b"".join(rows))
        source: Any = jsonl.JsonLines("a", content, None, chunk_bytes=1 << 15)
        found = [content.read(chunk.region.start, chunk.region.stop) for chunk in source.chunks(0)]
        assert b"".join(found) == content.read(0, content.size)
        return found

    before, after = chunks(rows), chunks(edit(rows))
    assert len(before) > 30
    assert len(set(after) - set(before)) <= 6


LINES = st.one_of(
    st.builds(lambda n: b'{"a":"%s"}' % (b"x" * n), st.one_of(st.integers(0, 30), st.sampled_from([9_000, 20_000]))),
    st.sampled_from([b"", b"broken", b'{\n "a": 1\n}', b'{"n":123456789012345678901}', b'{"a":1,"a":2}\r']),
)


@settings(max_examples=examples(30), deadline=None)
@given(lines=st.lists(LINES, min_size=1, max_size=40), ends=st.booleans(), data=st.data())
def test_rows_are_read_again_in_any_order(lines: list[bytes], ends: bool, data: st.DataObject) -> None:
    read = lines_of(b"\n".join(lines) + b"\n" * ends)
    rows = data.draw(st.lists(st.sampled_from(range(len(read.records))), max_size=30)) if read.records else []
    for order in (rows, sorted(rows)):
        wanted = [read.records[row] for row in order]
        assert read.source.fetch(order, [read.offsets[row] for row in order]) == wanted
