"""Random small changes to a text, like those between copies of training rows; reproducible by seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

# One word in twenty is replaced, or one character in twenty is cut at the end; at least one.
_EVERY = 20
_CUT = 10
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
# A word and the space after it; in scripts without spaces, a few characters.
_WORD = re.compile(r"\S{1,12}\s*")
_SPACES = (" ", "  ", "\n", "\t", "\r\n", " \u00a0")

#: Takes a text, words to insert, and a random generator; returns the changed text, or the same if it does not apply.
Mutation = Callable[[str, Sequence[str], random.Random], str]


def pieces(text: str) -> list[str]:
    """Return the words of a text, each with the space after it."""
    return _WORD.findall(text)


def replace_words(text: str, words: Sequence[str], chance: random.Random) -> str:
    """Replace one word in twenty with a word of another row."""
    units = pieces(text)
    for place in chance.sample(range(len(units)), _share(len(units), _EVERY)):
        bare = units[place].rstrip()
        units[place] = chance.choice(words) + units[place][len(bare) :]
    return "".join(units)


def change_digit(text: str, words: Sequence[str], chance: random.Random) -> str:
    """Change one digit."""
    places = [place for place, char in enumerate(text) if char.isascii() and char.isdigit()]
    if not places:
        return text
    place = chance.choice(places)
    return text[:place] + chance.choice([digit for digit in "0123456789" if digit != text[place]]) + text[place + 1 :]


def truncate(text: str, words: Sequence[str], chance: random.Random) -> str:
    """Cut a tenth of the characters at the end."""
    return text[: len(text) - _share(len(text), _CUT)]


def reorder(text: str, words: Sequence[str], chance: random.Random) -> str:
    """Move the first sentence, or the first words of a single sentence, to the end."""
    sentences = _SENTENCE.split(text)
    if len(sentences) < 2:
        sentences = [piece.rstrip() for piece in pieces(text)]
    cut = 1 if len(sentences) < 4 else chance.randrange(1, len(sentences) // 2)
    return " ".join(sentences[cut:] + sentences[:cut])


def respace(text: str, words: Sequence[str], chance: random.Random) -> str:
    """Change every run of white space and the case of every fourth letter."""
    units = [unit.upper() if chance.random() < 1 / 4 else unit for unit in text.split()]
    if len(units) < 2:
        return f"{text}{chance.choice(_SPACES)}"
    return "".join(unit + chance.choice(_SPACES) for unit in units)


MUTATIONS: Final[dict[str, Mutation]] = {
    "word swap": replace_words,
    "digit change": change_digit,
    "truncation": truncate,
    "reordering": reorder,
    "white space": respace,
}


def _share(count: int, part: int) -> int:
    return max(count // part, 1) if count else 0
