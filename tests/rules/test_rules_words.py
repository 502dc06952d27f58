"""The words that rules share."""

from __future__ import annotations

from datalint.api import listed


def test_lists_end_in_how_many_more_there_are() -> None:
    assert listed("ab", 2, 2) == "a, b"
    assert listed("abcd", 4, 2) == "a, b and 2 more"
