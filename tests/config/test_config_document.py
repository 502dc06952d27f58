from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.config.document import scan

TEXT = """\
# a comment = 1
top = "a # no comment" # a comment
'quoted key'.inner = 1

"esc\\u0061ped" = [ 1, # one
  2,
  [ 3,
    4 ],
  { a = 1, b = [ 5 ] },
]
text = \"\"\"
[not.a.table]
key = 1 \\\\\"\"\" # after
literal = '''
x = 2''''
empty = ""
[table . 'sub table']
a = 1979-05-27 07:32:00

[[list]]
a = 1
[[list]]
a = 2
[list.deep]
b = 3
[[list.inner]]
c = 4
"""
LINES: dict[tuple[str | int, ...], int] = {
    ("top",): 2,
    ("quoted key",): 3,
    ("quoted key", "inner"): 3,
    ("escaped",): 5,
    ("escaped", 0): 5,
    ("escaped", 1): 6,
    ("escaped", 2): 7,
    ("escaped", 2, 0): 7,
    ("escaped", 2, 1): 8,
    ("escaped", 3): 9,
    ("escaped", 3, "a"): 9,
    ("escaped", 3, "b"): 9,
    ("escaped", 3, "b", 0): 9,
    ("text",): 11,
    ("literal",): 14,
    ("empty",): 16,
    ("table",): 17,
    ("table", "sub table"): 17,
    ("table", "sub table", "a"): 18,
    ("list",): 20,
    ("list", 0): 20,
    ("list", 0, "a"): 21,
    ("list", 1): 22,
    ("list", 1, "a"): 23,
    ("list", 1, "deep"): 24,
    ("list", 1, "deep", "b"): 25,
    ("list", 1, "inner"): 26,
    ("list", 1, "inner", 0): 26,
    ("list", 1, "inner", 0, "c"): 27,
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_key_and_element_has_its_line(newline: str) -> None:
    text = TEXT.replace("\n", newline)

    assert tomllib.loads(text)["text"].startswith("[not.a.table]")
    assert scan(text) == LINES


def _trails(value: Any, above: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    items = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    return {(*above, key) for key, _ in items}.union(*(_trails(item, (*above, key)) for key, item in items))


_ATOMS = st.sampled_from(['"a"', "'b]'", "1", "-2.5", "true", "1979-05-27", '"""x\n]"""', "'''\ny=1'''", '""', '"\\""'])
_SPACE = st.sampled_from(["", " ", "\n", " # note ]\n", "\n\n\t"])
_KEY = st.sampled_from(["a", "b-c", "1", '"x y"', "'z.w'", "d.e", '"\\t"'])


@st.composite
def _value(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.sampled_from(["atom", "list", "table"] if depth else ["atom"]))
    if kind == "list":
        items = [draw(_SPACE) + draw(_value(depth - 1)) + draw(_SPACE) for _ in range(draw(st.integers(0, 3)))]
        return "[" + ",".join(items) + draw(_SPACE) + "]"
    if kind == "table":
        keys = draw(st.lists(_KEY, max_size=3, unique=True))
        return "{" + ", ".join(f"{key} = {draw(_value(depth - 1))}" for key in keys) + "}"
    return draw(_ATOMS)


@st.composite
def _document(draw: st.DrawFn) -> str:
    parts = [f"{key} = {draw(_value())}" for key in draw(st.lists(_KEY, max_size=3, unique=True))]
    for header in draw(st.lists(st.sampled_from(["[t]", '[ "u v" . w ]', "[[l]]", "[[l]]", "[l.m]"]), max_size=4)):
        parts.append(header)
        parts += [f"{key}={draw(_value(1))}" for key in draw(st.lists(_KEY, max_size=2, unique=True))]
    return "\n".join(draw(_SPACE).lstrip(" \t") + part for part in parts)


@given(_document())
def test_whatever_tomllib_reads_has_lines(text: str) -> None:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return

    lines = scan(text)

    assert set(lines) == _trails(values)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
