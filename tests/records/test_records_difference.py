"""Differences are short, printable and quick."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.records.difference import difference

CASES = [
    ("What is the capital of France?", "What is the capital of Spain?", "…the capital of [France → Spain]?"),
    ("one two", "one two three", "one two [+ three]"),
    ("one two three", "one three", "one [- two] three"),
    ("", "new", "[+ new]"),
    ("same  words", "same words", ""),
    ("今日は天気がいいです", "今日は天気が悪いです", "…天気が[い → 悪]いです"),
    ("a\x1b[31m", "a", "a[- \\x1b[31m]"),
    (
        "pre " * 5000 + "x " + "post " * 5000,
        "pre " * 5000 + "y " + "post " * 5000,
        "…pre pre pre [x → y] post post post…",
    ),
    ("还有去港口的船吗？", "明天有去港口的船吗？", "[还 → 明天]有去港…"),
    ("He doesn't row", "He does row", "He [doesn't → does] row"),
    ("at 1.50 now", "at 1.75 now", "at [1.50 → 1.75] now"),
    ("使用Lamp3很好", "使用Lamp4很好", "使用[Lamp3 → Lamp4]很好"),
    ("हिन्दी भाषा", "हिन्दू भाषा", "[हिन्दी → हिन्दू] भाषा"),
    ("cafe\u0301 noir", "cafe noir", "[cafe\u0301 → cafe] noir"),
    ("ok 👍🏽 x", "ok 👍🏿 x", "ok [👍🏽 → 👍🏿] x"),
    ("to 🇩🇪", "to 🇫🇷", "to [🇩🇪 → 🇫🇷]"),
    ("go", "go " + "lighthouse keeper " * 9, "go [+ lighthouse keeper lighthouse keeper…]"),
    ("p ##oly ##gon", "p ##ola ##gon", "p ## [oly → ola] ##gon"),
    ("x", "y" * 90, "[x → " + "y" * 40 + "…]"),
    ("1 a b c d e f g h 2", "3 a b c d e f g h 4", "[1 → 3] a b c … f g h [2 → 4]"),
]


@pytest.mark.parametrize(("a", "b", "expected"), CASES)
def test_cases(a: str, b: str, expected: str) -> None:
    assert difference(a, b) == expected


@given(st.text(max_size=200), st.text(max_size=200))
def test_one_printable_line(a: str, b: str) -> None:
    line = difference(a, b)
    assert not any(ord(char) < 32 or ord(char) == 127 for char in line)
    assert difference(a, a) == ""


def test_bounded() -> None:
    a = " ".join(str(i * 7919 % 1009) for i in range(50_000))
    b = " ".join(str(i * 104729 % 1013) for i in range(50_000))
    assert 0 < len(difference(a, b)) < 250
    assert 0 < len(difference("x" * 1_000_000, "y" * 1_000_000, 60)) < 100
