"""Lines are wrapped as rich wraps them, and never wider than they may be."""

from __future__ import annotations

import io

import pytest
from every import every
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from datalint.report.layout import StyledText, cut_to_width, plain, runs, safe, width_of, wrapped

_LETTERS = "ab-,.: →…×–éß漢字カ\u0301👍\U0001f1e9\U0001f1ea"
TEXTS = st.text(st.sampled_from(_LETTERS + " " * 6), max_size=80)
# Of a text that takes no cell, such as an accent without its letter, rich prints no line at all.
WRITTEN = TEXTS.filter(lambda text: cell_len(text.strip()) > 0)
WIDTHS = st.integers(4, 40)


def by_rich(text: str, width: int, indent: int) -> list[str]:
    file = io.StringIO()
    console = Console(file=file, width=width, markup=False, highlight=False, emoji=False, color_system=None)
    console.print(Padding(Text(text), (0, 0, 0, indent), expand=False))
    return [line.rstrip() for line in file.getvalue().split("\n")[:-1]]


@given(WRITTEN, WIDTHS, st.integers(0, 2))
@example("word " * 20, 12, 2)
@example("x" * 60, 7, 0)
@example("a bb " + "漢" * 30 + " c", 9, 1)
def test_lines_are_those_of_rich(text: str, width: int, indent: int) -> None:
    lines = [plain(line) for line in wrapped(runs(text), width, indent)]
    assert lines == by_rich(text, width, indent)
    assert max(map(cell_len, lines)) <= width


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", "bold", "dim"])), max_size=4), WIDTHS)
def test_each_character_keeps_its_style(parts: list[tuple[str, str]], width: int) -> None:
    content = runs(*parts)
    before = [(char, run.style) for run in content for char in run.text if not char.isspace()]
    lines = wrapped(content, width)
    assert [(char, run.style) for line in lines for run in line for char in run.text if not char.isspace()] == before


def test_line_breaks_stand() -> None:
    assert [plain(line) for line in wrapped(runs("a\n\nb c", (" d\n", "bold")), 40, 2)] == ["  a", "", "  b c d", ""]


@every("first", range(0x20, 0x2500, 0x100))
def test_widths_are_those_of_rich(first: int) -> None:
    for char in map(chr, range(first, first + 0x100)):
        if char.isprintable():
            assert width_of(char) == cell_len(char), f"U+{ord(char):04X}"
            assert width_of(f"a{char}b") == cell_len(f"a{char}b"), f"U+{ord(char):04X}"


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("漢字", 4, "漢字"), ("漢字", 3, "漢…"), ("漢字", 2, " …"), ("ab", 1, "…")],
)
def test_shortened(text: str, width: int, short: str) -> None:
    assert cut_to_width(text, width) == short
    assert width_of(cut_to_width(text, width)) <= width


@pytest.mark.parametrize(
    ("text", "width", "harmless"),
    [("::error::x", 40, "%3A%3Aerror::x"), ("a ##[b", 40, "a ##%5Bb"), ("::error", 8, "%3A%3Aer"), ("a::b", 4, "a::b")],
)
def test_no_line_is_a_command(text: str, width: int, harmless: str) -> None:
    assert plain(safe([StyledText(text, "bold")], width)) == harmless
