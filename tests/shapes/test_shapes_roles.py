"""Rows in which only roles are wrong are explained by jsonschema-rs as jsonschema would explain them."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.shapes import validate
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten
from datalint.shapes.validate import Validator
from datalint.support.garbage import paused_gc

ROLES = st.sampled_from(
    ["user", "assistant", "human", "gpt", "Bot ", "asistant", "x" * 60, "", "system", "tool", "\udc80", 7, None]
)
TURN = st.fixed_dictionaries(
    {"role": ROLES, "content": st.sampled_from(["Hi", "", None, 3])}, optional={"weight": st.sampled_from([0, 2, "1"])}
)
GOOD = st.fixed_dictionaries({"role": ROLES, "content": st.just("Hi")})
TURNS = st.lists(st.one_of(GOOD, GOOD, GOOD, TURN), max_size=6)
ROWS = st.one_of(
    st.fixed_dictionaries({"messages": TURNS}),
    st.fixed_dictionaries({"chosen": TURNS, "rejected": TURNS}),
    st.fixed_dictionaries({"prompt": TURNS, "completion": TURNS}),
    st.fixed_dictionaries(
        {"contents": st.lists(st.fixed_dictionaries({"role": ROLES, "parts": st.just([{"text": "a"}])}))}
    ),
    st.fixed_dictionaries(
        {"conversations": st.lists(st.fixed_dictionaries({"from": ROLES, "value": st.sampled_from(["a", None])}))}
    ),
)
DETECTOR = Detector({}, ())


@settings(max_examples=examples(100))
@given(ROWS)
def test_both_ways_explain_the_same(row: dict[str, Any]) -> None:
    validator = Validator(DETECTOR.shape(row))
    if not validator.is_valid(row):
        assert validator.explain(row) == validator.every_problem(row)


@pytest.mark.parametrize("role", ["human", "nobody"])
def test_what_is_wrong_in_every_row_of_a_file_is_explained_fast(role: str) -> None:
    turns = [{"role": role, "content": "Hi"}, {"role": "assistant", "content": "Good day."}]
    validator = Validator(DETECTOR.shape({"messages": turns}))
    assert validator.roles_alone({"messages": turns}) == validator.every_problem({"messages": turns})
    assert validator.roles_alone({"messages": [*turns, {"role": role}]}) is None, (
        "another problem, which is explained too"
    )


def test_what_explanations_leave_is_freed_while_the_collector_is_paused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "_COLLECTED", 10)
    row = {"messages": [{"role": "user", "content": 3, "weight": "2"}]}
    validator = Validator(DETECTOR.shape(row))
    assert validator.every_problem(row)
    gc.collect()
    with paused_gc():
        for _ in range(199):
            validator.every_problem(row)
        left = gc.collect()
    assert left < 1000, "of the errors of 199 rows"


def test_a_single_call_of_a_turn_is_a_call() -> None:
    row = {
        "messages": [
            {"role": "user", "content": "Is it raining?"},
            {"role": "assistant", "content": None, "tool_call": {"name": "rain", "arguments": {"city": "Rome"}}},
        ]
    }
    turns = flatten([row], Detector(), hashes=False).turns
    assert turns["has_tool_calls"].to_list() == [False, True]
