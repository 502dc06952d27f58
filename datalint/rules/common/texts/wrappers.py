"""Responses that stand as a whole in a block of Markdown with other blocks in it."""

from __future__ import annotations

import re
from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: A fence on a line of its own: CommonMark's, in lists and quotations too.
FENCE_LINE: Final = r"(?m)^[ \t>*+-]*(`{3,})([^`\n]*)$"
#: The first line of a text that is in a block of Markdown.
OPENER: Final = lazy_pattern(r"\s{0,99}```(?:markdown|md)[ \t]{0,99}\n", re.IGNORECASE)


def wrapper_end(text: str) -> int:
    """Return where the first line of a text ends that opens a block of Markdown with blocks in it; 0 for other texts.

    Markdown would end the block at the next fence without a language. Where fences with a language stand where that
    block would have to end, and not where a block in it would, those who wrote the text meant blocks in a block.
    """
    opener = OPENER.match(text)
    if opener is None:
        return 0
    named = [bool(match.group(2).strip()) for match in re.finditer(FENCE_LINE, text[opener.end() :])]
    return opener.end() if sum(named[1::2]) < sum(named[::2]) else 0
