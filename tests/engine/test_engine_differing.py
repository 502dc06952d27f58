"""Marked differences: what is kept and what is new make the second text, what is kept and what is gone the first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.engine.reduce.marked_text import COMPARED, SHOWN, beginning_of, marked

SHORT = st.text(alphabet="ab ,.\n北京", max_size=SHOWN // 2)
SECRET = "ghp_" + "k3J8s" * 7 + "Q"


@given(SHORT, SHORT)
def test_pieces_make_both_texts(first: str, second: str) -> None:
    pieces = marked(first, second)
    sides = ["".join(text for tag, text in pieces if tag in ("same", side)) for side in ("gone", "new")]
    # White space alone is shown as escapes where it is the difference.
    assert [side.replace("\\n", "\n") for side in sides] == [first, second]


@given(st.text(max_size=3 * SHOWN), st.text(max_size=3 * SHOWN))
def test_bounded_and_printable(first: str, second: str) -> None:
    for pieces in (marked(first, second), beginning_of(second)):
        # An escape takes up to six characters, a cut says how much it leaves out.
        assert sum(len(text) for tag, text in pieces if tag != "cut") <= 6 * (SHOWN + 200)
        assert all(text.replace("\n", "").isprintable() or not text.isascii() for _, text in pieces)
        assert {tag for tag, _ in pieces} <= {"same", "gone", "new", "cut"}
        assert all(text for _, text in pieces)


@pytest.mark.parametrize(
    ("first", "second", "pieces"),
    [
        ("the same", "the same", [("same", "the same")]),
        ("", "", []),
        ("", "new", [("new", "new")]),
        ("old", "", [("gone", "old")]),
        (
            "near Canal Road.",
            "near Canal Street.",
            [("same", "near Canal "), ("gone", "Road"), ("new", "Street"), ("same", ".")],
        ),
        ("a red bike", "a blue car", [("same", "a "), ("gone", "red bike"), ("new", "blue car")]),
        ("我去北京。", "我去上海。", [("same", "我去"), ("gone", "北京"), ("new", "上海"), ("same", "。")]),
        ("a\nb", "a b", [("same", "a"), ("gone", "\\n"), ("new", " "), ("same", "b")]),
    ],
)
def test_words(first: str, second: str, pieces: list[tuple[str, str]]) -> None:
    assert marked(first, second) == pieces


def test_long_shared_stretches_are_left_out() -> None:
    shared = "word " * 200
    pieces = marked(f"{shared}old end", f"{shared}new end")
    assert [piece.tag for piece in pieces] == ["cut", "same", "gone", "new", "same"]
    assert pieces[0].text == "…+940 characters…"


def test_what_follows_is_counted() -> None:
    assert beginning_of("x" * 1_000)[-1].text == "…+600 characters…"
    assert beginning_of("x" * 1_000_000)[-1].text == "…+999,600 characters…"
    assert marked("y" * 10, "x" * 1_000)[-1].text == "…+610 characters…"


def test_a_secret_that_the_edge_cuts_is_hidden() -> None:
    for pad in range(SHOWN - 50, SHOWN + 5):
        text = "x" * pad + " " + SECRET
        assert SECRET[:12] not in "".join(piece.text for piece in (*beginning_of(text), *marked("x", text)))
    text = "x " * (COMPARED // 2 - 5) + SECRET
    assert SECRET[:12] not in "".join(piece.text for piece in marked("x " * 10_000, text))


def test_control_characters_are_escapes() -> None:
    assert beginning_of("a\x1b[0m\u202e\tb\nc") == [("same", "a\\x1b[0m\\u202e\\tb\nc")]
