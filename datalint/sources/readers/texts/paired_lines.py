"""Notes on plain texts whose lines may be pairs: two languages in turn, or two words of a script without spaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from datalint.languages.words import WORDS
from datalint.records.record import Problem
from datalint.support.word_scripts import spaceless_letters

#: Lines that are looked at, and that are needed.
_MOST: Final = 400
_LEAST: Final = 40
#: Characters of a line that shows its language, and the lines of each side that do.
_SENTENCE: Final = 30
_SHOWING: Final = 15
#: Share of the lines of a side that are in its language, of those that may be in that of the other one, and of lines
#: that are two words.
_MOSTLY: Final = 0.6
_FEW: Final = 0.1
_NEARLY_ALL: Final = 0.95
#: Words of a pair, and letters of one on average at most.
_PAIR: Final = 2
_LETTERS: Final = 8


def note_on_pairs(head: bytes, *, cut: bool) -> Problem | None:
    """Return the note on the lines of a text that begins with ``head``, of which the last line may be ``cut`` off."""
    lines = head.decode("utf-8", "replace").split("\n")
    texts = [text for line in lines[: -1 if cut else None] if (text := line.strip())][:_MOST]
    if len(texts) < _LEAST:
        return None
    if (languages := _languages_in_turn(texts)) is not None:
        first, second = languages
        message = (
            f"lines in two languages in turn ({first} and {second}), each of which is read as a text: if each second "
            'one translates the one before, write {"source": …, "target": …} for the two to JSON Lines'
        )
    elif _are_word_pairs(texts):
        message = (
            "each line is two words with a blank between them, and is read as one text: if they are a pair, such as a "
            "term and its class, write a tab between them"
        )
    else:
        return None
    return Problem("invalid-row", message, severity="info", is_note=True)


def _languages_in_turn(texts: Sequence[str]) -> tuple[str, str] | None:
    """Return the languages of every first and every second line if these are different ones; None otherwise."""
    sides = [[text for text in texts[place::2] if len(text) >= _SENTENCE] for place in (0, 1)]
    if min(map(len, sides)) < _SHOWING:
        return None
    counts = [_languages_of(side) for side in sides]
    if not all(counts):
        return None
    first, second = (each.most_common(1)[0][0] for each in counts)
    for own, other, count, side in ((first, second, counts[0], sides[0]), (second, first, counts[1], sides[1])):
        if own == other or count[own] < _MOSTLY * len(side) or count[other] > _FEW * len(side):
            return None
    return first, second


def _languages_of(texts: Sequence[str]) -> Counter[str]:
    """Return in how many texts each language has more of its words than any other one."""
    found: Counter[str] = Counter()
    for text in texts:
        padded = f" {text} "
        said = Counter({code: many for code, words in WORDS.items() if (many := sum(word in padded for word in words))})
        if said:
            found[said.most_common(1)[0][0]] += 1
    return found


def _are_word_pairs(texts: Sequence[str]) -> bool:
    """Whether nearly all lines are two short words of scripts in which no blank stands between words."""
    pairs = [words for text in texts if len(words := text.split(" ")) == _PAIR and all(map(spaceless_letters, words))]
    letters = sum(len(word) for words in pairs for word in words)
    return len(pairs) >= _NEARLY_ALL * len(texts) and letters <= _PAIR * _LETTERS * len(pairs)
