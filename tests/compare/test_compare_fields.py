"""What changed between two forms of one record."""

from __future__ import annotations

import json
from typing import Any

import pytest
from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.compare.fields import field_changes, most_severe
from datalint.compare.model import EditKind, What

LONG = "Bikes are back at the station by noon, said the clerk, and not a minute later."

CASES: list[tuple[str, dict[str, Any], dict[str, Any], list[tuple[What, str | None, str | None]]]] = [
    ("nothing", {"a": 1, "b": ["x"]}, {"b": ["x"], "a": 1}, []),
    ("renamed", {"answer": "yes"}, {"output": "yes"}, [(What.MOVED, "answer", "output")]),
    ("renamed-number", {"score": 4}, {"rating": 4}, [(What.MOVED, "score", "rating")]),
    ("dropped", {"a": "x", "meta": {"by": 1, "on": 2}}, {"a": "x"}, [(What.DROPPED, "meta", None)]),
    ("added", {"a": "x"}, {"a": "x", "source": "web"}, [(What.ADDED, None, "source")]),
    ("empty-is-dropped", {"system": "", "a": "x"}, {"a": "x", "b": ""}, [
        (What.DROPPED, "system", None), (What.ADDED, None, "b"),
    ]),
    ("white-space", {"a": "one\n\n two"}, {"a": "one two "}, [(What.WHITESPACE, "a", "a")]),
    ("escapes", {"a": r"one\n\ntwo\t3"}, {"a": "one\ntwo\t3"}, [(What.ESCAPES, "a", "a")]),
    ("case-and-width", {"a": "Open QA"}, {"a": "open ｑａ"}, [(What.SPELLING, "a", "a")]),
    ("label", {"a": "open"}, {"a": "closed"}, [(What.VALUE, "a", "a")]),
    ("flag", {"a": {"ok": False}}, {"a": {"ok": True}}, [(What.VALUE, "a.ok", "a.ok")]),
    ("type", {"a": 1}, {"a": "1"}, [(What.VALUE, "a", "a")]),
    ("true-is-not-one", {"a": 1}, {"a": True}, [(What.VALUE, "a", "a")]),
    ("words", {"a": LONG}, {"a": LONG + " Or so."}, [(What.WORDS, "a", "a")]),
    ("filled", {"a": ""}, {"a": LONG}, [(What.FILLED, "a", "a")]),
    ("filled-null", {"a": None}, {"a": 3}, [(What.FILLED, "a", "a")]),
    ("emptied", {"a": LONG}, {"a": " "}, [(What.EMPTIED, "a", "a")]),
    ("null-or-empty", {"a": None}, {"a": ""}, [(What.VALUE, "a", "a")]),
    ("json-text", {"a": '{"x": [1]}'}, {"a": {"x": [1]}}, [(What.ENCODED, "a", "a")]),
    ("json-keys-reordered", {"a": '{"x": [1], "y": "b"}'}, {"a": '{"y": "b", "x": [1]}'}, [(What.REORDERED, "a", "a")]),
    ("json-list-reordered", {"a": '{"x": [1, 2]}'}, {"a": '{"x": [2, 1]}'}, [(What.VALUE, "a", "a")]),
    ("moved-and-changed", {"a": LONG}, {"b": LONG + " Or so."}, [(What.MOVED_CHANGED, "a", "b")]),
    ("into-turns", {"question": LONG, "history": []}, {"conversations": [{"from": "human", "value": LONG}]}, [
        (What.MOVED, "question", "conversations[].value"), (What.DROPPED, "history", None),
    ]),
    ("text-to-turns", {"prompt": LONG}, {"prompt": [{"role": "user", "content": LONG}]}, [
        (What.MOVED, "prompt", "prompt[].content"),
    ]),
    ("part-to-key", {"m": [{"type": "text", "value": "hi"}, {"type": "tools", "value": "[1]"}]},
     {"m": [{"type": "text", "value": "hi"}], "tools": "[1]"}, [(What.MOVED, "m[type=tools].value", "tools")]),
    ("element-in-front", {"m": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]},
     {"m": [{"role": "system", "content": "s"}, {"role": "user", "content": "a"},
            {"role": "assistant", "content": "b"}]}, [(What.ADDED, None, "m[role=system]")]),
    ("weight-of-every-turn", {"m": [{"c": "a", "w": 0}, {"c": "b", "w": 1}]}, {"m": [{"c": "a"}, {"c": "b"}]},
     [(What.DROPPED, "m[].w", None)]),
]  # fmt: skip


@every(("old", "new", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_changes(old: dict[str, Any], new: dict[str, Any], wanted: list[tuple[What, str | None, str | None]]) -> None:
    found = dict.fromkeys((change.what, change.old, change.new) for change in field_changes(old, new))
    assert list(found) == wanted


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ({"a": "x"}, {"b": "x"}, EditKind.KEYS),
        ({"a": "x ", "k": "y"}, {"a": "x", "l": "y"}, EditKind.WHITESPACE),
        ({"a": "x ", "b": "red"}, {"a": "x", "b": "blue"}, EditKind.VALUES),
        ({"a": LONG, "b": "red"}, {"a": "", "b": "blue"}, EditKind.WORDS),
    ],
)
def test_the_most_severe_change_names_the_edit(old: dict[str, Any], new: dict[str, Any], kind: EditKind) -> None:
    assert most_severe(field_changes(old, new)) is kind


def test_long_lists_are_compared_by_index() -> None:
    old = {"m": [{"n": number} for number in range(2500)]}
    new = {"m": [{"n": number + 1} for number in range(2500)] + [{"n": -1}]}
    found = field_changes(old, new)
    assert {change.what for change in found} == {What.VALUE, What.ADDED}


def test_deep_nesting_is_no_matter() -> None:
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for inner, end in ((old, 1), (new, 2)):
        for _ in range(5000):
            inner["k"] = {}
            inner = inner["k"]
        inner["end"] = end
    (change,) = field_changes(old, new)
    assert change.what is What.VALUE
    assert len(change.old or "") <= 121


def test_paths_are_printable_and_short() -> None:
    key = "\x1b[31m::error::" + "x" * 500
    (change,) = field_changes({key: "a", "same": 1}, {"same": 1})
    assert "\x1b" not in str(change.old)
    assert len(str(change.old)) < 130


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text("ab \\n", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.dictionaries(st.sampled_from("abcd"), JSON, max_size=4)


@given(RECORDS, RECORDS)
def test_equal_records_have_no_changes_and_others_have(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert field_changes(old, old) == []
    same = json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)
    assert (field_changes(old, new) == []) == same
