"""Verse: poems and songs, whose lines end where their rhythm does, in the middle of a sentence or not."""

from __future__ import annotations

import re
from typing import Final

#: Characters at the end of a text that are looked at, and lines there at least.
_READ: Final = 1_000
_LEAST: Final = 4
#: Characters of a line at most, and words at least, on average.
_LONGEST: Final = 60
_WORDS: Final = 2
#: Share of the lines that end within a sentence at least, and of those that begin with a small letter at most, as the
#: lines of a letter that is broken at a margin do.
_OPEN: Final = 0.5
_SMALL: Final = 0.25
#: How a line of a list, recipe, heading, table, quotation or ``key: value`` begins, and the end of a sentence.
_MARKED: Final = r"\s*(?:\d|[-*•·–—#>|+=]|\(?\w{1,3}[.):]|[^\s:：]{1,30}[:：](?:\s|$))"
_ENDED: Final = r"[.!?…。！？؟।॥:：;；][\"'”’»」』)\]]*$"


def is_verse(text: str) -> bool:
    """Return whether a text ends with short lines, most of which end within a sentence, and begin like those of verse."""
    lines = [line.strip() for line in text.rstrip()[-_READ:].split("\n") if line.strip()]
    if len(text) > _READ:
        lines = lines[1:]  # its beginning is not read
    if len(lines) <= _LEAST or any(len(line) > _LONGEST or re.match(_MARKED, line) for line in lines[-_LEAST - 1 :]):
        return False
    lines = [line for line in lines if len(line) <= _LONGEST]
    spaced = [line for line in lines if line[0].isascii() or " " in line]
    if sum(len(line.split()) for line in spaced) < _WORDS * len(spaced):
        return False
    before = lines[:-1]
    within = sum(re.search(_ENDED, line) is None for line in before)
    return within >= _OPEN * len(before) and sum(line[0].islower() for line in lines) <= _SMALL * len(lines)
