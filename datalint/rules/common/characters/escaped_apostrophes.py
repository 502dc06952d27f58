r"""Apostrophes of English words with a backslash before them, as a string of SQL or of a program has them: ``don\'t``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: What all of them have.
ESCAPED: Final = "\\'"
#: The end of a word behind it. In LaTeX, a letter with an accent follows, and seldom as the last one.
_CONTRACTED: Final = lazy_pattern(r"(?<=[A-Za-z]{2})\\'(?=(?:s|t|d|m|re|ve|ll)\b(?!\\))")
#: A string in single quotes, in which the backslash is meant; an apostrophe follows a letter.
_STRING: Final = lazy_pattern(r"(?<![\w\\])'(?=\w)")


def escaped_apostrophes(text: str) -> Iterator[re.Match[str]]:
    """Yield the apostrophes of a text that are escaped, if it has no strings in single quotes."""
    if ESCAPED in text and _STRING.search(text) is None:
        yield from _CONTRACTED.finditer(text)
