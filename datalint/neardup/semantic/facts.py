"""Facts of a text, numbers and names: two texts that ask the same have them in common, whatever their words."""

from __future__ import annotations

import re
from typing import Final

from datalint.support.named_tuple import NamedTuple

_NUMBER_WORDS: Final = dict(
    zip(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty""".split(),
        map(str, range(21)),
        strict=True,
    )
) | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "half": "1/2", "twice": "2", "double": "2", "triple": "3", "thrice": "3", "dozen": "12",
    "once": "1", "third": "3", "quarter": "4", "pair": "2", "couple": "2",
}  # fmt: skip
_NUMBER: Final = re.compile(r"\d{1,30}(?:,\d{3}){0,9}(?:\.\d{1,30})?|[a-z]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
#: What comes before the first word of a sentence, whose capital says nothing.
_ENDS: Final = frozenset(".!?:;\n•*#>-|")
#: Of a text with more capitalised words than these, as in a title or a constant, none is a name.
_NAMES: Final = 0.5
#: Characters of a text that are read.
_READ: Final = 20_000


class TextFacts(NamedTuple):
    """The numbers of a text as digits, its names (capitalised words within a sentence), and all its words, folded."""

    numbers: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> TextFacts:
        """Read a text."""
        text = text[:_READ]
        names: set[str] = set()
        words: set[str] = set()
        size = 0
        for match in _WORD.finditer(text):
            word = match.group()
            size += 1
            words.add(word.casefold())
            if word[0].isupper() and len(word) > 1 and not _begins_sentence(text, match.start()):
                names.add(word.casefold())
        numbers = frozenset(filter(None, map(_number, _NUMBER.findall(text.lower()))))
        return cls(numbers, frozenset(names if len(names) <= _NAMES * size else ()), frozenset(words))


class Agreement(NamedTuple):
    """How far two texts agree: numbers (Jaccard similarity) and names (share found in the other text), None for none.

    ``shared`` are the numbers and names of both.
    """

    numbers: float | None
    names: float | None
    shared: tuple[str, ...]


def agreement(one: TextFacts, other: TextFacts) -> Agreement:
    """Compare the facts of two texts."""
    numbers = one.numbers | other.numbers
    names = len(one.names) + len(other.names)
    found = (one.names & other.words) | (other.names & one.words)
    count = len(one.names & other.words) + len(other.names & one.words)
    return Agreement(
        len(one.numbers & other.numbers) / len(numbers) if numbers else None,
        count / names if names else None,
        (*sorted(one.numbers & other.numbers), *sorted(found)),
    )


def _number(token: str) -> str | None:
    if not token[0].isdigit():
        return _NUMBER_WORDS.get(token)
    digits = token.replace(",", "")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _begins_sentence(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and text[before] in " \t\"'“(":
        before -= 1
    return before < 0 or text[before] in _ENDS
