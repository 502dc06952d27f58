"""Sentences with aspects, their categories, sentiments and opinion words, as in ACOS.

A line has the words of a sentence, and after tabs, for each aspect, its places among these words, a category, a number
for the sentiment, and the places of the opinion: ``3,4 LAPTOP#PRICE 2 0,1``. Nothing in the sentence has the places
``-1,-1``. The row is ``{"text": …, "quadruples": [{"aspect": …, "category": …, "sentiment": …, "opinion": …}]}``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: The container of such lines.
QUADRUPLES: Final = "quadruples"
_QUADRUPLE: Final = re.compile(r"(-?\d{1,4}),(-?\d{1,4}) (\S{1,60}#\S{1,60}) (\d) (-?\d{1,4}),(-?\d{1,4})")
#: Lines that are needed, and the share of them that are written so.
_LEAST: Final = 10
_NEARLY_ALL: Final = 0.95


class Quadruples(NamedTuple):
    """Lines of a sentence with annotations of its aspects."""

    container: str = QUADRUPLES

    @property
    def description(self) -> str:
        """A description of a row."""
        return "a sentence in a line, with the category, the sentiment and the words of each aspect in it"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        said, *fields = text.strip().split("\t")
        words = said.split()
        found = [match for each in fields if (match := _QUADRUPLE.fullmatch(each.strip()))]
        return {
            "text": said,
            "quadruples": [
                {
                    "aspect": _between(words, match[1], match[2]),
                    "category": match[3],
                    "sentiment": match[4],
                    "opinion": _between(words, match[5], match[6]),
                }
                for match in found
            ],
        }

    def oddity(self, text: str) -> str:
        """Return what is wrong with what stands after a sentence, such as places beyond its end; empty for nothing."""
        said, *fields = text.strip().split("\t")
        size = len(said.split())
        for field in fields:
            match = _QUADRUPLE.fullmatch(field.strip())
            if match is None:
                return "no places of an aspect, category, sentiment and places of an opinion after a tab: not read"
            if max(int(match[2]), int(match[6])) > size:
                return f"places up to {max(int(match[2]), int(match[6]))} in a sentence of {size} words"
            if any(0 <= int(match[stop]) <= int(match[start]) for start, stop in ((1, 2), (5, 6))):
                return "an aspect or opinion without a word, as its places are the same"
        if len(set(fields)) < len(fields):
            return "one aspect with its opinion several times"
        return "" if fields else "a sentence without an aspect"


def _between(words: Sequence[str], start: str, end: str) -> str:
    """Return the words from a place to before another one; empty for places below 0."""
    return " ".join(words[int(start) : int(end)]) if int(start) >= 0 else ""


def notation_of(lines: Sequence[bytes]) -> Quadruples | None:
    """Return how lines are read that are sentences with such aspects; None for other texts."""
    if len(lines) < _LEAST or sum(b"#" in line and b"\t" in line for line in lines) < _NEARLY_ALL * len(lines):
        return None
    found = (line.decode("utf-8", "replace").strip().split("\t")[1:] for line in lines)
    right = sum(bool(each) and all(_QUADRUPLE.fullmatch(one.strip()) for one in each) for each in found)
    return Quadruples() if right >= _NEARLY_ALL * len(lines) else None
