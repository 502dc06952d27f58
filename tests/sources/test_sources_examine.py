"""What one line really holds: every problem as a case."""

from __future__ import annotations

import json

import pytest
from every import every
from exact_lines import parse_line
from hypothesis import given
from hypothesis import strategies as st

from datalint.sources.json_truth.truth import DEEP, TOO_DEEP

REFUSED = [
    (b'{"a": undefined}', "invalid-json", "not a JSON literal"),
    (b'{"a": [1 2]}', "invalid-json", "column 10: expected ',' or ']' (missing comma)"),
    (b'{"a": "b "c": 1}', "invalid-json", "column 11: expected ',' or '}' (an unescaped double quote"),
    (b'{"a": "b ""c": 1}', "invalid-json", "column 11: expected ',' or '}' (missing comma)"),
    (b'{"a" "c": 1}', "invalid-json", "column 6: expected ':' after the key"),
    (b'{"a": "b"c": 1}', "invalid-json", "column 10: expected ',' or '}' (an unescaped double quote inside a string)"),
    (b'{"a": "he said "hi" once"}', "invalid-json", "column 17: expected ',' or '}' (an unescaped double quote"),
    (b'{"a": b}', "invalid-json", "column 7: expected a value (unquoted text)"),
    (b'{"a" 1}', "invalid-json", "column 6: expected ':' after the key, found '1'"),
    (b'{"a"= 1}', "invalid-json", "'=' instead of ':'"),
    (b'{"a": }', "invalid-json", "column 7: expected a value (the value is missing)"),
    (b"]", "invalid-json", "column 1: expected a value (a bracket that closes nothing"),
    (b'{"a": ,"b": 1}', "invalid-json", "column 7: expected a value (two commas, or a value is missing"),
    (b'{"a": [1}', "invalid-json", "column 9: expected ',' or ']' ('}' closes what '[' opened)"),
    (b'{"a": 1]', "invalid-json", "column 8: expected ',' or '}' (']' closes what '{' opened)"),
    (b'{"a": 01}', "invalid-json", "column 8: expected ',' or '}' (a number has no leading zero)"),
    (b'{"a": 1.}', "invalid-json", "digits are missing after the decimal point"),
    (b'{"a": 1_000}', "invalid-json", "decimal digits only"),
    (b'{"a": .5}', "invalid-json", "a number starts with a digit"),
    (b'{"a": "x\ny"}', "invalid-json", "column 9: a raw line break inside a string (write \\n)"),
    (b'{"a": "\\x41"}', "invalid-json", "bad escape \\x (write \\\\ for a backslash)"),
    (b'{"a": "\\u12"}', "invalid-json", "\\u needs four hexadecimal digits"),
    (b'{"a": 1}}', "invalid-json", "column 9: one closing bracket too many"),
    (b'{"a": 1} trailing', "invalid-json", "column 10: text after the value, found 't'"),
    (b'{"a": 1}\\n{"b": 2}', "invalid-json", "a backslash and a letter where a line break was meant"),
    (b"<<<<<<< HEAD", "invalid-json", "a Git conflict marker"),
    (b"=======", "invalid-json", "a Git conflict marker"),
    (b"<!DOCTYPE html>", "invalid-json", "HTML or XML"),
    (b"prompt,completion", "invalid-json", "unquoted text"),
    ("{“a”: 1}".encode(), "invalid-json", "typographic quotes"),
    ('{"a"：1}'.encode(), "invalid-json", "expected ':' after the key"),
    ('{"a": 1，"b": 2}'.encode(), "invalid-json", "full-width punctuation"),
    (b'{"a": "b', "invalid-json", "column 7: the string that starts here never ends"),
    (b'{"a": [1, 2', "invalid-json", "column 12: expected ',' or ']', but the text ends"),
    (b'{"a":', "invalid-json", "column 6: expected a value, but the text ends"),
    (b"", "invalid-json", "column 1: expected a value, but the text ends"),
    (b'{"a": 1}{"b": 2}', "concatenated-json", "2 values on one line, the second starts at column 9"),
    (b'{"a": 1} {"b": 2} {"c": 3}', "concatenated-json", "3 values on one line, the second starts at column 10"),
    (b'{"a": 1},{"b": 2}', "concatenated-json", "2 values on one line, separated by commas"),
    (
        b'{"a": 1}\r{"b": 2}\r',
        "concatenated-json",
        "separated only by carriage returns, the second starts at column 10",
    ),
    (b"[1, 2]", "not-an-object", "an array, not an object"),
    (b"null", "not-an-object", "null, not an object"),
    (b"true", "not-an-object", "a boolean, not an object"),
    (b"1.5", "not-an-object", "a number, not an object"),
    (
        b'"{\\"a\\": 1}"',
        "not-an-object",
        "a string, not an object (JSON inside a string: encoded twice, so decode it once)",
    ),
    (b'{"a": "\xff"}', "invalid-utf8", "byte 8 of the line (0xFF) is not UTF-8: invalid start byte"),
    ('{"a": "日本"}'.encode()[:-3], "invalid-utf8", "a character is cut"),
    (b'{"a": "\xed\xa0\xbd"}', "invalid-utf8", "half of a surrogate pair"),
    (b'{"a": "\xc0\x80"}', "invalid-utf8", "invalid start byte"),
    (b'{"a": "late???\x80??"}', "invalid-utf8", "byte 15 of the line (0x80) is not UTF-8: a byte of a lost character"),
]


@every(("line", "rule", "words"), REFUSED)
def test_refused(line: bytes, rule: str, words: str) -> None:
    value, problems = parse_line(line)
    assert value is None
    assert [problem.rule for problem in problems] == [rule]
    assert words in problems[0].message


#: What is no JSON but has one meaning: the row that is read, and why it is no JSON.
MEANT = [
    (b"{'a': 1}", {"a": 1}, "column 2: expected a key in double quotes (single quotes: JSON needs double quotes)"),
    (b"{\"a\": 'b'}", {"a": "b"}, "column 7: expected a value (single quotes: JSON needs double quotes)"),
    (b'{"a": None}', {"a": None}, "column 7: expected a value (Python's None: JSON writes null)"),
    (b'{"a": True}', {"a": True}, "column 7: expected a value (Python's True: JSON writes true)"),
    (b'{"a": False}', {"a": False}, "Python's False: JSON writes false"),
    (b'{"a": 1,}', {"a": 1}, "column 8: trailing comma"),
    (b'{"a": [1, 2, ]}', {"a": [1, 2]}, "column 12: trailing comma"),
    (b"{a: 1}", {"a": 1}, "column 2: expected a key in double quotes (unquoted key)"),
    (b'{"a": "x\ty"}', {"a": "x\ty"}, "column 9: a raw tab inside a string (write \\t)"),
    (b'{"a": "x\x00y"}', {"a": "x\x00y"}, "a raw control character U+0000 inside a string (write \\u0000)"),
    (b'{"a": "it\\\'s"}', {"a": "it's"}, "a single quote needs no backslash"),
    (b'{"a": 1} // note', {"a": 1}, "text after the value (a comment: JSON has none)"),
    (b'{"a": 1},', {"a": 1}, "column 9: a comma after the value"),
    (b"{\"\xc3\xa9\": ''}", {"é": ""}, "column 7"),
    (
        rb"""{'a': 'It\'s \u00e9\n"so"', 'b': (1, 2), 'c': (None,), 'd': ()}""",
        {"a": 'It\'s é\n"so"', "b": [1, 2], "c": [None], "d": []},
        "single quotes",
    ),
    (rb"""{'a': "it's\xa0so", 'b': -1.5e3}""", {"a": "it's\xa0so", "b": -1500.0}, "single quotes"),
    (rb"{'a': '\U0001F600'}", {"a": "\U0001f600"}, "single quotes"),
    (b'{a: "b", c_1: [1,],}', {"a": "b", "c_1": [1]}, "unquoted key"),
    (b'{"a": "b" "c": 1}', {"a": "b", "c": 1}, "column 11: expected ',' or '}' (missing comma)"),
    (b'{"a": "b""c d": 1 "e": {} "f": [1]}', {"a": "b", "c d": 1, "e": {}, "f": [1]}, "(missing comma)"),
    (b'{"a": [{"b": 1} {"b": 2}{"b": 3}]}', {"a": [{"b": 1}, {"b": 2}, {"b": 3}]}, "(missing comma)"),
    (b'{"a": 1 "b": 2,}', {"a": 1, "b": 2}, "(missing comma)"),
    (b'{"a": 1, /* two */ "b": 2}', {"a": 1, "b": 2}, "a comment"),
]

#: What has no one meaning, or none.
UNCLEAR = [
    rb'{"a": "\x41"}', rb'{"a": "\/b",}', b"{'a': 'it's'}", b"{'a', 'b'}", b"{1: 'a'}", b"{'a': (1)}", b'{"a": [,]}',
    b'{"a": 1,,}', b'{"a": ["b" "c"]}', b"{'a': 'b' 'c'}", b"{'a': b'c'}", b"{'a': {1, 2}}", b'{"a": [1, 2}, ]',
    b'{"a": "b\nc",}', b"{'a': undefined}", b"('a', {'b': 1})", b'["a", "b",]', b"{'a': '\\q'}",
    b'{"a": 1} // b\n{"c": 2},',
    b"{'a': 1}" + b" " * (1 << 20),
]  # fmt: skip


@every(("line", "value", "words"), MEANT)
def test_meant(line: bytes, value: object, words: str) -> None:
    found, problems = parse_line(line)
    assert found == value
    assert [(problem.rule, problem.rewritable) for problem in problems] == [("invalid-json", True)]
    assert words in problems[0].message
    assert problems[0].message.endswith("; read all the same")


@every("line", UNCLEAR)
def test_unclear(line: bytes) -> None:
    value, problems = parse_line(line)
    assert value is None
    assert not any(problem.rewritable for problem in problems)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), VALUES))
def test_what_python_prints_is_read_as_it_was(row: dict[str, object]) -> None:
    written = repr(row)
    found, problems = parse_line(written.encode("utf-8", "surrogatepass"))
    if found is None:
        # Without anything else of Python, a code such as \\x08 in double quotes is not clear.
        assert "\\x" in written or "\\U" in written
        assert not any(problem.rewritable for problem in problems)
    else:
        assert found == json.loads(json.dumps(row))


KEPT = [
    (b'{"a": 1, "b": 2, "a": 3}', {"a": 3, "b": 2}, [("duplicate-key", "$.a")]),
    (
        b'{"m": [{"x": 1}, {"y": {"z": 1, "z": 2}}]}',
        {"m": [{"x": 1}, {"y": {"z": 2}}]},
        [("duplicate-key", "$.m[1].y.z")],
    ),
    (b'{"a b": 1, "a b": 2}', {"a b": 2}, [("duplicate-key", '$["a b"]')]),
    (b'{"a": 18446744073709551616}', {"a": 18446744073709551616}, [("integer-overflow", "$.a")]),
    (b'{"a": -9223372036854775809}', {"a": -9223372036854775809}, [("integer-overflow", "$.a")]),
    (b'{"a": 18446744073709551615, "b": -9223372036854775808}', {"a": (1 << 64) - 1, "b": -(1 << 63)}, []),
    (b'{"a": "\\ud83d"}', {"a": "\ud83d"}, [("lone-surrogate", "$.a")]),
    (b'{"a": ["\\ud83d\\ude00", "\\ude00"]}', {"a": ["\U0001f600", "\ude00"]}, [("lone-surrogate", "$.a[1]")]),
    (b'{"\\ud83d": 1}', {"\ud83d": 1}, [("lone-surrogate", "$")]),
    (b'\xef\xbb\xbf{"a": 1}', {"a": 1}, [("byte-order-mark", None)]),
    (b'{"a": 1}\r', {"a": 1}, []),
    (b"{}", {}, []),
]


@every(("line", "value", "expected"), KEPT)
def test_kept(line: bytes, value: object, expected: list[tuple[str, str | None]]) -> None:
    found, problems = parse_line(line)
    assert found == value
    assert [(problem.rule, problem.path) for problem in problems] == expected


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_nan_is_kept_and_named(literal: str) -> None:
    value, [problem] = parse_line(f'{{"a": [0, {literal}]}}'.encode())
    assert value is not None
    assert problem.rule == "nan-literal"
    assert problem.path == "$.a[1]"


def test_an_integer_beyond_what_python_converts_is_kept_as_a_float() -> None:
    value, [problem] = parse_line(b'{"a": ' + b"7" * 5000 + b"}")
    assert value == {"a": float("inf")}
    assert problem.rule == "integer-overflow"
    assert "5,000 digits" in problem.message


@every("depth", [DEEP, DEEP + 1, TOO_DEEP, TOO_DEEP + 1, 2000, 100_000])
@every(("opener", "closer"), [("[", "]"), ('{"a":', "}")])
def test_nesting(depth: int, opener: str, closer: str) -> None:
    line = ('{"a":' + opener * (depth - 1) + "0" + closer * (depth - 1) + "}").encode()
    value, problems = parse_line(line)
    rules = [problem.rule for problem in problems]
    if depth <= DEEP:
        assert (value is not None, rules) == (True, [])
    elif depth <= TOO_DEEP:
        assert (value is not None, rules) == (True, ["excessive-nesting"])
    else:
        assert (value is None, rules) == (True, ["excessive-nesting"])
        assert f"nested {depth:,} levels" in problems[0].message


def test_unclosed_nesting_is_no_recursion_error() -> None:
    assert parse_line(b"[" * 100_000)[0] is None
    assert parse_line(b'{"a":' * 100_000)[0] is None


def test_many_problems_in_one_row_are_bounded() -> None:
    value, problems = parse_line(('{"a": [' + ",".join(["NaN"] * 5000) + "]}").encode())
    assert value is not None
    assert len(problems) == 10


def test_messages_hold_no_control_characters() -> None:
    for line in (b'{"a": \x1b[31m}', b'{"a\x1b": 1, "a\x1b": 2}', '{"a": \u202e}'.encode(), b'{"a":1}\x07'):
        for problem in parse_line(line)[1]:
            assert problem.message.isprintable(), problem


@given(st.binary(max_size=60))
def test_any_bytes(line: bytes) -> None:
    value, problems = parse_line(line)
    assert value is not None or problems


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**64 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=12,
    )
)
def test_clean_rows_are_clean(value: object) -> None:
    row = {"row": value}
    try:
        line = json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return
    assert parse_line(line) == (row, [])
