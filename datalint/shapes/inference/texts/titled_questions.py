"""Questions with titles, as forums have them: the title, the complete question, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.inputs import is_title
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn

#: How much of the rows has a title, and how many of the titles differ: those of articles are repeated.
_FILLED: Final = 0.8
_VARIED: Final = 0.8
#: The minimum mean length of a question in characters, and as a multiple of the length of its title.
_BODY: Final = 60
_LONGER: Final = 1.5
#: Share of the questions, and of the answers, that may have the title in them: those about an article do.
_NAMED: Final = 0.2


def title_above(
    columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]], prompt: str, response: str
) -> str | None:
    """Return the key of the titles that stand above what is asked under ``prompt``; None if there are none.

    An article has a title as well, which is not asked: then questions are short, titles are repeated, or answers name
    them.
    """
    asked = next((each for each in columns if each.key == prompt), None)
    if len(rows) < LEAST_ROWS or asked is None or asked.holds is not Holds.TEXT or asked.length < _BODY:
        return None
    titles = [each for each in columns if is_title(each) and each.key not in (prompt, response)]
    if len(titles) != 1 or titles[0].distinct < _VARIED or titles[0].length * _LONGER > asked.length:
        return None
    key = titles[0].key
    texts = [(title.strip(), row) for row in rows if isinstance(title := row.get(key), str) and title.strip()]
    if len(texts) < _FILLED * len(rows):
        return None
    # A question that begins with its title has it already.
    return None if any(_has(texts, side) > _NAMED * len(texts) for side in (prompt, response)) else key


def _has(texts: Sequence[tuple[str, Mapping[str, Any]]], side: str) -> int:
    """Return the number of rows with their title in another text."""
    said = ((title, row.get(side)) for title, row in texts)
    return sum(isinstance(text, str) and title.casefold() in text.casefold() for title, text in said)
