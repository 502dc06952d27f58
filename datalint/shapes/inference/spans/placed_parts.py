"""Tables without a header of parts of a text, with the place of each in the text and what kind of part it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess

#: Share of the rows whose part stands at its place, and rows that are looked at.
_NEARLY_ALL: Final = 0.9
_ROWS: Final = 100


def placed_parts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn parts of a text with the labels after them; None for any other table.

    Two numbers that stand next to each other are where the part begins and ends.
    """
    if len(rows) < LEAST_ROWS or not all(map(is_unnamed, columns)):
        return None
    numbers = [pair for pair in pairwise(columns) if all(each.holds is Holds.NUMBER for each in pair)]
    texts = [each for each in columns if each.holds in READABLE]
    for start, end in numbers:
        for text in (each for each in texts if each.holds is Holds.TEXT and each.length > LONG):
            for part in (each for each in texts if each is not text and each.length < text.length):
                if _are_placed(rows[:_ROWS], (text.key, start.key, end.key, part.key)):
                    labels = [each for each in columns[columns.index(part) + 1 :] if each.holds is Holds.LABEL]
                    learned = JOIN.join(each.key for each in (part, *labels))
                    return Guess.of({"prompt": text.key, "response": learned})
    return None


def _are_placed(rows: Sequence[Mapping[str, Any]], keys: tuple[str, str, str, str]) -> bool:
    """Whether nearly all rows have their part at its place in the text, but for blanks around it."""
    found = 0
    for row in rows:
        text, start, end, part = (row.get(key) for key in keys)
        try:
            found += isinstance(text, str) and part == text[int(start) : int(end)].strip() != ""  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            continue
    return found >= _NEARLY_ALL * len(rows)
