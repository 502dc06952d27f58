"""Detect lists of words in two scripts, of which the first record is a pair like the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from datalint.languages.scripts import main_script
from datalint.privacy.display import excerpt

#: Pairs that are looked at, at least and at most, and characters of a word.
_LEAST: Final = 20
_MOST: Final = 1_000
_WORD: Final = 30
#: Share of the pairs that are words, and that begin (or end) with the commonest letter for the one of the other word.
_NEARLY_ALL: Final = 0.9
_REGULAR: Final = 0.6
#: Pairs whose letters show how a letter is written in the other script, at least, and the share of them.
_SHOWN: Final = 2
_COMMON: Final = 0.5
_EXCERPT: Final = 40


def transliterated(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return a reason if the first record is a word in two scripts, as all records below it are; else None.

    The first letters of both words correspond as those of the words below do, and so do the last ones. Names of
    columns are other words in each column.
    """
    if len(head) != 2 or not all(map(_is_word, head)) or all(map(str.isascii, head)):
        return None
    pairs = [(one.strip(), other.strip()) for one, other in below[:_MOST]]
    words = [pair for pair in pairs if all(map(_is_word, pair))]
    if len(words) < max(_LEAST, _NEARLY_ALL * len(pairs)):
        return None
    scripts = [main_script("".join(column))[0] for column in zip(*words, strict=True)]
    if scripts[0] == scripts[1] or [main_script(name)[0] for name in head] != scripts:
        return None
    if not all(_corresponds(head, words, place) for place in (0, -1)):
        return None
    return f'"{excerpt(head[0].strip(), _EXCERPT)}" is one word in two scripts with the field next to it, as below'


def _is_word(field: str) -> bool:
    """Return whether a field is a word, of letters for the most part."""
    text = field.strip()
    return 1 < len(text) <= _WORD and " " not in text and 2 * sum(map(str.isalpha, text)) > len(text)


def _corresponds(head: Sequence[str], words: Sequence[tuple[str, str]], place: int) -> bool:
    """Return whether the letters of a pair at a place correspond as those of other pairs of words do."""
    counts = Counter((one[place].lower(), other[place].lower()) for one, other in words)
    of_letter: Counter[str] = Counter()
    best: dict[str, int] = {}
    for (one, _), count in counts.items():
        of_letter[one] += count
        best[one] = max(best.get(one, 0), count)
    letter, other = (name.strip()[place].lower() for name in head)
    shown = counts[letter, other]
    regular = sum(best.values()) >= _REGULAR * len(words)
    return regular and shown >= max(_SHOWN, _COMMON * of_letter[letter])
