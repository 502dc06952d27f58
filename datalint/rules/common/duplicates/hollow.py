"""Texts that hold nothing: a word for a missing value, an error of a spreadsheet, or an empty list that was printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.api import Dataset, Group
from datalint.rules.common.texts.turns import LONGEST_NULL_WORD, NULL_WORDS
from datalint.support.lazy_pattern import lazy_pattern

#: An empty list, object or text, perhaps after the name of a field.
_EMPTY: Final = lazy_pattern(r"""(?:[^\W\d]\w{0,30}\s{0,2}[:=]\s{0,3})?(?:\[\s{0,3}\]|\{\s{0,3}\}|""|'')""")
#: The shape of plain texts, characters of a text, and groups that are read.
_PLAIN: Final = "text"
_CHARS: Final = 40
_READ: Final = 10_000


def is_hollow(text: str) -> bool:
    """Return whether a text holds nothing."""
    said = text.strip()
    if len(said) <= LONGEST_NULL_WORD and said.lower() in NULL_WORDS:
        return True
    return len(said) <= _CHARS and _EMPTY.fullmatch(said) is not None


def hollow_texts(data: Dataset, groups: Sequence[Group]) -> dict[int, str]:
    """Return the texts of groups that hold nothing, by the first row of each: prompts, and plain texts."""
    asked, said = data.examples["prompt_chars"], data.examples["response_chars"]
    plain = (data.examples["shape"] == _PLAIN) & (asked == 0) & (said <= _CHARS)
    short = plain | asked.is_between(1, _CHARS)
    rows = [group.rows[0] for group in groups if short[group.rows[0]]][:_READ]
    texts = ((row, text.prompt or text.response) for row, text in zip(rows, data.texts(rows), strict=True))
    return {row: text.strip() for row, text in texts if is_hollow(text)} if rows else {}
