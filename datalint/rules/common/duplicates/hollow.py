"""Copies of what holds nothing: a word for a missing value, an error of a spreadsheet, or an empty list."""

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


def without_null_words(data: Dataset, groups: list[Group]) -> list[Group]:
    """Return groups without those of prompts that are a word for a missing value, which ``null-word-prompt`` reports."""
    left_out = rows_of_null_words(data, [group.rows[0] for group in groups])
    return [group for group in groups if group.rows[0] not in left_out]


def rows_of_null_words(data: Dataset, rows: Sequence[int]) -> set[int]:
    """Return those of some rows whose prompt is a word for a missing value."""
    short = data.examples["prompt_chars"].is_between(1, LONGEST_NULL_WORD)
    rows = [row for row in rows if short[row]][:_READ]
    texts = zip(rows, data.texts(rows) if rows else (), strict=True)
    return {row for row, text in texts if text.prompt.strip().lower() in NULL_WORDS}


def empty_texts(data: Dataset, groups: Sequence[Group]) -> dict[int, str]:
    """Return the plain texts of groups that hold nothing, by the first row of each."""
    examples = data.examples
    short = (examples["shape"] == _PLAIN) & (examples["prompt_chars"] == 0) & (examples["response_chars"] <= _CHARS)
    rows = [group.rows[0] for group in groups if short[group.rows[0]]][:_READ]
    texts = ((row, text.response.strip()) for row, text in zip(rows, data.texts(rows) if rows else (), strict=True))
    return {row: text for row, text in texts if text.lower() in NULL_WORDS or _EMPTY.fullmatch(text) is not None}
