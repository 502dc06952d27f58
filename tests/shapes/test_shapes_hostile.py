"""Any JSON at all: nothing raises, and the frames stay in step."""

from __future__ import annotations

from typing import Any

from draws import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from datalint.shapes.detect import KNOWN_KEYS, Detector
from datalint.shapes.flatten import flatten
from datalint.shapes.formats import SHAPES as ALL
from datalint.shapes.message_schema import PART_KEYS, PART_TYPES, SHAREGPT_ROLES
from datalint.shapes.messages import WEIGHT_KEYS
from datalint.shapes.validate import Validator

KEYS = sorted(KNOWN_KEYS)
INNER = sorted(
    {"role", "content", "from", "value", "name", "tool_calls", "function_call", "tool_call_id", "function", "messages"}
    | {"arguments", "type", "text", "input", "images", "toolResult", "inputSchema", *PART_KEYS, *WEIGHT_KEYS}
)
WORDS = sorted({*SHAREGPT_ROLES, *PART_TYPES, "narrator", "\ud83d", "\x1b", "[]", "{}"})
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.sampled_from(WORDS),
    st.text(max_size=5),
)
json_values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(INNER), st.text(max_size=3)), inner, max_size=5),
    ),
    max_leaves=12,
)
rows = st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=3)), json_values, max_size=5)


@settings(max_examples=examples(15, often=30), deadline=None)
@given(st.lists(rows, max_size=4))
def test_any_rows_become_frames(records: list[dict[str, Any]]) -> None:
    found = flatten(records, Detector(), "label")
    assert found.examples.height == len(records) == len(found.shapes) == len(found.features)
    assert found.bounds == sorted(found.bounds)
    assert found.bounds[0] == 0
    assert found.bounds[-1] == found.turns.height
    assert found.turns["example"].is_sorted()
    for letters, start, end in zip(found.examples["roles"], found.bounds, found.bounds[1:], strict=False):
        assert len(letters) <= end - start


@settings(max_examples=examples(20, often=40), deadline=None)
@given(rows)
@example({"\n": None})
@example({"response_a\n": None})
def test_any_row_can_be_judged_by_any_shape(record: dict[str, Any]) -> None:
    for validator in VALIDATORS:
        valid = validator.is_valid(record)
        problems = validator.explain(record)
        assert not (valid and problems)
        for problem in problems:
            assert problem.message.isprintable()


@settings(max_examples=examples(40), deadline=None)
@given(rows)
def test_any_row_can_be_read_by_any_shape_and_by_mapped_columns(record: dict[str, Any]) -> None:
    for columns in (
        {"prompt": "question", "response": "content"},
        {"messages": "text"},
        {"chosen": "a", "rejected": "b"},
    ):
        values = [{**record, **{key: record.get(known) for key, known in zip("ab", KEYS, strict=False)}}]
        assert flatten(values, Detector(columns)).examples.height == 1


def test_deep_nesting_is_read() -> None:
    deep: Any = "x"
    for _ in range(5_000):
        deep = [deep]
    call = {"name": deep, "arguments": deep}
    records: list[dict[str, Any]] = [
        {"messages": [{"role": "user", "content": deep}]},
        {"prompt": deep, "completion": {"a": deep}},
        {"messages": [{"role": "assistant", "tool_calls": [{"function": call}, {"function": deep}]}]},
        {"messages": [{"role": "assistant", "content": None, "function_call": call}]},
        {"messages": [{"role": "assistant", "content": [{"type": "tool_use", "input": deep}, {"toolUse": call}]}]},
    ]
    found = flatten(records, Detector())
    assert found.examples.height == len(records)
    for record, shape in zip(records, found.shapes, strict=True):
        Validator(shape).is_valid(record)
        Validator(shape).explain(record)


VALIDATORS = [Validator(shape) for shape in ALL]
