"""Words that the sides of pairs share: few in translations, and most where one side is taken from the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: A word, and how much of a text is compared.
_WORD: Final = lazy_pattern(r"[^\W\d_]{2,60}")
_MOST: Final = 2000
#: The share of words from which on a side is taken from the other; translations into the closest languages have less.
_TAKEN: Final = 0.5


def are_taken(pairs: Sequence[tuple[str, str]]) -> bool:
    """Return whether, on average, half of the words of the second side or more are in the first one.

    So it is where the second side has the names in a sentence, the sentence with its errors corrected, or its summary.
    """
    shares = []
    for one, other in pairs:
        known = {word[0] for word in _WORD.finditer(one[:_MOST].casefold())}
        words = [word[0] for word in _WORD.finditer(other[:_MOST].casefold())]
        if words:
            shares.append(sum(word in known for word in words) / len(words))
    return bool(shares) and sum(shares) >= _TAKEN * len(shares)
