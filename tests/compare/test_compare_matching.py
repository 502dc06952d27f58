"""Rows are matched by content: what is unchanged, edited, added, removed, repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.compare import Comparison
from datalint.compare.matching import RowMatch, moved_rows
from datalint.compare.model import EditKind, Level, What
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.compare import run_compare
from datalint.sources.readers.memory import from_object

Compared = Callable[..., Comparison]


@pytest.fixture(scope="module")
def compared(comparing: Callable[..., Compared]) -> Compared:
    """Compare with the rules that look for near-duplicates alone, since no other changes how rows are matched."""
    return comparing(select=["DIV"])


STORIES = (
    "The tram to the harbour leaves every ten minutes until eight in the evening.",
    "Boil the beans for an hour, then add salt, thyme and a spoon of vinegar.",
    "A broken string is replaced free of charge within the first two months.",
    "Snow closes the upper road from November on; take the tunnel instead.",
    "The museum keeps its oldest map in a drawer that is opened twice a year.",
    "Write the date in the corner of each page before you hand the sheet in.",
    "Our smallest tent sleeps two and weighs less than a bag of flour.",
    "Ask the porter for the second key, since the first one opens the shed.",
)


def row(number: int, extra: str = "", **more: Any) -> dict[str, Any]:
    """Return a row that is like no other."""
    text = STORIES[number]
    return {
        "messages": [
            {"role": "user", "content": f"Tell me about case {number}: {text[:30]}"},
            {"role": "assistant", "content": text + extra},
        ],
        **more,
    }


def counts(found: Comparison) -> tuple[int, int, int, int]:
    return found.unchanged, len(found.edits), len(found.added), len(found.removed)


ROWS = [row(number) for number in range(8)]


def test_the_same_rows(compared: Compared) -> None:
    found = compared(ROWS, ROWS)
    assert found.identical
    assert counts(found) == (8, 0, 0, 0)
    assert list(found.summary) == ["Byte-identical: the file did not change."]


def test_key_order_is_no_change(compared: Compared) -> None:
    found = compared([row(0, a=1, b=2)], [row(0, b=2, a=1)])
    assert not found.identical
    assert counts(found) == (1, 0, 0, 0)
    assert "only the bytes differ" in found.summary[0]


def test_moved_rows_are_unchanged(compared: Compared) -> None:
    found = compared(ROWS, [*ROWS[1:], ROWS[0]])
    assert counts(found) == (8, 0, 0, 0)
    assert found.moved == 1
    assert list(found.summary) == ["The same 8 rows in another order; 1 moved."]


@pytest.mark.parametrize(
    ("order", "moved"), [((), 0), ((0, 1, 2), 0), ((2, 1, 0), 2), ((1, 2, 3, 0), 1), ((0, 3, 1, 2), 1)]
)
def test_moved_rows_are_the_fewest(order: tuple[int, ...], moved: int) -> None:
    assert moved_rows(RowMatch(old, new, Level.EXACT) for new, old in enumerate(order)) == moved


def test_added_and_removed(compared: Compared) -> None:
    found = compared(ROWS[:6], ROWS[2:])
    assert counts(found) == (4, 0, 2, 2)
    assert [(shown.place.line, shown.place.row) for shown in found.added] == [(5, 5), (6, 6)]
    assert [shown.place.row for shown in found.removed] == [1, 2]
    assert found.added[0].excerpt is not None
    assert found.added[0].excerpt.startswith("Tell me about case 6")


@pytest.mark.parametrize(
    ("changed", "level", "kind"),
    [
        pytest.param(row(0, source="web"), Level.NORMALIZED, EditKind.KEYS, id="key-added"),
        pytest.param(row(0, "  \n"), Level.NORMALIZED, EditKind.WHITESPACE, id="white-space"),
        pytest.param(
            {"messages": [row(0)["messages"][0], {**row(0)["messages"][1], "weight": 0}]},
            Level.TEXT,
            EditKind.KEYS,
            id="weight",
        ),
        pytest.param(
            {"messages": [{"role": "system", "content": "Be brief."}, *row(0)["messages"]]},
            Level.WORDS,
            EditKind.KEYS,
            id="system-prompt",
        ),
        pytest.param({"payload": row(0)["messages"]}, Level.VALUES, EditKind.KEYS, id="unknown-key"),
        pytest.param(row(0, " Or so they say."), Level.NEAR, EditKind.WORDS, id="near"),
        pytest.param(
            {"messages": [row(0)["messages"][0], {"role": "assistant", "content": "Nobody knows; ask at the pier."}]},
            Level.PROMPT,
            EditKind.WORDS,
            id="another-answer",
        ),
        pytest.param(
            {"messages": [{"role": "user", "content": "When is the last one?"}, row(0)["messages"][1]]},
            Level.RESPONSE,
            EditKind.WORDS,
            id="another-question",
        ),
    ],
)
def test_levels(compared: Compared, changed: dict[str, Any], level: Level, kind: EditKind) -> None:
    found = compared(ROWS[:3], [ROWS[1], changed, ROWS[2]])
    assert counts(found) == (2, 1, 0, 0)
    (edit,) = found.edits
    assert (edit.level, edit.kind) == (level, kind)
    assert (edit.old.row, edit.new.row) == (1, 2)
    assert (edit.words is not None) == (kind is EditKind.WORDS)
    assert (edit.similarity is not None) == (level is Level.NEAR)


def test_the_words_that_differ_are_shown(compared: Compared) -> None:
    found = compared(ROWS, [row(0, " Or so they say."), *ROWS[1:]])
    assert "[+ Or so they say.]" in (found.edits[0].words or "")


def test_the_most_alike_are_one_row(compared: Compared) -> None:
    near = [row(0, f" {'Or so they say, ' * count}") for count in (3, 1)]
    found = compared([row(0)], near)
    assert counts(found) == (0, 1, 1, 0)
    assert found.edits[0].new.row == 2
    (copy,) = found.copies
    assert (copy.new.row, copy.old.row, copy.level) == (1, 1, Level.NEAR)


def test_a_further_copy_is_added(compared: Compared) -> None:
    found = compared(ROWS, [*ROWS, ROWS[3], row(4, "  ")])
    assert counts(found) == (8, 0, 2, 0)
    assert [(copy.new.row, copy.old.row, copy.level) for copy in found.copies] == [
        (9, 4, Level.EXACT),
        (10, 5, Level.NORMALIZED),
    ]


def test_copies_are_matched_one_to_one(compared: Compared) -> None:
    found = compared([row(0)] * 3, [row(0)] * 2)
    assert counts(found) == (2, 0, 0, 1)
    assert found.copies == []


def test_a_prompt_of_many_rows_pairs_nothing(compared: Compared) -> None:
    def rows(start: int) -> list[dict[str, Any]]:
        return [{"prompt": "Give me a word.", "completion": STORIES[i]} for i in range(start, start + 4)] * 3

    found = compared(rows(0), rows(4))
    assert counts(found) == (0, 0, 12, 12)


def test_rows_in_memory_have_no_bytes_to_speak_of() -> None:
    registry = Registry.default()
    sides = [([from_object([row(0)])], []) for _ in range(2)]
    found = run_compare(load_settings(registry=registry, isolated=True), registry, sides[0], sides[1])
    assert not found.identical
    assert list(found.summary) == ["The same 1 row in the same order."]


def test_from_and_to_nothing(compared: Compared) -> None:
    assert counts(compared([], ROWS)) == (0, 0, 8, 0)
    assert counts(compared(ROWS, [])) == (0, 0, 0, 8)
    assert counts(compared([], [])) == (0, 0, 0, 0)


def test_without_rules_for_near_duplicates_it_says_so() -> None:
    registry = Registry.default()
    chosen = load_settings(registry=registry, isolated=True, overrides={"select": ["QUA"]})
    sides = [([from_object(rows)], []) for rows in ([row(0)], [row(0, " Or so they say.", id=1)])]
    found = run_compare(chosen, registry, sides[0], sides[1])
    assert found.edits[0].level is Level.PROMPT
    assert "near-duplicates were not looked for" in found.notes[0]


def test_a_label_that_changed_is_told_with_its_values(compared: Compared) -> None:
    old = [row(number, label=False) for number in range(8)]
    found = compared(old, [row(number, label=number < 2) for number in range(8)])
    assert counts(found)[:2] == (6, 2)
    assert [(change.what, change.new, change.rows, change.values) for change in found.fields] == [
        (What.VALUE, "label", 2, (("false", "true", 2),))
    ]


def test_a_label_is_told_apart_by_its_type(compared: Compared) -> None:
    found = compared([row(0, rank=1)], [row(0, rank="1")])
    assert found.fields[0].values == (("1", '"1"', 1),)


CHOICES = st.lists(
    st.builds(row, st.integers(0, 4), st.sampled_from(["", "  ", " Or so they say.", " Never."])), max_size=7
)


@settings(max_examples=examples(10))
@given(old=CHOICES, new=CHOICES)
def test_every_row_is_counted_once(compared: Compared, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    found = compared(old, new)
    assert found.unchanged + len(found.edits) + len(found.removed) == len(old)
    assert found.unchanged + len(found.edits) + len(found.added) == len(new)
    shared = sum(min(old.count(each), new.count(each)) for each in {str(each): each for each in old}.values())
    assert found.unchanged == shared
    assert {copy.new for copy in found.copies} <= {shown.place for shown in found.added}
    assert len({edit.old for edit in found.edits}) == len({edit.new for edit in found.edits}) == len(found.edits)
