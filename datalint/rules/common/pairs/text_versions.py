"""Two versions of a text, such as translations: most are as long as each other, and lists of names are equal in both."""

from __future__ import annotations

from typing import Final

import polars as pl

#: How many times as long as the other version one is, and the share of the rows in which it is no shorter or longer.
_SHORTER: Final = 0.6
_LONGER: Final = 1.7
_SHARE: Final = 0.8
#: Rows from which on a share says what a set is meant for, and words of a list of names at most.
_LEAST: Final = 20
_WORDS: Final = 12


def are_versions(examples: pl.DataFrame) -> bool:
    """Return whether nearly all responses are about as long as their prompts, as those of translations are."""
    asked, said = pl.col("prompt_chars"), pl.col("response_chars")
    near = said.is_between(asked * _SHORTER, asked * _LONGER)
    found = examples.filter((asked > 0) & (said > 0)).select(near.alias("near"))["near"]
    return len(found) >= _LEAST and int(found.sum()) >= _SHARE * len(found)


def may_be_names(text: str) -> bool:
    """Return whether a text is some words of a script without capitals, which does not show what is a name."""
    return 1 < len(text.split()) <= _WORDS and text.upper() == text.lower()
