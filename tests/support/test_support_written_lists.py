"""Lists that are written as text are read as JSON, Python and NumPy write them, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.support.written_lists import parse_list

TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f"))
LEAVES = TEXTS | st.integers(-(10**9), 10**9) | st.booleans() | st.none()
LISTS = st.lists(
    st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=3))
)


@given(LISTS)
def test_what_python_and_json_write_is_read(value: list[Any]) -> None:
    assert parse_list(json.dumps(value)) == value
    assert parse_list(repr(value)) == value


@given(st.text("[](){}'\",: 1aN\\\n", max_size=60))
def test_no_text_raises(text: str) -> None:
    found = parse_list(text)
    assert found is None or isinstance(found, list | dict)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("['a' 'b'\n 'c']", ["a", "b", "c"]),
        ("[0 1 2]", [0, 1, 2]),
        ("[(0, 3, 'PER')]", [[0, 3, "PER"]]),
        ("('a', 'b')", ["a", "b"]),
        ("['it\\'s', \"x\"]", ["it's", "x"]),
        ("[]", []),
        ("[1, 2", None),
        ("['a'], ['b']", None),
        ("a list", None),
        ("[see below]", None),
        ("[" * 5_000, None),
    ],
)
def test_examples(text: str, value: object) -> None:
    assert parse_list(text) == value
