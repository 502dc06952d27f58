"""Parts of a text that were decoded with the wrong code page, and what they are repaired to."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from datalint.rules.common.characters.east_asian import read_again
from datalint.rules.common.characters.emoji_pages import LITERALS as EMOJI
from datalint.rules.common.characters.misread import REST
from datalint.rules.common.characters.one_byte import read_whole
from datalint.rules.common.characters.stretch_repair import MAC_TWICE, SPLIT, repaired_stretch

TRACES: Final = rf"(?:[ÂÃÐÑØÙÎÏ]{REST}|[à-ï]{REST}{REST}|ð{REST}{REST}{REST}|ðŸ|ðÿ{REST}{REST}|â€|ï¿½)"
#: Traces of other code pages, by the one that UTF-8 was read as: most are pairs that begin a frequent letter.
LITERALS: Final = (
    SPLIT,
    *EMOJI,
    # Windows-1252, of the letters of the Baltic, Turkish, Hebrew and of combining marks
    *(
        "Ä«",
        "Ä“",
        "Ä±",
        "Ä°",
        "ÄŸ",
        "ÄÆ",
        "Å¡",
        "Å¾",
        "Å†",
        "Å³",
        "ÅŸ",
        "Å½",
        "Ì¶",
        "×”",
        "×•",
        "×™",
        "×‘",
        "×\x90",
        "Ã ",
        "â£",
    ),
    # Windows-1250 and Latin 2
    *("Ă©", "Ă¨", "Ă´", "Ă®", "Ă\xad", "Ăˇ", "ĂĄ", "Ăł", "ĹŁ", "Ĺ™", "Ĺ\x99", "Ĺˇ", "Ĺ˝", "Ĺľ", "ÄŤ", "ÄŻ", "Ř§", "Ů„"),
    # Windows-1251
    *("вЂ", "в„", "Р°", "Рѕ", "Рµ", "С‚", "СЃ", "РЅ", "Р\xa0", "Г©", "Г ", "Г‚", "п¬"),
    # Mac OS Roman, and signs in its relatives
    *(
        "√©",
        "√®",
        "√†",
        "√¢",
        "√ß",
        "√ü",
        "√∂",
        "√§",
        "√≤",
        "√≥",
        "√±",
        "√°",
        "‚Ä",
        "‚Ñ¢",
        "вА",
        *MAC_TWICE,
        "ƒÅ",
        "ƒì",
        "≈°",
        "≈æ",
        "ÿß",
        "ÿ±",
        "◊î",
        "◊ï",
    ),
    # code pages 437 and 850
    *(
        "├⌐",
        "├®",
        "├á",
        "├¿",
        "├¼",
        "├▓",
        "├╣",
        "├¡",
        "├í",
        "├│",
        "├║",
        "├ñ",
        "├╝",
        "ÔÇ",
        "╨░",
        "╨╡",
        "╨╛",
        "╤é",
        "╤ü",
        "ß║",
        "ß╗",
        "─î",
        "┼í",
        "ΓÇ",
    ),
)
_ANY_TRACE: Final = f"{TRACES}|{'|'.join(LITERALS)}"
#: What ends a sentence.
_ENDS: Final = (". ", "! ", "? ", "; ")
#: Characters of a long line on each side of a trace that are tried.
_REACH: Final = 200


@lru_cache(maxsize=1)
def _misdecoded(text: str) -> tuple[list[int], list[int], list[frozenset[str]]]:
    """Return where the parts of a text in the wrong code page begin and end, and the characters of what they become."""
    if text.isascii():
        return [], [], []
    if (again := decoded(text)) is not None:
        if again == text:
            return [0], [len(text)], [frozenset()]
        # Private characters that are left are of letters that can't be read again.
        return [0], [len(text)], [frozenset(char for char in again if unicodedata.category(char) != "Co")]
    found = [(start, end, frozenset(fixed)) for start, end, fixed in stretches(text) if fixed != text[start:end]]
    return [each[0] for each in found], [each[1] for each in found], [each[2] for each in found]


def is_of_misdecoded(text: str, at: int) -> bool:
    """Return whether a character is a part of what was decoded with the wrong code page, which ``mojibake`` reports.

    It stands in such a part of the text, and is U+FFFD, or no character of what this part is repaired to.
    """
    starts, ends, repaired = _misdecoded(text)
    part = bisect_right(starts, at) - 1
    return part >= 0 and at < ends[part] and (text[at] == "\ufffd" or text[at] not in repaired[part])


@lru_cache(maxsize=4)  # a finding and its repair read the same text
def decoded(text: str) -> str | None:
    """Return what a text is that as a whole was decoded with the wrong code page; the text itself if it is beyond repair.

    None for any other text: parts of it may be misread.
    """
    again = read_again(text)
    return read_whole(text) if again is None else again


def stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a text with a trace, in order, and what they are repaired to.

    A part is a line, or what of a long one is within reach; or a sentence of it, where a dash or quotation mark
    elsewhere in the line may be right, so that the line as a whole can't be repaired.
    """
    done = 0
    for trace in re.finditer(_ANY_TRACE, text):
        if trace.start() < done:
            continue
        start, end = bounds(text, trace.start())
        start = max(start, done)
        fixed = repaired_stretch(text[start:end])
        if fixed == text[start:end]:
            line = start
            start, end = (line + each for each in _sentence(text[line:end], trace.start() - line))
            fixed = repaired_stretch(text[start:end])
        done = max(end, trace.end())
        yield start, end, fixed


def _sentence(line: str, at: int) -> tuple[int, int]:
    """Return where the sentence of a line that holds ``at`` begins and ends."""
    start = max(line.rfind(mark, 0, at) for mark in _ENDS) + 1
    end = min((found for mark in _ENDS if (found := line.find(mark, at)) >= 0), default=len(line))
    return start, end


def bounds(text: str, at: int) -> tuple[int, int]:
    """Return where the line that holds ``at``, or the part of it within reach, begins and ends."""
    first, last = max(at - _REACH, 0), min(at + _REACH, len(text))
    start = text.rfind("\n", first, at) + 1 or first
    end = text.find("\n", at, last)
    end = last if end < 0 else end
    return start, end
