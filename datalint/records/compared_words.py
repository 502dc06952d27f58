"""The words of a text as two texts are compared by them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby, islice
from typing import Final

from datalint.privacy.redaction import Redacted
from datalint.support.word_scripts import SPACELESS

#: Signs that change or join the character before them, in addition to marks: joiners, selectors, tones of skin.
_JOINING: Final = "\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_FLAG: Final = "[\U0001f1e6-\U0001f1ff]{2}"
#: Characters on either side of a place by which it is decided whether a word goes on there.
_AROUND: Final = 3
_NUMBER: Final = r"\d+(?:[.,:/]\d+)+"


def _word(text: str) -> str:
    """Return an expression for the words of a text, with their apostrophes and marks, numbers with their points, and
    emoji."""
    # Characters of scripts written without spaces are words, so that one changed word does not mark a whole sentence.
    # Making and compiling the sets of all scripts takes as long as importing fifty modules.
    return rf"{_NUMBER}|\w+(?:'\w+)*|[^\w\s]" if text.isascii() else _wide_word()


@cache
def _wide_word() -> str:
    codes = (code for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M")
    # Consecutive numbers have the same distance to their index.
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])]
    more = "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in runs) + _JOINING
    letters = rf"[^\W{SPACELESS}](?:[^\W{SPACELESS}]|[{more}])*"
    emoji = rf"[^\w\s](?:[{more}]|(?<=\u200d)[^\w\s])*"
    return rf"{_NUMBER}|[{SPACELESS}][{more}]*|{letters}(?:['’]{letters})*|{_FLAG}|{emoji}"


def begins_word(text: str, place: int) -> bool:
    """Return whether no word of a text goes on at a place, by the characters around it."""
    start = max(place - _AROUND, 0)
    around = text[start : place + _AROUND]
    words = re.finditer(_word(around), around)
    return not any(match.start() < place - start < match.end() for match in words)


class ComparedWords:
    """The first ``most`` words of a text between two characters; with ``spaces``, white space is a word as well.

    A secret or personal datum is one word: it is compared as it is, in ``compared``, and redacted where it is shown.
    ``spans`` are the places of the words in the text.
    """

    def __init__(self, text: str, start: int, stop: int, most: int, *, spaces: bool = False) -> None:
        self._redacted = Redacted(text, start, stop)
        word = _word(text[start:stop])
        self.spans = list(islice(self._redacted.words(rf"\s+|{word}" if spaces else word), most))
        self.compared = [text[begin:end] for begin, end in self.spans]

    @property
    def end(self) -> int:
        """Return where the last word ends."""
        return self.spans[-1][1] if self.spans else 0

    def between(self, first: int, last: int) -> str:
        """Return the text from word ``first`` up to word ``last``, redacted."""
        return self._redacted.part(self.spans[first][0], self.spans[last - 1][1]) if first < last else ""

    def spaced(self, word: int) -> bool:
        """Return whether white space precedes a word."""
        return 0 < word < len(self.spans) and self.spans[word - 1][1] < self.spans[word][0]
