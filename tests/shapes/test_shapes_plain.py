"""Plain rows read as columns come to what they come to one by one."""

from __future__ import annotations

import random
from typing import Any

import pytest
from every import every
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from datalint.shapes import flatten as module
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import Flat, flatten
from datalint.shapes.formats import SHAPES
from datalint.shapes.guess import Guess
from datalint.shapes.validate import Validator

ROLES = ("system", "user", "assistant", "tool", "Human", "gpt", "function_call", "text", "narrator", "", "developer")
TEXTS = st.sampled_from(["", "a", "é\n", "\ud800", "x" * 40])
TURN = st.fixed_dictionaries({"role": st.sampled_from(ROLES), "content": TEXTS})
THEIRS = st.fixed_dictionaries({"from": st.sampled_from(ROLES), "value": TEXTS})
ODD = st.one_of(
    st.none(),
    st.just({"role": "user"}),
    st.just({"role": "user", "content": None}),
    st.just({"role": "user", "content": "a", "name": "b"}),
    st.just({"role": 3, "content": "a"}),
    st.just({"role": "user", "content": [{"type": "text", "text": "x"}]}),
)
TURNS = st.one_of(
    st.lists(TURN, max_size=4),
    st.lists(THEIRS, max_size=4),
    st.lists(st.one_of(TURN, THEIRS, ODD), max_size=3),
    st.sampled_from([None, "x", 3]),
)
MORE = st.dictionaries(st.sampled_from(["id", "category", "answer", "images", "system", "tools", "label"]), TEXTS)
CHATS = st.builds(
    lambda key, turns, more: {**more, key: turns}, st.sampled_from(["messages", "conversations"]), TURNS, MORE
)
VALUES = st.one_of(TEXTS, st.sampled_from([None, 3, 1.5, True, [], [{"role": "user", "content": "a"}], {"a": 1}]))
KEYS = [
    "instruction", "input", "output", "response", "prompt", "completion", "question", "answer", "text", "label",
    "query", "context", "passage", "problem", "solution", "sql", "Q", "A", "premise", "hypothesis", "source", "target",
    "choices", "article", "summary", "code", "chat", "system_prompt",
]  # fmt: skip
FIELDS = st.one_of(
    st.dictionaries(st.sampled_from(KEYS), TEXTS, max_size=5),
    st.dictionaries(st.sampled_from([*KEYS, "system", "history", "category"]), VALUES, max_size=5),
    st.fixed_dictionaries({"instruction": TEXTS, "input": TEXTS, "output": TEXTS}),
)
#: Rows with the same keys, as all rows of most files.
ALIKE = st.sampled_from([TURN, THEIRS, st.one_of(TURN, TURN, ODD)]).flatmap(
    lambda turn: st.lists(
        st.fixed_dictionaries({"messages": st.one_of(st.lists(turn, max_size=4), st.lists(turn, max_size=4), TURNS)})
    )
)
SIDE = st.one_of(TEXTS, st.lists(TURN, max_size=3), st.lists(THEIRS, max_size=3), TURNS)
SIDES = st.one_of(
    st.fixed_dictionaries({"prompt": SIDE, "chosen": SIDE, "rejected": SIDE}, optional={"id": TEXTS, "question": SIDE}),
    st.fixed_dictionaries({"chosen": SIDE, "rejected": SIDE}, optional={"input": TEXTS, "messages": TURNS}),
)
LABELS = st.sampled_from((True, False, 0, 1, None, "true", " False", "b"))
LABELLED_ANSWERS = st.one_of(
    st.fixed_dictionaries({"prompt": SIDE, "completion": SIDE, "label": LABELS}, optional={"kto_tag": LABELS}),
    st.fixed_dictionaries({"messages": TURNS, "label": LABELS}, optional={"instruction": TEXTS, "output": TEXTS}),
    st.fixed_dictionaries({"messages": TURNS, "kto_tag": LABELS}),
)
#: Preferences with the same keys and types, and rows in which each may be another.
PREFERENCES = st.sampled_from([TEXTS, st.lists(TURN, max_size=3), st.lists(THEIRS, max_size=3)]).flatmap(
    lambda side: st.lists(
        st.one_of(
            st.fixed_dictionaries({"prompt": side, "chosen": side, "rejected": side}),
            st.fixed_dictionaries({"prompt": TEXTS, "chosen": side, "rejected": side}),
            st.fixed_dictionaries({"prompt": side, "completion": side, "label": st.booleans()}),
        )
    )
)
ROWS = st.one_of(
    st.lists(st.one_of(CHATS, FIELDS), max_size=8),
    ALIKE,
    st.lists(st.one_of(SIDES, LABELLED_ANSWERS), max_size=6),
    PREFERENCES,
)


def read_alone(rows: list[dict[str, Any]], detector: Detector | None = None) -> Flat:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "find_plain", lambda *_: [])
        return flatten(rows, detector or Detector())


LABELLED = {"response": "", "prompt": "", "completion": "", "label": ""}


@example([LABELLED, {**LABELLED, "label": None}, {**LABELLED, "label": "true"}, {**LABELLED, "label": "b"}])
@example([{**LABELLED, "label": True}, LABELLED])
@example([{"text": "a", "label": [{"role": "user", "content": "b"}]}])
@given(ROWS)
def test_columns_are_those_of_reading_one_by_one(rows: list[dict[str, Any]]) -> None:
    plain, alone = flatten(rows, Detector()), read_alone(rows)
    assert_frame_equal(plain.examples, alone.examples)
    assert_frame_equal(plain.turns, alone.turns)
    assert plain.features == alone.features
    assert [shape.name for shape in plain.shapes] == [shape.name for shape in alone.shapes]
    assert [plain.words(row) for row in range(len(rows))] == [alone.words(row) for row in range(len(rows))]


#: What unknown keys mean, and rows that have them.
MAPPED = st.sampled_from(
    (
        {"prompt": "q", "response": "r"},
        {"system": "s", "prompt": "q", "context": "s+c", "response": "r"},
        {"prompt": "q", "labels": "r"},
        {"prompt": "q", "response": "r+c"},
        {"prompt": "q.c", "response": "r"},
        {"text": "q"},
        {"prompt": "q"},
        {"prompt": "q", "chosen": "r", "rejected": "c"},
        {"messages": "c"},
        {"prompt": "q+c", "response": "r"},
        {"text": "q+c"},
        {"messages": "c", "assistant": "Lou", "prompt": "q"},
    )
)
STRANGE = st.lists(
    st.dictionaries(st.sampled_from(("q", "r", "s", "c", "schema", "passage")), VALUES, max_size=6), max_size=8
)


LONG = (
    "Dock 3 has room for all who come by boat, and for those who come on foot, if they come before noon or after six."
)


@example(
    {"prompt": "q", "context": "c", "response": "r"},
    [{"q": f"{LONG} Who?", "r": "All.", "c": LONG}, {"q": "Who?", "r": "All.", "c": LONG}],
)
@given(MAPPED, st.one_of(STRANGE, st.lists(st.fixed_dictionaries({"q": TEXTS, "r": TEXTS, "c": VALUES}))))
def test_mapped_columns_are_those_of_reading_one_by_one(columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    for detector in (Detector(columns), Detector((), [Guess.of(columns, clear=True)])):
        plain, alone = flatten(rows, detector), read_alone(rows, detector)
        assert_frame_equal(plain.examples, alone.examples)
        assert_frame_equal(plain.turns, alone.turns)


@pytest.mark.parametrize(
    "columns", [{"prompt": "q", "response": "r"}, {"prompt": "q", "context": "c", "response": "r"}]
)
def test_a_context_that_is_null_in_some_rows_is_read_in_the_others(columns: dict[str, str]) -> None:
    key = columns.get("context", "schema")
    rows = [{"q": "Who?", "r": "Ann.", key: None}, {"q": "And?", "r": "Ben.", key: "more"}]
    for detector in (Detector(columns), Detector((), [Guess.of(columns, clear=True)])):
        assert_frame_equal(flatten(rows, detector).examples, read_alone(rows, detector).examples)


BOTH = {"prompt": "q+c", "response": "r"}
BESIDE = {"prompt": "q", "context": "c", "response": "r"}
ASKED = f"{LONG} Who?"
SAID = [("Lou", "Hi."), ("Kim", "Hm?"), ("Lou", "Ho.")]
OF_LOU = [{"speaker": name, "text": text} for name, text in SAID]


@every(
    ("columns", "row", "expected"),
    [
        (BOTH, {"q": "Dock 3", "c": "It is shut.", "r": "open"}, ("ua", "Dock 3\nIt is shut.", "open")),
        (BOTH, {"q": "", "c": "It is shut.", "r": "open"}, ("ua", "It is shut.", "open")),
        ({"prompt": "q+c"}, {"c": "It is shut."}, ("u", "It is shut.", "")),
        ({"text": "q+c"}, {"q": "Dock 3", "c": "It is shut."}, ("pp", "", "Dock 3\nIt is shut.")),
        ({"text": "q+c"}, {"c": "It is shut."}, ("p", "", "It is shut.")),
        ({"text": "C++"}, {"C++": "It is shut."}, ("p", "", "It is shut.")),
        (BESIDE, {"q": ASKED, "c": LONG, "r": "All."}, ("ua", ASKED, "All.")),
        (BESIDE, {"q": ASKED, "c": [{"text": LONG, "id": "3"}], "r": "All."}, ("ua", ASKED, "All.")),
        (BESIDE, {"q": "Good food?", "c": "food", "r": "Yes."}, ("ua", "Good food?\nfood", "Yes.")),
        (
            {"messages": "m", "assistant": "Lou", "prompt": "q"},
            {"m": OF_LOU, "q": "Lou speaks"},
            ("uaua", "Lou speaks\nHm?", "Hi.\nHo."),
        ),
    ],
)
def test_what_mapped_columns_read(columns: dict[str, str], row: dict[str, Any], expected: tuple[str, str, str]) -> None:
    examples = flatten([row], Detector(columns)).examples
    assert examples.select("roles", "prompt", "response").row(0) == expected


def test_rows_of_mapped_texts_are_read_as_columns() -> None:
    rows = [{"q": f"{n}", "schema": "a", "r": f"{n * 7}"} for n in range(30)]
    flat = flatten(rows, Detector({"prompt": "q", "response": "r"}))
    assert not flat.rich
    assert flat.turns["path"].to_list()[:3] == ["$.q", "$.schema", "$.r"]


@given(ROWS)
def test_every_row_is_of_one_kind_or_rich(rows: list[dict[str, Any]]) -> None:
    flat = flatten(rows, Detector())
    assert sorted([row for kind in flat.kinds for row in kind.rows] + flat.rich) == list(range(len(rows)))


@given(ROWS)
def test_one_row_of_a_kind_is_as_valid_as_another(rows: list[dict[str, Any]]) -> None:
    for kind in flatten(rows, Detector()).kinds:
        validator = Validator(kind.shape)
        assert len({validator.is_valid(rows[row]) for row in kind.rows}) == 1
        assert len({len(Detector().fits(rows[row])) for row in kind.rows}) == 1


def test_a_schema_asks_for_nothing_that_plain_rows_may_have_beside_their_turns() -> None:
    for shape in SHAPES:
        if shape.turns is not None:
            turns = {shape.turns.key}
        elif shape.fields is not None:
            turns = {field.key for key in shape.keys for field in shape.fields((key,))}
        else:
            continue
        assert set(shape.schema["properties"]) - turns <= shape.extras, shape.title


@pytest.mark.parametrize(
    ("row", "letters", "paths"),
    [
        ({"instruction": "x", "input": "y", "output": "z"}, "ua", ["$.instruction", "$.input", "$.output"]),
        ({"instruction": "x", "input": "", "output": "z"}, "ua", ["$.instruction", "$.output"]),
        ({"prompt": "x", "completion": "y"}, "ua", ["$.prompt", "$.completion"]),
        ({"text": "x", "label": "y"}, "ua", ["$.text", "$.label"]),
        ({"text": "x"}, "p", ["$.text"]),
        ({"prompt": "x", "chosen": "y", "rejected": "z"}, "uaa", ["$.prompt", "$.chosen", "$.rejected"]),
        ({"prompt": "x", "completion": "y", "label": False}, "ua", ["$.prompt", "$.completion"]),
        (
            {"prompt": "x", "chosen": [{"role": "assistant", "content": "y"}], "rejected": []},
            "ua",
            ["$.prompt", "$.chosen[0].content"],
        ),
        ({"messages": [{"role": "user", "content": "x"}]}, "u", ["$.messages[0].content"]),
    ],
)
def test_what_is_plain(row: dict[str, Any], letters: str, paths: list[str]) -> None:
    flat = flatten([row], Detector())
    assert not flat.rich
    assert flat.examples["roles"].to_list() == [letters]
    assert flat.turns["path"].to_list() == paths


def test_most_chat_rows_are_plain() -> None:
    rng = random.Random(0)
    rows: list[dict[str, Any]] = [
        {"messages": [{"role": role, "content": "x"} for role in ("system", "user", "assistant")[rng.randrange(2) :]]}
        for _ in range(50)
    ]
    rows[20]["messages"][0]["name"] = "b"
    assert flatten(rows, Detector()).rich == [20]


def test_rows_of_many_different_keys_are_read_together() -> None:
    rows = [{f"k{n}": n, "messages": [{"role": "user", "content": f"{n}"}]} for n in range(1000)]
    flat = flatten(rows, Detector())
    assert flat.examples["prompt"].to_list() == [f"{n}" for n in range(1000)]
    assert len(flat.kinds) == 1000
