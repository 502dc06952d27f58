"""Records by their structure."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from datalint.records.structure import DEEPEST, Structure

KEYS = st.sampled_from(["a", "b", "c", ""])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.text(max_size=2)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)
RECORDS = st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=6)


def keys_in(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(keys_in, value.values()))
    return sum(map(keys_in, value)) if isinstance(value, list) else 0


@given(RECORDS)
def test_all_keys_are_counted(records: list[dict[str, Any]]) -> None:
    assert Structure(records).key_count() == sum(map(keys_in, records))


@given(RECORDS)
def test_groups_hold_every_record_once(records: list[dict[str, Any]]) -> None:
    back: dict[int, dict[str, Any]] = {}
    for group in Structure(records).groups:
        assert list(group.rows) == sorted(group.rows)
        for place, row in enumerate(group.rows):
            assert row not in back
            back[row] = {key: group.column(key)[place] for key in group.keys}
            assert all(type(back[row][key]) in group.kinds(key) for key in group.keys)
    assert [back[row] for row in range(len(records))] == records


@given(RECORDS)
def test_items_of_lists_are_counted_by_type(records: list[dict[str, Any]]) -> None:
    child = Structure(records).root.children.get("a")
    items = [(row, item) for row, record in enumerate(records) if type(record.get("a")) is list for item in record["a"]]
    expected = {kind: sum(type(item) is kind for _, item in items) for kind in {type(item) for _, item in items}}
    found = child.elements if child else {}
    assert {kind: count for kind, (count, _) in found.items()} == expected
    for kind, (_, first) in found.items():
        assert first == min(row for row, item in items if type(item) is kind)


def test_nesting_ends_somewhere() -> None:
    value: Any = 1
    for _ in range(DEEPEST * 3):
        value = [{"a": value}]
    assert Structure([{"a": value}]).deep
    assert not Structure([{"a": [{"a": [1]}]}]).deep


def test_a_key_for_each_record() -> None:
    assert len(Structure([{f"k{n}": n} for n in range(5000)]).groups) == 5000


def test_the_first_row_of_a_type_whatever_the_order_of_keys() -> None:
    records: list[dict[str, Any]] = [{"a": [""], "b": 1}, {"a": [1]}, {"a": [1], "b": 1}]
    assert Structure(records).root.children["a"].elements == {str: (1, 0), int: (2, 1)}


@given(RECORDS)
def test_rows_ascend_in_every_group(records: list[dict[str, Any]]) -> None:
    for node in Structure(records).nodes():
        for group in node.groups:
            assert list(group.rows) == sorted(group.rows)


@given(RECORDS)
def test_types_are_counted_with_the_row_of_the_first(records: list[dict[str, Any]]) -> None:
    for group in Structure(records).groups:
        for key in group.keys:
            types = [type(records[row][key]) for row in group.rows]
            expected = {kind: (types.count(kind), group.rows[types.index(kind)]) for kind in types}
            assert group.types(key) == expected


class Counted(str):
    """A key that counts what it is compared with."""

    __slots__ = ()
    comparisons = 0

    def __eq__(self, other: object) -> bool:
        Counted.comparisons += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_a_column_is_found_without_comparing_keys() -> None:
    names = [f"key_{number}" for number in range(1_000)]
    [group] = Structure([{Counted(name): name for name in names}]).groups
    Counted.comparisons = 0
    for name in names:
        assert group.column(Counted(name)) == [name]
        assert group.types(Counted(name)) == {str: (1, 0)}
    assert Counted.comparisons < 10 * len(names)
